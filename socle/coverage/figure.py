"""A figure of coverage: so many of so many persons, as a per cent, with what it was counted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Bound = Literal["exact", "lower", "upper"]
#: What a figure is about. ``sdg``: a series of indicator 1.3.1; ``contributors``: active contributors; ``health``: affiliation to
#: health protection (never inside 1.3.1); ``legal``: what the law covers (never mixed with effective coverage).
Family = Literal["sdg", "contributors", "health", "legal"]

COLUMNS = ("series", "country", "sex", "year", "numerator", "denominator", "value", "bound", "records", "age_group", "disability",
           "area", "family", "status", "definition")


@dataclass(frozen=True, slots=True)
class Figure:
    """``numerator`` and ``denominator`` in persons, ``value`` in per cent (as the UN publishes series: the one exception to
    shares); None: cannot be said, never 0. ``records``: the rows of the inquiry behind it, ``sheet:key``. ``bound``: exact, or one
    of two rows that a union of persons lies between. ``definition``: the sentence that says what is counted against what.
    ``status``: estimated where one of its rows is."""

    series: str
    country: str
    sex: str
    year: int
    numerator: float | None
    denominator: float | None
    value: float | None
    bound: Bound
    records: tuple[str, ...]
    age_group: str = "total"
    disability: str = "total"
    area: str = "total"
    family: Family = "sdg"
    status: str = "reported"
    definition: str = ""

    def as_row(self) -> dict[str, Any]:
        return {name: list(self.records) if name == "records" else getattr(self, name) for name in COLUMNS}
