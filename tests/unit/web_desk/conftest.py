"""A small programme, and entries in every state."""

from __future__ import annotations

import pytest

from socle_web.results import actions
from tests.people import CAST, person
from tests.unit.web_results.test_loading import load, small

CHANGE = {"country": "Kenya", "year": "2024", "step": "2", "branches": "old_age", "title": "A law", "source": "Gazette, 2024"}


@pytest.fixture
def programme(db):
    load(small())


@pytest.fixture
def people(db):
    return {name: person(name) for name in CAST}


def entered(by="owner", sheet="changes", **values):
    return actions.enter(sheet, {**(CHANGE if sheet == "changes" else {}), **values}, by=person(by))


def submitted(by="owner", **values):
    return actions.submit([entered(by, **values)], by=person(by))[0]


def returned(reason="The gazette says 2023.", **values):
    return actions.send_back([submitted(**values)], by=person("verifier"), reason=reason)[0]


def verified(**values):
    return actions.verify([submitted(**values)], by=person("verifier"))[0]


def signed_in(client, name):
    client.force_login(person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
