"""A small programme, and a folder for files of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _loaded(db, settings, tmp_path):
    from tests.unit.web_results.test_loading import load, small

    settings.PRIVATE_FILES = tmp_path / "private"
    load(small())


@pytest.fixture
def signed_in(client):
    """``signed_in("owner")`` is a client of somebody who has signed in."""
    from django.test import Client

    from tests.people import person

    def of(name):
        there = Client()
        there.force_login(person(name))
        return there

    return of


@pytest.fixture(autouse=True)
def _second_factors_are_another_test(settings):
    settings.SOCLE_MFA = "optional"
