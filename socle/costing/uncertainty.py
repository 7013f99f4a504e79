"""Uncertainty: draws on named assumptions, and the quantiles of the cost by year.

The draws of an assumption come from a stream of their own (seed and name), so that adding another one leaves them as they are, and
the same seed gives the same figures. Draws are costed in blocks that fit the cache.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from socle.costing.assumptions import Assumption, Model, check_names
from socle.costing.sensitivity import said
from socle.errors import Finding, InputError
from socle.vocabulary import say

Floats = npt.NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_DRAWS = 1_000_000
#: Doubles of one array of a block: some of them fit a second-level cache together.
_BLOCK = 32_768
_STANDARD = NormalDist()


@dataclass(frozen=True)
class Bands:
    """``values[quantile, year]`` and ``mean[year]`` of the measure; ``base[year]`` as costed without any draw."""

    measure: str
    currency: str | None
    years: tuple[int, ...]
    quantiles: tuple[float, ...]
    values: Floats
    mean: Floats
    base: Floats
    draws: int
    seed: int
    assumptions: tuple[Assumption, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return ("year", "base", "mean", *(f"q{round(100 * q):02d}" for q in self.quantiles), "measure")

    def rows(self) -> Iterator[dict[str, Any]]:
        for place, year in enumerate(self.years):
            figures = (said(one[place]) for one in (self.base, self.mean, *self.values))
            yield dict(zip(self.columns, (year, *figures, self.measure), strict=True))


def uncertainty(model: Model, assumptions: Sequence[Assumption], *, measure: str = "total", draws: int = 1000, seed: int = 0,
                quantiles: Sequence[float] = QUANTILES, stream: str = "") -> Bands:
    """Bands of the measure over ``draws`` draws. Assumptions are independent; ``stream`` tells apart countries that each draw
    their own.

    Raises ``InputError`` for an assumption that the costing does not know, and a truncation that leaves nothing.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise InputError(say("{n} draws cannot be made.", n=draws), where={"column": "draws", "value": draws},
                         remedy=say("Write a number from 1 to {most}.", most=MOST_DRAWS))
    if seed < 0:
        raise InputError(say("A seed is not below zero."), where={"column": "seed", "value": seed}, remedy=say("Write 0 or more."))
    assumptions = tuple(assumptions)
    check_names(model, assumptions)
    drawn = {one.name: draw(one, draws=draws, seed=seed, stream=stream) for one in assumptions}
    results = in_blocks(model, drawn, measure=measure, draws=draws)
    ordered = np.sort(results.T, axis=1).T
    return Bands(measure, model.currency if measure == "total" else None, model.years, tuple(quantiles),
                 _quantiles(ordered, quantiles), results.mean(axis=0), model({}, measure)[0], draws, seed, assumptions)


def in_blocks(model: Model, drawn: Mapping[str, Floats], *, measure: str, draws: int) -> Floats:
    """The measure of every draw: [draw, year]."""
    step = max(1, _BLOCK // max(1, len(model.years)))
    if draws <= step:
        return np.broadcast_to(model(drawn, measure), (draws, len(model.years)))
    results = np.empty((len(model.years), draws))
    for first in range(0, draws, step):
        block = {name: values[first:first + step] for name, values in drawn.items()}
        results[:, first:first + step] = model(block, measure).T
    return results.T


def draw(one: Assumption, *, draws: int, seed: int, stream: str = "") -> Floats:
    """Values of an assumption. The same seed, stream and name give the same values on every machine of one NumPy version."""
    generator = np.random.default_rng([seed, crc32(f"{stream}:{one.name}".encode())])
    uniform = generator.random(draws)
    if one.distribution == "triangular":
        return _triangular(uniform, one.low, (one.low + one.high) / 2 if one.mode is None else one.mode, one.high)
    if one.distribution in ("normal", "lognormal"):
        return _normal(generator, uniform, one)
    return one.low + (one.high - one.low) * uniform


def _triangular(uniform: Floats, low: float, mode: float, high: float) -> Floats:
    """By the inverse of the distribution function."""
    if high == low:
        return np.full_like(uniform, low)
    at_mode = (mode - low) / (high - low)
    below = low + np.sqrt(uniform * (high - low) * (mode - low))
    above = high - np.sqrt((1 - uniform) * (high - low) * (high - mode))
    return np.where(uniform < at_mode, below, above)


def _normal(generator: np.random.Generator, uniform: Floats, one: Assumption) -> Floats:
    """Normal, or its exponential; cut off by the inverse of the distribution function between ``least`` and ``most``."""
    lognormal = one.distribution == "lognormal"
    mean, deviation = one.mean or 0.0, one.deviation or 0.0
    centre = math.log(mean) if lognormal else mean
    if one.least is None and one.most is None:
        values = centre + deviation * generator.standard_normal(len(uniform))
        return np.exp(values) if lognormal else values
    least, most = -math.inf if one.least is None else one.least, math.inf if one.most is None else one.most
    if lognormal:
        least, most = (math.log(bound) if bound > 0 else -math.inf for bound in (least, most))
    below, above = (_STANDARD.cdf((bound - centre) / deviation) if math.isfinite(bound) else float(bound > 0)
                    for bound in (least, most))
    if above - below < 1e-6:
        what = say("Nearly nothing of the distribution of {name} lies between least and most.", name=one.name)
        raise InputError(what, findings=[Finding("error", None, None, one.name, None, "truncation", what,
                                                 say("Widen them, or correct the mean."))])
    within = np.clip(below + (above - below) * uniform, 1e-15, 1 - 1e-15)
    values = np.minimum(np.maximum(centre + deviation * np.array([_STANDARD.inv_cdf(p) for p in within]), least), most)
    return np.exp(values) if lognormal else values


def _quantiles(ordered: Floats, quantiles: Sequence[float]) -> Floats:
    """By linear interpolation between order statistics (Hyndman and Fan's type 7), from sorted draws; NaN where a draw is."""
    places = np.array(quantiles) * (len(ordered) - 1)
    lower = np.floor(places).astype(int)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    part = (places - lower)[:, np.newaxis]
    values: Floats = ordered[lower] + (ordered[upper] - ordered[lower]) * part
    return np.where(np.isnan(ordered[-1]), np.nan, values)
