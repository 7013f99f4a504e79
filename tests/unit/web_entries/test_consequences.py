"""What an entry would change, said while it is typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socle_web.results import actions
from socle_web.results.consequences import consequence_of
from tests.people import person
from tests.spec import books
from tests.unit.web_entries.conftest import IMPACT, entered, signed_in, text
from tests.unit.web_results.test_loading import load, small

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _programme(db):
    load(small(impacts=[books.impact(change="C", population="farmers"), books.impact("J", branch="sickness", population="farmers")],
               observations=[*books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)),
                             *books.observed(("2024", "increase", 10_000), key="J")]))


def said(sheet="observations", *, first=None, key="", **texts):
    told = consequence_of(sheet, texts, by=person("owner"), first=first, key=key)
    return " ".join(told.sentences) if told else None


def observed(**texts):
    return said(**{"impact": "I", "on": "2024", "measure": "increase", "persons": "100"} | texts)


def test_an_increase_adds_people_of_whom_some_are_counted_already():
    first = {"on": "2024", "measure": "increase", "persons": "27500"}
    assert said("impacts", first=first, **IMPACT, population="farmers") == (
        "This adds 27,500 people to effective coverage in 2024; 10,000 of them are already counted under another impact.")
    assert said("impacts", first=first, **IMPACT) == "This adds 27,500 people to effective coverage in 2024."


def test_a_level_says_what_it_rises_or_falls_from():
    assert observed(measure="level", persons="1600").startswith("The level rises from 1,500 to 1,600: 100 more. This adds 100 people")
    assert observed(measure="level", persons="1400") == (
        "The level falls from 1,500 to 1,400: 100 fewer. This takes 100 people off effective coverage in 2024.")
    assert observed(measure="level", persons="1500") == "The level stays at 1,500. This changes no published figure."


def test_a_first_level_counts_from_zero_and_says_so():
    told = said("impacts", first={"on": "2024", "measure": "level", "persons": "50"}, **IMPACT)
    assert "all of it counts as new" in told


def test_a_baseline_adds_nobody():
    assert observed(measure="baseline", persons="1", on="2021").startswith("A baseline adds nobody")


def test_what_is_potential_is_shown_apart():
    assert observed(status="potential").startswith("100 more people are potential in effective coverage in 2024: shown apart")


def test_households_are_said_to_be_households():
    assert observed(unit="households").startswith("These are households")


def test_a_correction_says_what_it_replaces():
    told = observed(measure="level", on="2023-06-30", persons="1400", supersedes="I2")
    assert told.startswith("This replaces 1,500 by 1,400.")
    assert "takes 100 people off effective coverage in 2023" in told


def test_a_number_that_is_not_reported_adds_nothing():
    assert "not reported" in observed(persons="")


def test_a_number_in_between_changes_a_later_year():
    load(small(observations=books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500), ("2025", "level", 1700))))
    told = observed(measure="level", persons="1600")
    assert "This adds 100 people to effective coverage in 2024;" in told
    assert "This takes 100 people off effective coverage in 2025." in told


def test_while_something_is_missing_it_says_what_is_needed():
    assert said(impact="I").startswith("Say which impact")
    assert said("impacts", country="KEN").startswith("Say where")
    assert said("changes", country="KEN").startswith("Say where")
    assert said("partners", name="x") is None


def test_a_change_counts_as_one():
    assert said("changes", country="KEN", year="2024", step="2").startswith("This adds one institutional change in Kenya, 2024.")
    assert said("changes", key="C", country="KEN", year="2023", step="2") == "This changes no published figure."
    assert said("changes", key="C", country="KEN", year="2024", step="2").startswith("This moves one")


def test_a_number_of_an_impact_that_is_still_on_its_way():
    impact = entered(sheet="impacts")
    assert observed(impact=impact.key) == "This adds 100 people to effective coverage in 2024."
    actions.enter("observations", {"impact": impact.key, "on": "2024", "measure": "increase", "persons": "5"}, by=person("owner"))
    assert said("impacts", key=impact.key, **impact.values) == "This adds 5 people to effective coverage in 2024."


def test_an_impact_that_changes_its_kind_moves_its_people():
    told = said("impacts", key="I", country="KEN", kind="access", branch="old_age", population="farmers")
    assert "This takes 500 people off effective coverage in 2023." in told
    assert "This adds 500 people to access in 2023." in told.replace("access to services", "access")


def test_it_is_asked_while_typing(client):
    sent = {"sheet": "impacts", "place": "impacts/new", **IMPACT, "first-on": "2024", "first-measure": "increase", "first-persons": "7"}
    answer = signed_in(client, "owner").post(reverse("work-consequence"), sent)
    assert "This adds 7 people" in text(answer)
    assert "<html" not in text(answer)


def test_it_asks_the_same_number_of_questions_however_many_observations_there_are(django_assert_max_num_queries):
    load(small(impacts=[books.impact(change="C", population="farmers"), *(books.impact(f"K{n}", population="farmers") for n in range(30))],
               observations=[*books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)),
                             *(row for n in range(30) for row in books.observed(*((f"20{y}", "increase", 10) for y in range(10, 25)),
                                                                                key=f"K{n}"))]))
    person("owner")
    with django_assert_max_num_queries(25):
        observed()


def test_leaving_a_shared_population_says_how_many_more_count_once():
    load(small(observations=[{"observation": "I9", "impact": "I", "on": "2024", "measure": "increase", "persons": 300}]))
    told = said("impacts", key="I", country="KEN", kind="effective_coverage", branch="old_age")
    assert told == "Each person counted once, that is 300 more people in effective coverage in 2024."
