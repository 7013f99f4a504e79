"""A small programme; people at the workbench; entries as they were typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socle_web.results import actions
from tests.people import person
from tests.unit.web_results.test_loading import load, small

CHANGE = {"country": "KEN", "year": "2024", "step": "2", "branches": "old_age;family", "title": "A law", "source": "Gazette, 2024"}
IMPACT = {"country": "KEN", "kind": "effective_coverage", "branch": "old_age", "title": "A pension", "source": "Report, 2024",
          "change": "C"}


@pytest.fixture
def programme(db):
    load(small())


def signed_in(client, name):
    client.force_login(person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def entered(by="owner", sheet="changes", **values):
    return actions.enter(sheet, {**{"changes": CHANGE, "impacts": IMPACT}.get(sheet, {}), **values}, by=person(by))


def submitted(by="owner", **values):
    return actions.submit([entered(by, **values)], by=person(by))[0]


def verified(**values):
    return actions.verify([submitted(**values)], by=person("verifier"))[0]


def do(client, name, entry, **sent):
    return signed_in(client, name).post(reverse("entry-do", args=[entry.pk]), sent, follow=True)


def text(response):
    return " ".join(response.content.decode().split())
