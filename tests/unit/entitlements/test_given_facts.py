"""Facts as people give them: everything that is wrong, at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from socle import entitlements
from socle.errors import InputError
from socle.vocabulary import FACTS

ON = date(2024, 2, 28)


def told(facts, unit="person"):
    with pytest.raises(InputError) as wrong:
        entitlements.read_facts(facts, unit=unit, on=ON, sheet="facts.json")
    assert all(finding.sheet == "facts.json" and finding.severity == "error" and finding.remedy for finding in wrong.value.findings)
    return [(finding.code, finding.column) for finding in wrong.value.findings]


@pytest.mark.parametrize("facts", [[], [{"age": 70}], "age", 70, None, True])
def test_facts_are_an_object(facts):
    assert told(facts) == [("facts_object", None)]


@pytest.mark.parametrize(("facts", "wrong"), [
    ({"agee": 70}, ("fact_unknown", "agee")),
    ({"": 70}, ("fact_unknown", "")),
    ({"and": 70}, ("fact_unknown", "and")),
    ({"age": "70"}, ("fact_type", "age")),
    ({"age": True}, ("fact_type", "age")),
    ({"age": [70]}, ("fact_type", "age")),
    ({"age": float("nan")}, ("fact_type", "age")),
    ({"age": float("inf")}, ("fact_type", "age")),
    ({"age": -1}, ("fact_bounds", "age")),
    ({"age": 131}, ("fact_bounds", "age")),
    ({"age": 10**400}, ("fact_bounds", "age")),
    ({"disability_degree": 40}, ("fact_bounds", "disability_degree")),
    ({"disabled": 1}, ("fact_type", "disabled")),
    ({"disabled": "yes"}, ("fact_type", "disabled")),
    ({"born": 19540301}, ("fact_type", "born")),
    ({"born": "1954-3-1"}, ("fact_type", "born")),
    ({"born": "1954-02-30"}, ("fact_type", "born")),
    ({"born": "19540228"}, ("fact_type", "born")),
    ({"born": datetime(1954, 2, 28)}, ("fact_type", "born")),
    ({"born": "0001-01-01"}, ("fact_bounds", "born")),
    ({"born": "2024-02-29"}, ("fact_bounds", "age")),
    ({"sex": "woman"}, ("fact_code", "sex")),
    ({"sex": 2}, ("fact_type", "sex")),
    ({"region": " "}, ("fact_type", "region")),
    ({"age": 70, "born": "1953-02-27"}, ("fact_contradiction", "age")),
    ({"orphan": True, "lost_father": False, "lost_mother": False}, ("fact_contradiction", "orphan")),
    ({"household_size": 3, "members": [{}, {}]}, ("fact_contradiction", "household_size")),
    ({"members": {}}, ("fact_type", "members")),
    ({"members": "nobody"}, ("fact_type", "members")),
    ({"members": [3]}, ("fact_type", "members[1]")),
    ({"members": [{}, {"age": "x"}]}, ("fact_type", "members[2].age")),
    ({"members": [{"region": "north"}]}, ("fact_place", "members[1].region")),
    ({"members": [{"poverty_line": 3}]}, ("fact_place", "members[1].poverty_line")),
    ({"members": [{"members": []}]}, ("fact_unknown", "members[1].members")),
    ({"members": [{"age": 3, "born": "1990-01-01"}]}, ("fact_contradiction", "members[1].age")),
    ({"members": [{}] * 1_001}, ("fact_bounds", "members")),
])
def test_what_is_wrong_with_a_fact_is_told_where_it_stands(facts, wrong):
    assert told(facts) == [wrong]


def test_the_age_of_a_household_is_that_of_nobody():
    assert told({"age": 70}, unit="household") == [("fact_place", "age")]


def test_everything_wrong_is_told_at_once():
    assert told({"agee": 70, "disabled": 1, "sex": "woman", "members": [3, {"age": 200}]}) == [
        ("fact_unknown", "agee"), ("fact_type", "disabled"), ("fact_code", "sex"), ("fact_type", "members[1]"), ("fact_bounds", "members[2].age")]


def test_a_file_of_nothing_but_mistakes_is_told_soon():
    assert len(told({f"nothing_{n}": n for n in range(20_000)})) == 500


def test_the_nearest_names_and_codes_are_suggested():
    with pytest.raises(InputError) as wrong:
        entitlements.read_facts({"ages": 70, "area": "rurl"}, on=ON)
    assert ["age" in wrong.value.findings[0].remedy, "rural" in wrong.value.findings[1].remedy] == [True, True]


def test_good_facts_come_back_with_their_days_and_without_what_is_null():
    given = {"born": "1954-02-28", "age": 70, "resident": None, "sex": "female", "region": "north", "poverty_line": 2.5, "members": [{"age": 3}]}
    assert entitlements.read_facts(given, on=ON) == {
        "born": date(1954, 2, 28), "age": 70, "sex": "female", "region": "north", "poverty_line": 2.5, "members": [{"age": 3}]}


def test_years_of_contribution_may_be_told_completed_beside_their_months():
    assert entitlements.read_facts({"contribution_years": 10, "contribution_months": 125}, on=ON)
    assert told({"contribution_years": 10, "contribution_months": 132}) == [("fact_contradiction", "contribution_years")]


def test_the_income_of_a_household_may_be_more_than_that_of_its_members():
    assert entitlements.read_facts({"household_income": 300, "members": [{"income": 200}]}, unit="household", on=ON)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_every_fact_takes_its_bounds_and_refuses_what_lies_beyond(fact):
    if fact.type == "number":
        assert entitlements.read_facts({fact.name: fact.high}, on=ON) == {fact.name: fact.high}
        assert told({fact.name: fact.high + 1}) == [("fact_bounds", fact.name)]
        assert told({fact.name: fact.low - 1}) == [("fact_bounds", fact.name)]
    assert entitlements.read_facts({fact.name: None}, on=ON) == {}
