"""The same thing typed twice: by a second click, or by two people."""

from __future__ import annotations

import pytest

from socle_web.results import actions
from socle_web.results.likeness import alike
from tests.people import person
from tests.spec import books
from tests.unit.web_entries.conftest import CHANGE, entered, verified
from tests.unit.web_results.test_loading import load, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

NUMBER = {"impact": "I", "on": "2024", "measure": "increase", "persons": "100", "source": "Report, 2024"}


def found(*entries):
    return [(finding.row, finding.severity, finding.code, finding.message) for finding in alike(entries)]


def test_an_entry_that_says_what_another_one_says_looks_the_same():
    first, second, other = entered(), entered(by="colleague", country="Kenya"), entered(title="Another law")
    assert found(first, other) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{second.key}.")]
    assert found(second) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{first.key}.")]
    actions.withdraw(second, by=person("colleague"))
    assert found(first) == []


def test_an_entry_that_says_what_a_fact_says_looks_the_same():
    fact = actions.publish([verified()], by=person("manager"))[0]
    assert found(entered()) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{fact.key}.")]


def test_a_change_of_a_fact_does_not_look_like_the_fact():
    fact = actions.publish([verified()], by=person("manager"))[0]
    assert found(actions.change("changes", fact.key, {**CHANGE, "summary": "More"}, by=person("owner"))) == []


def test_a_number_looks_like_another_of_the_same_day_unless_it_corrects_it():
    load(small(observations=books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500), ("2024", "increase", 5))))
    correction = entered(sheet="observations", **NUMBER, supersedes="I3", reason="A slip")
    assert found(correction) == []
    actions.withdraw(correction, by=person("owner"))
    [(_row, _severity, _code, message)] = found(entered(sheet="observations", **NUMBER))
    assert message == "It looks the same as observations:I3."


def test_the_questions_do_not_grow_with_the_entries(django_assert_max_num_queries):
    several = [entered(title=f"Law {n}") for n in range(5)]
    with django_assert_max_num_queries(4):
        assert found(*several) == []
