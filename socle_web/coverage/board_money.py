"""Expenditure, receipts and adequacy of a country as tables: the last year by function, by scheme and by benefit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from socle.reports import charts
from socle.vocabulary import BRANCHES, RECEIPT_ITEMS
from socle_web.coverage.edition_money import ALL
from socle_web.coverage.models.editions import Edition, Line
from socle_web.coverage.showing import Shown, in_words, series_name

BY_FUNCTION = ("expenditure", "expenditure_of_gdp", "expenditure_of_government")
BY_SCHEME = ("expenditure", "expenditure_of_gdp", "administration_share")
BY_RECEIPT = ("receipts", "receipts_of_gdp", "receipts_of_receipts")
BY_BENEFIT = ("average_per_month", "average_of_poverty_line", "average_of_minimum_wage", "average_of_average_wage")
WITHOUT_HEALTH = "without_medical_care"


@dataclass(frozen=True)
class Table:
    """Rows of a year; a cell for each column, None where nothing is said."""

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Shown | None]]]


def names_of(edition: Edition) -> dict[str, str]:
    """What schemes are called in the inquiry."""
    return {line.key: line.cells.get("name") or line.key for line in Line.objects.filter(edition=edition, sheet="schemes")}


def spending_tables(figures: Sequence[Shown], names: Mapping[str, str]) -> list[Table]:
    """By function, by scheme, and where the money comes from."""
    spent, received = _of(figures, "expenditure"), _of(figures, "receipts")
    tables = []
    if spent:
        year = max(one.low.year for one in spent)
        items = dict.fromkeys(one.low.item for one in figures if one.low.year == year and one.low.series == "expenditure")
        functions = [(item, _function(item)) for item in sorted(items, key=_place) if _function(item)]
        schemes = [(item, names.get(item.partition("/")[0], item.partition("/")[0])) for item in items
                   if item.endswith(f"/{ALL}/{ALL}") and item.partition("/")[0] in names]
        tables = [_table(_("Expenditure by function, %(year)s") % {"year": year}, BY_FUNCTION, functions, figures, year),
                  _table(_("Expenditure by scheme, %(year)s") % {"year": year}, BY_SCHEME, schemes, figures, year)]
    if received:
        year = max(one.low.year for one in received)
        items = dict.fromkeys(one.low.item for one in received if one.low.year == year and one.low.item.startswith(f"{ALL}/"))
        told = [(item, _receipt(item)) for item in items]
        tables.append(_table(_("Receipts, %(year)s") % {"year": year}, BY_RECEIPT, told, figures, year))
    return [table for table in tables if table.rows]


def adequacy_tables(figures: Sequence[Shown]) -> list[Table]:
    """What each benefit pays on average, and what that is beside lines and wages."""
    if not figures:
        return []
    year = max(one.low.year for one in figures)
    items = [(item, item.replace("-", " ").capitalize())
             for item in dict.fromkeys(one.low.item for one in figures if one.low.year == year)]
    return [_table(_("Average benefits, %(year)s") % {"year": year}, BY_BENEFIT, items, figures, year)]


def of_gdp(figures: Sequence[Shown]) -> str:
    """Expenditure over the years, of GDP: all, and without health care."""
    there = {(one.low.item, one.low.year): one.number for one in figures if one.low.series == "expenditure_of_gdp"}
    curves = [(_("all functions"), f"{ALL}/{ALL}/{ALL}"), (_("without health care"), f"{ALL}/{WITHOUT_HEALTH}/{ALL}")]
    years = sorted({year for item, year in there if item in [item for _label, item in curves]})
    if len(years) < 2:
        return ""
    whole = list(range(years[0], years[-1] + 1))
    drawn = [charts.Curve(label, [there.get((item, year)) for year in whole]) for label, item in curves]
    return charts.lines(whole, [one for one in drawn if any(value is not None for value in one.values)],
                        title=_("Expenditure, of GDP"), words=in_words)


def _of(figures: Iterable[Shown], series: str) -> list[Shown]:
    return [one for one in figures if one.low.series == series]


def _table(title: str, series: Sequence[str], items: Sequence[tuple[str, str]], figures: Iterable[Shown], year: int) -> Table:
    there = {(one.low.series, one.low.item): one for one in figures if one.low.year == year}
    columns = [one for one in series if any((one, item) in there for item, _label in items)]
    return Table(title, [series_name("", one) for one in columns],
                 [(label, [there.get((one, item)) for one in columns]) for item, label in items])


def _function(item: str) -> str:
    """In words, of a row of all schemes together; "" of another row."""
    scheme, _slash, rest = item.partition("/")
    function, _slash, what = rest.partition("/")
    if scheme != ALL:
        return ""
    if what == ALL:
        return {ALL: _("All functions"), WITHOUT_HEALTH: _("Without health care")}.get(function, "")
    return BRANCHES[function].label() if what == "benefits" and function in BRANCHES else ""


def _place(item: str) -> int:
    """All functions, then all but health care, then each."""
    order = (ALL, WITHOUT_HEALTH, *BRANCHES)
    function = item.split("/")[1]
    return order.index(function) if function in order else len(order)


def _receipt(item: str) -> str:
    code = item.split("/")[1]
    return RECEIPT_ITEMS[code].label() if code in RECEIPT_ITEMS else _("All receipts") if code == ALL else code
