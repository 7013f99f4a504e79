"""The disk is full: what cannot be kept is not half kept, and goes through when there is room again."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from socle_web.audit.verification import verify
from socle_web.results import actions, bridge, trail
from socle_web.results.models import Entry
from tests.people import person
from tests.properties.test_histories import state
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import CHANGE

pytestmark = pytest.mark.django_db(transaction=True)


LIMIT = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION no_room()"""


@pytest.fixture
def full():
    """Fill the disk; what that gives makes room again. SQLite keeps within a number of pages; a PostgreSQL server answers as if
    the last row of a deed, the event, did not fit."""

    def tell(*statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def room():
        if connection.vendor == "sqlite":
            tell(f"PRAGMA max_page_count = {2**31 - 2}")
        else:
            tell("DROP FUNCTION IF EXISTS no_room() CASCADE")

    def fill():
        if connection.vendor == "sqlite":
            pages = tell("VACUUM", "PRAGMA page_count")[0]
            tell(f"PRAGMA max_page_count = {pages}")
        else:
            tell(LIMIT)
        return room

    yield fill
    room()


def long(n):
    return {**CHANGE, "change": f"K{n}", "summary": "x" * 19_000}


def test_a_deed_that_does_not_fit_has_not_happened_and_goes_through_when_there_is_room(full):
    load(small())
    entries = [actions.enter("changes", long(n), by=person("owner")) for n in range(5)]
    actions.verify(actions.submit(entries, by=person("owner")), by=person("verifier"))
    manager = person("manager")
    make_room, before = full(), state()
    with pytest.raises(OperationalError, match="full"):
        actions.publish(entries, by=manager)
    assert state() == before
    assert verify().sound
    make_room()
    actions.publish(entries, by=manager)
    assert Entry.objects.filter(state="published").count() == 5
    assert verify().sound
    assert all(told == there for told, there in zip(trail.book(), bridge.book(), strict=True))


def test_a_file_that_does_not_fit_is_not_half_loaded(full):
    load(small())
    more = small(observations=[{"observation": f"L{n}", "impact": "I", "on": "2024", "measure": "increase", "persons": n, "source": "y" * 500}
                               for n in range(500)])
    make_room, before = full(), state()
    with pytest.raises(OperationalError, match="full"):
        load(more)
    assert state() == before
    make_room()
    assert not load(more).refused
    assert verify().sound


def test_who_saves_to_a_full_disk_is_told_and_can_read_on(full):
    load(small())
    client, owner = Client(raise_request_exception=False), person("owner")
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("work"))
    make_room, before = full(), state()
    answer = client.post(reverse("work-new", args=["changes"]), {**long(1), "place": "changes/new"})
    assert answer.status_code in (500, 503, 507)
    assert state() == before
    assert client.get("/").status_code == 200
    make_room()
    assert client.post(reverse("work-new", args=["changes"]), {**long(1), "place": "changes/new"}).status_code == 302
    assert Entry.objects.count() == 1
