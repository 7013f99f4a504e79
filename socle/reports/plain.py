"""The tables of a report as CSV files and as text for a terminal."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from socle.reports.annual.subject import column_title, label_of, verdict, written
from socle.results import TABLES, Report
from socle.tables import escaped
from socle.vocabulary import percent, period, say

#: Which words the column ``kind`` of a table takes.
KIND_OF = {"outputs": "output", "funding_by_partner": "partner_kind"}
FINDING_COLUMNS = ("severity", "sheet", "row", "column", "value", "code", "message", "remedy")


def tables_csv(report: Report) -> dict[str, bytes]:
    """One file a table and ``warnings.csv``: names and contents (UTF-8), for ``datasets`` to write or a page to zip.

    Records are joined by ``;``; an empty cell is not reported; a text that a spreadsheet would take for a formula begins with an
    apostrophe.
    """
    files = {}
    for name, spec in TABLES.items():
        columns = (*spec.keys, *spec.columns, "records")
        files[f"{name}.csv"] = _csv(columns, ([_cell(row.get(c)) for c in columns] for row in report.tables[name]))
    found = (finding.as_dict() for finding in report.warnings)
    files["warnings.csv"] = _csv(FINDING_COLUMNS, ([_cell(finding[c]) for c in FINDING_COLUMNS] for finding in found))
    return files


def table_text(report: Report) -> str:
    """Every table that has rows, ruled by spaces, in the language spoken now; warnings last."""
    titles = {name: column_title(name) for spec in TABLES.values() for name in (*spec.keys, *spec.columns)}
    parts = [say("Phase {phase}, {period}", phase=report.phase, period=period(report.period)) if report.phase
             else say("All records, {period}", period=period(report.period))]
    for name, spec in TABLES.items():
        rows = report.tables[name]
        if rows:
            columns = (*spec.keys, *spec.columns)
            lines = [[_words(name, column, row) for column in columns] for row in rows]
            parts.append(f"{spec.title}\n{_ruled(columns, [[titles[name] for name in columns], *lines], set(spec.figures))}")
    if report.warnings:
        parts.append("\n".join([say("Warnings"), *(f"  {finding}" for finding in report.warnings)]))
    return "\n\n".join(parts) + "\n"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return escaped(value)
    return _cell(";".join(map(str, value)))


def _words(table: str, column: str, row: Mapping[str, Any]) -> str:
    value = row[column]
    if value is None:
        return say("not reported")
    if column == "share":
        return percent(value)
    if isinstance(value, str):
        if column == "verdict":
            return verdict(value)
        if table == "reconciliation" or column in ("country", "currency", "partner"):
            return value
        return label_of(KIND_OF.get(table, column) if column == "kind" else column, value)
    return written(value)


def _ruled(columns: Sequence[str], lines: Sequence[Sequence[str]], figures: set[str]) -> str:
    """The first line is the head."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]

    def ruled(cells: Sequence[str]) -> str:
        return "  " + "  ".join(cell.rjust(width) if name in figures else cell.ljust(width)
                                for name, cell, width in zip(columns, cells, widths, strict=True)).rstrip()

    return "\n".join([ruled(lines[0]), ruled(["─" * width for width in widths]), *map(ruled, lines[1:])])
