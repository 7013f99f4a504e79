"""Tables and books: values in columns, as the rooms pass them to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any

from socle.errors import InputError
from socle.tables.columns import Form, Sheet
from socle.vocabulary import Period, say

#: Rows of a sheet of a workbook, the header among them. What writes workbooks drops the others without a word.
MOST_ROWS_OF_A_WORKBOOK = 1_048_576


def refuse_more_than_a_workbook_holds(sheet: str, rows: int) -> None:
    """``rows`` without the header."""
    if rows >= MOST_ROWS_OF_A_WORKBOOK:
        raise InputError(say("Sheet {sheet} has {n} rows; a workbook holds {most}.", sheet=sheet, n=rows,
                             most=MOST_ROWS_OF_A_WORKBOOK - 1),
                         where={"sheet": sheet}, remedy=say("Write CSV files instead: format csv, or a folder."))


@dataclass(frozen=True)
class Table:
    """The rows of one sheet, column by column. Every column of the sheet is there, None where a cell is empty.

    ``numbers`` are the row numbers as the spreadsheet shows them (the header is row 1); two tables are equal when their
    values are.
    """

    sheet: Sheet
    columns: Mapping[str, list[Any]]
    numbers: Sequence[int] = field(compare=False)
    absent: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def of(cls, sheet: Sheet, rows: Iterable[Mapping[str, Any]] = ()) -> Table:
        """A table of rows that are already typed; what a row does not mention is None."""
        rows = list(rows)
        return cls(
            sheet,
            {c.name: [row.get(c.name) for row in rows] for c in sheet.columns},
            range(2, len(rows) + 2),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, column: str) -> list[Any]:
        return self.columns[column]

    def rows(self) -> Iterator[dict[str, Any]]:
        names = tuple(self.columns)
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))

    def key(self, i: int) -> str:
        """The key of row ``i`` (counted from 0): key columns joined by ``/``, a period as written, nothing for None."""
        return "/".join(_key_text(self.columns[name][i]) for name in self.sheet.key)

    @cached_property
    def keys(self) -> list[str]:
        """The key of every row."""
        columns = [[_key_text(value) for value in self.columns[name]] for name in self.sheet.key]
        return columns[0] if len(columns) == 1 else ["/".join(parts) for parts in zip(*columns, strict=True)]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The rows of each key, counted from 0: more than one where the form allows several statements of one key."""
        found: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            found.setdefault(key, []).append(place)
        return found

    def where(self, mask: Iterable[object]) -> Table:
        """The rows whose mask is true."""
        mask = list(mask)
        return Table(
            self.sheet,
            {name: list(compress(values, mask)) for name, values in self.columns.items()},
            list(compress(self.numbers, mask)),
        )


@dataclass(frozen=True)
class Book:
    """The tables of a form. A sheet that nobody filled in is an empty table."""

    form: Form
    tables: Mapping[str, Table]

    def __post_init__(self) -> None:
        given = self.tables
        object.__setattr__(self, "tables", {s.name: given.get(s.name) or Table.of(s) for s in self.form})

    def __getitem__(self, sheet: str) -> Table:
        return self.tables[sheet]

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was found: cells as they came, unread. ``numbers`` are the row numbers the spreadsheet shows."""

    name: str
    header: Sequence[object]
    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]


def _key_text(value: object) -> str:
    if type(value) is str:
        return value
    if value is None:
        return ""
    return value.text if isinstance(value, Period) else str(value)
