"""A report's tables as a workbook: what it is about, key figures, charts, a sheet a table with its records, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from socle.reports.annual import document
from socle.reports.annual.subject import Subject, column_title
from socle.reports.document import Document, Heading, Items, KeyFigures, Paragraph
from socle.reports.native_charts import draw
from socle.reports.plain import FINDING_COLUMNS, KIND_OF
from socle.results import TABLES, Chain, Report
from socle.tables import refuse_more_than_a_workbook_holds
from socle.vocabulary import number, say

LONGEST_CELL = 32_767
_LONGEST_FOOTER = 240
_NUMBERS = {"share": "0.0%", "amount": "#,##0.00", "required": "#,##0.00", "available": "#,##0.00", "mobilised": "#,##0.00",
            "gap": "#,##0.00"}
_PATTERNS = (*dict.fromkeys(_NUMBERS.values()), "#,##0", "#,##0.##")


def workbook(report: Report, chain: Chain | None = None, *, written_in: str = "en") -> bytes:
    """The report as XLSX; ``chain`` where its texts come from, by default the report's own.

    Texts stay texts: nothing becomes a formula, a link or a number. An empty cell is not reported.
    """
    for name, rows in report.tables.items():
        refuse_more_than_a_workbook_holds(name, len(rows))
    refuse_more_than_a_workbook_holds("warnings", len(report.warnings))
    chain = chain or report.scope.chain
    paper = document(report, chain, written_in=written_in)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    book.set_properties({"title": f"{paper.title.words}: {paper.subtitle}"[:255],
                         "comments": "".join(text.words for text in paper.notice)[:255]})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
        "figure": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top", "align": "right"}),
        "code": book.add_format({"font_color": "#55616c", "italic": True, "indent": 1, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        **{pattern: book.add_format({"num_format": pattern, "valign": "top"}) for pattern in _PATTERNS},
    }
    _about(book.add_worksheet("about"), paper, looks)
    _key_figures(book.add_worksheet("key_figures"), paper, looks)
    draw(book, report, looks)
    for name in TABLES:
        _table(book.add_worksheet(name), Subject(report, chain, written_in), name, looks)
    _warnings(book.add_worksheet("warnings"), report, looks)
    for sheet in book.worksheets():
        _on_paper(sheet, paper)
    book.close()
    return out.getvalue()


def records_text(records: Sequence[str], longest: int = LONGEST_CELL) -> str:
    """Records joined by ``;``, as many as a cell can hold, and how many more there are."""
    whole = ";".join(records)
    if len(whole) <= longest:
        return whole
    room = longest - 40
    kept = whole[:room].rpartition(";")[0]
    return f"{kept};" + say("... and {n} more", n=number(len(records) - kept.count(";") - 1))


def _on_paper(sheet: Any, paper: Document) -> None:
    """A4 across, one page wide, heads repeated, the notice at the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    notice = "".join(text.words for text in paper.notice).replace("&", "&&")
    sheet.set_footer(f"&L&7{notice[:_LONGEST_FOOTER]}&R&P")


def _about(sheet: Any, paper: Document, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, paper.title.words, looks["title"])
    sheet.write_string(1, 0, paper.subtitle)
    lines = [(label, fact.words) for label, fact in paper.facts]
    lines.append((say("Notice"), "".join(text.words for text in paper.notice)))
    lines += [(say("How to read"), say("An empty cell is not reported; it is not zero. The column records names the records "
                                       "behind each row, as SHEET:KEY."))]
    for row, (label, words) in enumerate([*lines, ("", ""), *_sources(paper)], 3):
        sheet.set_row(row, 15 * -(-max(1, len(words)) // 95))
        sheet.write_string(row, 0, label, looks["bold"])
        sheet.write_string(row, 1, _bounded(words), looks["text"])


def _sources(paper: Document) -> list[tuple[str, str]]:
    """What the document says of its sources, licence and notice."""
    last = max(i for i, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.level == 1)
    out: list[tuple[str, str]] = []
    for block in paper.blocks[last + 1:]:
        if isinstance(block, Items):
            out += [(str(term), "".join(map(str, entry)).strip()) for term, entry in zip(block.terms, block.entries, strict=True)]
        elif isinstance(block, Paragraph):
            out.append(("", "".join(map(str, block.texts))))
    return out


def _key_figures(sheet: Any, paper: Document, looks: Mapping[str, Any]) -> None:
    heads = (say("Figure"), say("What it counts"), say("Note"))
    for column, (title, width) in enumerate(zip(heads, (24, 44, 70), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, looks["head"])
    sheet.freeze_panes(1, 0)
    row = 1
    for block in paper.blocks:
        for figure in block.figures if isinstance(block, KeyFigures) else ():
            for column, words in enumerate((figure.value, figure.label, figure.note)):
                sheet.write_string(row, column, words, looks["bold" if column == 0 else "text"])
            row += 1


def _table(sheet: Any, subject: Subject, name: str, looks: Mapping[str, Any]) -> None:
    """Codes as the exchange form writes them, so that a row can be found again; then its keys in words; its records last."""
    spec, rows = TABLES[name], subject.report.tables[name]
    columns = [*spec.keys, *spec.columns, "in_words", "records"]
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, looks["figure" if column in spec.figures else "head"])
        sheet.set_column(at, at, _width(column))
        sheet.write_comment(0, at, say("The row's keys in words") if column == "in_words" else column_title(column))
    sheet.freeze_panes(1, len(spec.keys))
    sheet.print_area(0, 0, len(rows), len(columns) - 2)  # the records are to look up, not to print
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            value = row.get(column)
            if column == "records":
                sheet.write_string(line, at, records_text(row["records"]))
            elif column == "in_words":
                sheet.write_string(line, at, _bounded(_in_words(subject, name, row)), looks["code"])
            elif isinstance(value, str):
                sheet.write_string(line, at, _bounded(value), looks["text"])
            elif value is not None:
                sheet.write_number(line, at, value, looks[_pattern(name, column, value)])


def _in_words(subject: Subject, name: str, row: Mapping[str, Any]) -> str:
    if name == "reconciliation":
        return f"{TABLES[row['table']].title if row['table'] in TABLES else row['table']}: {column_title(row['column'])}"
    kind = KIND_OF.get(name, "kind")
    return ", ".join(subject.label(kind if key == "kind" else key, row[key]) for key in TABLES[name].keys)


def _warnings(sheet: Any, report: Report, looks: Mapping[str, Any]) -> None:
    for at, column in enumerate(FINDING_COLUMNS):
        sheet.write_string(0, at, column, looks["head"])
        sheet.set_column(at, at, 60 if column in ("message", "remedy") else 14)
    sheet.freeze_panes(1, 0)
    for line, finding in enumerate(report.warnings, 1):
        for at, value in enumerate(finding.as_dict().values()):
            if isinstance(value, int):
                sheet.write_number(line, at, value)
            elif value is not None:
                sheet.write_string(line, at, _bounded(str(value)), looks["text"])


def _pattern(table: str, column: str, value: Any) -> str:
    if isinstance(value, Decimal | float) and table == "reconciliation":
        return "#,##0" if value == int(value) else "#,##0.##"
    return _NUMBERS.get(column, "#,##0")


def _width(column: str) -> int:
    if column in ("records", "source", "in_words"):
        return 60
    return 26 if column in ("kind", "branch", "indicator", "partner", "region", "table", "row", "column") else 16


def _bounded(words: str) -> str:
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - 1] + "…"
