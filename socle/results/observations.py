"""A programme's observations as arrays: a million of them add up in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from socle.tables import Table

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Order of measures observed on one day: a baseline opens the day, a level closes it and so includes the day's increases.
MEASURE_ORDER: Mapping[str, int] = {"baseline": 0, "increase": 1, "level": 2}
BASELINE, INCREASE, LEVEL = 0, 1, 2


@dataclass(frozen=True)
class Observations:
    """Observations, one element a row, in the order of the file.

    ``impact`` row of the impact in its table; ``on`` and ``recorded`` proleptic ordinals of the last day of the period;
    ``measure`` 0 baseline, 1 increase, 2 level; ``persons``, ``women``, ``men`` not-a-number where not reported;
    ``supersedes`` row of the observation corrected, -1 for none. ``read_keys`` gives the keys, once, when somebody asks.
    """

    impact: Ints
    on: Ints
    recorded: Ints
    measure: Ints
    potential: Bools
    households: Bools
    persons: Floats
    women: Floats
    men: Floats
    supersedes: Ints
    read_keys: Callable[[], Sequence[str]]
    read_numbers: Callable[[], Sequence[int | None]]

    def __len__(self) -> int:
        return len(self.impact)

    @cached_property
    def keys(self) -> Sequence[str]:
        return self.read_keys()

    @cached_property
    def records(self) -> NDArray[np.object_]:
        """``observations:KEY`` of every row."""
        return np.array([f"observations:{key}" for key in self.keys], dtype=object)

    @cached_property
    def numbers(self) -> Sequence[int | None]:
        """Row numbers of the file, None where the records come from elsewhere."""
        return self.read_numbers()

    @classmethod
    def of(cls, observations: Table, impacts: Table) -> Observations:
        rows = len(observations)
        impact_rows = {key: row for row, key in enumerate(impacts["impact"])}
        own_rows = {key: row for row, key in enumerate(observations["observation"])}
        on = last_days(observations["on"])
        recorded = np.where([day is None for day in observations["recorded_on"]], on, last_days(observations["recorded_on"]))

        def integers(values: Iterable[int]) -> Ints:
            return np.fromiter(values, dtype=np.int64, count=rows)

        def figures(name: str) -> Floats:
            return np.array([np.nan if v is None else v for v in observations[name]], dtype=np.float64)

        return cls(
            impact=integers(impact_rows.get(key, -1) for key in observations["impact"]),
            on=on,
            recorded=recorded.astype(np.int64),
            measure=integers(MEASURE_ORDER[m] for m in observations["measure"]),
            potential=np.array([s == "potential" for s in observations["status"]], dtype=bool),
            households=np.array([u == "households" for u in observations["unit"]], dtype=bool),
            persons=figures("persons"),
            women=figures("women"),
            men=figures("men"),
            supersedes=integers(own_rows.get(key, -1) if key else -1 for key in observations["supersedes"]),
            read_keys=lambda: observations["observation"],
            read_numbers=lambda: observations.numbers,
        )


def last_days(periods: Sequence[Any]) -> Ints:
    """Ordinal of the last day of each period; 0 where there is none."""
    known: dict[Any, int] = {None: 0}
    days = np.empty(len(periods), dtype=np.int64)
    for row, period in enumerate(periods):
        day = known.get(period)
        if day is None:
            day = known[period] = period.end.toordinal()
        days[row] = day
    return days
