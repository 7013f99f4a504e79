"""Periods: a year, a day, or from a day to a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from socle.errors import InputError
from socle.vocabulary.language import say

_YEAR = re.compile(r"\d{4}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``start`` to ``end``, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InputError(
                say("A period cannot end ({end}) before it starts ({start}).", start=self.start, end=self.end),
                remedy=say("Exchange the two days."),
            )

    @classmethod
    def parse(cls, value: object) -> Period:
        """A year ("2024", 2024), an ISO day ("2024-06-30"), a ``date`` or a ``datetime``; years 1900 to 2200."""
        if isinstance(value, Period):
            return value
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return cls._of_days(value, value, value)
        text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if _YEAR.fullmatch(text):
            return cls.year(int(text))
        if _DAY.fullmatch(text):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                raise _not_a_period(value) from None
            return cls._of_days(day, day, value)
        raise _not_a_period(value)

    @classmethod
    def from_text(cls, text: str) -> Period:
        """The period that ``.text`` wrote: ``parse``, and "2021/2025" for from the first day to the last."""
        first, slash, last = text.partition("/")
        return cls(cls.parse(first).start, cls.parse(last).end) if slash else cls.parse(text)

    @classmethod
    def year(cls, year: int) -> Period:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise _not_a_period(year)
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def _of_days(cls, start: date, end: date, value: object) -> Period:
        if not (start.year >= FIRST_YEAR and end.year <= LAST_YEAR):
            raise _not_a_period(value)
        return cls(start, end)

    @property
    def is_year(self) -> bool:
        return self.starts_a_year and self.ends_a_year and self.start.year == self.end.year

    @property
    def is_day(self) -> bool:
        return self.start == self.end

    @property
    def starts_a_year(self) -> bool:
        return self.start.month == 1 and self.start.day == 1

    @property
    def ends_a_year(self) -> bool:
        return self.end.month == 12 and self.end.day == 31

    @property
    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.start.year, self.end.year + 1)

    @property
    def text(self) -> str:
        """``2024`` for a year, ``2024-06-30`` for a day, else ``2021/2025`` or ``2021-03-01/2025``."""
        if self.is_year:
            return f"{self.start.year:04d}"
        if self.is_day:
            return self.start.isoformat()
        whole = self.starts_a_year and self.ends_a_year
        first = f"{self.start.year:04d}" if whole else self.start.isoformat()
        last = f"{self.end.year:04d}" if whole else self.end.isoformat()
        return f"{first}/{last}"

    def contains(self, other: Period | date) -> bool:
        """Every day of ``other`` lies inside."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= _day(other) <= self.end

    def overlaps(self, other: Period) -> bool:
        """At least one day is in both."""
        return self.start <= other.end and other.start <= self.end

    def split(self) -> Iterator[Period]:
        """The part of it in each calendar year."""
        for year in self.years:
            yield Period(max(self.start, date(year, 1, 1)), min(self.end, date(year, 12, 31)))

    def __str__(self) -> str:
        return self.text


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _not_a_period(value: object) -> InputError:
    return InputError(
        say("“{value}” is neither a year nor a day.", value=value),
        where={"value": value},
        remedy=say(
            "Write a year (2024) or an ISO day (2024-06-30), from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR
        ),
    )
