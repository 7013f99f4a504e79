"""One meaning: what a rule says of one person it says of that person's row, on the engines that every installation has."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.rules import days, households, persons, rules
from tests.properties.tabled import adds_exactly, hold_equal, of_households, of_persons
from tests.properties.thirty import HOUSEHOLD_RULES, HOUSEHOLDS, ON, PERSON_RULES, PERSONS

KINDS = ("truth", "number", "day")


def several(unit: str) -> st.SearchStrategy[list]:
    """Rules of every kind for one population: they share one query."""
    return st.tuples(*(st.lists(rules(kind, unit=unit).filter(adds_exactly), min_size=2, max_size=4) for kind in KINDS)).map(
        lambda drawn: [rule for some in drawn for rule in some])


@settings(max_examples=40)
@given(st.lists(persons(), min_size=1, max_size=20), several("person"), days())
def test_a_row_says_what_the_person_is_told(engines, people, drawn, on):
    hold_equal(engines, drawn, people, of_persons(people), on)


@settings(max_examples=40)
@given(st.lists(households(), min_size=1, max_size=8), several("household"), days())
def test_the_rows_of_a_household_say_what_the_household_is_told(engines, homes, drawn, on):
    if any(home.get("members") != [] for home in homes):
        hold_equal(engines, drawn, homes, of_households(homes), on)


def test_thirty_rules_that_never_change_say_the_same(engines):
    hold_equal(engines, PERSON_RULES, PERSONS, of_persons(PERSONS), ON)
    hold_equal(engines, HOUSEHOLD_RULES, HOUSEHOLDS, of_households(HOUSEHOLDS), ON)
