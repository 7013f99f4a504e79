"""Readers while somebody loads, and two who load at once."""

from __future__ import annotations

import gc
from threading import Event, Thread
from weakref import ref

import pytest
from django.db import connection

from socle_web.audit import models as audit
from socle_web.places.models import Country
from socle_web.results import actions, bridge, queries
from socle_web.results.models import Observation
from tests.spec import books

pytestmark = pytest.mark.django_db(transaction=True)


def programme(persons: int, **sheets):
    return books.parsed(**({"phases": books.PHASES, "impacts": [books.impact()],
                            "observations": books.observed(*((str(2021 + n), "increase", 1) for n in range(persons)))} | sheets))


def people():
    return queries.report().row("impacts", "all", "all")["persons"]


def in_background(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_reader_does_not_wait_for_a_load_and_sees_none_of_it():
    actions.load(programme(1), by="a tester", source="first")
    halfway, may_end = Event(), Event()

    def progress(sheet, done, of):
        if sheet == "observations":
            halfway.set()
            may_end.wait(30)

    loading = in_background(lambda: actions.load(programme(3), by="a tester", source="second", progress=progress))
    assert halfway.wait(30)
    assert (people(), Observation.objects.count(), len(bridge.book()["observations"])) == (1, 1, 1)
    may_end.set()
    loading.join(30)
    assert people() == 3


def test_two_who_load_the_same_at_once_load_it_once():
    both = [in_background(lambda: actions.load(programme(2), by="a tester", source="twice")) for _ in range(2)]
    for one in both:
        one.join(60)
    assert Observation.objects.count() == 2
    assert audit.Event.objects.count() == 1


def test_a_long_answer_keeps_only_those_waiting_who_asked_the_same():
    remembered, asked, may_end = queries.Remembered(most=5), Event(), Event()
    computed = []

    def compute():
        computed.append("long")
        asked.set()
        assert may_end.wait(30)
        return "long"

    both = [in_background(lambda: remembered.get("long", compute)) for _ in range(2)]
    assert asked.wait(30)
    assert remembered.get("short", lambda: "short") == "short"
    may_end.set()
    for one in both:
        one.join(30)
    assert computed == ["long"]


def test_a_question_that_is_refused_pushes_no_answer_out():
    remembered = queries.Remembered(most=1)
    remembered.get("kept", lambda: 1)
    with pytest.raises(ZeroDivisionError):
        remembered.get("refused", lambda: 1 // 0)
    assert remembered.get("kept", lambda: 2) == 1


def test_reports_do_not_outlive_the_records_they_were_made_of():
    actions.load(programme(1), by="a tester", source="first")
    report = ref(queries.report())
    actions.load(programme(2), by="a tester", source="second")
    people()
    gc.collect()
    assert report() is None


def test_countries_are_there_after_a_test_that_commits():
    assert Country.objects.count() > 190


def test_the_database_is_the_one_that_was_asked_for(pytestconfig):
    assert connection.vendor == pytestconfig.getoption("database")
    assert "mode=memory" not in str(connection.settings_dict["NAME"])
