"""What a column, a sheet and a form are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What the cells of a column hold, and the Python value they become (None for an empty cell)."""

    KEY = "key"                # str without spaces, `;` or `/`; identifies the row
    TEXT = "text"              # str
    PERIOD = "period"          # vocabulary.Period: an ISO day or a year
    COUNTRY = "country"        # str: alpha-3; written as ISO3, name or alias
    COUNTRIES = "countries"    # tuple[str, ...]
    CODE = "code"              # str: a code of ``codes``
    CODES = "codes"            # tuple[str, ...]
    REFERENCE = "reference"    # str: a key of the sheet ``refers``
    REFERENCES = "references"  # tuple[str, ...]
    WHOLE = "whole"            # int: persons, posts; never negative
    SHARE = "share"            # float: 0 to 1
    AMOUNT = "amount"          # decimal.Decimal: money, never negative
    CURRENCY = "currency"      # str: ISO 4217
    YEAR = "year"              # int: a calendar year
    TRUTH = "truth"            # bool: yes or no; written yes, no, true, false, 1 or 0
    NUMBER = "number"          # decimal.Decimal: any published figure; below zero only where the column is ``signed``


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: str | None = None  # name of a code list of ``socle.vocabulary``
    refers: str | None = None  # name of another sheet of the form
    default: str | None = None  # what an empty cell means, where the form says so
    signed: bool = False  # a number that may be below zero
    said_by: tuple[str, str] | None = None  # where the column is absent: the column that refers, and the one it says it in


@dataclass(frozen=True, slots=True)
class Sheet:
    """``key``: the columns that together identify a row. ``unique`` is the same unless the form allows several
    statements of one key (two sources may publish different values for one cell)."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def identity(self) -> tuple[str, ...]:
        return self.unique or self.key


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    sheets: tuple[Sheet, ...]
    _by_name: Mapping[str, Sheet] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {s.name: s for s in self.sheets})

    def __getitem__(self, name: str) -> Sheet:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)
