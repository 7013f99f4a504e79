"""A small programme, and a folder for files of its own."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks_db.management.commands.db_worker import Worker


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


@pytest.fixture
def worker(settings, monkeypatch):
    """Jobs wait in the database until ``worker()`` does them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(Worker, "configure_signals", lambda self: None)
    return lambda: call_command("worker", "--once")
