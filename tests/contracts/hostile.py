"""A programme whose every text, key and address tries to be something else: the made-up one, with its words exchanged."""

from __future__ import annotations

import csv
from itertools import count
from pathlib import Path

from socle import tables
from socle.tables import PROGRAMME, Kind

MADE_UP = Path(__file__).parents[2] / "catalogue" / "programmes" / "made-up"
SCRIPT = "<script>alert(1)</script>"
WORDS = (
    f'"=HYPERLINK("http://evil.example","x"){SCRIPT}',
    f'+1+cmd|" /C calc"!A0 {SCRIPT}',
    f'-1+1 "onmouseover="alert(1)" {SCRIPT}',
    f"</title></textarea><img src=x onerror=alert(1)>{SCRIPT}",
    f"{{{{7*7}}}} {{% debug %}} ' onfocus='alert(1) {SCRIPT} <!-- ",
    f"javascript:alert(1) [x](javascript:alert(1)) #eval(\"1\") \\u0000 {SCRIPT}",
)
URLS = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", f"data:text/html,{SCRIPT}", "vbscript:msgbox(1)",
        'https://fine.example/"onmouseover="alert(1)')
KEY = '"onmouseover=alert(1)<img{{7*7}}?a=b&c#=HYPERLINK(1)'
KEPT = {("published", "table"), ("published", "column"), ("published", "year"), ("ratifications", "convention")}


def parsed() -> tables.Parsed:
    """The made-up programme with hostile words, as its file would be read."""
    numbers = count()
    raw = []
    for sheet in PROGRAMME:
        path = MADE_UP / f"{sheet.name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        columns = [sheet.column(name) for name in header]
        rows = [[_exchanged(sheet, column, cell, next(numbers)) for column, cell in zip(columns, row, strict=True)] for row in rows
                if not (sheet.name == "published" and row[header.index("table")] == "funding_by_partner")]
        raw.append(tables.RawSheet(sheet.name, header, rows, range(2, len(rows) + 2)))
    return tables.parse(PROGRAMME, raw)


def _exchanged(sheet, column, cell, number):
    if not cell:
        return cell
    if column.kind in (Kind.KEY, Kind.REFERENCE):
        return key(cell)
    if column.kind is Kind.REFERENCES:
        return ";".join(key(one) for one in cell.split(";"))
    if (sheet.name, column.name) == ("evidence", "record"):
        of, _, name = cell.partition(":")
        return f"{of}:{'/'.join(map(key, name.split('/'))) if of in KEYED_BY_ONE else name}"
    if column.kind is not Kind.TEXT or (sheet.name, column.name) in KEPT or (sheet.name, column.name) == ("published", "row"):
        return cell
    return URLS[number % len(URLS)] if column.name == "url" else f"{WORDS[number % len(WORDS)]} {number}"


def key(plain: str) -> str:
    return plain + KEY


KEYED_BY_ONE = {"projects", "partners", "outputs", "changes", "impacts", "observations", "staff", "recommendations", "actions"}
