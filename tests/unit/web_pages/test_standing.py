"""The report as it stood: rebuilt from the log, beside the figures of now."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from socle.results import TABLES
from socle_web.audit.models import Event
from socle_web.pages.queries.standing import standing
from tests.people import person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import entered, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def before_the_publication():
    load(small())
    at = timezone.now()
    published(entered(year="2023"))
    return at


def asked(client, at, **more):
    client.force_login(person("manager"))
    return client.get(reverse("as-it-stood"), {"at": at.isoformat()[:19], "phase": "P", **more})


def test_the_figures_that_were_others_are_told_with_both_values(before_the_publication):
    told = standing(before_the_publication, phase="P")
    (step,) = [one for one in told.moved if one.table == TABLES["changes_by_step"].title and "Step 2" in one.subject
               and "changes" in one.subject]
    assert (step.then, step.now) == (1, 2)


def test_the_page_shows_them(client, before_the_publication):
    page = asked(client, before_the_publication + timedelta(seconds=5))
    assert "Every figure is what it was" in page.content.decode()


def test_the_report_of_then_comes_as_a_file_and_the_log_remembers_it(client, before_the_publication):
    answer = asked(client, timezone.now() + timedelta(seconds=1), format="json")
    assert "changes_by_step" in json.loads(answer.content)["tables"]
    assert Event.objects.order_by("-id").first().deed == "export"


@pytest.mark.parametrize("address", ["/report/P/download.json", "/results.csv"])
def test_the_log_remembers_who_took_a_copy_and_forgets_readers(client, before_the_publication, address):
    number = Event.objects.count()
    assert client.get(address).status_code == 200
    assert Event.objects.count() == number
    client.force_login(person("owner"))
    assert client.get(address).status_code == 200
    event = Event.objects.latest("id")
    assert (event.deed, event.actor, event.summary["asked"]) == ("export", "owner", address)


@pytest.mark.parametrize(("name", "status"), [("reader", 403), ("owner", 200), ("verifier", 200), ("administrator", 200)])
def test_who_works_here_may_ask(client, before_the_publication, name, status):
    client.force_login(person(name))
    assert client.get(reverse("as-it-stood")).status_code == status


def test_others_sign_in_first(client):
    assert client.get(reverse("as-it-stood")).status_code == 302


def test_an_instant_before_the_first_record_is_told(client, before_the_publication):
    page = asked(client, before_the_publication.replace(year=2000))
    assert page.status_code == 200
    assert 'class="error"' in page.content.decode()


def test_a_phase_that_is_none_is_told(client, before_the_publication):
    for more in ({}, {"format": "json"}):
        page = asked(client, timezone.now(), **more | {"phase": "9"}).content.decode()
        assert "There is no phase “9”." in page
    assert "There is no phase “9”." in client.get(reverse("as-it-stood"), {"phase": "9"}).content.decode()
