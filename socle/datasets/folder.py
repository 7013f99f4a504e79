"""A folder of CSV files: one file a sheet, UTF-8, comma."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from socle.datasets.bounds import LARGEST_CSV, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, too_large
from socle.errors import Finding
from socle.tables import RawSheet
from socle.vocabulary import say

#: A longer cell is a quotation mark that was never closed.
_LONGEST_CELL = 1_000_000
_AT_A_TIME = 20_000


class NotRead(Exception):
    """A CSV file that could not be read as a table; holds the findings."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


def csv_files(folder: Path) -> list[Path]:
    """The CSV files of a folder by name; hidden files are nobody's data."""
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and not p.name.startswith((".", "~")))
    if len(files) > MOST_SHEETS:
        raise too_large(say("There are {n} CSV files.", n=len(files)))
    return files


def read_folder(folder: Path) -> tuple[list[RawSheet], list[Finding]]:
    return read_files((path.name, _content(path)) for path in csv_files(folder))


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST_CSV + 1)


def read_files(files: Iterable[tuple[str, bytes]]) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets of CSV files, each a name and its first bytes: more of them than ``LARGEST_CSV`` are refused."""
    sheets: list[RawSheet] = []
    findings: list[Finding] = []
    cells = 0
    for name, content in files:
        sheet_name = Path(name).stem
        if len(content) > LARGEST_CSV:
            raise too_large(say("File {file} has more than {n} bytes.", file=name, n=LARGEST_CSV), sheet=sheet_name)
        try:
            sheet = read_csv(sheet_name, content)
        except NotRead as refusal:
            findings += refusal.findings
            continue
        cells += sum(map(len, sheet.rows))
        if cells > MOST_CELLS:
            raise too_large(say("There are more than {n} cells.", n=MOST_CELLS))
        sheets.append(sheet)
    return sheets, findings


def read_csv(name: str, data: bytes) -> RawSheet:
    """One sheet from the bytes of its CSV file. Rows are counted as records, as a spreadsheet does."""
    try:
        text = _decoded(name, data)
    except NotRead as refusal:  # what wrote it may have separated it otherwise too: both are told at once
        first = data.partition(b"\n")[0].decode("latin-1").replace("\0", "").rstrip("\r")
        raise NotRead(*refusal.findings, *_other_delimiter(name, first.split(","))) from None
    records = _records(name, text)
    header = next(records, [])
    if wrong := _other_delimiter(name, header):
        raise NotRead(*wrong)
    if len(header) > MOST_COLUMNS:
        raise too_large(say("Sheet {sheet} has {n} columns.", sheet=name, n=len(header)), sheet=name)
    rows: list[Sequence[str]] = []
    known: dict[str, str] = {}
    while some := list(islice(records, _AT_A_TIME)):
        rows += _sharing(some, known)
        if len(rows) > MOST_ROWS:
            raise too_large(say("Sheet {sheet} has more than {n} rows.", sheet=name, n=MOST_ROWS), sheet=name)
    return RawSheet(name, header, rows, range(2, len(rows) + 2))


def _other_delimiter(name: str, header: list[str]) -> list[Finding]:
    other = next((mark for mark in ";\t|" if mark in header[0]), None) if len(header) == 1 else None
    if other is None:
        return []
    return [Finding("error", name, 1, None, header[0], "delimiter",
                    say("File {file}.csv is separated by “{mark}”, not by commas.", file=name,
                        mark=say("tabulator") if other == "\t" else other),
                    say("Send the workbook, or separate by commas: Excel writes “;” where the computer's region does."))]


def _sharing(rows: list[list[str]], known: dict[str, str]) -> Sequence[Sequence[str]]:
    """The rows with one object for each text: a million rows say the same few words."""
    if len(set(map(len, rows))) > 1:
        return rows
    return list(zip(*(map(known.setdefault, column, column) for column in zip(*rows, strict=True)), strict=True)) or rows


def _decoded(name: str, data: bytes) -> str:
    if (place := data.find(b"\0")) >= 0:
        raise _not_read(
            name, _line(data, place), None, "encoding",
            say("File {file}.csv holds a NUL byte in line {line}; it is no UTF-8 text.", file=name, line=_line(data, place)),
            say("Save it as “CSV UTF-8 (comma delimited)”, or send the workbook."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        raise _not_read(
            name, line, None, "encoding",
            say("File {file}.csv is not UTF-8: byte {byte} in line {line}.", file=name, line=line,
                byte=f"0x{data[error.start]:02x}"),
            say("Save it as “CSV UTF-8 (comma delimited)”, or send the workbook.")) from None


def _records(name: str, text: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from lines
    except csv.Error as error:
        raise _not_read(
            name, lines.line_num, None, "quotes",
            say("File {file}.csv cannot be read in line {line}: {reason}.", file=name, line=lines.line_num, reason=error),
            say("Close every quotation mark, and double those inside a text.")) from None


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _not_read(name: str, row: int, value: str | None, code: str, message: str, remedy: str) -> NotRead:
    return NotRead(Finding("error", name, row, None, value, code, message, remedy))
