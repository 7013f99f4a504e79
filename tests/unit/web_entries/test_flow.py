"""From an empty form to a published fact, through the pages and without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socle_web.results.models import Change, Entry, Impact, Observation
from tests.people import person
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db

CHANGE = {"country": "KEN", "year": "2024", "step": "2", "branches": ["old_age", "family"], "title": "A law", "source": "Gazette, 2024"}


@pytest.fixture(autouse=True)
def _loaded(db):
    load(small())


def as_(client, name):
    client.force_login(person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def do(client, name, entry, **sent):
    return as_(client, name).post(reverse("entry-do", args=[entry.pk]), sent, follow=True)


def test_a_change_is_entered_submitted_verified_and_published(client):
    page = as_(client, "owner").get(reverse("work-new", args=["changes"]))
    assert page.status_code == 200
    assert "needed" in page.content.decode()
    answer = client.post(reverse("work-new", args=["changes"]), CHANGE | {"save": "1"}, follow=True)
    entry = Entry.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("entry", args=[entry.pk])
    assert (entry.key, entry.values["branches"], entry.state) == ("KEN-2024-c1", "old_age;family", "draft")
    assert "Old age" in answer.content.decode()
    do(client, "owner", entry, submit="1")
    do(client, "verifier", entry, verify="1")
    do(client, "manager", entry, publish="1")
    assert Change.objects.get(key=entry.key).verified_by == "verifier"


def test_an_impact_and_its_first_number_are_one_save_and_go_together(client):
    sent = {"country": "KEN", "kind": "effective_coverage", "branch": "old_age", "title": "A pension", "source": "Report, 2024",
            "change": "C", "first-on": "2024", "first-measure": "increase", "first-persons": "27500"}
    as_(client, "owner").post(reverse("work-new", args=["impacts"]), sent | {"submit": "1"})
    impact, observation = Entry.objects.get(sheet="impacts"), Entry.objects.get(sheet="observations")
    assert (impact.state, observation.state) == ("submitted", "submitted")
    assert (observation.values["impact"], observation.values["source"]) == (impact.key, "Report, 2024")
    do(client, "verifier", impact, verify="1", **{"with": observation.pk})
    do(client, "manager", impact, publish="1", **{"with": observation.pk})
    assert Impact.objects.get(key=impact.key).observations.get().persons == 27500
    assert Observation.objects.get(key=observation.key).entered_by == "owner"


@pytest.mark.parametrize("name", ["owner", "colleague", "focal", "verifier", "manager"])
def test_every_page_opens_for_whoever_works(client, name):
    as_(client, "owner").post(reverse("work-new", args=["changes"]), CHANGE | {"save": "1"})
    entry = Entry.objects.get()
    as_(client, name)
    for address in (reverse("work"), reverse("work-choose"), reverse("work-locks"), reverse("entry", args=[entry.pk])):
        assert client.get(address).status_code == 200, address
