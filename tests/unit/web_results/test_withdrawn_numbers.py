"""A number that was wrong, and none to put in its place."""

from __future__ import annotations

import pytest

from socle_web.results import actions, queries
from socle_web.results.models import Observation
from tests.people import person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import refused

pytestmark = pytest.mark.django_db


def achieved():
    return queries.report(phase="P").row("impacts", "all", "all")["persons"]


def test_a_published_number_is_superseded_by_none_and_no_longer_counts():
    load(small())
    wrong = Observation.objects.exclude(persons=None).filter(impact__country="KEN", superseded_by=None).latest("on")
    assert achieved() == 500
    values = {"impact": wrong.impact.key, "on": wrong.on.isoformat(), "measure": wrong.measure, "source": "Ministry, 2025",
              "recorded_on": "2026-01-01"}
    refused("incomplete", actions.submit, [actions.enter("observations", values, by=person("owner"))], by=person("owner"))
    values |= {"supersedes": wrong.key, "reason": "It was of another country."}
    taken_back = actions.enter("observations", values, by=person("owner"))
    actions.submit([taken_back], by=person("owner"))
    actions.verify([taken_back], by=person("verifier"))
    actions.publish([taken_back], by=person("manager"))
    assert Observation.objects.get(key=taken_back.key).persons is None
    assert achieved() is None  # not reported, and not zero
