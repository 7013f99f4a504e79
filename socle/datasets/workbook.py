"""An XLSX workbook: looked at before it is opened, read row by row, no formula computed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from socle.datasets.bounds import (
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
    SMALL_UNPACKED,
    too_large,
)
from socle.errors import Unreadable
from socle.tables import RawSheet
from socle.vocabulary import say

#: Sheets that this library adds to a workbook and does not read back.
OUR_OWN = ("findings", "code_lists", "read_me")

#: What openpyxl, zipfile and the XML parsers raise over a damaged or hostile workbook.
DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, EOFError, NotImplementedError, RuntimeError, OverflowError, AssertionError, OSError,
)

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_unless_workbook(stream: IO[bytes]) -> None:
    """Look at the outside: is it a workbook, is it locked, and how large would it be unpacked?"""
    start = stream.read(8)
    stream.seek(0)
    if not start:
        raise Unreadable(say("The file is empty."), remedy=say("Send the workbook again."))
    if start == _OLD_OR_ENCRYPTED:
        raise Unreadable(say("The workbook is protected by a password or in the old XLS format."),
                         remedy=say("Remove the password and save it as XLSX."))
    try:
        with zipfile.ZipFile(stream) as parts:
            entries = parts.infolist()
    except DAMAGE:
        raise _no_workbook() from None
    finally:
        stream.seek(0)
    refuse_unless_honest(entries)
    if not any(entry.filename == "[Content_Types].xml" for entry in entries) or not any(
        entry.filename.startswith("xl/") for entry in entries
    ):
        raise _no_workbook()


def refuse_unless_honest(entries: Sequence[zipfile.ZipInfo]) -> None:
    """What a zip says of its parts: whether they are locked, and how large they would be unpacked."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(say("The workbook is protected by a password."), remedy=say("Remove the password."))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > LARGEST_UNPACKED or (
        unpacked > SMALL_UNPACKED and unpacked > HIGHEST_RATIO * packed
    ):
        raise too_large(say("The workbook would unpack to {n} bytes.", n=unpacked))


def read_workbook(stream: IO[bytes]) -> list[RawSheet]:
    refuse_unless_workbook(stream)
    try:
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        try:
            if len(workbook.worksheets) > MOST_SHEETS:
                raise too_large(say("There are {n} sheets.", n=len(workbook.worksheets)))
            left = MOST_CELLS
            sheets = []
            for worksheet in workbook.worksheets:
                if worksheet.title.strip().casefold() in OUR_OWN:
                    continue
                worksheet.reset_dimensions()
                sheet, cells = _read_sheet(worksheet.title, worksheet.iter_rows(values_only=True), left)
                left -= cells
                if sheet.header or sheet.rows:  # a sheet that nobody touched is not there
                    sheets.append(sheet)
        finally:
            workbook.close()
    except DAMAGE as damage:
        raise damaged(damage) from None
    return sheets


def _read_sheet(title: str, records: Iterator[tuple[object, ...]], left: int) -> tuple[RawSheet, int]:
    rows: list[tuple[object, ...]] = []
    cells = 0
    for record in records:
        cells += len(record) + 1
        if cells > left:
            raise too_large(say("There are more than {n} cells.", n=MOST_CELLS), sheet=title)
        if record and record[-1] is None:
            record = _trimmed(record)
        if len(record) > MOST_COLUMNS:
            raise too_large(say("Sheet {sheet} has {n} columns.", sheet=title, n=len(record)), sheet=title)
        rows.append(record)
        if len(rows) > MOST_ROWS:
            raise too_large(say("Sheet {sheet} has more than {n} rows.", sheet=title, n=MOST_ROWS), sheet=title)
    while rows and not rows[-1]:
        rows.pop()
    header = rows[0] if rows else ()
    return RawSheet(title, header, rows[1:], range(2, len(rows) + 1)), cells


def _trimmed(record: tuple[object, ...]) -> tuple[object, ...]:
    end = len(record)
    while end and record[end - 1] is None:
        end -= 1
    return record[:end]


def _no_workbook() -> Unreadable:
    return Unreadable(say("The file is not an XLSX workbook."),
                      remedy=say("Send an XLSX workbook or a folder of CSV files."))


def damaged(damage: BaseException) -> Unreadable:
    return Unreadable(say("The workbook is damaged: {reason}.", reason=str(damage) or type(damage).__name__),
                      remedy=say("Open it in a spreadsheet program and save it again as XLSX."))
