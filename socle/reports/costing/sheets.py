"""What costing answers, as a workbook whose cells calculate: change a coverage or a benefit, and every figure follows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from socle.costing import Line, Projection
from socle.errors import Finding
from socle.reports.costing.paper import Listing, cost_listing, told_source
from socle.reports.costing.scheme_sheet import FIRST, SchemeSheet
from socle.reports.costing.words import WORDS, column_title, is_share, word_of
from socle.tables import refuse_more_than_a_workbook_holds
from socle.vocabulary import say

_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_FINDING_COLUMNS = ("severity", "sheet", "row", "column", "value", "code", "message", "remedy")


def cost_workbook(projections: Sequence[Projection]) -> bytes:
    """A projection, or several scenarios: a sheet a scheme with live formulas, and what adds them up."""
    listing = cost_listing(projections)
    out, book, looks = _opened(listing)
    _about(book.add_worksheet("about"), listing, looks)
    names = _Names()
    for projection in projections:
        sheets = []
        for line in projection.lines:
            if line.scheme and (line.scheme, projection.years[0]) in projection.explanations:
                name = names.new(line.scheme, projection.scenario)
                column = SchemeSheet(book.add_worksheet(name), projection, line, looks).write()
                sheets.append((projection, line, name, column))
        _sum(book.add_worksheet(names.new("total", projection.scenario)), projection, sheets, looks)
    rows = [row for projection in projections for row in projection.rows()]
    _listed(book.add_worksheet("figures"), list(rows[0]) if rows else [], rows, frozenset(), looks)
    _warnings(book.add_worksheet("warnings"), listing.warnings, looks)
    _sources(book.add_worksheet("sources"), listing, looks)
    return _closed(out, book)


def workbook(listing: Listing) -> bytes:
    """Any listing: a sheet a table, its conventions, warnings and sources."""
    out, book, looks = _opened(listing)
    _about(book.add_worksheet("about"), listing, looks)
    names = _Names()
    for part in listing.parts:
        _listed(book.add_worksheet(names.new(part.title, "")), part.columns, part.rows, part.shares, looks)
    _warnings(book.add_worksheet("warnings"), listing.warnings, looks)
    _sources(book.add_worksheet("sources"), listing, looks)
    return _closed(out, book)


class _Names:
    """Names of sheets: at most 31 letters, none twice."""

    def __init__(self) -> None:
        self._taken = {"about", "figures", "warnings", "sources"}

    def new(self, name: str, scenario: str) -> str:
        wanted = f"{name} {scenario}".strip().translate(_FORBIDDEN_IN_NAMES)[:_LONGEST_NAME] or "-"
        found, again = wanted, 1
        while found.casefold() in self._taken:
            again += 1
            found = f"{wanted[: _LONGEST_NAME - 3]} {again}"
        self._taken.add(found.casefold())
        return found


def _opened(listing: Listing) -> tuple[BytesIO, Any, dict[str, Any]]:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    book.set_properties({"title": f"{listing.title}: {listing.subtitle}"[:255]})
    book.set_calc_mode("auto")
    top = {"valign": "top"}
    return out, book, {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, **top}),
        "figure": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "align": "right", **top}),
        "bold": book.add_format({"bold": True, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        "note": book.add_format({"font_color": "#55616c", "italic": True, "text_wrap": True, "align": "right", **top}),
        "year": book.add_format({"num_format": "0", "bold": True}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "cents": book.add_format({"num_format": "#,##0.00"}),
        "share": book.add_format({"num_format": "0.00%"}),
        "number": book.add_format({"num_format": "#,##0.####"}),
        "given": book.add_format({"num_format": "#,##0.####", "font_color": "#1F5F93", "bg_color": "#EEF4F9"}),
        "given whole": book.add_format({"num_format": "#,##0", "font_color": "#1F5F93", "bg_color": "#EEF4F9"}),
        "given share": book.add_format({"num_format": "0.00%", "font_color": "#1F5F93", "bg_color": "#EEF4F9"}),
    }


def _closed(out: BytesIO, book: Any) -> bytes:
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _about(sheet: Any, listing: Listing, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, listing.title, looks["title"])
    sheet.write_string(1, 0, listing.subtitle)
    options = [(name.replace("_", " "), _said(value)) for name, value in listing.options.items()]
    told = [*listing.facts, ("", ""), *options, ("", ""),
            (say("How to read"), say("Blue cells are given: change them and every other cell follows. An empty cell cannot be "
                                     "said; it is not zero."))]
    for row, (label, words) in enumerate(told, 3):
        sheet.write_string(row, 0, label, looks["bold"])
        sheet.write_string(row, 1, words, looks["text"])


def _formula(sheet: Any, row: int, column: int, formula: str, value: float | None, look: Any) -> None:
    """A formula with the figure it gives, for those who look without recalculating. What cannot be said stays empty."""
    if value is not None and math.isfinite(value):
        sheet.write_formula(row, column, f"={formula}", look, value)


def _sum(sheet: Any, projection: Projection, sheets: Sequence[tuple[Projection, Line, str, int]], looks: Mapping[str, Any]) -> None:
    """All schemes of a scenario by year, each cell a link to its sheet."""
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, len(sheets) + 1, 20)
    sheet.write_string(0, 0, column_title("year"), looks["head"])
    for at, (_, line, _, _) in enumerate(sheets, 1):
        sheet.write_string(0, at, f"{line.label} ({line.currency or '–'})", looks["figure"])
    sheet.freeze_panes(1, 1)
    currencies = {line.currency for _, line, _, _ in sheets}
    if len(currencies) == 1:
        sheet.write_string(0, len(sheets) + 1, say("All schemes"), looks["figure"])
    for row, year in enumerate(projection.years, 1):
        sheet.write_number(row, 0, year, looks["year"])
        found = [projection.explain(line.scheme, year).total for _, line, _, _ in sheets]
        for at, ((_, _, name, column), total) in enumerate(zip(sheets, found, strict=True), 1):
            _formula(sheet, row, at, f"'{name}'!{xl_col_to_name(column)}{row + FIRST}", total, looks["whole"])
        known = [total for total in found if total is not None]
        if len(currencies) == 1 and found and len(known) == len(found):
            whole = f"SUM(B{row + 1}:{xl_col_to_name(len(sheets))}{row + 1})"
            _formula(sheet, row, len(sheets) + 1, whole, sum(known), looks["whole"])


def _listed(sheet: Any, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], shares: frozenset[str],
            looks: Mapping[str, Any]) -> None:
    """Rows as they are published, codes as they are written in every other format."""
    refuse_more_than_a_workbook_holds(str(sheet.name), len(rows))
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name, looks["head" if name in WORDS or name == "year" else "figure"])
        sheet.set_column(at, at, 24 if name in WORDS else 16)
        sheet.write_comment(0, at, column_title(name))
    sheet.freeze_panes(1, 1)
    if rows and columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for line, row in enumerate(rows, 1):
        for at, name in enumerate(columns):
            value = row.get(name)
            if isinstance(value, str):
                sheet.write_string(line, at, value)
            elif value is not None and math.isfinite(value):
                sheet.write_number(line, at, value, looks[_look(name, value, shares)])


def _look(name: str, value: float, shares: frozenset[str]) -> str:
    if name == "year" or is_share(name, shares):
        return "year" if name == "year" else "share"
    return "cents" if name == "benefit" else "whole" if abs(value) >= 100 else "number"


def _warnings(sheet: Any, warnings: Sequence[Finding], looks: Mapping[str, Any]) -> None:
    for at, column in enumerate(_FINDING_COLUMNS):
        sheet.write_string(0, at, column, looks["head"])
        sheet.set_column(at, at, 60 if column in ("message", "remedy") else 14)
    for line, finding in enumerate(warnings, 1):
        for at, value in enumerate(finding.as_dict().values()):
            if value is not None:
                sheet.write_string(line, at, str(value), looks["text"])


def _sources(sheet: Any, listing: Listing, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, column_title("source"), looks["head"])
    for row, source in enumerate(listing.sources, 1):
        sheet.write_string(row, 0, told_source(source), looks["text"])


def _said(value: object) -> str:
    return say("as the scheme file says") if value is None else word_of("", value) or str(value)
