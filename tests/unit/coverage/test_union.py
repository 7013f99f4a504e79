"""Unions of many sets, unions of none, and overlaps that cannot be."""

from __future__ import annotations

from itertools import combinations

import pytest

from socle.coverage import union


def both(*places):
    return frozenset(places)


@pytest.mark.parametrize(("sizes", "overlaps", "lower", "upper"), [
    ([], {}, 0, 0),
    ([0, 0], {}, 0, 0),
    ([5], {}, 5, 5),
    ([5, 3], {}, 5, 8),
    ([5, 3], {both(0, 1): 1}, 7, 7),
    ([5, 3, 4], {both(0, 1): 0}, 8, 12),
    # all pairs: at least 30 - 6 (Bonferroni), at most 30 less the two largest overlaps (Hunter)
    ([10, 10, 10], {both(0, 1): 1, both(0, 2): 2, both(1, 2): 3}, 24, 25),
    # nobody in one pair: nobody in all three
    ([10, 10, 10], {both(0, 1): 0, both(0, 2): 2, both(1, 2): 3}, 25, 25),
    # all pairs and threes: in all four at most 3, those of three of them
    ([10, 10, 10, 10], {frozenset(some): 5 if len(some) == 2 else 3 for count in (2, 3) for some in combinations(range(4), count)},
     40 - 30 + 12 - 3, 40 - 30 + 12),
    # four in all three are at least in each pair
    ([10, 10, 10], {both(0, 1, 2): 4}, 10, 22),
])
def test_bounds_of_a_few_sets(sizes, overlaps, lower, upper):
    found = union(sizes, overlaps)
    assert (found.lower, found.upper) == (pytest.approx(lower), pytest.approx(upper))


def test_there_are_no_more_persons_than_there_are():
    assert union([5, 3], at_most=6).upper == 6
    assert union([5], at_most=4).upper == 5  # an exact figure is not cut: it is over 100


@pytest.mark.parametrize("overlaps", [
    {both(0, 1): 4},                       # more than are in the smaller set
    {both(0, 1): -1},
    {both(0, 1): 0, both(0, 1, 2): 1},     # more in all three than in two of them
])
def test_overlaps_that_cannot_be_are_not_used(overlaps):
    found = union([5, 3, 4], overlaps)
    assert not found.consistent
    assert (found.lower, found.upper) == (5, 12)


def test_many_schemes_that_share_persons_with_one_only_are_exact():
    shared = {both(0, one): 5 for one in range(1, 25)}
    apart = {both(one, other): 0 for one in range(1, 25) for other in range(1, one)}
    assert union([1000] + [10] * 24, shared | apart).lower == 1000 + 24 * 5
    assert union([1000] + [10] * 24, shared | apart).is_exact


def test_many_sets_of_which_nothing_is_said_lie_between_the_largest_and_the_sum():
    found = union([float(one) for one in range(3000)])
    assert (found.lower, found.upper) == (2999, sum(range(3000)))
