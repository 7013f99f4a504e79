"""The columns of a population file, and one row of it as cells: a year, a sex, some ages, so many persons.

Two forms are known: that of the United Nations (one row a year and age, men and women side by side, in thousands), and the long
form of national projections and registers (one row a country, year, sex and age, in persons).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import Finding, UnknownCountry
from socle.tables import MOST_PERSONS
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, country, say

Floats: TypeAlias = npt.NDArray[np.float64]

#: What identifies each form; other columns are read where they are there.
UN_COLUMNS = ("iso3_code", "time", "agegrp", "popmale", "popfemale")
LONG_COLUMNS = ("country", "year", "sex", "age", "persons")
#: Beyond every open group.
OPEN = 999

_THOUSAND = 1000
_OLDEST = 130
_NUMBER = re.compile(r"\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?|\.\d{1,30}", re.ASCII)
_AGES = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3})|\s*(\+))?", re.ASCII)
_SEXES = {"female": "female", "f": "female", "male": "male", "m": "male"}
_TOTAL = {"total", "both"}


@dataclass(frozen=True, slots=True)
class Cell:
    """``persons`` of the completed ages ``first`` to ``last`` (``OPEN``: and over), as line ``line`` of the file says."""

    year: int
    sex: str        # female or male; in a register also total
    first: int
    last: int
    persons: float
    line: int

    @property
    def ages(self) -> str:
        return written_ages(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says; ``findings`` are what is wrong with it (then there are no cells)."""

    country: str
    variant: str
    source: str
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    january: bool = False     # counted on 1 January, not in the middle of the year


def written_ages(first: int, last: int) -> str:
    """7, 5–9, 100+"""
    return f"{first}+" if last == OPEN else str(first) if first == last else f"{first}–{last}"


class Header:
    """Where the columns of a file stand."""

    def __init__(self, sheet: str, names: Sequence[str]) -> None:
        self.sheet = sheet
        self.names = [name.strip().lstrip("\ufeff") for name in names]
        self._places = {name.casefold(): place for place, name in reversed(list(enumerate(self.names)))}

    @property
    def of_the_un(self) -> bool:
        return all(name in self._places for name in UN_COLUMNS)

    def findings(self) -> list[Finding]:
        """Why it is none of the two forms; columns that are there twice."""
        if not any(self.names):
            return [_finding(self.sheet, 1, None, "", "empty", say("The file has no header."),
                           say("Give a header and one row for each country, year, sex and age."))]
        if len(self.names) == 1 and (mark := next((m for m in ";\t|" if m in self.names[0]), None)):
            return [_finding(self.sheet, 1, None, self.names[0], "delimiter",
                           say("File {file}.csv is separated by “{mark}”, not by commas.", file=self.sheet,
                               mark=say("tabulator") if mark == "\t" else mark),
                           say("Save it as “CSV UTF-8 (comma delimited)”."))]
        folded = [name.casefold() for name in self.names]
        found = [_finding(self.sheet, 1, name, name, "duplicate_column", say("Column {column} is there twice.", column=name),
                        say("Remove or rename one."))
                 for place, name in enumerate(self.names) if name and name.casefold() in folded[:place]]
        wanted = UN_COLUMNS if "popmale" in self._places or "iso3_code" in self._places else LONG_COLUMNS
        return found + [
            _finding(self.sheet, 1, name, None, "missing_column", say("Column {column} is not there.", column=name),
                   say("Name the columns {columns}.", columns=", ".join(wanted)))
            for name in wanted if name not in self._places]

    def reader(self, *, register: bool = False) -> Callable[[Sequence[str], int], Row]:
        """Reads the cells of a line, given its number."""
        if not self.of_the_un:
            return _Long(self, register=register)
        return _Un(self)

    def text(self, cells: Sequence[str], column: str) -> str:
        place = self._places.get(column)
        return cells[place].strip() if place is not None and place < len(cells) else ""


