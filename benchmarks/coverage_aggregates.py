"""Regional averages of 200 countries x 25 years x 10 series against bare NumPy: ``coverage_aggregates.against_numpy()``.

Both begin with the same columns, numbered (series, country, year, sex), figures and weights, and end with value, countries, share
of the weight and what is withheld, by region, series, sex and year. The run fails where they differ.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.measuring import Measure, in_turn
from socle import coverage
from socle.tables import VALUE_TEXTS, Values, Words
from socle.vocabulary import COUNTRIES, REGIONS

SEXES = ("total", "female", "male")
TIMES = 15


def made(*, countries: int = 200, years: int = 25, series: int = 10, sexes: int = 3) -> Values:
    """Invented values, one in ten missing, of rows in the order of a file: series, sex, country, year."""
    codes = [code for code, entry in COUNTRIES.items() if entry.region][:countries]
    grid = np.meshgrid(np.arange(series), np.arange(sexes), np.arange(len(codes)), np.arange(years), indexing="ij")
    one, sex, country, year = (axis.ravel() for axis in grid)
    chance = np.random.default_rng(131)
    count = len(one)
    figures = np.round(chance.uniform(0, 100, count), 3)
    figures[chance.random(count) < 0.1] = np.nan
    weights = chance.integers(1, 10**8, count).astype(np.float64)
    values = Values("long", Words(one, [f"SI_COV_S{number}" for number in range(series)]), Words(country, codes), year + 2000,
                    Words(sex, SEXES[:sexes]), (), Words.all("", count), (), {name: Words.all("", count) for name in VALUE_TEXTS},
                    Words.all("", count), Words.all("", count), (), (), {})
    values.__dict__["figures"], values.__dict__["weights"] = figures, weights
    return values


def by_hand(values: Values) -> tuple[Any, ...]:
    """The same by ``bincount``, with nothing checked, nothing named and nothing said."""
    names = list(REGIONS)
    region = np.array([names.index(COUNTRIES[code].region or "") for code in values.geo.words])[values.geo.codes]
    years = values.year - values.year.min()
    width = int(years.max()) + 1
    cell = ((values.series.codes * len(values.sex.words) + values.sex.codes) * len(names) + region) * width + years
    size = len(values.series.words) * len(values.sex.words) * len(names) * width
    there = ~np.isnan(values.figures)
    behind = np.where(there, values.weights, 0.0)
    whole = np.bincount(cell, values.weights, size)
    own = np.bincount(cell, behind, size)
    above = np.bincount(cell, np.where(there, values.figures, 0.0) * behind, size)
    countries = np.bincount(cell, there, size)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = own / whole
        value = np.where(share >= 0.5, above / own, np.nan)
    shape = len(values.series.words) * len(values.sex.words), len(names), width
    return tuple(one.reshape(shape) for one in (value, countries, share))


def hold_equal(values: Values) -> None:
    ours, hand = coverage.aggregate(values, by="ilo_region").cells, by_hand(values)
    for one, other in zip((ours.value, ours.countries, ours.covered), hand, strict=True):
        if not np.allclose(one, other, rtol=1e-12, atol=0, equal_nan=True):
            raise AssertionError("the averages differ from those of bare NumPy")


def against_numpy(*, times: int = TIMES) -> list[Measure]:
    """The averages of one sex and of three."""
    measures = []
    for sexes in (1, 3):
        values = made(sexes=sexes)
        hold_equal(values)
        ours, hand = in_turn(lambda values=values: coverage.aggregate(values, by="ilo_region"),  # type: ignore[misc]
                             lambda values=values: by_hand(values), times=times)  # type: ignore[misc]
        what = "averages of five regions, 200 countries x 25 years x 10 series" + (" x 3 sexes" if sexes > 1 else "")
        measures.append(Measure(what, "NumPy", ours, hand, "bare NumPy (bincount)", most=3, note="figures equal"))
    return measures


if __name__ == "__main__":
    for measure in against_numpy():
        print(f"{measure.what}: {measure.ours * 1000:.1f} ms, {(measure.other or 0) * 1000:.1f} ms, ratio {measure.ratio:.2f}")
