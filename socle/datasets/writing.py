"""Writing a book: to a folder of CSV files or to a workbook. What is written is read again as the same book."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from socle.datasets.folder import csv_files
from socle.datasets.whole import appearing_whole, write_files
from socle.errors import InputError
from socle.tables import PROGRAMME, Book, Column, Form, Kind, Sheet, Table, escaped, refuse_more_than_a_workbook_holds
from socle.vocabulary import Period, code_list, say

#: No text of a workbook is ever taken for a formula, a link or a number.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_OF_A_TEMPLATE = 2_000


def write_book(book: Book, path: Path | str) -> None:
    """Write a book to ``path``: a workbook if it ends in .xlsx, else a folder. Sheets without rows are left out.

    In a folder that is already there, the CSV files of sheets of the form are replaced or removed, other files stay.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        for table in _filled(book):
            refuse_more_than_a_workbook_holds(table.sheet.name, len(table))
        with appearing_whole(path) as beside, xlsxwriter.Workbook(beside, {"constant_memory": True, **PLAIN}) as workbook:
            for table in _filled(book):
                _write_sheet(workbook, table)
        return
    with ExitStack() as whole:
        for table in _filled(book):
            beside = whole.enter_context(appearing_whole(path / f"{table.sheet.name}.csv"))
            with beside.open("w", encoding="utf-8", newline="") as stream:
                lines = csv.writer(stream, lineterminator="\n")
                lines.writerow(table.columns)
                lines.writerows(zip(*([_csv_cell(v) for v in values] for values in table.columns.values()), strict=True))
    written = {table.sheet.name for table in _filled(book)}
    for file in csv_files(path):
        if file.stem in book.form and file.stem not in written:
            file.unlink()


def write_template(
    path: Path | str, form: Form = PROGRAMME, *, book: Book | None = None, explained: Sequence[str] = ()
) -> None:
    """A workbook to fill in: every sheet, the meaning of every column as a comment, code lists to choose from.

    ``book`` is what stands in it already; ``explained`` are the lines of a first sheet ``read_me``, which is not read back. A path
    that does not end in .xlsx is a folder: a CSV file for each sheet, and ``read_me.txt``, which says what the comments say.
    """
    if Path(path).suffix.lower() != ".xlsx":
        _write_folder_to_fill_in(Path(path), form, book, explained)
        return
    with appearing_whole(Path(path)) as beside, xlsxwriter.Workbook(beside, PLAIN) as workbook:
        head = workbook.add_format({"bold": True, "bottom": 1})
        must = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        lists = _Lists(form)
        if explained:
            _write_explained(workbook, explained)
        for sheet in form:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            rows = book[sheet.name] if book else Table.of(sheet)
            refuse_more_than_a_workbook_holds(sheet.name, len(rows))
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, column.name, must if column.required else head)
                page.write_comment(0, place, _explained(column), {"x_scale": 2, "y_scale": 1.6})
                page.set_column(place, place, max(_width(sheet, column.name) if len(rows) else 12, len(column.name) + 2))
                if column.kind is Kind.CODE:
                    page.data_validation(1, place, len(rows) + _ROWS_OF_A_TEMPLATE, place, {
                        "validate": "list", "source": lists.address(column.codes or ""), "ignore_blank": True})
                elif column.kind is Kind.TRUTH:
                    page.data_validation(1, place, len(rows) + _ROWS_OF_A_TEMPLATE, place, {
                        "validate": "list", "source": ["yes", "no"], "ignore_blank": True})
            _write_rows(page, rows)
        lists.write(workbook)


