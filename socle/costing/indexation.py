"""How an amount moves over the years: none, prices, wages, GDP per capita, a fixed rate, or a mix of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from socle.schemes import Index
from socle.tables import Economy, Population

Floats = npt.NDArray[np.float64]
#: The series that each indexation moves with.
SERIES = {"prices": "prices", "wages": "wages", "gdp_per_capita": "gdp"}


@dataclass(frozen=True, slots=True)
class Money:
    """The economy and the heads it is divided by: what amounts are measured against."""

    population: Population
    economy: Economy | None = None

    def level(self, name: str, years: Sequence[int], base: int) -> Floats:
        """A series over its figure of ``base``; NaN where it is missing."""
        if self.economy is None:
            return np.where(np.asarray(years) == base, 1.0, np.nan)
        if name == "gdp_per_capita":
            return np.asarray(self.gdp_per_capita(years) / self.gdp_per_capita((base,)))
        return np.array(self.economy.level(name, years, base=base))

    def gdp(self, years: Sequence[int]) -> Floats:
        return np.full(len(years), np.nan) if self.economy is None else np.array(self.economy.path("gdp", years))

    def government(self, years: Sequence[int]) -> Floats:
        """General government expenditure, in currency a year."""
        return (
            np.full(len(years), np.nan) if self.economy is None else np.array(self.economy.a_year("government_expenditure", years))
        )

    def heads(self, years: Sequence[int]) -> Floats:
        known = {
            year: self.population.persons[place].sum() for place, year in enumerate(self.population.years) if year in set(years)
        }
        return np.array([known.get(year, np.nan) for year in years])

    def gdp_per_capita(self, years: Sequence[int]) -> Floats:
        return np.asarray(self.gdp(years) / self.heads(years))

    def a_year(self, name: str, years: Sequence[int]) -> Floats:
        """What a benefit is a share of, in currency a year."""
        if name == "gdp_per_capita":
            return self.gdp_per_capita(years)
        return np.full(len(years), np.nan) if self.economy is None else np.array(self.economy.a_year(name, years))


def moved(index: Index, money: Money, years: Sequence[int], base: Sequence[int]) -> Floats:
    """The factor by which an amount of the year ``base[i]`` has moved in ``years[i]``: the product of the years' growth, each the
    weighted mean of the growth of what it follows; NaN where a series is missing. Before its base an amount has not moved."""
    if set(index.weights) == {"none"} or not index.weights:
        return np.ones(len(years))
    low, high = min(*years, *base), max(*years, *base)
    span = list(range(low, high + 1))
    growth = sum(
        (weight * _growth(kind, index.rate, money, span) for kind, weight in index.weights.items() if weight), np.zeros(len(span))
    )
    chain = {year: place for place, year in enumerate(span)}
    steps = 1 + growth
    return np.array(
        [
            float(np.prod(steps[chain[start] + 1 : chain[year] + 1])) if year > start else 1.0
            for year, start in zip(years, base, strict=True)
        ]
    )


def _growth(kind: str, rate: float | None, money: Money, span: Sequence[int]) -> Floats:
    """The growth of each year over the one before."""
    if kind == "none":
        return np.zeros(len(span))
    if kind == "fixed":
        return np.full(len(span), np.nan if rate is None else rate)
    return np.array([money.level(kind, (year,), year - 1)[0] - 1 for year in span])


def needed(weights: Mapping[Any, float]) -> tuple[str, ...]:
    """The series without which an indexation cannot be followed."""
    return tuple(SERIES[kind] for kind, weight in weights.items() if weight and kind in SERIES)
