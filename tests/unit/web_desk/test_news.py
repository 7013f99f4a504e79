"""News: what others did with what concerns somebody, from the log alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from socle_web.desk import actions
from socle_web.desk.queries.news import how_many, last_event, news
from socle_web.results import actions as results
from tests.people import person
from tests.unit.web_desk.conftest import entered, returned, signed_in, submitted, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    cache.clear()


def told(name, **options):
    return [item.says for item in news(person(name), **options)]


def test_a_return_reaches_whoever_typed_with_the_reason():
    returned(title="A law")
    item = news(person("owner"))[0]
    assert (item.says, item.reason) == ("verifier returned: A law", "The gazette says 2023.")
    assert told("colleague") == told("stranger") == told("reader") == []


def test_a_submission_reaches_verifiers_and_a_verification_reaches_managers():
    verified(title="A law")
    assert told("second_verifier") == ["owner submitted: A law"]
    assert told("manager") == ["verifier verified: A law", "owner submitted: A law"]
    assert told("owner") == ["verifier verified: A law"]
    assert told("verifier") == ["owner submitted: A law"]


def test_a_publication_reaches_whoever_typed():
    results.publish([verified(title="A law")], by=person("manager"))
    assert told("owner") == ["manager published: A law", "verifier verified: A law"]


def test_many_entries_of_one_deed_are_one_line():
    results.submit([entered(title="A"), entered(title="B"), entered(title="C", by="colleague")], by=person("owner"))
    assert told("verifier") == ["owner submitted 3 entries"]
    assert told("colleague") == ["owner submitted: C"]


def test_rounds_and_absences_reach_those_they_concern():
    today = timezone.localdate()
    there = actions.plan_round("Results", start=date(2023, 1, 1), end=date(2023, 12, 31), opens_on=today, due_on=today,
                               owners={"KEN": "focal"}, by=person("manager"))
    actions.complete_round(there.duties.get(), by=person("focal"), note="x")
    actions.delegate(person("colleague"), since=today, until=today + timedelta(1), by=person("owner"))
    assert told("focal") == ["manager planned a reporting round: Results"]
    assert told("stranger") == []
    assert told("manager") == ["focal says that Kenya is complete"]
    assert told("colleague")[0].startswith("owner asks you to act from")


def test_what_was_read_is_no_longer_new(client):
    returned(title="A law")
    owner = person("owner")
    assert how_many(owner) == 1
    page = signed_in(client, "owner").get("/desk/news/").content.decode()
    assert "verifier returned: A law" in page
    assert how_many(owner) == 1  # reading a page changes nothing
    client.post("/desk/news/read/", {"until": last_event()})
    assert how_many(owner) == 0
    page = client.get("/desk/news/").content.decode()
    assert "Nothing new." in page
    assert "verifier returned: A law" in page


@pytest.mark.parametrize("until", ["", "x", "9" * 30, "-1"])
def test_rubbish_is_not_read(client, until):
    returned()
    signed_in(client, "owner").post("/desk/news/read/", {"until": until})
    assert how_many(person("owner")) == 1


def test_nobody_reads_ahead(client):
    signed_in(client, "owner").post("/desk/news/read/", {"until": "999999"})
    returned()
    assert how_many(person("owner")) == 1


def test_how_many_is_one_question_while_nothing_happens():
    returned()
    owner = person("owner")
    assert how_many(owner) == 1
    with CaptureQueriesContext(connection) as asked:
        assert how_many(owner) == 1
    assert len(asked) == 1


def test_news_ask_the_same_number_of_questions_however_many_there_are():
    counts = []
    for n in range(2):
        for m in range(4 * (n + 1)):
            returned(title=f"{n}-{m}")
        owner = person("owner")
        with CaptureQueriesContext(connection) as asked:
            assert len(news(owner)) == (4, 12)[n]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_what_left_somebodys_hands_is_no_news_for_them():
    submitted(title="Of Kenya")
    returned(title="Typed by the colleague", by="colleague")
    assert told("stranger") == []
