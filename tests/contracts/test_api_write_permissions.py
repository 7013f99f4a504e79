"""Who may write through the interface, how often, and that a deed is done once however often it is sent."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from socle_web.accounts import actions as accounts
from socle_web.api import limiting
from socle_web.api.models import Answered, Spent
from socle_web.audit.models import Event
from socle_web.results import actions
from socle_web.results.models import Entry
from tests.contracts.interface import by_token, description
from tests.contracts.partners import CHANGE, Partner
from tests.people import CAST, person
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db
EXAMPLES = {"entry": "1", "sheet": "changes", "key": "C"}


@pytest.fixture(autouse=True)
def _loaded(db):
    load(small())


@pytest.fixture
def owner():
    return Partner("owner")


def codes(response):
    return {finding["code"] for finding in response.json()["findings"]}


def operations():
    """(method, address) of all that asks for a token."""
    for path, item in description()["paths"].items():
        if by_token(item):
            yield from ((method, path.format(**EXAMPLES)) for method in item)


def everything():
    return Entry.objects.count(), Event.objects.count(), Answered.objects.count()


def ask(client, method, address, **headers):
    said = {"data": "{}", "content_type": "application/json"} if method != "get" else {}
    return getattr(client, method)(address, **said, headers=headers | {"Idempotency-Key": "k"})


# who

def test_every_operation_asks_for_a_token_and_none_of_them_was_forgotten(owner):
    owner.enter()
    before = everything()
    found = list(operations())
    assert len(found) == 9
    for method, address in found:
        for headers in ({}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer "},
                        {"Authorization": f"Basic {owner.token}"}, {"Authorization": owner.token}):
            response = ask(Client(), method, address, **headers)
            assert (response.status_code, codes(response), response["WWW-Authenticate"]) == (401, {"token"}, "Bearer"), (method, address)
    assert everything() == before


def test_a_wrong_a_revoked_and_a_closed_token_are_told_the_same(owner):
    revoked, closed = Partner("colleague"), Partner("stranger")
    accounts.revoke_token(revoked.row, by=person("administrator"), reason="lost")
    closed.user.is_active = False
    closed.user.save()
    answers = [ask(Client(), "get", "/api/v1/entries", Authorization=f"Bearer {token}")
               for token in (revoked.token, closed.token, f"{owner.token}x", "socle_", "\x7f", "x" * 5000)]
    assert {(one.status_code, one.content) for one in answers} == {(401, answers[0].content)}


@pytest.mark.parametrize("name", [*CAST])
def test_a_cookie_opens_nothing(owner, name):
    owner.enter()
    client = Client()
    client.force_login(person(name))
    before = everything()
    for method, address in operations():
        assert ask(client, method, address).status_code == 401, (method, address)
    assert everything() == before


def test_a_token_with_a_cookie_acts_as_the_token_only(owner):
    owner.client.force_login(person("manager"))
    assert owner.enter(country="Nepal").status_code == 403
    owner.enter()
    assert Entry.objects.get().entered_by == owner.user.username


def test_a_stranger_sees_and_changes_nothing(owner):
    told = owner.enter().json()["entries"][0]
    actions.enter("changes", {"country": "Kenya"}, by=person("owner"))
    stranger, before = Partner("stranger"), everything()
    assert stranger.get("/entries").json() == {"count": 0, "next": None, "rows": []}
    assert stranger.get("/entries", key=told["key"]).json()["count"] == 0
    address = f"/entries/{told['entry']}"
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    answers = [stranger.get(address), stranger.put(address, {"values": {}, "version": 1}), stranger.post(f"{address}/submit"),
               stranger.post(f"{address}/withdraw", {"reason": "mine"}), stranger.attach(f"{address}/files", file)]
    unknown = [stranger.get("/entries/999"), stranger.post("/entries/999/submit")]
    assert {one.status_code for one in answers + unknown} == {404}
    assert {one.json()["message"].replace(str(told["entry"]), "N") for one in answers} == {
        one.json()["message"].replace("999", "N") for one in unknown}
    assert stranger.post("/records/changes/C/change", {"values": {"title": "Mine"}}).status_code == 403
    taken = stranger.enter(change=told["key"], country="Nepal")
    assert (taken.status_code, codes(taken)) == (409, {"open_already"})
    assert f"entry {told['entry']}" not in taken.json()["findings"][0]["remedy"]
    assert everything() == before
    assert Entry.objects.get(pk=told["entry"]).version == 1


def test_a_colleague_sees_saves_and_submits_what_belongs_to_their_country(owner):
    told, colleague = owner.enter().json()["entries"][0], Partner("colleague")
    address = f"/entries/{told['entry']}"
    assert colleague.get("/entries").json()["count"] == 1
    assert colleague.put(address, {"values": told["values"] | {"title": "B"}, "version": 1}).json()["changed_by"] == colleague.user.username
    assert colleague.post(f"{address}/submit").status_code == 200


def test_a_token_that_only_reads_writes_nothing(owner):
    entry, looker = owner.enter().json()["entries"][0]["entry"], Partner("looker")
    before = everything()
    assert looker.get(f"/entries/{entry}").status_code == 200
    told = looker.post("/check", {"entries": [{"sheet": "changes", "values": CHANGE}]}).json()["findings"]
    assert {one["code"] for one in told} == {"looks_the_same"}
    for method, address in operations():
        if method != "get" and not address.endswith("/check"):
            response = ask(Client(), method, address, **looker.headers)
            assert (response.status_code, codes(response)) == (403, {"read_only"}), address
    assert everything() == before


def test_no_token_verifies_or_publishes(owner):
    for deed in ("verify", "publish", "return"):
        assert owner.post(f"/entries/{owner.enter().json()['entries'][0]['entry']}/{deed}").status_code in (404, 405)
    assert owner.enter({"recommendation": "r"}, sheet="recommendations").status_code == 403
    assert owner.enter({"phase": "9"}, sheet="phases").status_code == 403


def test_the_last_use_of_a_token_is_noted(owner):
    owner.get("/entries")
    owner.row.refresh_from_db()
    assert owner.row.last_used_at is not None


def test_nobody_in_between_keeps_what_is_answered(owner):
    owner.enter()
    for response in (owner.get("/entries"), owner.get("/entries/1"), Client().get("/api/v1/entries"), owner.enter()):
        assert response["Cache-Control"] == "private, no-store"
        assert "Authorization" in response["Vary"]
        assert "Access-Control-Allow-Origin" not in response
        assert not response.cookies
    assert owner.client.options("/api/v1/entries")["Allow"] == "GET, HEAD, OPTIONS, POST"
    refused = owner.client.delete("/api/v1/entries", headers=owner.headers)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert owner.client.head("/api/v1/entries", headers=owner.headers).status_code == 200


# how often

def test_a_token_that_asks_too_often_waits(owner, monkeypatch):
    monkeypatch.setattr(limiting.time, "time", lambda: 6_000_015.0)
    monkeypatch.setattr(limiting, "WRITES", 3)
    monkeypatch.setattr(limiting, "READS", 2)
    assert [owner.enter().status_code for _ in range(5)] == [201, 201, 201, 429, 429]
    assert [owner.get("/entries").status_code for _ in range(3)] == [200, 200, 429]
    refused = owner.enter()
    assert (refused["Retry-After"], codes(refused)) == ("45", {"too_often"})
    assert Partner("colleague").enter().status_code == 201, "each has its own"
    assert Client().get("/api/v1/changes").status_code == 200, "reading what is published is not counted"
    monkeypatch.setattr(limiting.time, "time", lambda: 6_000_060.0)
    assert owner.enter().status_code == 201
    assert Entry.objects.count() == 5


def test_who_tries_tokens_waits_and_who_has_one_does_not(owner, monkeypatch):
    monkeypatch.setattr(limiting, "WRONG", 3)
    tried = [ask(Client(), "get", "/api/v1/entries", Authorization=f"Bearer socle_{n}").status_code for n in range(5)]
    assert tried == [401, 401, 401, 429, 429]
    assert owner.get("/entries").status_code == 200
    assert Client().get("/api/v1/entries").status_code == 401


def test_the_counts_of_past_minutes_are_swept_out(owner, monkeypatch):
    for minute in range(5):
        monkeypatch.setattr(limiting.time, "time", lambda minute=minute: 6_000_000.0 + 60 * minute)
        for last in range(3):
            Client().get("/api/v1/entries", headers={"Authorization": "Bearer x"}, REMOTE_ADDR=f"192.0.2.{minute * 10 + last}")
    assert Spent.objects.count() <= 6
    Client().get("/api/v1/entries", headers={"Authorization": "Bearer x"}, REMOTE_ADDR="2001:db8::1")
    Client().get("/api/v1/entries", headers={"Authorization": "Bearer x"}, REMOTE_ADDR="2001:db8::2")
    assert Spent.objects.get(name__contains="2001").times == 2, "one subscriber"


# once

def test_what_is_sent_again_is_answered_the_same_and_done_once(owner):
    said = {"entries": [{"sheet": "changes", "values": CHANGE}]}
    first, again = owner.post("/entries", said, key="one"), owner.post("/entries", said, key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Entry.objects.count() == 1
    number = first.json()["entries"][0]["entry"]
    submitted = [owner.post(f"/entries/{number}/submit", key="two") for _ in "ab"]
    assert [one.status_code for one in submitted] == [200, 200]


def test_another_request_under_the_same_key_is_refused(owner):
    said = {"entries": [{"sheet": "changes", "values": CHANGE}]}
    owner.post("/entries", said, key="one")
    for other in (owner.post("/entries", {"entries": [{"sheet": "changes", "values": {}}]}, key="one"),
                  owner.post("/entries/1/submit", said, key="one"), owner.post("/entries?lang=fr", said, key="one")):
        assert (other.status_code, codes(other)) == (422, {"idempotency_mismatch"})
    assert Partner("colleague").post("/entries", said, key="one").status_code == 201, "keys are each system's own"


def test_a_refusal_is_not_remembered(owner):
    assert owner.post("/entries", {"entries": [{"sheet": "changes", "values": CHANGE | {"country": "Nepal"}}]}, key="one").status_code == 403
    assert owner.post("/entries", {"entries": [{"sheet": "changes", "values": CHANGE}]}, key="one").status_code == 201


@pytest.mark.parametrize(("key", "code"), [("", "missing"), ("x" * 201, "malformed"), ("a b", "malformed"), ("é", "malformed")])
def test_a_key_is_needed_and_readable(owner, key, code):
    headers = owner.headers | ({"Idempotency-Key": key} if key else {})
    said = json.dumps({"entries": [{"sheet": "changes", "values": CHANGE}]})
    response = owner.client.post("/api/v1/entries", said, content_type="application/json", headers=headers)
    assert (response.status_code, codes(response)) == (422, {code})
    assert not Entry.objects.exists()


def test_answers_are_kept_for_a_week(owner):
    said = {"entries": [{"sheet": "changes", "values": CHANGE}]}
    owner.post("/entries", said, key="one")
    Answered.objects.update(at=timezone.now() - timedelta(days=8))
    owner.enter()
    assert not Answered.objects.filter(key="one").exists()


def test_a_defect_leaves_neither_a_deed_nor_an_answer(owner, monkeypatch):
    def broken(*_entries):
        raise RuntimeError("secret")

    monkeypatch.setattr(actions, "examine", broken)
    owner.client.raise_request_exception = False
    before = everything()
    response = owner.post("/entries", {"entries": [{"sheet": "changes", "values": CHANGE}]}, key="one")
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert everything() == before
    monkeypatch.undo()
    assert owner.post("/entries", {"entries": [{"sheet": "changes", "values": CHANGE}]}, key="one").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_at_once_is_done_once():
    owner, at_once, answers = Partner("owner"), Barrier(6), []
    said = {"entries": [{"sheet": "changes", "values": CHANGE}]}

    def send():
        try:
            at_once.wait()
            answers.append(owner.post("/entries", said, key="one"))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201] * 6
    assert len({one.content for one in answers}) == 1
    assert (Entry.objects.count(), Answered.objects.count(), Event.objects.filter(deed="enter").count()) == (1, 1, 1)


# what cannot be read

@pytest.mark.parametrize(("body", "kind", "status", "code"), [
    (b"{", "application/json", 400, "not_json"),
    (b"\xff\xfe{}", "application/json", 400, "not_json"),
    (b'{"entries": [{"sheet": "changes", "values": {"title": "\\ud800"}}]}', "application/json", 400, "not_json"),
    (b'{"entries": [{"sheet": "changes", "values": {"year": NaN}}]}', "application/json", 400, "not_json"),
    (b"[" * 100_000, "application/json", 400, "not_json"),
    (b"9" * 5000, "application/json", 400, "not_json"),
    (b"{}", "text/plain", 415, "not_json"),
    (b"a=b", "application/x-www-form-urlencoded", 415, "not_json"),
    (b" " * 3_000_000, "application/json", 413, "too_large"),
    (b"[]", "application/json", 422, "model_type"),
    (b"", "application/json", 422, "missing"),
    (b'{"entries": 5}', "application/json", 422, "list_type"),
    (b"--x", "multipart/form-data; boundary=x", 415, "kind"),
    (b"--x", "multipart/form-data", 415, "kind"),
])
def test_what_cannot_be_read_is_said_in_a_sentence(owner, body, kind, status, code):
    response = owner.client.generic("POST", "/api/v1/entries", body, kind, headers=owner.headers | {"Idempotency-Key": "k"})
    assert (response.status_code, codes(response)) == (status, {code}), response.content
    assert response.json()["message"].endswith(".")
    assert not Answered.objects.exists()


@pytest.mark.parametrize(("body", "kind", "status", "code"), [
    (b"--x", "multipart/form-data", 400, "not_readable"),
    (b"{}", "application/json", 415, "kind"),
    (b"--x--", "multipart/form-data; boundary=x", 422, "missing"),
    (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nlaw\r\n--x--', "multipart/form-data; boundary=x", 422, "missing"),
])
def test_a_form_without_a_file_is_refused(owner, body, kind, status, code):
    owner.enter({"record": "changes:C", "kind": "document", "title": "The law"}, sheet="evidence")
    response = owner.client.generic("POST", "/api/v1/entries/1/files", body, kind, headers=owner.headers | {"Idempotency-Key": "k"})
    assert (response.status_code, codes(response)) == (status, {code}), response.content


def test_a_file_larger_than_any_honest_one_is_not_even_read(owner):
    owner.enter({"record": "changes:C", "kind": "document", "title": "The law"}, sheet="evidence")
    response = owner.client.generic("POST", "/api/v1/entries/1/files", b"--x--", "multipart/form-data; boundary=x",
                                    CONTENT_LENGTH="900000000", headers=owner.headers | {"Idempotency-Key": "k"})
    assert (response.status_code, codes(response)) == (413, {"too_large"})
