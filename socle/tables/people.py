"""The people of a country over the years, as rooms pass them to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from socle.vocabulary import Source

SEXES = ("female", "male")
LAST_AGE = 100  # and over

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Population:
    """``persons[year, sex, age]``: mid-year persons by year, sex (``SEXES``) and completed age (0 to 100 and over).

    ``births[year]`` are live births of the year where the source states them; otherwise None, and who needs them takes the persons of age 0
    and says so. ``notes`` tell how the figures were made (graduated from groups, overridden by a register), in the reader's language.
    """

    country: str                        # ISO 3166-1 alpha-3
    years: tuple[int, ...]
    persons: Floats                     # float64, shape (years, 2, 101), not negative
    source: Source
    variant: str = "medium"
    vintage: str = ""
    births: Floats | None = None        # shape (years,)
    notes: tuple[str, ...] = ()

    def year(self, year: int) -> Floats:
        """``[sex, age]`` of one year; an ``InputError`` names the years there are."""
        raise NotImplementedError

    def total(self, *, first: int = 0, last: int = LAST_AGE, sex: str | None = None) -> Floats:
        """Persons of these completed ages, by year."""
        raise NotImplementedError


@dataclass(frozen=True)
class Series:
    """One series of an economy, by year. ``said`` are the years that the source states; the others were extrapolated, by ``method``."""

    name: str                           # a code of vocabulary.ECONOMY_SERIES
    unit: str                           # "currency", "currency_per_month", "share", "growth", "index", "per_usd", "persons"
    values: Mapping[int, float]
    source: Source
    vintage: str = ""
    method: str = ""                    # empty: nothing was extrapolated
    extrapolated: frozenset[int] = frozenset()
    prices_of: int | None = None        # the year of a poverty line


@dataclass(frozen=True)
class Economy:
    """What the money is worth: one country's series. ``at`` answers None where a series or year is missing: no figure is invented."""

    country: str
    currency: str                       # ISO 4217
    series: Mapping[str, Series] = field(default_factory=dict)

    def at(self, name: str, year: int) -> float | None:
        """The figure of a year, None where there is none."""
        found = self.series.get(name)
        return None if found is None else found.values.get(year)
