"""Small countries for the tests of the calculators: every figure is made up and easy to multiply by heart."""

from __future__ import annotations

import numpy as np

from socle.tables import Economy, Population, Series
from socle.vocabulary import Source

MADE_UP = Source("Made up")
YEARS = tuple(range(2025, 2031))


def people(country="XUT", *, years=YEARS, each=1000.0, growth=0.0, births=None):
    """``each`` persons of every age and sex in the first year."""
    persons = np.full((len(years), 2, 101), each) * (1 + growth) ** np.arange(len(years))[:, None, None]
    return Population(country, tuple(years), persons, MADE_UP, births=None if births is None else np.full(len(years), births))


def series(name, unit, values, **more):
    return Series(name, unit, dict(values), MADE_UP, **more)


def money(country="XUT", *, currency="XUD", years=YEARS, gdp=1e10, growth=0.05, prices=0.03, line=100.0, government=0.25, rate=2.0,
          line_of=None, without=()):
    """GDP grows nominally by ``growth``; the poverty line is a month's, in the prices of the first year (or of ``line_of``)."""
    first = years[0]
    line_of = first if line_of is None else line_of
    span = range(line_of, years[-1] + 1)
    found = [
        series("gdp", "currency", {year: gdp * (1 + growth) ** (year - first) for year in years}),
        series("prices", "growth", dict.fromkeys(span, prices)),
        series("deflator", "growth", dict.fromkeys(span, prices)),
        series("wages", "growth", dict.fromkeys(span, prices + 0.01)),
        series("poverty_line", "currency_per_month", dict.fromkeys(span, line), prices_of=line_of),
        series("government_expenditure", "share", dict.fromkeys(years, government)),
        series("exchange_rate", "per_usd", dict.fromkeys(years, rate)),
    ]
    return Economy(country, currency, {one.name: one for one in found if one.name not in without})
