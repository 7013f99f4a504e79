"""The disk is full: what cannot be kept is not half kept, and goes through when there is room again."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from socle_web.audit.shortage import Shortage, shortage
from socle_web.audit.verification import verify
from socle_web.pages.shortage import calm
from socle_web.results import actions, bridge, trail
from socle_web.results.actions import entering
from socle_web.results.models import Entry
from tests.contracts.partners import CHANGE as PARTNERS_CHANGE
from tests.contracts.partners import Partner
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
    assert answer.status_code == 507
    assert answer["Retry-After"]
    said = answer.content.decode()
    assert "The server has no room left" in said
    assert f'name="summary" value="{long(1)["summary"]}"' in said, "what was typed can be sent again"
    assert "csrfmiddlewaretoken" in said
    assert state() == before
    assert client.get("/").status_code == 200
    make_room()
    assert client.post(reverse("work-new", args=["changes"]), {**long(1), "place": "changes/new"}).status_code == 302
    assert Entry.objects.count() == 1


def test_who_reads_french_is_told_in_french(full):
    load(small())
    client = Client(raise_request_exception=False)
    client.force_login(person("owner"), backend="allauth.account.auth_backends.AuthenticationBackend")
    full()
    answer = client.post("/fr/workbench/new/changes/", {**long(1), "place": "changes/new"})
    assert answer.status_code == 507
    assert "Le serveur n’a plus de place" in answer.content.decode()


def test_a_password_is_not_shown_again(rf):
    answer = calm(rf.post("/fr/accounts/login/", {"login": "owner", "password": "a long password"}), Shortage.ROOM)
    assert answer.status_code == 507
    assert "a long password" not in answer.content.decode()
    assert "a long text" in calm(rf.post("/workbench/new/changes/", {"title": "a long text"}), Shortage.ROOM).content.decode()


def test_a_system_that_sends_to_a_full_disk_is_told_and_sends_the_same_again(full):
    load(small())
    partner = Partner("owner", raise_request_exception=False)
    row = {"entries": [{"sheet": "changes", "values": {**PARTNERS_CHANGE, "summary": "x" * 19_000}}] * 5}
    for n, one in enumerate(row["entries"]):
        row["entries"][n] = {**one, "values": {**one["values"], "change": f"K{n}"}}
    partner.get("/entries")
    make_room, before = full(), state()
    answer = partner.post("/entries", row, key="the-same-key")
    assert answer.status_code == 507, answer.content
    assert answer["Retry-After"]
    told = answer.json()
    assert set(told) == {"message", "findings"}
    assert told["findings"][0]["code"] == "disk_full"
    assert state() == before
    make_room()
    assert partner.post("/entries", row, key="the-same-key").status_code == 201
    assert Entry.objects.count() == 5


@pytest.mark.parametrize(("error", "lacking"), [
    (OSError(errno.ENOSPC, "No space left on device"), Shortage.ROOM), (OSError(errno.ENOENT, "No such file"), None),
    (OperationalError("database or disk is full"), None), (ValueError("x"), None),
])
def test_a_shortage_is_known_by_its_number_and_not_by_its_words(error, lacking):
    assert shortage(error) is lacking


def test_who_saves_while_the_database_is_busy_is_told(monkeypatch):
    load(small())
    client, owner = Client(raise_request_exception=False), person("owner")
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = 5
    locked = OperationalError("database is locked")
    locked.__cause__ = busy

    def never(*given, **named):
        raise locked

    monkeypatch.setattr(entering, "deed", never)
    answer = client.post(reverse("work-new", args=["changes"]), {**long(1), "place": "changes/new"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The server is busy" in answer.content.decode()
