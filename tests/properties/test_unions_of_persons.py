"""Persons counted once, from sizes and overlaps alone: whatever the sets are, the union lies within its bounds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from socle.coverage import union

PEOPLE = range(12)
sets_of_people = st.lists(st.frozensets(st.sampled_from(PEOPLE)), min_size=1, max_size=5)


def overlaps_of(sets, chosen=None):
    every = [frozenset(places) for count in range(2, len(sets) + 1) for places in combinations(range(len(sets)), count)]
    return {places: len(frozenset.intersection(*(sets[one] for one in places))) for place, places in enumerate(every)
            if chosen is None or chosen[place % len(chosen)]}


@settings(max_examples=80, deadline=None)
@given(sets_of_people, st.lists(st.booleans(), min_size=1, max_size=26))
def test_the_union_lies_within_its_bounds(sets, chosen):
    persons = len(frozenset().union(*sets))
    found = union([len(one) for one in sets], overlaps_of(sets, chosen), at_most=len(PEOPLE))
    assert found.consistent
    assert found.lower <= persons + 1e-6
    assert persons <= found.upper + 1e-6
    assert found.lower >= max(len(one) for one in sets)
    assert found.upper <= min(sum(len(one) for one in sets), len(PEOPLE)) + 1e-6


@settings(max_examples=60, deadline=None)
@given(sets_of_people)
def test_with_every_overlap_the_union_is_exact(sets):
    found = union([len(one) for one in sets], overlaps_of(sets))
    assert found.is_exact
    assert abs(found.lower - len(frozenset().union(*sets))) < 1e-6


@settings(max_examples=80, deadline=None)
@given(sets_of_people, st.lists(st.booleans(), min_size=26, max_size=26), st.lists(st.booleans(), min_size=26, max_size=26))
def test_another_overlap_never_widens_the_bounds(sets, some, others):
    sizes = [len(one) for one in sets]
    few = union(sizes, overlaps_of(sets, [one and other for one, other in zip(some, others, strict=True)]))
    more = union(sizes, overlaps_of(sets, some))
    assert more.lower >= few.lower - 1e-6
    assert more.upper <= few.upper + 1e-6


@settings(max_examples=80, deadline=None)
@given(sets_of_people, st.frozensets(st.sampled_from(PEOPLE)), st.lists(st.booleans(), min_size=26, max_size=26))
def test_another_scheme_never_lowers_at_least_one(sets, another, chosen):
    before = overlaps_of(sets, chosen)
    more = [*sets, another]
    with_another = {**before, **{places: persons for places, persons in overlaps_of(more, chosen).items() if len(sets) in places}}
    one, other = union([len(each) for each in sets], before), union([len(each) for each in more], with_another)
    assert other.lower >= one.lower - 1e-6
    silent = union([len(each) for each in more], before)
    assert silent.upper >= one.upper - 1e-6


@settings(max_examples=40, deadline=None)
@given(sets_of_people, st.lists(st.booleans(), min_size=26, max_size=26), st.randoms(use_true_random=False))
def test_the_order_of_schemes_changes_nothing(sets, chosen, random):
    stated = overlaps_of(sets, chosen)
    order = list(range(len(sets)))
    random.shuffle(order)
    moved = {frozenset(order.index(one) for one in places): persons for places, persons in stated.items()}
    one, other = union([len(each) for each in sets], stated), union([len(sets[place]) for place in order], moved)
    assert abs(one.lower - other.lower) < 1e-6
    assert abs(one.upper - other.upper) < 1e-6
