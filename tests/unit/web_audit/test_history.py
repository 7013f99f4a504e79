"""What a record said at an instant, from the log alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from socle_web.audit import queries
from socle_web.audit.actions import record

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """An hour passes between two events."""
    hours = iter(range(10_000))
    monkeypatch.setattr("django.utils.timezone.now", lambda: START + timedelta(hours=next(hours)))


def at(hour):
    return START + timedelta(hours=hour, minutes=30)


@pytest.fixture
def story(clock):
    record("load", by="ada", subject=("programme", "p"), rows=[
        ["impacts", ["title", "persons"]],
        ["impacts", "I-1", None, ["One", 1]], ["impacts", "I-10", None, ["Ten", 10]], ["changes", "I-1", None, {"title": "A change"}]])
    record("publish", by="bo", subject=("impacts", "I-1"), before={"title": "One", "persons": 1}, after={"title": "One", "persons": 2},
           reason="counted again")
    record("comment", by="cy", subject=("impacts", "I-1"), summary={"text": "Well done"})
    record("load", by="ada", subject=("programme", "p"), rows=[["impacts", "I-1", {"persons": 2}, {"persons": 3}]])
    record("remove", by="bo", subject=("impacts", "I-1"), before={"persons": 3})


def test_a_record_is_as_the_last_deed_left_it(story):
    assert [queries.as_of("impacts", "I-1", at(hour)) for hour in range(-1, 5)] == [
        None, {"title": "One", "persons": 1}, {"title": "One", "persons": 2}, {"title": "One", "persons": 2}, {"persons": 3}, None]


def test_an_event_counts_from_its_own_instant(story):
    assert queries.as_of("impacts", "I-1", START) == {"title": "One", "persons": 1}
    assert queries.as_of("impacts", "I-1", START - timedelta(microseconds=1)) is None


def test_a_record_is_not_taken_for_another_with_a_like_name(story):
    assert queries.as_of("impacts", "I-10", at(9)) == {"title": "Ten", "persons": 10}
    assert queries.as_of("changes", "I-1", at(9)) == {"title": "A change"}
    assert queries.as_of("impacts", "I", at(9)) is queries.as_of("impact", "I-1", at(9)) is None


def test_a_history_has_every_event_newest_first(story):
    steps = queries.history("impacts", "I-1")
    assert [step.event.deed for step in steps] == ["remove", "load", "comment", "publish", "load"]
    assert [step.tells for step in steps] == [True, True, False, True, True]
    assert (steps[1].before, steps[1].after) == ({"persons": 2}, {"persons": 3})
    assert [step.event.deed for step in queries.history("impacts", "I-1", until=at(2), deeds=("load",))] == ["load"]


def test_every_record_at_an_instant(story):
    assert queries.records_as_of(at(0)) == {
        ("impacts", "I-1"): {"title": "One", "persons": 1}, ("impacts", "I-10"): {"title": "Ten", "persons": 10},
        ("changes", "I-1"): {"title": "A change"}}
    assert queries.records_as_of(at(9), kinds=("impacts",)) == {("impacts", "I-10"): {"title": "Ten", "persons": 10}}
    for hour in range(-1, 6):
        for key, values in queries.records_as_of(at(hour)).items():
            assert queries.as_of(*key, at(hour)) == values


@pytest.mark.parametrize("key", ['a"b', "a\\b", "a\nb", "Côte", "a/b,c]", "[", ""])
def test_any_key_is_found_in_an_attachment(key):
    record("load", by="ada", subject=("programme", "p"), rows=[
        ["impacts", "first", None, {"text": f'\n["impacts","{key}",'}], ["impacts", key, None, {"n": 1}], ["impacts", key, {"n": 1}, {"n": 2}]])
    (step,) = queries.history("impacts", key)
    assert (step.before, step.after) == (None, {"n": 2})


def test_a_history_asks_the_same_however_many_loads(django_assert_num_queries):
    for n in range(6):
        record("load", by="ada", subject=("programme", "p"), rows=[["impacts", "I-1", None, {"n": n}]])
    with django_assert_num_queries(3):
        assert len(queries.history("impacts", "I-1")) == 6


def test_the_log_is_filtered(story):
    assert [event.deed for event in queries.log(by="bo")] == ["remove", "publish"]
    assert [event.actor for event in queries.log(deed="load", until=START + timedelta(hours=1))] == ["ada"]
    assert queries.log(kind="impacts", key="I-1", since=START + timedelta(hours=2)).count() == 2
    assert queries.deeds() == ["comment", "load", "publish", "remove"]
