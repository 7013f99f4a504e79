"""Reading one sheet, column by column. A column holds few distinct texts: each is converted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import accumulate, compress
from typing import Any

from socle.errors import Finding, Severity
from socle.tables.cells import Converter, Wrong, reader, text_of
from socle.tables.columns import Column, Kind, Sheet
from socle.tables.table import RawSheet
from socle.vocabulary import Period, say


@dataclass
class SheetRead:
    """A sheet that was read: texts as found, values as understood (``Wrong`` where they were not), findings so far.

    ``bad`` are places of rows (counted from 0) that cannot be used; ``identified`` says whether its keys could be read.
    """

    sheet: Sheet
    numbers: Sequence[int]
    texts: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    identified: bool = True

    def refuse(self, i: int, column: str | None, wrong: Wrong, *, value: str | None) -> None:
        self.bad.add(i)
        self.findings.append(
            Finding("error", self.sheet.name, self.numbers[i], column, value, wrong.code, wrong.message, wrong.remedy)
        )

    def remark(self, severity: Severity, column: str | None, wrong: Wrong) -> None:
        """Something about the whole sheet; an error spoils all its rows."""
        if severity == "error":
            self.bad.update(range(len(self.numbers)))
        self.findings.append(
            Finding(severity, self.sheet.name, None, column, None, wrong.code, wrong.message, wrong.remedy)
        )

    def keys(self) -> list[Any]:
        """The key other sheets refer to, row by row."""
        return self.values[self.sheet.key[0]]


def read_sheet(sheet: Sheet, raw: RawSheet) -> SheetRead:
    header = _header(raw)
    rows, extra = _rectangle(raw.rows, len(header))
    cells = [_texts(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in header]
    numbers: Sequence[int] = raw.numbers
    filled = [any(texts) or i in extra for i, texts in enumerate(zip(*cells, strict=True))]
    if not all(filled):
        place = list(accumulate(filled, initial=0))
        extra = {place[i]: text for i, text in extra.items()}
        cells = [list(compress(column, filled)) for column in cells]
        numbers = list(compress(numbers, filled))
    read = SheetRead(sheet, numbers)
    places = _places(read, header, cells)
    for column in sheet.columns:
        if column.name in places:
            _read_column(read, column, cells[places[column.name]])
        else:
            _absent(read, column)
    for i, text in extra.items():
        read.refuse(i, None, Wrong("extra_cells", say("The row has more cells than the header: “{value}”.", value=text),
                                   say("Name the column, or put a text that holds the separator in quotation marks.")),
                    value=text)
    _refuse_duplicates(read)
    _refuse_backward_periods(read)
    return read


class _Memo(dict[str, Any]):
    def __init__(self, convert: Converter) -> None:
        super().__init__()
        self.convert = convert
        self.wrong = False

    def __missing__(self, text: str) -> object:
        value = self[text] = self.convert(text)
        self.wrong |= isinstance(value, Wrong)
        return value


def _read_column(read: SheetRead, column: Column, texts: list[str]) -> None:
    memo = _Memo(reader(column))
    values = list(map(memo.__getitem__, texts))
    read.texts[column.name], read.values[column.name] = texts, values
    if memo.wrong:
        for i, value in enumerate(values):
            if isinstance(value, Wrong):
                read.refuse(i, column.name, value, value=texts[i])
    if column.required and "" in texts:
        wrong = Wrong("required", say("The cell is empty."), say("Fill in {column}.", column=column.name))
        for i, text in enumerate(texts):
            if not text:
                read.refuse(i, column.name, wrong, value=None)


def _absent(read: SheetRead, column: Column) -> None:
    rows = len(read.numbers)
    read.absent.add(column.name)
    read.texts[column.name] = [""] * rows
    read.values[column.name] = [reader(column)("")] * rows
    if column.name in read.sheet.key and column.default is None:
        if column.name == read.sheet.key[0]:
            read.identified = False
        read.remark("error", column.name, Wrong(
            "missing_column", say("Column {column} is missing.", column=column.name),
            say("Add a column {column} to the sheet.", column=column.name)))


def _texts(cells: tuple[object, ...]) -> list[str]:
    if set(map(type, cells)) == {str}:
        return list(map(str.strip, cells))  # type: ignore[arg-type]
    return list(map(text_of, cells))


def _header(raw: RawSheet) -> list[str]:
    header = [text_of(cell) for cell in raw.header]
    while header and not header[-1]:
        header.pop()
    return header


def _rectangle(rows: Sequence[Sequence[object]], width: int) -> tuple[list[Sequence[object]], dict[int, str]]:
    """The rows cut or filled up to the width of the header, and the first text of those that had more to say."""
    if all(length == width for length in set(map(len, rows))):
        return list(rows), {}
    extra: dict[int, str] = {}
    even: list[Sequence[object]] = []
    for i, row in enumerate(rows):
        if len(row) > width:
            if text := next(filter(None, map(text_of, row[width:])), ""):
                extra[i] = text
            row = row[:width]
        elif len(row) < width:
            row = (*row, *[None] * (width - len(row)))
        even.append(row)
    return even, extra


def _places(read: SheetRead, header: list[str], cells: list[list[str]]) -> dict[str, int]:
    """Where each column of the form stands; remarks on the header."""
    known = {name.casefold(): name for name in read.sheet.names}
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        name = known.get(title.casefold())
        if name is None:
            if title or any(cells[place]):
                _remark_unknown(read, title, tuple(known.values()))
        elif name in places:
            read.remark("error", name, Wrong("duplicate_column", say("Column {column} is there twice.", column=name),
                                             say("Remove or rename one of the two.")))
        else:
            places[name] = place
    return places


def _remark_unknown(read: SheetRead, title: str, known: tuple[str, ...]) -> None:
    near = get_close_matches(title.casefold(), known, n=1, cutoff=0.75)
    read.remark("warning", title or None, Wrong(
        "unknown_column",
        say("Column “{column}” is not in the form and is not read.", column=title) if title
        else say("A column without a name is not read."),
        say("Did you mean {near}?", near=near[0]) if near else say("Rename the column, or remove it.")))


def _refuse_duplicates(read: SheetRead) -> None:
    names = read.sheet.identity
    if len(names) == 1 and len(set(read.values[names[0]])) == len(read.numbers):
        return
    identities = list(zip(*(read.values[name] for name in names), strict=True))
    if len(set(identities)) == len(identities):
        return
    demanded = [i for i, name in enumerate(names) if read.sheet.column(name).required]
    first: dict[tuple[Any, ...], int] = {}
    for i, identity in enumerate(identities):
        if any(isinstance(part, Wrong) for part in identity) or any(identity[place] is None for place in demanded):
            continue
        original = first.setdefault(identity, i)
        if original != i:
            key = "/".join(read.texts[name][i] for name in read.sheet.key)
            read.refuse(i, read.sheet.key[0], Wrong(
                "duplicate_key", say("“{key}” is already in row {row}.", key=key, row=read.numbers[original]),
                say("Give the row a key of its own, or remove it.")), value=key)


def _refuse_backward_periods(read: SheetRead) -> None:
    if not {"start", "end"} <= {c.name for c in read.sheet.columns if c.kind is Kind.PERIOD}:
        return
    for i, (start, end) in enumerate(zip(read.values["start"], read.values["end"], strict=True)):
        if isinstance(start, Period) and isinstance(end, Period) and (start.start > end.end):
            read.refuse(i, "end", Wrong(
                "period_order", say("It ends ({end}) before it starts ({start}).", end=end.text, start=start.text),
                say("Correct the start or the end.")), value=read.texts["end"][i])
