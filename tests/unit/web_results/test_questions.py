"""Questions about the records: answers, and the number of questions the database is asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle_web.audit.actions import record
from socle_web.results import actions, bridge, queries
from socle_web.results.bridge import arrays
from tests.spec import books

pytestmark = pytest.mark.django_db


def programme(times: int):
    countries = ("KEN", "MWI", "NPL")
    return books.parsed(
        phases=books.PHASES,
        partners=[{"partner": "GIZ", "name": "Gesellschaft"}, {"partner": "SWE"}],
        projects=[{"project": "PR"}, {"project": "PS"}],
        funding=[{"project": "PR", "partner": "GIZ", "on": "2023", "amount": 5, "currency": "USD"}],
        changes=[{"change": f"C{n}", "country": countries[n % 3], "year": str(2021 + n % 5), "step": str(1 + n % 3),
                  "themes": "culture" if n % 2 else "digital;financing", "branches": "old_age;family",
                  "projects": "PR;PS" if n % 3 else None, "partners": "SWE"} for n in range(times)],
        contributions=[{"change": f"C{n}", "project": "PS", "share": 0.5} for n in range(times)],
        impacts=[books.impact(f"I{n}", country=countries[n % 3], change=f"C{n}") for n in range(times)],
        observations=[o for n in range(times) for o in books.observed((str(2021 + n % 5), "increase", 10), key=f"I{n}")],
        recommendations=[{"recommendation": "R"}],
        actions=[{"action": "late", "recommendation": "R", "due_on": "2024", "status": "ongoing"},
                 {"action": "done", "recommendation": "R", "due_on": "2024", "status": "done"},
                 {"action": "undated", "recommendation": "R"}],
        evidence=[{"evidence": "E", "record": "changes:C1", "title": "A law"}],
    )


@pytest.fixture
def loaded():
    actions.load(programme(9), by="a tester", source="made-up")


def keys(found):
    return sorted(one.key for one in found)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("asked", "expected"), [
    ({}, "C0 C1 C2 C3 C4 C5 C6 C7 C8"),
    ({"country": "MWI"}, "C1 C4 C7"),
    ({"region": "africa"}, "C0 C1 C3 C4 C6 C7"),
    ({"year": 2022}, "C1 C6"),
    ({"step": "3"}, "C2 C5 C8"),
    ({"theme": "financing", "country": "KEN"}, "C0 C6"),
    ({"branch": "family", "year": 2021}, "C0 C5"),
    ({"kind": "adequacy"}, ""),
    ({"kind": "effective_coverage", "step": "1"}, "C0 C3 C6"),
    ({"partner": "GIZ", "country": "MWI"}, "C1 C4 C7"),
    ({"partner": "GIZ", "country": "KEN"}, ""),
    ({"partner": "SWE", "country": "KEN"}, "C0 C3 C6"),
])
def test_changes_meet_every_filter(asked, expected):
    assert keys(queries.changes(**asked)) == expected.split()


@pytest.mark.usefixtures("loaded")
def test_impacts_meet_every_filter():
    assert keys(queries.impacts(country="KEN", year=2021)) == ["I0"]
    assert keys(queries.impacts(theme="culture", region="africa")) == ["I1", "I3", "I7"]
    assert keys(queries.impacts(partner="GIZ")) == ["I1", "I2", "I4", "I5", "I7", "I8"]


@pytest.mark.usefixtures("loaded")
def test_only_an_action_with_a_due_date_is_overdue():
    assert keys(queries.overdue(on=date(2025, 6, 1))) == ["late"]
    assert not queries.overdue(on=date(2024, 12, 31)).exists()


@pytest.mark.usefixtures("loaded")
def test_records_are_found_by_their_names():
    found = queries.named(["changes:C1", "observations:I21", "changes:nothing"])
    assert set(found) == {"changes:C1", "observations:I21"}
    assert [e.key for e in queries.evidence_for(found)["changes:C1"]] == ["E"]


@pytest.mark.usefixtures("loaded")
def test_countries_with_results_are_those_with_records():
    assert sorted(c.pk for c in queries.countries_with_results()) == ["KEN", "MWI", "NPL"]


def test_a_report_is_computed_once_until_the_records_change(loaded, django_assert_max_num_queries):
    first = queries.report()
    with django_assert_max_num_queries(3):
        assert queries.report() is first
    assert queries.report(country="KEN") is not first
    actions.load(programme(12), by="a tester", source="made-up")
    assert queries.report() is not first
    assert queries.report().row("changes_by_step", "all")["changes"] == 12


def test_the_stamp_moves_when_what_everyone_sees_does(loaded):
    before = queries.stamp()
    assert queries.stamp() == before
    record("load", by="somebody", subject=("programme", "p"))
    assert queries.stamp() != before


@pytest.mark.parametrize("deed", ["sign_in", "enter", "comment", "verify"])
def test_the_stamp_stays_while_people_work(loaded, deed):
    before = queries.stamp()
    record(deed, by="somebody", subject=("entry", "1"))
    assert queries.stamp() == before


@pytest.mark.parametrize("question", [
    lambda: [[*c.partners.all(), *c.projects.all(), *c.outputs.all(), *(x.project.key for x in c.contributions.all())]
             for c in queries.with_links(queries.changes())],
    lambda: [list(i.observations.all()) for i in queries.with_history(queries.impacts(region="africa"))],
    lambda: [str(c.country.region) for c in queries.latest_changes(5)],
    bridge.chain,
    bridge.book,
    queries.report,
])
def test_a_longer_programme_takes_no_more_queries(question):
    asked = []
    for times in (3, 30):
        actions.load(programme(times), by="a tester", source="made-up")
        with CaptureQueriesContext(connection) as context:
            assert question()
        asked.append(len(context))
    assert asked[0] == asked[1]


@pytest.mark.usefixtures("loaded")
def test_keys_of_observations_come_when_somebody_asks():
    chain = bridge.chain()
    with CaptureQueriesContext(connection) as context:
        assert chain.observations.keys == [f"I{n}1" for n in range(9)]
    assert len(context) == 1


@pytest.mark.usefixtures("loaded")
def test_observations_come_in_order_whatever_the_size_of_a_chunk(monkeypatch):
    actions.load(programme(30), by="a tester", source="made-up")
    whole = bridge.observations()
    monkeypatch.setattr(arrays, "PACKED", 7)
    chunks = bridge.observations()
    assert chunks.impact.tolist() == whole.impact.tolist() == list(range(30))
    assert chunks.on.tolist() == whole.on.tolist()
    assert len(whole.keys) == len(whole) == 30
