"""How coverage goes on: points a year, as in the last years, or a path that somebody gives; and the trend there was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from socle.coverage.vintage import of_vintage
from socle.errors import InputError
from socle.tables import Values
from socle.vocabulary import say

Method = Literal["mean_change", "ols"]
METHODS: tuple[Method, ...] = ("mean_change", "ols")
TREND_COLUMNS = ("series", "area", "sex", "breakdown", "method", "first_year", "last_year", "observations", "points_a_year")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,10})?", re.ASCII)
_AS_LAST = re.compile(r"as_last:([1-9]\d?)", re.ASCII)
#: Figures of one series, sex, breakdown and area by year.
Line = Mapping[int, float]


@dataclass(frozen=True)
class Path:
    """``points`` a year; or ``years``: as in so many years before the base year; or ``given``: per cent by year for a country, of
    one series or sex where these are not empty."""

    text: str
    points: float | None = None
    years: int | None = None
    given: Mapping[tuple[str, str, str], Line] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Path:
        """``+2``, ``-0.5``, ``as_last:10``."""
        plain = text.strip()
        if _POINTS.fullmatch(plain):
            return cls(plain, points=float(plain))
        if last := _AS_LAST.fullmatch(plain):
            return cls(plain, years=int(last[1]))
        raise InputError(say("“{value}” is no path.", value=text), where={"column": "path", "value": text},
                         remedy=say("Write points a year (+2), as_last:10, or a file with the columns country, year and value."))

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], *, name: str = "given") -> Path:
        """Of rows with country, year, value (per cent) and where there are series and sex."""
        found: dict[tuple[str, str, str], dict[int, float]] = {}
        for row in rows:
            value = float(row["value"])
            if not 0 <= value <= 100:
                raise InputError(say("{value} is no per cent from 0 to 100.", value=row["value"]),
                                 where={"column": "value", "value": row["value"]}, remedy=say("Write 25 for 25 per cent."))
            key = row["country"], row.get("series") or "", row.get("sex") or ""
            found.setdefault(key, {})[int(row["year"])] = value
        return cls(name, given=found)

    def line(self, area: str, series: str, sex: str) -> Line | None:
        """What is given for an area: that of the very series and sex before one that names none."""
        keys = ((area, series, sex), (area, series, ""), (area, "", sex), (area, "", ""))
        return next((self.given[key] for key in keys if key in self.given), None)

    def ahead(self, line: Line, base_year: int, *, area: str, series: str, sex: str, method: Method) -> Ahead | None:
        """How an area goes on from its base year; None where that cannot be said."""
        base = line[base_year]
        if self.points is not None:
            return Ahead(base_year, base, self.points, {})
        if self.years is not None:
            slope = slope_of({year: value for year, value in line.items() if base_year - self.years <= year <= base_year}, method)
            return None if slope is None else Ahead(base_year, base, slope, {})
        given = self.line(area, series, sex)
        later = {year: value for year, value in (given or {}).items() if year > base_year}
        return Ahead(base_year, base, None, later) if later else None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A straight line of ``slope`` points a year from ``base``, or through ``given`` figures and level after the last."""

    base_year: int
    base: float
    slope: float | None
    given: Line

    def at(self, year: int) -> float:
        """Per cent in a year, from 0 to 100."""
        if self.slope is not None:
            return _capped(self.base + self.slope * (year - self.base_year)) if year > self.base_year else self.base
        years = sorted(self.given)
        return float(np.interp(year, [self.base_year, *years], [self.base, *(self.given[one] for one in years)]))

    def reached(self, target: float, *, last: int) -> int | None:
        """The first year in which the target is reached, None where it is not up to ``last``."""
        return next((year for year in range(self.base_year, last + 1) if self.at(year) >= target - 1e-9), None)


def slope_of(line: Line, method: Method) -> float | None:
    """Points a year: the change from the first figure to the last over the years between (``mean_change``), or the slope of the
    least-squares line (``ols``). None of fewer than two figures."""
    if method not in METHODS:
        raise InputError(say("“{value}” is no trend.", value=method), where={"column": "trend", "value": method},
                         remedy=say("Use one of: {codes}.", codes=", ".join(METHODS)))
    if len(line) < 2:
        return None
    years = np.array(sorted(line), dtype=np.float64)
    values = np.array([line[int(year)] for year in years])
    if method == "mean_change":
        return float((values[-1] - values[0]) / (years[-1] - years[0]))
    away = years - years.mean()
    return float((away * (values - values.mean())).sum() / (away ** 2).sum())


def trend(values: Values, *, method: Method = "mean_change", vintage: str | None = None) -> list[dict[str, Any]]:
    """Points a year of every series, area, sex and breakdown with two figures at least, over all the years there are."""
    found = []
    for (series, breakdown, sex, area), line in lines_of(of_vintage(values, vintage)).items():
        slope = slope_of(line, method)
        if slope is not None:
            found.append({"series": series, "area": area, "sex": sex, "breakdown": breakdown, "method": method,
                          "first_year": min(line), "last_year": max(line), "observations": len(line), "points_a_year": slope})
    return found


def lines_of(values: Values) -> dict[tuple[str, str, str, str], dict[int, float]]:
    """Figures by year of each series, breakdown, sex and area."""
    found: dict[tuple[str, str, str, str], dict[int, float]] = {}
    columns = values.series, values.breakdown, values.sex, values.geo, values.year.tolist(), values.figures.tolist()
    for series, breakdown, sex, area, year, value in zip(*columns, strict=True):
        if value == value:
            found.setdefault((series, breakdown, sex, area), {})[year] = value
    return found


def _capped(value: float) -> float:
    return min(100.0, max(0.0, round(value, 10)))
