"""The records as the log tells them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from socle import datasets
from socle_web.audit.actions import deed
from socle_web.audit.refusals import Refused
from socle_web.results import actions, bridge, queries, trail
from tests.golden.catalogue import PROGRAMME
from tests.people import person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import published

pytestmark = pytest.mark.django_db


def test_the_log_tells_every_record_of_a_real_programme():
    assert not actions.load(datasets.read_book(PROGRAMME), by="a test", source=PROGRAMME.name).refused
    for told, there in zip(trail.book(), bridge.book(), strict=True):
        assert told == there, told.sheet.name
    assert trail.report_at(timezone.now()).tables == queries.report().tables


def test_a_report_of_an_earlier_instant_is_what_was_published_then():
    load(small())
    then, before = timezone.now(), queries.report().tables
    published(actions.change("changes", "C", {"step": "3", "source": "Gazette"}, by=person("owner")))
    assert trail.report_at(then).tables == before
    assert trail.report_at(timezone.now()).tables == queries.report().tables != before


def test_nothing_was_there_before_the_first_load():
    then = timezone.now()
    load(small())
    assert not any(len(table) for table in trail.book(at=then))


def test_what_the_log_does_not_tell_is_not_guessed():
    with deed():
        bridge.write(bridge.compare(small().book))  # records of a time before the log told of each
    load(small(observations=[{"observation": "I3", "impact": "I", "on": "2024", "measure": "level", "persons": 9}]))
    with pytest.raises(Refused, match="does not tell"):
        trail.book()


def test_what_tells_two_statements_apart_is_not_changed():
    aggregate = {"phase": "P", "indicator": "people", "start": "2022", "end": "2023", "value": "10", "counts": "persons",
                 "source": "A report"}
    load(small(aggregates=[aggregate]))
    key = bridge.book()["aggregates"].keys[0]
    entry = actions.change("aggregates", key, {"value": "11", "counts": "changes"}, by=person("manager"))
    assert (entry.values["value"], entry.values["counts"]) == ("11", "persons")
    assert actions.save(entry, entry.values | {"counts": "changes"}, version=1, by=person("manager")).values["counts"] == "persons"
