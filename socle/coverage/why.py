"""Why a figure of coverage is what it is: set by set, the overlaps, the denominator, each with its row, source and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from socle.coverage.figure import Figure
from socle.coverage.series_inquiry import Inquiry, Row
from socle.coverage.series_made import Basis
from socle.errors import InputError
from socle.vocabulary import say

Part = Literal["set", "overlap", "denominator"]


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure. ``value``: its persons, None where they are not available; ``source`` and ``status`` as the row
    says them; ``name``: of whom, in the words of the inquiry."""

    part: Part
    record: str
    value: float | None
    name: str = ""
    source: str = ""
    status: str = "reported"

    @property
    def sheet(self) -> str:
        return self.record.partition(":")[0]

    @property
    def key(self) -> str:
        return self.record.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Why:
    """``figures``: one, or the lower and upper bound; ``lines``: sets first, then overlaps, then denominators."""

    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]

    @property
    def definition(self) -> str:
        return self.figures[0].definition


def why(inquiry: Inquiry, counted: Iterable[tuple[Figure, Basis]], *, series: str, sex: str = "total", year: int | None = None,
        country: str | None = None, age_group: str = "total", disability: str = "total", area: str = "total") -> Why:
    """Take one figure apart; without a year the latest. Raises ``InputError`` for a figure that the report does not have."""
    about = (series, sex, age_group, disability, area)
    found = [(figure, basis) for figure, basis in counted
             if (figure.series, figure.sex, figure.age_group, figure.disability, figure.area) == about
             and year in (None, figure.year) and country in (None, figure.country)]
    last = max((figure.year for figure, _ in found), default=None)
    found = [one for one in found if one[0].year == last]
    if found and country is None:
        found = [one for one in found if one[0].country == found[0][0].country]
    if not found:
        raise InputError(say("The report has no figure {series} of {sex}.", series=series, sex=sex),
                         where={"column": "series", "value": series}, remedy=say("Choose a figure of the report."))
    lines = dict.fromkeys(line for _, basis in found for line in _lines(inquiry, basis))
    order = ("set", "overlap", "denominator")
    return Why(tuple(figure for figure, _ in found), tuple(sorted(lines, key=lambda line: order.index(line.part))))


def _lines(inquiry: Inquiry, basis: Basis) -> Iterator[Line]:
    for part, row in basis:
        sheet, place = row
        name: Part = "set" if part == "set" else "overlap" if part == "overlap" else "denominator"
        value = inquiry.persons(sheet, place) if isinstance(place, int) else None
        yield Line(name, inquiry.record(row), value, _name(inquiry, row), str(inquiry.cell(row, "source") or ""),
                   str(inquiry.cell(row, "status") or "reported"))


def _name(inquiry: Inquiry, row: Row) -> str:
    """The scheme or benefit a row speaks of, or its group."""
    sheet, place = row
    if isinstance(place, str):
        return ""
    column = {"recipients": "benefit", "protected": "scheme", "overlaps": "between", "denominators": "group",
              "legal": "route"}[sheet]
    key = str(inquiry.cell(row, column))
    if sheet == "protected" and (scheme := inquiry.schemes.get(key)):
        return str(inquiry.book["schemes"]["name"][scheme.place] or key)
    return key
