"""Charts of a workbook: the spreadsheet's own, with the figures they are drawn from beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from socle.reports.annual.subject import label_of, title_of, years
from socle.results import Report
from socle.vocabulary import STEPS, say

SHEET = "charts"
#: The colours of the steps, as on paper; then that of what was published without records.
COLOURS = ("#E3B04B", "#2F8F9D", "#21395C", "#C9CED3")
_CHART_ROWS = 20
_CHART_COLUMN = 6
_LINES = {"major_gridlines": {"visible": True, "line": {"color": "#E3E7EA", "width": 0.75}}}


def draw(book: Any, report: Report, looks: Mapping[str, Any]) -> None:
    """A sheet with a chart for each question that the report has figures for; no sheet without any."""
    drawn = [block for block in (_ambition(report), _changes(report)) if block is not None]
    if not drawn:
        return
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, _CHART_COLUMN - 1, 20)
    first = 0
    for title, heads, rows, options in drawn:
        _figures(sheet, first, title, heads, rows, looks, percent=options["percent"])
        chart = book.add_chart({"type": options["type"], **({"subtype": "stacked"} if len(heads) > 2 else {})})
        for at in range(1, len(heads)):
            chart.add_series({
                "name": [SHEET, first + 1, at], "categories": [SHEET, first + 2, 0, first + 1 + len(rows), 0],
                "values": [SHEET, first + 2, at, first + 1 + len(rows), at],
                "fill": {"color": COLOURS[1 if len(heads) == 2 else at - 1]}, "gap": 60,
            })
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_x_axis({"interval_unit": 1})
        chart.set_y_axis(_LINES)
        chart.set_legend({"none": True} if len(heads) == 2 else {"position": "bottom"})
        if options["type"] == "bar":
            chart.set_y_axis({"reverse": True, "interval_unit": 1})
            chart.set_x_axis({"num_format": "0%", "min": 0, **_LINES})
        told = "; ".join(f"{row[0]}: {', '.join(_told(cell, options['percent']) for cell in row[1:])}" for row in rows)
        height = max(_CHART_ROWS, len(rows) * 2)
        sheet.insert_chart(first, _CHART_COLUMN, chart, {"description": f"{title}. {told}"[:255], "x_scale": 1.7,
                                                         "y_scale": height / 15})  # a chart is 15 rows high
        first += max(height, len(rows) + 3) + 2


Block = tuple[str, list[str], list[list[Any]], dict[str, Any]]


def _ambition(report: Report) -> Block | None:
    rows = [[f"{label_of('indicator', row['indicator'])}, {label_of('counts', row['counts']).lower()}", row["share"]]
            for row in report.tables["targets"] if row["share"] is not None]
    if not rows:
        return None
    return say("Progress against ambition"), ["", say("Share of ambition")], rows, {"type": "bar", "percent": True}


def _changes(report: Report) -> Block | None:
    """Changes with records, by step; and what published totals say beyond them, of all steps together."""
    cells = {(row["year"], row["step"]): row for row in report.tables["changes_by_year"]}
    rows = [[years(year), *(cells.get((year, step), {}).get("changes") for step in STEPS),
             cells.get((year, "all"), {}).get("without_records") or None]
            for year in sorted({year for year, _ in cells})]
    if not rows:
        return None
    heads = ["", *(label_of("step", step) for step in STEPS), say("Published without records")]
    return title_of("changes_by_year"), heads, rows, {"type": "column", "percent": False}


def _figures(sheet: Any, first: int, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], looks: Mapping[str, Any], *,
             percent: bool) -> None:
    sheet.write_string(first, 0, title, looks["bold"])
    sheet.set_row(first + 1, 32)  # heads of two lines
    for at, head in enumerate(heads):
        sheet.write_string(first + 1, at, head, looks["figure" if at else "head"])
    for line, row in enumerate(rows, first + 2):
        sheet.write_string(line, 0, row[0], looks["text"])
        for at, value in enumerate(row[1:], 1):
            if value is not None:
                sheet.write_number(line, at, value, looks["0.0%" if percent else "#,##0"])


def _told(value: Any, percent: bool) -> str:
    return "–" if value is None else f"{value:.0%}" if percent else str(value)
