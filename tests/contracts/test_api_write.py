"""Other systems enter records through the interface: the same deeds as people's, in the same log."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle_web.api import limiting
from socle_web.audit.models import Event
from socle_web.results import actions
from socle_web.results.models import Change, Entry, EvidenceFile
from tests.contracts.partners import CHANGE, Partner
from tests.people import person
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(db):
    load(small())


@pytest.fixture
def owner():
    return Partner("owner")


def codes(response):
    return {finding["code"] for finding in response.json()["findings"]}


def test_what_is_entered_is_a_draft_and_says_what_is_missing(owner):
    response = owner.enter(source="")
    (told,) = response.json()["entries"]
    assert response.status_code == 201
    assert (told["key"], told["state"], told["version"], told["countries"]) == ("KEN-2024-c1", "draft", 1, ["KEN"])
    assert told["values"]["branches"] == "old_age"
    assert [(one["column"], one["code"], one["severity"], one["row"]) for one in told["findings"]] == [("source", "needed", "error", 1)]
    assert not Change.objects.filter(key=told["key"]).exists()
    assert owner.get(f"/entries/{told['entry']}").json() == told


def test_what_a_system_enters_is_a_fact_once_people_verified_and_published_it(owner):
    number = owner.enter().json()["entries"][0]["entry"]
    assert owner.post(f"/entries/{number}/submit").json()["state"] == "submitted"
    entry = Entry.objects.get(pk=number)
    actions.verify([entry], by=person("verifier"))
    actions.publish([entry], by=person("manager"))
    fact = Change.objects.get(key=entry.key)
    assert (fact.entered_by, fact.verified_by, fact.origin) == (owner.user.username, "verifier", "entered")
    log = list(Event.objects.filter(deed__in=("enter", "submit", "verify", "publish")).order_by("id").values_list("deed", "actor"))
    assert log == [("enter", owner.user.username), ("submit", owner.user.username), ("verify", "verifier"), ("publish", "manager")]
    assert owner.get(f"/entries/{number}").json()["published_by"] == "manager"


def test_rows_of_a_batch_refer_to_each_other(owner):
    rows = [{"sheet": "changes", "values": CHANGE | {"change": "mine"}},
            {"sheet": "impacts", "values": {"impact": "i", "change": "mine", "kind": "legal_coverage", "branch": "old_age",
                                            "title": "Workers", "source": "Gazette"}}]
    told = owner.post("/entries", {"entries": rows}).json()["entries"]
    assert [one["key"] for one in told] == ["mine", "i"]
    assert [one["countries"] for one in told] == [["KEN"], ["KEN"]]
    assert not [one for one in told[1]["findings"] if one["column"] == "change"]


def test_a_batch_is_kept_whole_or_not_at_all_and_says_all_that_is_wrong(owner):
    events = Event.objects.count()
    response = owner.enter(CHANGE, CHANGE | {"country": "Nepal"}, CHANGE | {"change": "C"}, CHANGE | {"country": "Malawi"})
    assert response.status_code == 422
    assert {(one["where"]["row"], one["code"]) for one in response.json()["findings"]} == {
        (2, "out_of_scope"), (3, "duplicate_key"), (4, "out_of_scope")}
    assert not Entry.objects.exists()
    assert Event.objects.count() == events


def test_a_hundred_rows_are_one_request_and_not_one_more(owner):
    assert len(owner.enter(*[CHANGE] * 100).json()["entries"]) == 100
    response = owner.enter(*[CHANGE] * 101)
    assert (response.status_code, codes(response)) == (422, {"too_long"})
    assert owner.post("/entries", {"entries": []}).status_code == 422


@pytest.mark.parametrize(("values", "code", "where"), [
    ({"titel": "A"}, "unknown_column", {"sheet": "changes", "row": 1, "column": "titel"}),
    ({"title": True}, "not_a_cell", {"parameter": "entries.0.values.title", "row": 1}),
    ({"title": {"en": "A"}}, "not_a_cell", {"parameter": "entries.0.values.title", "row": 1}),
    ({"branches": ["old_age", 1]}, "not_a_cell", {"parameter": "entries.0.values.branches", "row": 1}),
])
def test_what_would_be_lost_or_misread_is_refused(owner, values, code, where):
    response = owner.enter(values)
    assert response.status_code == 422
    assert [(one["code"], one["where"]) for one in response.json()["findings"]] == [(code, where)]


def test_a_cell_is_a_text_a_number_or_a_list_of_texts(owner):
    rows = [{"sheet": "projects", "values": {"project": "Q", "title": "Q", "countries": ["KEN"], "kind": None}},
            {"sheet": "funding", "values": {"project": "Q", "partner": "GIZ", "on": 2024, "amount": 1e21, "currency": "", "source": "0.10"}}]
    told = [entry["values"] for entry in owner.post("/entries", {"entries": rows}).json()["entries"]]
    assert told == [{"project": "Q", "title": "Q", "countries": "KEN"},
                    {"project": "Q", "partner": "GIZ", "on": "2024", "amount": "1000000000000000000000", "source": "0.10"}]


def test_a_check_says_everything_and_keeps_nothing(owner):
    before = Event.objects.count()
    response = owner.post("/check", {"entries": [
        {"sheet": "changes", "values": CHANGE | {"country": "Nepal"}}, {"sheet": "changes", "values": CHANGE},
        {"sheet": "changes", "values": CHANGE | {"year": "soon", "source": ""}}]})
    assert response.status_code == 200
    assert {(one["row"], one["column"], one["code"]) for one in response.json()["findings"] if one["severity"] == "error"} >= {
        (1, None, "out_of_scope"), (3, "source", "needed")}
    assert not [one for one in response.json()["findings"] if one["row"] == 2]
    assert (Entry.objects.count(), Event.objects.count()) == (0, before)


def test_a_save_over_another_version_shows_both_and_loses_neither(owner):
    told = owner.enter().json()["entries"][0]
    address = f"/entries/{told['entry']}"
    saved = owner.put(address, {"values": told["values"] | {"title": "B"}, "version": 1})
    assert (saved.status_code, saved.json()["version"], saved.json()["values"]["title"]) == (200, 2, "B")
    colleague = Partner("colleague")
    stale = colleague.put(address, {"values": told["values"] | {"title": "C"}, "version": 1})
    assert stale.status_code == 409
    assert (stale.json()["mine"]["title"], stale.json()["theirs"]["values"]["title"]) == ("C", "B")
    assert stale.json()["theirs"]["version"] == 2
    assert codes(stale) == {"stale"}
    assert owner.put(address, {"values": told["values"] | {"title": "B"}, "version": 1}).json() == saved.json(), "sent once more"
    assert owner.get(address).json()["values"]["title"] == "B"


def test_a_fact_is_corrected_by_a_draft(owner):
    response = owner.post("/records/changes/C/change", {"values": {"title": "A better law"}})
    told = response.json()
    assert response.status_code == 201
    assert (told["before"]["title"], told["values"]["title"], told["values"]["country"]) == ("A law", "A better law", "KEN")
    assert Change.objects.get(key="C").title == "A law"
    again = owner.post("/records/changes/C/change", {"values": {"title": "Another"}})
    assert (again.status_code, codes(again)) == (409, {"open_already"})
    assert owner.post("/records/changes/none/change", {"values": {}}).status_code == 404
    assert owner.post("/records/nothing/C/change", {"values": {}}).status_code == 404
    seen = owner.post("/records/observations/o1/change", {"values": {}})
    assert (seen.status_code, codes(seen)) == (422, {"append_only"})


def test_what_is_incomplete_is_not_submitted_and_what_was_submitted_not_saved(owner):
    told = owner.enter(source="", step="").json()["entries"][0]
    address = f"/entries/{told['entry']}"
    refused = owner.post(f"{address}/submit")
    assert refused.status_code == 422
    assert {one["where"]["column"] for one in refused.json()["findings"]} == {"source", "step"}
    owner.put(address, {"values": told["values"] | {"source": "Gazette", "step": "2"}, "version": 1})
    assert owner.post(f"{address}/submit").status_code == 200
    assert owner.put(address, {"values": told["values"], "version": 2}).status_code == 409
    assert codes(owner.post(f"{address}/submit")) == {"not_a_draft"}


def test_an_entry_is_withdrawn_with_a_reason(owner):
    address = f"/entries/{owner.enter().json()['entries'][0]['entry']}"
    assert owner.post(f"{address}/withdraw", {"reason": ""}).status_code == 422
    assert owner.post(f"{address}/withdraw", {"reason": "Counted twice."}).json()["state"] == "withdrawn"
    assert Event.objects.latest("id").reason == "Counted twice."


def test_a_document_is_attached_to_evidence(owner, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    number = owner.enter({"record": "changes:C", "kind": "document", "title": "The law"}, sheet="evidence").json()["entries"][0]["entry"]
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
    answers = [owner.attach(f"/entries/{number}/files", SimpleUploadedFile("law.pdf", pdf, "application/pdf"), key="once") for _ in "ab"]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["name"], answers[0].json()["size"]) == ("law.pdf", len(pdf))
    assert EvidenceFile.objects.count() == 1
    other = owner.attach(f"/entries/{number}/files", SimpleUploadedFile("law.pdf", pdf + b"%", "application/pdf"), key="once")
    assert codes(other) == {"idempotency_mismatch"}
    script = owner.attach(f"/entries/{number}/files", SimpleUploadedFile("law.pdf", b"<script>", "application/pdf"))
    assert (script.status_code, EvidenceFile.objects.count()) == (422, 1)


def test_lists_are_narrowed_and_come_in_pages_with_a_constant_number_of_queries(owner, monkeypatch):
    monkeypatch.setattr(limiting.time, "time", lambda: 6_000_015.0)  # the first of a minute sweeps too
    numbers = [one["entry"] for one in owner.enter(*[CHANGE] * 3).json()["entries"]]
    owner.post(f"/entries/{numbers[0]}/submit")
    assert [one["entry"] for one in owner.get("/entries", state="draft").json()["rows"]] == numbers[1:]
    assert owner.get("/entries", key="KEN-2024-c2").json()["count"] == 1
    assert owner.get("/entries", sheet="impacts").json() == {"count": 0, "next": None, "rows": []}
    page = owner.get("/entries", limit=2).json()
    assert (page["count"], len(page["rows"])) == (3, 2)
    assert owner.client.get(page["next"], headers=owner.headers).json()["rows"][0]["entry"] == numbers[2]
    queries = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            owner.get("/entries")
        queries.append(len(asked))
        owner.enter(*[CHANGE] * 30)
    assert queries[0] == queries[1] <= 10
