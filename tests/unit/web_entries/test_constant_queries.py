"""Pages ask the database as often for a thousand entries as for three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socle_web.results import actions
from tests.people import person
from tests.unit.web_entries.conftest import entered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
PAGES = ("/workbench/", "/workbench/new/changes/", "/workbench/new/impacts/", "/workbench/new/observations/?impact=I", "/workbench/adopt/", "/workbench/locks/",
         "/workbench/records/changes/C/change/")


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection, ) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def many(n):
    for number in range(n):
        change = entered("manager", title=f"Law {number}")
        impact = actions.enter("impacts", {"country": "KEN", "kind": "access", "change": change.key, "title": "x"}, by=person("manager"))
        actions.enter("observations", {"impact": impact.key, "on": "2024", "measure": "level"}, by=person("manager"))


def test_no_page_asks_more_with_more_rows(client):
    many(2)
    signed_in(client, "manager")
    few = {address: asked(client, address) for address in PAGES}
    many(12)
    for address in PAGES:
        assert asked(client, address) <= few[address], address


def test_the_page_of_an_entry_asks_no_more_with_more_that_goes_with_it(client):
    change = entered("manager")
    address = reverse("entry", args=[change.pk])

    def impacts(n):
        for _ in range(n):
            actions.enter("impacts", {"country": "KEN", "kind": "access", "change": change.key, "title": "x"}, by=person("manager"))

    impacts(2)
    signed_in(client, "manager")
    few = asked(client, address)
    impacts(10)
    assert asked(client, address) <= few
