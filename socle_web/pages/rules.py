"""The rules of figures that stand in a record itself, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What the figures of records are figures of.
RECORDED: Mapping[tuple[str, str], str | Promise] = {
    ("observations", "persons"): gettext_lazy("Number observed"),
    ("observations", "women"): gettext_lazy("Women observed"),
    ("observations", "men"): gettext_lazy("Men observed"),
    ("impacts", "expected"): gettext_lazy("Persons expected"),
    ("outputs", "persons"): gettext_lazy("Participants in outputs"),
    ("outputs", "women"): gettext_lazy("Women among the participants"),
    ("outputs", "men"): gettext_lazy("Men among the participants"),
    ("funding", "amount"): gettext_lazy("Funding"),
    ("budget", "amount"): gettext_lazy("Budget line"),
    ("contributions", "share"): gettext_lazy("Share credited to the project"),
    ("staff", "posts"): gettext_lazy("Posts"),
    ("left_out", "persons"): gettext_lazy("A figure that is not counted"),
    ("targets", "target"): gettext_lazy("Ambition"),
    ("aggregates", "value"): gettext_lazy("Published total"),
    ("published", "value"): gettext_lazy("Published figure"),
    ("published", "computed"): gettext_lazy("Computed figure"),
    ("published", "difference"): gettext_lazy("Computed less published"),
}

#: The rules of figures that stand in records.
AS_RECORDED: Mapping[str, str | Promise] = {
    "observations": gettext_lazy(
        "The figure is as the record states it. An increase adds it to the total of its period. A level counts the level "
        "less what was there before. A baseline is only where a series starts. What is potential, or was superseded by a "
        "later observation, is never part of a total of what is achieved."),
    "impacts": gettext_lazy(
        "The figure is as the record states it: what was expected when the impact was recorded. It is never added to what"
        " is achieved, and no table of the report counts it."),
    "outputs": gettext_lazy(
        "The figure is as the record states it. The report adds up the outputs of a period by their kind; a figure that "
        "is not reported adds nothing and is not zero."),
    "funding": gettext_lazy(
        "The amount is as the record states it, in its own currency: one row a grant, at its latest status. The report "
        "adds it to the year of its date and to its partner. What is only pledged never counts as mobilized."),
    "budget": gettext_lazy(
        "The amount is as the record states it, in its own currency. The funding gap adds up the lines of one kind and "
        "day."),
    "contributions": gettext_lazy(
        "The share is as the record states it. Shares of one change never pass 100 per cent. A change counts once, "
        "whatever the shares: no total is divided by them."),
    "staff": gettext_lazy(
        "The number is as the record states it. Only the page of the team adds posts up; no table of the report counts "
        "them."),
    "left_out": gettext_lazy(
        "The figure is as the source prints it. No total includes it, on purpose; the reason is in the record."),
    "targets": gettext_lazy(
        "The ambition is as its source states it. It is compared only with what it counts."),
    "aggregates": gettext_lazy(
        "The total is as its source prints it: the total of its period, records included. It counts in the report only "
        "with what it says beyond the records of the same period, never below zero."),
    "published": gettext_lazy(
        "A published figure is as its source prints it. It is held against the figure the records give, and never counts "
        "itself."),
    "changes": gettext_lazy(
        "Each institutional change counts once, in the year it was achieved."),
}


def recorded_name(sheet: str, column: str) -> str:
    """What a figure of a record is a figure of."""
    return str(RECORDED.get((sheet, column), ""))


def rule_of_record(sheet: str, column: str) -> str:
    if column == "computed":
        return _("The figures of the report's rows within these years, added up: the published figure is of several years at once.")
    if column == "difference":
        return _("The figure the records give, less the figure its source prints.")
    return str(AS_RECORDED.get(sheet) or _("A record counts once."))