def _write_folder_to_fill_in(folder: Path, form: Form, book: Book | None, explained: Sequence[str]) -> None:
    """A file that is already there with rows in it is somebody's work: it is refused, not written over."""
    there = [sheet.name for sheet in form if (folder / f"{sheet.name}.csv").exists()]
    if there:
        raise InputError(say("{path} holds {files} already.", path=folder, files=", ".join(f"{name}.csv" for name in there)),
                         remedy=say("Name a new folder."))
    files: dict[str, bytes] = {}
    lines = [*explained, *([""] if explained else [])]
    for sheet in form:
        text = io.StringIO(newline="")
        rows = book[sheet.name] if book else Table.of(sheet)
        cells = csv.writer(text, lineterminator="\n")
        cells.writerow(sheet.names)
        cells.writerows(zip(*([_csv_cell(value) for value in rows[name]] for name in sheet.names), strict=True))
        files[f"{sheet.name}.csv"] = text.getvalue().encode()
        lines += [f"{sheet.name}.csv", *(f"    {column.name}: {_explained(column)}" for column in sheet.columns), ""]
    write_files(folder, {**files, "read_me.txt": "\n".join(lines).encode()})


def _write_explained(workbook: Any, lines: Sequence[str]) -> None:
    page = workbook.add_worksheet("read_me")
    page.set_column(0, 0, 100)
    title, text = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"text_wrap": True, "valign": "top"})
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, text if row else title)


class _Lists:
    """The sheet that holds the code lists of a template."""

    def __init__(self, form: Form) -> None:
        self.names = sorted({c.codes for sheet in form for c in sheet.columns if c.codes})

    def address(self, name: str) -> str:
        letter = xlsxwriter.utility.xl_col_to_name(self.names.index(name))
        return f"=code_lists!${letter}$2:${letter}${len(code_list(name)) + 1}"

    def write(self, workbook: Any) -> None:
        page = workbook.add_worksheet("code_lists")
        for place, name in enumerate(self.names):
            for row, text in enumerate((name.lower(), *code_list(name))):
                page.write_string(row, place, text)


def _explained(column: Column) -> str:
    words = [column.meaning[:1].upper() + column.meaning[1:] + "."]
    if column.required:
        words.append(say("Required."))
    if column.default is not None:
        words.append(say("Empty: {default}.", default=column.default))
    if column.kind in (Kind.CODES, Kind.COUNTRIES, Kind.REFERENCES):
        words.append(say("Several are separated by “;”."))
    if column.kind is Kind.PERIOD:
        words.append(say("Write 2024 or 2024-06-30."))
    if column.kind is Kind.TRUTH:
        words.append(say("Write yes or no."))
    if column.refers:
        words.append(say("A key of sheet {sheet}.", sheet=column.refers))
    if column.codes:
        words.append(say("Use one of: {codes}.", codes=", ".join(code_list(column.codes))))
    return " ".join(words)


def _filled(book: Book) -> list[Table]:
    """The tables with rows; of an empty book the first, so that there is something to write."""
    return [table for table in book if len(table)] or [book[next(iter(book.form)).name]]


def _write_sheet(workbook: Any, table: Table) -> None:
    page = workbook.add_worksheet(table.sheet.name)
    page.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, name in enumerate(table.columns):
        page.write_string(0, place, name, bold)
        page.set_column(place, place, _width(table.sheet, name))
    _write_rows(page, table)


def _write_rows(page: Any, table: Table) -> None:
    for row, values in enumerate(zip(*table.columns.values(), strict=True), start=1):
        for place, value in enumerate(values):
            if value is not None:
                _write_cell(page, row, place, value)


def _write_cell(page: Any, row: int, place: int, value: object) -> None:
    if isinstance(value, Period) and value.is_year:
        page.write_number(row, place, value.start.year)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool) and _survives(value):
        page.write_number(row, place, value)
    else:
        text = _text(value)
        page.write_string(row, place, escaped(text) if text[:1] in ("=", "@", "'") else text)


def _survives(number: int | float | Decimal) -> bool:
    """Whether a spreadsheet, which keeps sixteen digits, gives the same number back."""
    return Decimal(f"{float(number):.16G}") == Decimal(repr(number) if isinstance(number, float) else number)


def _csv_cell(value: object) -> str:
    text = _text(value)
    return text if isinstance(value, int | float | Decimal) else escaped(text)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, Period):
        return value.text
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def _width(sheet: Sheet, name: str) -> int:
    return 40 if sheet.column(name).kind is Kind.TEXT else 16
