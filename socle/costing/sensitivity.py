"""Sensitivity: each assumption to its low and its high value, one at a time, the widest swing first (a tornado)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from socle.costing.assumptions import Assumption, Model, check_names
from socle.errors import InputError
from socle.vocabulary import say

TORNADO_COLUMNS = ("assumption", "low", "base", "high", "at_low", "at_base", "at_high", "swing", "measure", "year")


@dataclass(frozen=True, slots=True)
class Swing:
    """``low``, ``base`` and ``high`` are values of the assumption, ``at_...`` the measure there; None: cannot be said."""

    name: str
    label: str
    low: float
    base: float
    high: float
    at_low: float | None
    at_high: float | None

    @property
    def swing(self) -> float | None:
        return None if self.at_low is None or self.at_high is None else abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """``base`` is the measure as costed, in the currency or a share of GDP, in one year."""

    measure: str
    year: int
    currency: str | None
    base: float | None
    swings: tuple[Swing, ...]

    columns = TORNADO_COLUMNS

    def rows(self) -> Iterator[dict[str, Any]]:
        for one in self.swings:
            yield dict(zip(TORNADO_COLUMNS, (one.name, one.low, one.base, one.high, one.at_low, self.base, one.at_high, one.swing,
                                             self.measure, self.year), strict=True))


def sensitivity(model: Model, assumptions: Sequence[Assumption], *, measure: str = "total", year: int | None = None) -> Tornado:
    """The measure (``total`` or ``share_of_gdp``) of a year (the last one, if none is named) with each assumption low and high."""
    year = model.years[-1] if year is None else year
    if year not in model.years:
        raise InputError(say("{year} was not costed.", year=year), where={"column": "year", "value": year},
                         remedy=say("Name a year from {first} to {last}.", first=model.years[0], last=model.years[-1]))
    check_names(model, tuple(assumptions))
    place = model.years.index(year)
    swings = []
    for one in assumptions:
        low, high = model({one.name: np.array([one.low, one.high])}, measure)[:, place]
        swings.append(Swing(one.name, one.label or one.name, one.low, model.base(one.name), one.high, said(low), said(high)))
    swings.sort(key=lambda one: (-(one.swing if one.swing is not None else -1.0), one.name))
    return Tornado(measure, year, model.currency if measure == "total" else None, said(model({}, measure)[0, place]), tuple(swings))


def said(number: np.float64 | float) -> float | None:
    """None for what cannot be said."""
    return None if np.isnan(number) else float(number)


