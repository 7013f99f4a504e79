"""How dated observations of an impact become persons in a period.

Per impact and status, in order of ``on``: an increase counts in its period; a level counts the level minus what was there before
(the previous level or the baseline, plus the increases since), so that it may be negative; a series without a baseline counts
from zero. An observation that a later one supersedes does not count; one recorded after the as-of day is not there yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from socle.results.observations import BASELINE, INCREASE, LEVEL, Bools, Floats, Ints, Observations


@dataclass(frozen=True)
class Contributions:
    """What each observation adds, in the order of the file.

    ``counts`` is true for the observations in force; ``persons``, ``women``, ``men`` are what they add to their period
    (not-a-number where unknown, and for baselines, which only say where a series starts).
    """

    observations: Observations
    counts: Bools
    superseded: Bools
    order: Ints       # rows in force, by series and day
    series: Ints      # series of each row of ``order``: 2 x impact, + 1 for potential
    persons: Floats
    women: Floats
    men: Floats
    from_zero: Bools  # a level without anything before it
    falls: Bools      # a level below what was there before

    @cached_property
    def achieved(self) -> Bools:
        return np.asarray(self.counts & ~self.observations.potential & (self.observations.measure != BASELINE))

    @cached_property
    def potential(self) -> Bools:
        return np.asarray(self.counts & self.observations.potential & (self.observations.measure != BASELINE))

    def with_antecedents(self, rows: Bools) -> Bools:
        """The rows, and what their levels were compared with: back to the previous level or baseline, or to the start."""
        levels = np.flatnonzero(rows[self.order] & (self.observations.measure[self.order] == LEVEL))
        size = len(self.order) + 1
        spans = np.bincount(self._compared_from[levels], minlength=size) - np.bincount(levels, minlength=size)
        out = rows.copy()
        out[self.order[np.cumsum(spans[:-1]) > 0]] = True
        return out

    @cached_property
    def _compared_from(self) -> Ints:
        """Position in ``order`` of the level or baseline before each row, or of the start of its series."""
        known = ~np.isnan(self.observations.persons[self.order])
        anchor = _last_before((self.observations.measure[self.order] != INCREASE) & known, self.series)
        return np.where(anchor >= 0, anchor, _series_start(self.series))


def count(observations: Observations, *, as_of: int | None = None) -> Contributions:
    """Contribution of every observation; ``as_of`` is an ordinal: rows recorded after it are not there yet."""
    rows = len(observations)
    visible = np.ones(rows, dtype=bool) if as_of is None else observations.recorded <= as_of
    superseded = np.zeros(rows, dtype=bool)
    superseded[observations.supersedes[visible & (observations.supersedes >= 0)]] = True
    counts = visible & ~superseded & (observations.impact >= 0)

    order = np.flatnonzero(counts)
    series = observations.impact[order] * 2 + observations.potential[order]
    sorting = (series * 4_000_000 + observations.on[order]) * 4 + observations.measure[order]
    by_day = np.argsort(sorting, kind="stable")
    order, series = order[by_day], series[by_day]
    measure = observations.measure[order]
    persons = observations.persons[order]

    differences, from_zero = _differences(persons, persons, measure, series)

    def in_file_order(values: Floats) -> Floats:
        out = np.full(rows, np.nan)
        out[order] = values
        return out

    def flags(values: Bools) -> Bools:
        out = np.zeros(rows, dtype=bool)
        out[order] = values
        return out

    return Contributions(
        observations=observations,
        counts=counts,
        superseded=superseded & visible,
        order=order,
        series=series,
        persons=in_file_order(differences),
        women=in_file_order(_differences(observations.women[order], persons, measure, series)[0]),
        men=in_file_order(_differences(observations.men[order], persons, measure, series)[0]),
        from_zero=flags(from_zero),
        falls=flags((measure == LEVEL) & (differences < 0)),
    )


def _differences(figures: Floats, persons: Floats, measure: Ints, series: Ints) -> tuple[Floats, Bools]:
    """What each row adds, rows sorted by series and day; and the levels that found nothing before them.

    A level or baseline whose ``persons`` are reported but whose ``figures`` (women, men) are not leaves the next difference
    unknown. A row not reported at all adds nothing and is skipped.
    """
    if np.isnan(figures).all():
        return np.full(len(figures), np.nan), np.zeros(len(figures), dtype=bool)
    known = ~np.isnan(figures)
    values = np.where(known, figures, 0).astype(np.int64)
    anchors = (measure != INCREASE) & (known | ~np.isnan(persons))
    anchor = _last_before(anchors, series)
    found = anchor >= 0
    increases = np.cumsum(np.where(measure == INCREASE, values, 0))
    before = np.concatenate([[0], increases[:-1]])
    since = before - np.where(found, increases[anchor], before[_series_start(series)])
    stock = np.where(found, values[anchor], 0) + since
    out = np.where(measure == LEVEL, values - stock, values).astype(np.float64)
    out[~known | (measure == BASELINE)] = np.nan
    out[(measure == LEVEL) & found & ~known[anchor]] = np.nan
    return out, (measure == LEVEL) & known & ~found


def _last_before(marked: Bools, series: Ints) -> Ints:
    """Position of the last marked row before each row in the same series, -1 where there is none."""
    rows = len(marked)
    last = np.maximum.accumulate(np.where(marked, np.arange(rows), -1)) if rows else np.empty(0, dtype=np.int64)
    before = np.concatenate([[-1], last[:-1]]).astype(np.int64)[:rows]
    return np.where(before >= _series_start(series), before, -1)


def _series_start(series: Ints) -> Ints:
    """Position at which the series of each row starts."""
    rows = len(series)
    if not rows:
        return np.empty(0, dtype=np.int64)
    starts = np.concatenate([[True], series[1:] != series[:-1]])
    return np.maximum.accumulate(np.where(starts, np.arange(rows), 0))
