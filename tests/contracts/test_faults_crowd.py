"""Fifty people save at the same time: nothing is lost, and who came second is told."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from socle_web.audit.models import Event
from socle_web.audit.verification import verify
from socle_web.results import actions
from socle_web.results.models import Entry
from tests.people import person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import CHANGE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE, ON_ONE = 50, 10


@pytest.fixture
def crowd(settings):
    settings.SOCLE_MFA = "optional"
    load(small())
    clients = []
    for n in range(PEOPLE):
        client = Client(raise_request_exception=False)
        client.force_login(person(f"p{n}", "contributor", ("KEN",)), backend="allauth.account.auth_backends.AuthenticationBackend")
        clients.append(client)
    return clients


def all_at_once(clients, work):
    """What ``work`` gave for each, done by all of them at the same moment."""
    found, ready = {}, Barrier(len(clients))

    def run(n, client):
        try:
            ready.wait(60)
            found[n] = work(n, client)
        except Exception as error:  # noqa: BLE001 - looked at below
            found[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return [found[n] for n in range(len(clients))]


def test_fifty_people_save_entries_of_their_own(crowd):
    def work(n, client):
        made = client.post(reverse("work-new", args=["changes"]), {**CHANGE, "country": "KEN", "save": "1"})
        entry = Entry.objects.get(entered_by=f"p{n}")
        saved = client.post(reverse("entry-edit", args=[entry.pk]),
                            {**CHANGE, "country": "KEN", "title": f"Of {n}", "version": entry.version, "save": "1"})
        return made.status_code, saved.status_code

    assert Counter(all_at_once(crowd, work)) == {(302, 302): PEOPLE}
    assert {one.entered_by: one.values["title"] for one in Entry.objects.all()} == {f"p{n}": f"Of {n}" for n in range(PEOPLE)}
    assert len({one.key for one in Entry.objects.all()}) == PEOPLE
    assert Event.objects.filter(deed="enter").count() == Event.objects.filter(deed="save").count() == PEOPLE
    assert verify().sound


def test_of_ten_who_save_the_same_entry_one_has_saved_it_and_nine_are_shown_both_versions(crowd):
    entry = actions.enter("changes", {**CHANGE, "change": "K"}, by=person("p0"))
    told = {}

    def work(n, client):
        answer = client.post(reverse("entry-edit", args=[entry.pk]),
                             {**CHANGE, "country": "KEN", "title": f"Of {n}", "version": 1, "save": "1"})
        told[n] = answer.content.decode()
        return answer.status_code

    answers = all_at_once(crowd[:ON_ONE], work)
    assert Counter(answers) == {302: 1, 409: ON_ONE - 1}
    there = Entry.objects.get(pk=entry.pk)
    winner = answers.index(302)
    assert (there.values["title"], there.version) == (f"Of {winner}", 2)
    for n in set(range(ON_ONE)) - {winner}:
        assert f"Of {n}" in told[n], "what was typed is shown"
        assert f"Of {winner}" in told[n], "and what is there"
    assert Event.objects.filter(deed="save").count() == 1
    assert verify().sound
