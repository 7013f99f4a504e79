"""The years between two counts, along the lives of cohorts.

Who is of age x at one count and of age x + n at the next, n years later, is followed on the way: the cohort shrinks (or grows by
migration) each year at a pace read off the cohorts around it, shifted so that it arrives exactly at the second count. Those born on
the way are followed back from the second count. The counts themselves stay as they are. Measured against the single years of the UN
in docs/explanation/from-age-groups-to-single-ages.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import InputError
from socle.tables import LAST_AGE
from socle.vocabulary import say

Floats: TypeAlias = npt.NDArray[np.float64]
#: Counts further apart say too little of the years between them.
LONGEST_GAP = 10
_A_PERSON = 1.0      # cohorts of less are no guide to a pace: straight lines
_ASTRAY = 0.5        # in logarithms: no cohort strays further than this beyond what it is at the two counts
_TREND = 10          # ages over which the pace of the oldest is continued


def between_counts(persons: npt.ArrayLike, at: Sequence[int], years: Iterable[int]) -> Floats:
    """Persons ``[year, sex, age]`` in ``years`` from counts ``[count, sex, age]`` in the years ``at`` (rising).

    A year outside the counts, or in a gap of more than ten years, is an ``InputError``: this fills gaps, it does not project.
    """
    counts = np.asarray(persons, dtype=np.float64)
    wanted = tuple(years)
    where = {year: number for number, year in enumerate(at)}
    outside = [year for year in wanted if year not in where and not min(at) < year < max(at)]
    if outside:
        raise InputError(say("There is no count for the year {year}.", year=outside[0]),
                         where={"column": "year", "value": outside[0]},
                         remedy=say("Ask for years from {first} to {last}, or project the population.",
                                    first=min(at), last=max(at)))
    made = np.empty((len(wanted), *counts.shape[1:]))
    missing = {year: place for place, year in enumerate(wanted) if year not in where}
    for place, year in enumerate(wanted):
        if year in where:
            made[place] = counts[where[year]]
    for first, last in pairwise(at):
        inside = [year for year in missing if first < year < last]
        if inside and last - first > LONGEST_GAP:
            raise InputError(say("Between {first} and {last} there is no count.", first=first, last=last),
                             where={"column": "year", "value": inside[0]},
                             remedy=say("Give counts that are at most {n} years apart.", n=LONGEST_GAP))
        if inside:
            start, end, length = counts[where[first]], counts[where[last]], last - first
            paces = _paces(start, end, length)
            for year in inside:
                made[missing[year]] = _on_the_way(start, end, paces, year - first, length)
    return made


def _paces(start: Floats, end: Floats, length: int) -> tuple[Floats, Floats]:
    """The growth in logarithm of each cohort over the whole way, by its age at the start; and the yearly pace at each age."""
    cohorts = LAST_AGE - length
    known = (start[..., :cohorts] > _A_PERSON) & (end[..., length:LAST_AGE] > _A_PERSON)
    ratio = np.divide(end[..., length:LAST_AGE], start[..., :cohorts], out=np.ones_like(end[..., length:LAST_AGE]), where=known)
    growth = np.log(ratio)
    ages = np.arange(LAST_AGE + 1, dtype=np.float64)
    middle = np.arange(cohorts) + (length - 1) / 2          # the age at which a cohort shows its mean pace
    rows = [np.interp(ages, middle, row / length) for row in growth.reshape(-1, cohorts)]
    yearly = np.stack(rows).reshape(*growth.shape[:-1], LAST_AGE + 1)
    oldest = int(middle[-1])
    slope = (yearly[..., oldest] - yearly[..., oldest - _TREND]) / _TREND
    beyond = ages > oldest
    trend = yearly[..., oldest, None] + np.minimum(slope, 0)[..., None] * (ages - oldest)
    yearly[..., beyond] = np.minimum(trend, 0)[..., beyond]
    return growth, yearly


def _on_the_way(start: Floats, end: Floats, paces: tuple[Floats, Floats], gone: int, length: int) -> Floats:
    growth, yearly = paces
    share = gone / length
    made = (1 - share) * start + share * end                 # of the open group: a straight line
    for age in range(gone, LAST_AGE):
        began = age - gone
        pace = yearly[..., began:began + length]
        if began + length < LAST_AGE:
            first, last = start[..., began], end[..., began + length]
            path = pace[..., :gone].sum(axis=-1) + (growth[..., began] - pace.sum(axis=-1)) * share
            path = np.clip(path, np.minimum(growth[..., began], 0) - _ASTRAY, np.maximum(growth[..., began], 0) + _ASTRAY)
            followed = (first > _A_PERSON) & (last > _A_PERSON)
            made[..., age] = np.where(followed, first * np.exp(path), (1 - share) * first + share * last)
        else:
            made[..., age] = start[..., began] * np.exp(np.minimum(yearly[..., began:age].sum(axis=-1), _ASTRAY))
    for age in range(gone):                                  # born on the way
        left = length - gone
        path = yearly[..., age:age + left].sum(axis=-1)
        made[..., age] = end[..., age + left] * np.exp(-np.clip(path, -1, _ASTRAY))
    return made
