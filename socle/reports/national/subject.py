"""What a bulletin speaks about: an inquiry, its report, a country and a year; and how its figures are put on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from socle import vocabulary
from socle.coverage import Figure, Report
from socle.reports.document import Cell, Column, Table, Text
from socle.tables import Book
from socle.vocabulary import number, percent, say

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """``year`` is the year of the bulletin; trends go back as far as the inquiry does."""

    report: Report
    book: Book
    country: str
    year: int

    @cached_property
    def name(self) -> str:
        return vocabulary.country(self.country).name()

    @cached_property
    def schemes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.book["schemes"].rows() if row["country"] == self.country)

    @cached_property
    def scheme_names(self) -> Mapping[str, str]:
        return {row["scheme"]: row["name"] or row["scheme"] for row in self.schemes}

    @cached_property
    def benefits(self) -> Mapping[str, Row]:
        return {row["benefit"]: row for row in self.book["benefits"].rows() if row["scheme"] in self.scheme_names}

    def benefit_name(self, benefit: str) -> str:
        """A benefit by its key, in words: the form has no name for it."""
        return benefit.replace("-", " ").replace("_", " ").capitalize()

    def is_contributory(self, scheme: Row) -> bool:
        kind = scheme["kind"]
        if kind is not None:
            return vocabulary.SCHEME_KINDS[kind].group != "non_contributory"
        told = [row["contributory"] for row in self.benefits.values() if row["scheme"] == scheme["scheme"]]
        return any(told)

    def rows(self, sheet: str, **only: object) -> list[dict[str, Any]]:
        """Rows of a sheet that are this country's, with these values."""
        return [row for row in self.book[sheet].rows() if self._is_ours(row) and all(row[k] == v for k, v in only.items())]

    def _is_ours(self, row: Row) -> bool:
        if "scheme" in row:
            return row["scheme"] in self.scheme_names
        if "benefit" in row:
            return row["benefit"] in self.benefits
        return bool(row.get("country", self.country) == self.country)

    def figures(self, *, year: int | None = None, **only: object) -> list[Figure]:
        """Figures of the whole group: no age, disability or area apart."""
        whole: dict[str, object] = {"age_group": "total", "disability": "total", "area": "total", "country": self.country} | only
        return [one for one in self.report.figures if (year is None or one.year == year)
                and all(getattr(one, name) == value for name, value in whole.items())]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years of the figures up to that of the bulletin, at most ten."""
        found = {one.year for one in self.report.figures if one.country == self.country and one.year <= self.year}
        return tuple(sorted(found))[-10:]


def unknown() -> Cell:
    return Cell(Text(say("not available")), is_known=False)


def words(text: object) -> Cell:
    return Cell(Text(str(text))) if text not in (None, "") else Cell(Text("–"), is_known=False)


def persons(value: float | None) -> Cell:
    return unknown() if value is None else words(number(round(value)))


def amount(value: float | Decimal | None) -> Cell:
    """Money without its currency: whole from a thousand upwards."""
    if value is None:
        return unknown()
    return words(number(round(value)) if abs(float(value)) >= 1000 else number(Decimal(str(value)), decimals=2))


def millions(value: float | Decimal | None) -> Cell:
    return unknown() if value is None else words(number(float(value) / 1e6, decimals=1))


def share(value: float | None) -> Cell:
    return unknown() if value is None else words(percent(value, decimals=1))


def rate(figures: Sequence[Figure]) -> str:
    """A coverage rate as a bulletin prints it: one value, or from the lower to the upper bound. Empty: cannot be said."""
    known = {one.bound: one.value for one in figures if one.value is not None}
    if "exact" in known:
        return percent(known["exact"] / 100, decimals=1)
    if {"lower", "upper"} <= known.keys():
        return say("{low} to {high}", low=percent(known["lower"] / 100, decimals=1), high=percent(known["upper"] / 100, decimals=1))
    return ""


def counted(figures: Sequence[Figure], what: str) -> str:
    """The numerator or denominator of a rate, or its bounds."""
    known = {one.bound: getattr(one, what) for one in figures if getattr(one, what) is not None}
    if "exact" in known or what == "denominator":
        return number(round(next(iter(known.values())))) if known else ""
    if {"lower", "upper"} <= known.keys():
        return say("{low} to {high}", low=number(round(known["lower"])), high=number(round(known["upper"])))
    return ""


def said(text: str) -> Cell:
    return words(text) if text else unknown()


def table(caption: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, figures: int, totals: Iterable[int] = (),
          weights: Sequence[float] = (), notes: Iterable[str] = ()) -> Table:
    """A table whose last ``figures`` columns are figures."""
    first = len(titles) - figures
    return Table(caption, tuple(Column(title, place >= first, weights[place] if weights else (1.0 if place >= first else 1.8))
                                for place, title in enumerate(titles)),
                 tuple(tuple(row) for row in rows), frozenset(totals), tuple(notes))
