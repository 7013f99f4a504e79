"""The names of a report's tables, columns and rows, as a reader is told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.results import TABLES, Report
from socle.vocabulary import BRANCHES, COUNTRIES, INDICATORS, KINDS_AND_TOTALS, OUTPUT_KINDS, TARGET_COUNTS, day
from socle_web.results.models import Partner

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


def column_name(column: str) -> str:
    return str(COLUMNS.get(column, column))


def row_name(table: str, row: str) -> str:
    """``effective_coverage/old_age`` in words; parts that are "all" are left out."""
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


def subject(table: str, row: str, column: str) -> str:
    """What a figure is a figure of."""
    if table == "funding_by_partner":
        key, _slash, currency = row.partition("/")
        partner = Partner.objects.filter(key=key).first()
        row_words = ", ".join(filter(None, (partner.name if partner else key, currency)))
    else:
        row_words = row_name(table, row)
    what = column_name(column)
    return _("%(what)s: %(of)s") % {"what": what, "of": row_words} if what and row_words else what or row_words


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
