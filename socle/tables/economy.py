"""What the money of one country is worth: its series by year, each with its source; carried on only where somebody asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite, nan, prod

from socle.vocabulary import EXTRAPOLATIONS, Source

#: How often a year what is written per day, week, month or year is paid. The month is a twelfth of a year, 365/12 days.
A_YEAR = {"currency": 1.0, "currency_per_year": 1.0, "currency_per_month": 12.0, "currency_per_week": 365 / 7,
          "currency_per_day": 365.0}


@dataclass(frozen=True)
class Series:
    """One series of an economy, by year. The years of ``extrapolated`` are not the source's: they were made by ``method``."""

    name: str                           # a code of vocabulary.ECONOMY_SERIES
    unit: str                           # a code of vocabulary.ECONOMY_UNITS
    values: Mapping[int, float]
    source: Source
    vintage: str = ""
    method: str = ""                    # empty: nothing was extrapolated
    extrapolated: frozenset[int] = frozenset()
    prices_of: int | None = None        # the year in whose prices a poverty line is; None: in those of each year
    extrapolate: str = ""               # a code of vocabulary.EXTRAPOLATIONS that the file asks for
    level: str = ""                     # of revenue and expenditure: a code of vocabulary.GOVERNMENT_LEVELS

    @property
    def last(self) -> int | None:
        """The last year that the source states."""
        return max((year for year in self.values if year not in self.extrapolated), default=None)


@dataclass(frozen=True)
class Economy:
    """What the money is worth: one country's series. ``at`` answers None where a series or year is missing: nothing is invented."""

    country: str
    currency: str                       # ISO 4217
    series: Mapping[str, Series] = field(default_factory=dict)

    def at(self, name: str, year: int) -> float | None:
        """The figure of a year as its series writes it, None where there is none."""
        found = self.series.get(name)
        return None if found is None else found.values.get(year)

    def path(self, name: str, years: Iterable[int]) -> tuple[float, ...]:
        """The figures of these years as the series writes them, NaN where there is none."""
        found = self.series.get(name)
        values = {} if found is None else found.values
        return tuple(values.get(year, nan) for year in years)

    def a_year(self, name: str, years: Iterable[int]) -> tuple[float, ...]:
        """An amount by year, in currency per year, whatever it is written per; a share of GDP times GDP. A line in the prices of
        one year is moved with consumer prices. NaN where something is missing."""
        years = tuple(years)
        found = self.series.get(name)
        if found is None:
            return (nan,) * len(years)
        path = self.path(name, years)
        if found.unit == "share":
            return tuple(share * gdp for share, gdp in zip(path, self.path("gdp", years), strict=True))
        times = A_YEAR.get(found.unit, nan)
        moved = (1.0,) * len(years) if found.prices_of is None else self.level("prices", years, base=found.prices_of)
        return tuple(value * times * level for value, level in zip(path, moved, strict=True))

    def level(self, name: str, years: Iterable[int], *, base: int) -> tuple[float, ...]:
        """Prices, wages, GDP ... of these years over those of ``base`` (1 in that year); NaN where a year between is missing."""
        found = self.series.get(name)
        if found is None:
            return tuple(1.0 if year == base else nan for year in years)
        if found.unit == "growth":
            return tuple(self._grown(found, base, year) for year in years)
        first = found.values.get(base) or nan
        return tuple(1.0 if year == base else found.values.get(year, nan) / first for year in years)

    @staticmethod
    def _grown(series: Series, base: int, year: int) -> float:
        between = range(min(base, year) + 1, max(base, year) + 1)
        moved = prod(1 + series.values.get(one, nan) for one in between)
        return moved if year >= base else 1 / moved if moved else nan


def extended(economy: Economy, *, until: int, method: str = "") -> Economy:
    """The same economy, its series carried on to ``until``: each by what its file asks for, the others by ``method`` (empty: not
    at all).

    Every figure that is made is in ``Series.extrapolated``. ``growth`` is for GDP: real growth (or that of employment and
    productivity) and the deflator; ``prices``, ``wages`` and ``gdp`` move a series with that one; ``hold`` and ``last_growth``
    need nothing else.
    """
    for asked in {method, *(one.extrapolate for one in economy.series.values())} - {""}:
        EXTRAPOLATIONS.require(asked)
    made = dict(economy.series)
    for name in sorted(made, key=lambda one: (_rank(made[one].extrapolate or method), one == "gdp")):
        asked = made[name].extrapolate or method
        if asked:
            made[name] = _carried_on(replace(economy, series=made), made[name], asked, until)
    return replace(economy, series=made)


def _rank(method: str) -> int:
    """What others move with is carried on first."""
    return {"growth": 1, "prices": 2, "wages": 2, "gdp": 3}.get(method, 0)


def _carried_on(economy: Economy, series: Series, method: str, until: int) -> Series:
    last = max(series.values, default=None)
    if last is None or last >= until:
        return series
    step = _step(economy, series, method, last)
    values = dict(series.values)
    for year in range(last + 1, until + 1):
        value = step(year, values[year - 1])
        if not isfinite(value):
            break
        values[year] = value
    new = frozenset(year for year in values if year > last)
    return replace(series, values=values, method=method if new else series.method, extrapolated=series.extrapolated | new)


def _step(economy: Economy, series: Series, method: str, last: int) -> Callable[[int, float], float]:
    """The figure of a year, from the year and the figure before."""
    if method == "hold":
        return lambda year, before: before
    if method == "last_growth":
        if series.unit in ("growth", "share"):  # a rate or a share that goes on as it was is held
            return lambda year, before: before
        earlier = series.values.get(last - 1)
        factor = series.values[last] / earlier if earlier else nan
        return lambda year, before: before * factor
    if method == "growth":
        return lambda year, before: before * _nominal_growth(economy, year)
    if series.prices_of is not None:  # it is told in the prices of one year: prices move it where it is read, not here too
        return lambda year, before: before * (economy.level(method, (year,), base=year - 1)[0]
                                              / economy.level("prices", (year,), base=year - 1)[0])
    return lambda year, before: before * economy.level(method, (year,), base=year - 1)[0]


def _nominal_growth(economy: Economy, year: int) -> float:
    deflator = economy.level("deflator", (year,), base=year - 1)[0]
    real = economy.level("gdp_growth", (year,), base=year - 1)[0]
    if not isfinite(real):
        real = economy.level("employment", (year,), base=year - 1)[0] * economy.level("productivity", (year,), base=year - 1)[0]
    return deflator * real


def mixed_levels(economy: Economy) -> bool:
    """Revenue and expenditure are of two governments, central and general."""
    public = ("government_revenue", "government_expenditure")
    return len({economy.series[name].level for name in public if name in economy.series} - {""}) > 1
