"""A whole scheme says the same of one person, of the person's row, and of a cell of age and sex."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from socle.entitlements import cells, evaluate, judge_rows, promise
from socle.entitlements.states import born
from tests.properties.made_schemes import TRUTHS, assumptions, made_schemes
from tests.properties.rules import days, households, persons
from tests.properties.tabled import of_households, of_members, of_persons


def told(scheme, facts, on):
    """What the first reading says: entitled, and the amount of who is."""
    promised = promise(scheme, on=on)
    entitled = evaluate(promised.entitled, facts, on=on, tables=scheme.tables)
    return entitled, evaluate(promised.amount, facts, on=on, tables=scheme.tables) if entitled else None


def in_rows(engine, scheme, table, on, *more):
    rows = engine.to_pyarrow(judge_rows(scheme, table, on=on).select("row", "entitled", "amount", *more)).to_pylist()
    return [(row["row"], row["entitled"], None if row["amount"] is None or math.isnan(row["amount"]) else row["amount"]) for row in rows]


def hold_equal(engines, scheme, subjects, table, on):
    expected = [told(scheme, facts, on) for facts in subjects]
    for engine in engines:
        for row, entitled, amount in in_rows(engine, scheme, table, on):
            assert (entitled, amount) == expected[row], f"{engine.name} of {subjects[row]}"


@settings(max_examples=30)
@given(made_schemes(), st.lists(persons(), min_size=1, max_size=20), days())
def test_a_scheme_says_the_same_of_a_person_and_of_the_row(engines, scheme, people, on):
    hold_equal(engines, scheme, people, of_persons(people), on)


@settings(max_examples=30)
@given(made_schemes("household", aggregates=True), st.lists(households(), min_size=1, max_size=8), days())
def test_a_scheme_says_the_same_of_a_household_and_of_its_rows(engines, scheme, homes, on):
    if any(home.get("members") != [] for home in homes):
        hold_equal(engines, scheme, homes, of_households(homes), on)


@settings(max_examples=30)
@given(made_schemes(aggregates=True), st.lists(households(), min_size=1, max_size=6), days())
def test_a_scheme_says_the_same_of_a_person_among_others_and_of_the_row(engines, scheme, homes, on):
    people, table = of_members(homes) if any(home.get("members") for home in homes) else ([], None)
    if people:
        hold_equal(engines, scheme, people, table, on)


def states(scheme, sex, age, on):
    """Everybody who may be in a cell: the facts of each joint state of the assumptions, and its share."""
    facts = {"sex": sex, "age": age, "born": born(age, on)}
    uncertain = []
    for one in scheme.assumptions:
        if not one.ages[0] <= age <= one.ages[1] or one.sex not in ("total", sex):
            continue
        if one.fact in TRUTHS:
            uncertain.append([(one.fact, True, one.share), (one.fact, False, 1 - one.share)])
        elif one.shares:
            uncertain.append([(one.fact, code, share) for code, share in one.shares.items()])
        else:
            facts[one.fact] = one.value
    for state in itertools.product(*uncertain):
        yield {**facts, **{name: value for name, value, _ in state}}, math.prod(share for _, _, share in state)


def average(answers):
    """(entitled, amount, weight) of each state: the share of the cell, and the average amount of its entitled."""
    share = sum(math.nan if entitled is None else weight * entitled for entitled, _, weight in answers if weight)
    if not share > 0:
        return share, math.nan
    return share, sum(weight * (math.nan if amount is None else amount) for entitled, amount, weight in answers if weight and entitled) / share


@settings(max_examples=40)
@given(made_schemes(), assumptions(), days(), st.lists(st.tuples(st.sampled_from(["female", "male"]), st.integers(0, 100)), min_size=1,
                                                       max_size=3, unique=True))
def test_a_cell_is_what_the_persons_in_it_are_told(engines, scheme, assumed, on, places):
    scheme = replace(scheme, assumptions=assumed)
    found = cells(scheme, on=on)
    people = [(place, facts, weight) for place in places for facts, weight in states(scheme, *place, on)]
    said = [told(scheme, facts, on) for _, facts, _ in people]
    rows = {row: (entitled, amount) for row, entitled, amount in
            in_rows(engines[0], scheme, of_persons([facts for _, facts, _ in people]), on)}
    for sex, age in places:
        place = (0 if sex == "female" else 1, age)
        of_cell = [number for number, (where, _, _) in enumerate(people) if where == (sex, age)]
        for reading in (said, rows):
            share, amount = average([(*reading[number], people[number][2]) for number in of_cell])
            np.testing.assert_allclose(found.share[place], share, rtol=1e-12, atol=1e-12)
            np.testing.assert_allclose(found.amount[place], amount, rtol=1e-9)


@settings(max_examples=3)
@given(made_schemes())
def test_a_scheme_that_does_not_say_who_is_entitled_entitles_nobody_and_refuses_nobody(engines, scheme):
    scheme, on = replace(scheme, eligibility=()), date(2024, 1, 1)
    for engine in engines:
        assert in_rows(engine, scheme, of_persons([{"age": 70}]), on) == [(0, None, None)]
    assert np.isnan(cells(scheme, on=on).share).all()
    assert cells(scheme, on=on).missing == ("eligibility",)