class _Reading:
    """What the two forms share: texts to years, ages and persons, each refusal noted."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.noted: list[Finding] = []

    def note(self, line: int, column: str, value: str, code: str, message: str, remedy: str) -> None:
        self.noted.append(_finding(self.header.sheet, line, column, value, code, message, remedy))

    def year(self, text: str, line: int, column: str) -> int:
        if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
            return int(text)
        self.note(line, column, text, "year", say("“{value}” is not a year.", value=text),
                  say("Write a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
        return 0

    def ages(self, text: str, line: int, column: str) -> tuple[int, int]:
        found = _AGES.fullmatch(text)
        if found:
            first = int(found[1])
            last = OPEN if found[3] else int(found[2]) if found[2] else first
            if first <= last and (last == OPEN or last <= _OLDEST) and first <= _OLDEST:
                return first, last
        self.note(line, column, text, "age", say("“{value}” is not an age.", value=text),
                  say("Write completed years (7), a group (5-9), or an open group (100+)."))
        return 0, 0

    def persons(self, text: str, line: int, column: str, *, times: float = 1) -> float:
        if not text:
            self.note(line, column, text, "required", say("There is no number of persons."),
                      say("Write the number; 0 where there is nobody."))
        elif text.startswith("-") and _NUMBER.fullmatch(text[1:]):
            self.note(line, column, text, "negative", say("{value} is below zero.", value=text),
                      say("Write a number from 0 upwards."))
        elif not _NUMBER.fullmatch(text):
            self.note(line, column, text, "number", say("“{value}” is not a number.", value=text),
                      say("Write digits, with a point before decimals and no separator of thousands."))
        elif not math.isfinite(float(text)) or float(text) * times > MOST_PERSONS:
            self.note(line, column, text, "absurd", say("{value} is more persons than live on earth.", value=text),
                      say("Check the number of digits, and whether the file counts in thousands."))
        else:
            return float(text) * times
        return 0.0

    def width(self, cells: Sequence[str], line: int) -> None:
        if len(cells) > len(self.header.names):
            self.note(line, "", ",".join(cells[len(self.header.names):]), "extra_cells",
                      say("The row has more cells than the header."),
                      say("Put a text with a comma into quotation marks; write numbers without separators."))

    def row(self, country: str, variant: str, source: str, cells: tuple[Cell, ...], *, january: bool = False) -> Row:
        noted, self.noted = tuple(self.noted), []
        return Row(country, variant, source, () if noted else cells, noted, january)


class _Un(_Reading):
    def __call__(self, cells: Sequence[str], line: int) -> Row:
        text = self.header.text
        self.width(cells, line)
        year = self.year(text(cells, "time"), line, "Time")
        first, last = self.ages(text(cells, "agegrp"), line, "AgeGrp")
        women = self.persons(text(cells, "popfemale"), line, "PopFemale", times=_THOUSAND)
        men = self.persons(text(cells, "popmale"), line, "PopMale", times=_THOUSAND)
        return self.row(text(cells, "iso3_code"), text(cells, "variant"), "", (
            Cell(year, "female", first, last, women, line), Cell(year, "male", first, last, men, line)),
            january=text(cells, "midperiod") == f"{year}.0" or text(cells, "midperiod") == str(year))


class _Long(_Reading):
    def __init__(self, header: Header, *, register: bool) -> None:
        super().__init__(header)
        self.register = register
        self._countries: dict[str, str | UnknownCountry] = {}

    def __call__(self, cells: Sequence[str], line: int) -> Row:
        text = self.header.text
        self.width(cells, line)
        alpha3 = self._country(text(cells, "country"), line)
        year = self.year(text(cells, "year"), line, "year")
        sex = self._sex(text(cells, "sex"), line)
        first, last = self.ages(text(cells, "age"), line, "age")
        persons = self.persons(text(cells, "persons"), line, "persons")
        return self.row(alpha3, text(cells, "variant"), text(cells, "source"), (Cell(year, sex, first, last, persons, line),))

    def _country(self, text: str, line: int) -> str:
        if text not in self._countries:
            try:
                self._countries[text] = country(text).alpha3
            except UnknownCountry as refusal:
                self._countries[text] = refusal
        found = self._countries[text]
        if isinstance(found, str):
            return found
        self.note(line, "country", text, found.code, found.what, found.remedy)
        return ""

    def _sex(self, text: str, line: int) -> str:
        word = text.casefold()
        if word in _SEXES:
            return _SEXES[word]
        if word in _TOTAL and self.register:
            return "total"
        remedy = say("Write female or male, or total.") if self.register else say(
            "Write female or male: a population needs both sexes apart.")
        self.note(line, "sex", text, "sex", say("“{value}” is no sex.", value=text), remedy)
        return ""


def _finding(sheet: str, line: int | None, column: str | None, value: str | None, code: str, message: str, remedy: str) -> Finding:
    return Finding("error", sheet, line, column or None, value, code, message, remedy)
