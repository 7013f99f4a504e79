"""The names of a report's tables, columns and rows, as a reader is told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.results import TABLES, Report
from socle.vocabulary import (
    BRANCHES,
    COUNTRIES,
    IMPACT_KINDS,
    INDICATORS,
    KINDS_AND_TOTALS,
    OUTPUT_KINDS,
    REGIONS,
    STEPS,
    TARGET_COUNTS,
    THEMES,
    code_list,
    day,
)
from socle_web.results.models import Partner
from socle_web.results.wording import FIELDS

COLUMNS: Mapping[str, str | Promise] = {
    "achieved": gettext_lazy("Achieved, from records"),
    "amount": gettext_lazy("Amount"),
    "available": gettext_lazy("Available"),
    "changes": gettext_lazy("Institutional changes"),
    "computed": gettext_lazy("Computed"),
    "countries": gettext_lazy("Countries"),
    "difference": gettext_lazy("Difference"),
    "gap": gettext_lazy("Funding gap"),
    "men": gettext_lazy("Men"),
    "mobilised": gettext_lazy("Mobilized"),
    "number": gettext_lazy("Number"),
    "overlap": gettext_lazy("Overlap"),
    "persons": gettext_lazy("Persons"),
    "persons_counted_once": gettext_lazy("Persons counted once"),
    "potential": gettext_lazy("Potential"),
    "projects": gettext_lazy("Projects"),
    "published": gettext_lazy("Published"),
    "required": gettext_lazy("Required"),
    "share": gettext_lazy("Share"),
    "target": gettext_lazy("Ambition"),
    "total": gettext_lazy("Total"),
    "without_records": gettext_lazy("Published without records"),
    "women": gettext_lazy("Women"),
}

VERDICTS: Mapping[str, str | Promise] = {
    "equal": gettext_lazy("Equal"),
    "differs": gettext_lazy("Differs"),
    "not_computed": gettext_lazy("Not computed"),
}


#: Columns whose name alone does not say what they count.
OF_TABLE: Mapping[tuple[str, str], str | Promise] = {
    ("funding_by_partner", "share"): gettext_lazy("Share of the reported funding"),
    ("funding_by_year", "amount"): gettext_lazy("Funding recorded"),
    ("funding_by_year", "projects"): gettext_lazy("Projects with funding"),
    ("funding_by_year", "total"): gettext_lazy("Funding, with published totals"),
    ("outputs", "men"): gettext_lazy("Men among the participants"),
    ("outputs", "number"): gettext_lazy("Outputs"),
    ("outputs", "persons"): gettext_lazy("Participants in outputs"),
    ("outputs", "women"): gettext_lazy("Women among the participants"),
    ("targets", "share"): gettext_lazy("Share of the ambition"),
    ("targets", "total"): gettext_lazy("Achieved, with published totals"),
}


def column_name(column: str) -> str:
    return str(COLUMNS.get(column, column))


def figure_name(table: str, row: str, column: str) -> str:
    """What a column of a table counts, also where the table is not beside it."""
    if (table, column) == ("funding_by_year", "total") and row.endswith("/"):
        return _("New projects, with published totals")
    return str(OF_TABLE.get((table, column)) or column_name(column))


def field_name(column: str) -> str:
    return str(FIELDS.get(column, column))


def row_name(table: str, row: str) -> str:
    """``effective_coverage/old_age`` in words; parts that are "all" are left out."""
    if table not in TABLES:
        return row
    names = TABLES[table].keys
    parts = dict(zip(names, row.split("/"), strict=False))
    told = [part_name(table, name, value) for name, value in parts.items() if value and value != "all"]
    return ", ".join(told)


def part_name(table: str, name: str, value: str) -> str:
    """One key value in words."""
    if name == "step":
        return _("All steps") if value == "all" else _("Step %(step)s") % {"step": value}
    if name == "country":
        return COUNTRIES[value].name()
    lists = {"kind": OUTPUT_KINDS if table == "outputs" else KINDS_AND_TOTALS, "branch": BRANCHES, "indicator": INDICATORS,
             "counts": TARGET_COUNTS}
    if name in lists and value in lists[name]:
        return lists[name][value].label()
    if name == "year":
        return value.replace("-", "–")
    if name == "on" and len(value) > 4:
        return day(date.fromisoformat(value))
    return _("All") if value == "all" else value


def row_label(table: str, values: Mapping[str, Any], partners: Mapping[str, str]) -> str:
    """The first column of a printed table."""
    if table == "funding_by_year" and not values["currency"]:
        return _("%(year)s, projects") % {"year": part_name(table, "year", values["year"])}
    if table == "impacts" and values["branch"] != "all":
        return part_name(table, "branch", values["branch"])
    told = [partners.get(values[name]) or values[name] if name == "partner" else part_name(table, name, values[name] or "")
            for name in TABLES[table].keys]
    if told[-1] == _("All") and len(told) > 1:
        told.pop()
    return ", ".join(filter(None, told))


def partner_names() -> dict[str, str]:
    return dict(Partner.objects.values_list("key", "name"))


def subject(table: str, row: str, column: str, partners: Mapping[str, str] | None = None) -> str:
    """What a figure is a figure of."""
    if table not in TABLES:
        return "/".join((table, row, column))
    if table == "funding_by_partner":
        key, _slash, currency = row.partition("/")
        names = partner_names() if partners is None else partners
        row_words = ", ".join(filter(None, (names.get(key) or key, currency)))
    else:
        row_words = row_name(table, row)
    what = figure_name(table, row, column)
    return _("%(what)s: %(of)s") % {"what": what, "of": row_words} if what and row_words else what or row_words


#: What is counted record by record.
TALLIES: Mapping[str, str | Promise] = {
    "changes": gettext_lazy("Institutional changes"),
    "impacts": gettext_lazy("Impacts on people"),
    "projects": gettext_lazy("Projects"),
    "countries": gettext_lazy("Countries and territories with records"),
    "staff": gettext_lazy("Posts"),
    "actions": gettext_lazy("Actions without a due date"),
    "published": gettext_lazy("Published figures"),
}


def tally_name(records: str) -> str:
    return str(TALLIES[records])


def filters(asked: Mapping[str, str]) -> str:
    """What a number of records is narrowed to, in words."""
    lists = {"region": REGIONS, "step": STEPS, "kind": IMPACT_KINDS, "branch": BRANCHES, "theme": THEMES,
             "place": code_list("POST_PLACES"), "contract": code_list("POST_CONTRACTS")}
    told = []
    for name, value in asked.items():
        if name in lists:
            told.append(lists[name][value].label() if value in lists[name] else _("not reported"))
        elif name == "country":
            told.append(COUNTRIES[value].name() if value in COUNTRIES else value)
        elif name == "partner":
            told.append(_("partner %(partner)s") % {"partner": partner_names().get(value) or value})
        elif name == "phase":
            told.append(_("Phase %(phase)s") % {"phase": value})
        elif name == "verdict":
            told.append(str(VERDICTS.get(value, value)))
        elif name == "as_of":
            told.append(_("as reported on %(day)s") % {"day": day(date.fromisoformat(value))})
        else:
            told.append(value)
    return " · ".join(told)


def about(report: Report) -> str:
    """The phase, the year, the country, the partner and the day a report speaks of."""
    told: Sequence[str | None] = (
        _("Phase %(phase)s") % {"phase": report.phase},
        str(report.year) if report.year else f"{report.period.start.year}–{report.period.end.year}",
        COUNTRIES[report.country].name() if report.country else None,
        _("partner %(partner)s") % {"partner": report.partner} if report.partner else None,
        _("as reported on %(day)s") % {"day": day(report.as_of)} if report.as_of else None,
    )
    return " · ".join(filter(None, told))
