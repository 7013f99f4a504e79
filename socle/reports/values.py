"""Averages of regions and what lies ahead, on paper: tables of figures with their conventions and warnings."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from socle.errors import Finding
from socle.reports.document import Block, Cell, Column, Document, Heading, Items, Paragraph, Table, Text
from socle.tables import escaped, refuse_more_than_a_workbook_holds
from socle.vocabulary import (
    COUNTRIES,
    COVERAGE_GROUPS,
    COVERAGE_SERIES,
    INCOME_GROUPS,
    REGIONS,
    SEXES_AND_TOTAL,
    SUBREGIONS,
    UN_REGIONS,
    country,
    language,
    number,
    percent,
    say,
)

_YEARS = ("year", "base_year", "to", "reached", "first_year", "last_year")
_WORDS = ("region", "area", "level", "series", "group", "sex", "breakdown", "basis", "withheld", "imputed", "status")
_SHARES = ("weight_covered", "weight_imputed")


@dataclass(frozen=True)
class ValueTable:
    """Rows of figures with a title, in this order of columns."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]


def values_document(title: str, tables: Sequence[ValueTable], *, options: Mapping[str, object] | None = None,
                    warnings: Sequence[Finding] = (), by: str = "") -> Document:
    """The tables as they are read: codes as words, percentages and persons written out, what cannot be said as such. ``by``: how
    countries were grouped, which says what the code of a region means."""
    return Document(
        language=language(), title=Text(title), subtitle="", facts=(),
        notice=(Text(say("Computed by Socle from the values named inside; not a publication of the ILO.")),),
        blocks=tuple(_blocks(tables, options or {}, warnings, by)))


def values_workbook(tables: Sequence[ValueTable], *, options: Mapping[str, object] | None = None,
                    warnings: Sequence[Finding] = ()) -> bytes:
    """The tables as sheets, figures unrounded; conventions and warnings on sheets of their own."""
    sheets = [(table.title, table.columns, [[row.get(name) for name in table.columns] for row in table.rows]) for table in tables]
    sheets.append((say("Conventions"), (say("option"), say("value")), [[name, value] for name, value in (options or {}).items()]))
    if warnings:
        sheets.append((say("Warnings"), (say("code"), say("value"), say("what to know and do")),
                       [[one.code, one.value, f"{one.message} {one.remedy}"] for one in warnings]))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for title, columns, rows in sheets:
            refuse_more_than_a_workbook_holds(title, len(rows))
            page = book.add_worksheet(title[:31])
            page.freeze_panes(1, 0)
            page.set_column(0, len(columns) - 1, 16)
            for place, name in enumerate(columns):
                page.write_string(0, place, name, bold)
            for line, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    _write(page, line, place, value)
    return stream.getvalue()


def _write(page: Any, line: int, place: int, value: object) -> None:
    if isinstance(value, bool):
        page.write_string(line, place, _truth(value))
    elif isinstance(value, int | float):
        page.write_number(line, place, value)
    elif value is not None:
        text = str(value)
        page.write_string(line, place, escaped(text) if text[:1] in ("=", "@", "'") else text)


def _blocks(tables: Sequence[ValueTable], options: Mapping[str, object], warnings: Sequence[Finding], by: str) -> Iterator[Block]:
    for one in tables:
        yield Heading(1, Text(one.title))
        shown = [name for name in one.columns if any(row.get(name) not in (None, "") for row in one.rows)]
        if not shown:
            yield Paragraph((Text(say("Nothing.")),), "note")
            continue
        yield Table(one.title, tuple(Column(_title(name), name not in _WORDS, 1.6 if name in ("region", "area", "series") else 1.0)
                                     for name in shown),
                    tuple(tuple(_cell(name, row.get(name), by) for name in shown) for row in one.rows))
    yield Heading(1, Text(say("Conventions")))
    told = {name: value for name, value in options.items() if value not in (None, "")}
    yield Items(tuple((Text(f": {value}"),) for value in told.values()), tuple(Text(name) for name in told))
    if warnings:
        yield Heading(1, Text(say("Warnings")))
        yield Items(tuple((Text(f"{one.message} {one.remedy}".strip()),) for one in warnings))


def _cell(name: str, value: Any, by: str) -> Cell:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return Cell(Text("" if name in _WORDS or name == "reached" else say("cannot be said")), is_known=False)
    if isinstance(value, bool):
        return Cell(Text(_truth(value)))
    if isinstance(value, str):
        return Cell(Text(_word(name, value, by)))
    if name in _YEARS:
        return Cell(Text(str(value)))
    if name in _SHARES:
        return Cell(Text(percent(value, decimals=0)))
    if name in ("countries", "countries_imputed", "observations"):
        return Cell(Text(number(int(value))))
    if name in ("weight", "persons", "not_covered"):
        return Cell(Text(number(round(value))))
    return Cell(Text(number(float(value), decimals=1)))


def _word(name: str, value: str, by: str) -> str:
    """A code in the reader's language; what is no code stays as it is."""
    if name in ("region", "area"):
        lists = {"ilo_region": REGIONS, "ilo_subregion": SUBREGIONS, "un_region": UN_REGIONS, "income_group": INCOME_GROUPS}
        if by in lists and value in lists[by]:
            return lists[by][value].label()
        return say("World") if value == "world" else country(value).name() if value in COUNTRIES else value
    codes = {"series": COVERAGE_SERIES, "sex": SEXES_AND_TOTAL, "group": COVERAGE_GROUPS}.get(name)
    told = {"base": say("base year"), "projected": say("projected"), "country": say("country"), "area": say("area"),
            "restated": say("restated"), "added": say("added"), "removed": say("removed")}
    if name == "level" and value == "region":
        return say("region")
    return codes[value].label() if codes is not None and value in codes else told.get(value, value)


def _title(name: str) -> str:
    titles = {
        "region": say("Region"), "area": say("Area"), "level": say("Level"), "series": say("Series"), "sex": say("Sex"),
        "year": say("Year"), "value": say("Per cent"), "countries": say("Countries"), "weight_covered": say("Weight covered"),
        "withheld": say("Withheld"), "weight": say("Persons of the region"), "breakdown": say("Of which"),
        "imputed": say("Imputed"),
        "countries_imputed": say("Countries imputed"), "weight_imputed": say("Weight imputed"), "basis": say("Basis"),
        "base_year": say("Base year"), "persons": say("Persons"), "not_covered": say("Not covered"), "base": say("Per cent in it"),
        "points_a_year": say("Points a year"), "to": say("Target year"), "target": say("Target"), "distance": say("Distance"),
        "needed": say("Points a year needed"), "reached": say("Reached in"), "group": say("Group"), "status": say("Status"),
        "before": say("Before"), "after": say("After"), "change": say("Change")}
    return titles.get(name, name)


def _truth(value: bool) -> str:
    return say("yes") if value else say("no")
