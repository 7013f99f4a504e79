"""How many persons are in at least one of several sets, from the sizes of the sets and of some of their overlaps.

Everything that is stated bounds what is not: an overlap is at least the overlap of more sets, and at most that of fewer. Over these
bounds inclusion and exclusion are summed, cut off after an even number of sets from below and after an odd one from above
(Bonferroni, 1936); sets are added one by one, less their largest known overlap with one that is in already (Hunter, 1976). With
every overlap stated, or implied to be nobody, both ends meet: the union is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: So many sets that share persons, or may, are taken together in every combination; of more, the largest.
MOST_TOGETHER = 14
#: Persons: less is the dust of floating point.
DUST = 1e-6


@dataclass(frozen=True, slots=True)
class Union:
    """Persons in at least one of the sets: between ``lower`` and ``upper``, both possible as far as is known here. ``consistent``
    is False where the overlaps contradict the sets or each other: then none of them was used."""

    lower: float
    upper: float
    consistent: bool = True

    @property
    def is_exact(self) -> bool:
        return self.upper - self.lower <= DUST


def union(sizes: Sequence[float], overlaps: Mapping[frozenset[int], float] | None = None, *, at_most: float | None = None) -> Union:
    """``sizes``: persons of each set, not negative; ``overlaps``: persons in all of several sets at once, by their places in
    ``sizes``; ``at_most``: so many persons there are at all, which cuts the upper bound and never an exact figure.

    More overlaps never widen the bounds, another set never lowers the lower one.
    """
    stated = {places: float(persons) for places, persons in (overlaps or {}).items() if len(places) > 1}
    found = _between(sizes, stated)
    lower, upper = found or _between(sizes, {}) or (0.0, 0.0)
    if at_most is not None and upper - lower > DUST:
        upper = max(lower, min(upper, at_most))
    return Union(lower, max(lower, upper), found is not None)


def _between(sizes: Sequence[float], stated: Mapping[frozenset[int], float]) -> tuple[float, float] | None:
    """Both bounds; None where the overlaps contradict."""
    if any(persons < 0 or persons > min(sizes[one] for one in places) + DUST for places, persons in stated.items()):
        return None
    there = [one for one, size in enumerate(sizes) if size > 0]
    lower = upper = 0.0
    for part in _apart(there, stated):
        ends = _of_part(part, sizes, stated)
        if ends is None:
            return None
        lower, upper = lower + ends[0], upper + ends[1]
    return lower, upper


def _apart(there: Sequence[int], stated: Mapping[frozenset[int], float]) -> Iterator[list[int]]:
    """The sets in groups that certainly share nobody with each other: every pair across is stated to be nobody."""
    nobody: dict[int, set[int]] = {}
    for places, persons in stated.items():
        if len(places) == 2 and persons == 0:
            one, other = sorted(places)
            nobody.setdefault(one, set()).add(other)
            nobody.setdefault(other, set()).add(one)
    left = dict.fromkeys(there)
    while left:
        part, ahead = [], [next(iter(left))]
        del left[ahead[0]]
        while ahead:
            one = ahead.pop()
            part.append(one)
            ahead += (near := [other for other in left if other not in nobody.get(one, ())])
            for other in near:
                del left[other]
        yield sorted(part)


def _of_part(part: list[int], sizes: Sequence[float], stated: Mapping[frozenset[int], float]) -> tuple[float, float] | None:
    if len(part) == 1:
        return sizes[part[0]], sizes[part[0]]
    inside = set(part)
    known = {places & inside: persons for places, persons in stated.items() if places <= inside}
    # an overlap with a set outside says at least how many are in the sets inside
    beyond = [(places & inside, persons) for places, persons in stated.items()
              if not places <= inside and len(places & inside) > 1 and persons > 0]
    told = sorted({one for places in (*known, *(places for places, _ in beyond)) for one in places}, key=lambda one: -sizes[one])
    silent = [one for one in part if one not in set(told)]
    together, rest = told[:MOST_TOGETHER], told[MOST_TOGETHER:]
    if rest and (whole := _added_up(part, sizes, known)) is not None:
        return whole, whole
    lower = max((sizes[one] for one in part), default=0.0)
    upper = sum(sizes[one] for one in (*silent, *rest))
    if together:
        at = {one: place for place, one in enumerate(together)}
        here = {frozenset(at[one] for one in places): persons for places, persons in known.items() if places <= set(together)}
        least = [(frozenset(at[one] for one in places if one in at), persons)
                 for places, persons in (*known.items(), *beyond) if not places <= set(together) or places not in known]
        ends = _in_every_combination(np.array([sizes[one] for one in together], dtype=float), here,
                                     [(places, persons) for places, persons in least if len(places) > 1])
        if ends is None:
            return None
        lower, upper = max(lower, ends[0]), upper + ends[1]
    return lower, upper


def _added_up(part: Sequence[int], sizes: Sequence[float], known: Mapping[frozenset[int], float]) -> float | None:
    """Inclusion and exclusion over every combination that is not implied to be nobody; None where one is not stated."""
    total, level, sign = sum(sizes[one] for one in part), [frozenset((one,)) for one in part], -1.0
    while level:
        some = set(level)
        grown = {places | {one} for places in level for one in part if one not in places}
        level = []
        for places in grown:
            if len(places) > 2 and any(places - {one} not in some for one in places):
                continue  # nobody: one of its parts is
            if places not in known:
                return None
            if known[places] > 0:
                level.append(places)
                total += sign * known[places]
        sign = -sign
    return total


def _in_every_combination(sizes: Floats, known: Mapping[frozenset[int], float],
                          least: Sequence[tuple[frozenset[int], float]]) -> tuple[float, float] | None:
    """Arrays over the 2**n combinations of n sets, the bits of an index being the sets; None where statements contradict."""
    n = len(sizes)
    low, high = np.zeros(1 << n), np.full(1 << n, np.inf)
    for one, size in enumerate(sizes.tolist()):
        low[1 << one] = high[1 << one] = size
    for places, persons in known.items():
        low[_mask(places)] = high[_mask(places)] = persons
    for places, persons in least:
        low[_mask(places)] = max(low[_mask(places)], persons)
    for one in range(n):
        down, up = _halves(high, one)
        np.minimum(up, down, out=up)        # in more sets at most as many
        down, up = _halves(low, one)
        np.maximum(down, up, out=down)      # in fewer sets at least as many
    low[0] = 0.0
    many = np.array([mask.bit_count() for mask in range(1 << n)])
    if bool((low[1:] > high[1:] + DUST).any()):
        return None
    below, above = _summed(low, high, many, n)
    above = _one_by_one(sizes, low, above, many)
    lower, upper = float(below.max()), float(above[-1])
    return None if lower > upper + DUST * n else (lower, max(lower, upper))


def _summed(low: Floats, high: Floats, many: npt.NDArray[np.int64], n: int) -> tuple[Floats, Floats]:
    """Of each combination the best lower and upper bound that inclusion and exclusion gives, cut off at any number of sets."""
    odd, high = many % 2 == 1, np.where(many > 0, high, 0.0)
    from_below, from_above = np.where(odd, low, -high), np.where(odd, high, -low)
    best_below, best_above = np.zeros(1 << n), np.full(1 << n, np.inf)
    for cut in range(1, n + 1):
        if cut % 2 == 0 or cut == n:
            best_below = np.maximum(best_below, _over_parts(np.where(many <= cut, from_below, 0.0), n))
        if cut % 2 == 1 or cut == n:
            best_above = np.minimum(best_above, _over_parts(np.where(many <= cut, from_above, 0.0), n))
    return best_below, best_above


def _one_by_one(sizes: Floats, low: Floats, above: Floats, many: npt.NDArray[np.int64]) -> Floats:
    """Upper bounds of each combination: another set adds at most itself less its largest overlap with one that is in."""
    n = len(sizes)
    shared = np.zeros((n, 1 << n))
    for one in range(n):
        for other in range(n):
            if other != one:
                down, up = _halves(shared[one], other)
                np.maximum(down, low[1 << one | 1 << other], out=up)
    above[0] = 0.0
    for count in range(1, n + 1):
        layer = np.flatnonzero(many == count)
        for one in range(n):
            into = layer[(layer >> one & 1) == 1]
            before = into ^ (1 << one)
            above[into] = np.minimum(above[into], above[before] + sizes[one] - shared[one][before])
    return above


def _over_parts(values: Floats, n: int) -> Floats:
    """Of each combination the sum over all combinations inside it."""
    summed = values.copy()
    for one in range(n):
        down, up = _halves(summed, one)
        up += down
    return summed


def _halves(values: Floats, one: int) -> tuple[Floats, Floats]:
    """Views of the combinations without the set and with it, in the same order."""
    cube = values.reshape(-1, 2, 1 << one)
    return cube[:, 0, :], cube[:, 1, :]


def _mask(places: frozenset[int]) -> int:
    return sum(1 << one for one in places)
