"""Owner, colleague, stranger, verifier, manager, administrator, reader, and nobody: who sees and does what."""

from __future__ import annotations

import io
import logging
import re

import pytest
from django.urls import reverse

from socle_web.results import actions
from socle_web.results.models import Entry
from tests.people import CAST, person
from tests.unit.web_entries.conftest import CHANGE, do, entered, signed_in, submitted, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
OUTSIDE = {"reader": 403, "administrator": 403, "stranger": 404}


def pages(entry):
    return [reverse("entry", args=[entry.pk]), reverse("entry-edit", args=[entry.pk])]


@pytest.mark.parametrize("name", CAST)
def test_an_entry_exists_only_for_those_who_may_see_it(client, name):
    expected = OUTSIDE.get(name, 200)
    for address in pages(entered()):
        status = signed_in(client, name).get(address, follow=expected == 200).status_code
        assert status == expected, address


@pytest.mark.parametrize("name", [name for name in CAST if name in OUTSIDE])
def test_who_may_not_see_an_entry_does_nothing_to_it(client, name):
    entry = submitted()
    for deed in ("submit", "withdraw", "verify", "return", "publish"):
        answer = signed_in(client, name).post(reverse("entry-do", args=[entry.pk]), {deed: "1", "reason": "x"})
        assert answer.status_code == OUTSIDE[name]
    signed_in(client, name).post(reverse("work-do"), {"entry": [entry.pk], "withdraw": "1"})
    assert Entry.objects.get().state == "submitted"


def test_a_stranger_sees_nothing_in_lists_and_cannot_enter_for_another_country(client):
    entered(title="Only for Kenya")
    assert "Only for Kenya" not in text(signed_in(client, "stranger").get(reverse("work")))
    answer = client.post(reverse("work-new", args=["changes"]), CHANGE)
    assert answer.status_code == 422
    assert "that you do not act for" in text(answer)
    assert client.get(reverse("record-change", args=["changes", "C"])).status_code == 403
    assert Entry.objects.count() == 1


def test_only_ones_own_countries_are_offered(client):
    page = text(signed_in(client, "focal").get(reverse("work-new", args=["changes"])))
    assert '<option value="KEN">Kenya' in page
    assert '<option value="MWI">Malawi' in page
    assert "Nepal" not in page
    assert '<option value="KEN" selected>Kenya' in text(signed_in(client, "owner").get(reverse("work-new", args=["changes"])))


@pytest.mark.parametrize(("name", "opens"), [("owner", False), ("verifier", True), ("manager", True), ("reader", False)])
def test_imported_facts_are_adopted_by_those_who_check(client, name, opens):
    assert signed_in(client, name).get(reverse("work-adopt")).status_code == (200 if opens else 403)


def test_a_verifier_enters_nothing(client):
    assert signed_in(client, "verifier").get(reverse("work-new", args=["changes"])).status_code == 403
    assert "Your role enters no records." in text(client.get(reverse("work-choose")))


def test_a_colleague_edits_a_draft_and_nobody_edits_what_is_with_the_verifier(client):
    entry = entered()
    assert signed_in(client, "colleague").get(reverse("entry-edit", args=[entry.pk])).status_code == 200
    do(client, "colleague", entry, submit="1")
    assert client.get(reverse("entry-edit", args=[entry.pk])).url == reverse("entry", args=[entry.pk])


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(client):
    entry = entered()
    for address in (*pages(entry), reverse("work"), reverse("work-adopt"), reverse("work-locks"), reverse("work-new", args=["changes"])):
        assert client.get(address).url == f"/accounts/login/?next={address}"


def test_nothing_of_the_workbench_is_kept_by_caches(client):
    answer = signed_in(client, "owner").get(reverse("entry", args=[entered().pk]))
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["/workbench/entries/1%00/", "/workbench/new/x%00/", "/workbench/records/changes/C%00/change/", "/workbench/new/phases/",
                                     "/workbench/new/nothing/", "/workbench/records/changes/none/change/", "/workbench/entries/99999999999999/"])
def test_what_is_not_there_is_not_found(client, address):
    assert signed_in(client, "owner").get(address).status_code == 404


def test_a_draft_of_another_country_is_not_even_named(client):
    hidden = entered("manager", country="NPL", title="A secret of Nepal")
    for address in (f"/workbench/new/impacts/?change={hidden.key}", f"/workbench/new/contributions/?change={hidden.key}"):
        assert "A secret of Nepal" not in text(signed_in(client, "owner").get(address))
    assert "A secret of Nepal" in text(signed_in(client, "stranger").get(f"/workbench/new/impacts/?change={hidden.key}"))


@pytest.mark.parametrize(("name", "sheet", "key", "offered"), [
    ("owner", "changes", "C", "Correct this"), ("owner", "impacts", "I", "Add an observation"),
    ("owner", "countries", "KEN", "Enter a change"), ("owner", "projects", "PR", "You do not act for this record"),
    ("owner", "observations", "I2", "Correct this"), ("stranger", "changes", "C", "You do not act for this record"),
    ("verifier", "changes", "C", "You do not act for this record"), ("manager", "projects", "PR", "Enter funding")])
def test_beside_a_record_is_offered_what_a_person_may_do(client, name, sheet, key, offered):
    assert offered in text(signed_in(client, name).get(reverse("work-beside", args=[sheet, key])))


def test_every_link_beside_a_record_opens(client):
    for sheet, key in (("changes", "C"), ("impacts", "I"), ("countries", "KEN"), ("projects", "PR"), ("observations", "I2")):
        page = signed_in(client, "manager").get(reverse("work-beside", args=[sheet, key])).content.decode()
        links = re.findall(r'href="(/workbench/(?:new/[a-z]|records)[^"]*)"', page)
        assert links
        for address in links:
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_what_is_on_its_way_is_named_beside_its_record(client):
    actions.change("changes", "C", {"title": "Typed here"}, by=person("owner"))
    assert "Typed here" in text(signed_in(client, "owner").get(reverse("work-beside", args=["changes", "C"])))
    assert "Typed here" not in text(signed_in(client, "stranger").get(reverse("work-beside", args=["changes", "C"])))


def test_who_pressed_a_button_after_the_session_ended_comes_back_to_its_page(client):
    entry = entered()
    page, do_it = reverse("entry", args=[entry.pk]), reverse("entry-do", args=[entry.pk])
    assert client.post(do_it, {"submit": "1"}, headers={"referer": f"http://testserver{page}"}).url == f"/accounts/login/?next={page}"
    assert client.post(do_it, {"submit": "1"}, headers={"referer": "https://elsewhere.example/"}).url == "/accounts/login/?next=/workbench/"
    assert Entry.objects.get().state == "draft"


HISTORY = "/audit/records/changes/C/"


@pytest.mark.parametrize(("name", "status"), [("owner", 200), ("focal", 200), ("verifier", 200), ("manager", 200), ("administrator", 200),
                                              ("stranger", 403), ("reader", 403)])
def test_the_history_of_a_record_is_open_to_who_acts_for_it_or_verifies(client, name, status):
    answer = signed_in(client, name).get(HISTORY)
    assert answer.status_code == status
    assert ("The log" in text(answer)) == (name in ("manager", "administrator"))
    assert client.get("/audit/records/person/owner/").status_code == (404 if name in ("manager", "administrator") else 403)


def test_the_history_of_a_record_is_reached_from_what_may_be_done_about_it(client):
    beside = reverse("work-beside", args=["changes", "C"])
    assert HISTORY in text(signed_in(client, "owner").get(beside))
    assert HISTORY not in text(signed_in(client, "stranger").get(beside))


def test_a_page_that_is_not_for_somebody_is_one_line_in_the_log_of_the_server(client, monkeypatch):
    [console] = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)
    assert signed_in(client, "reader").get(reverse("work")).status_code == 403
    assert written.getvalue().splitlines() == ["Forbidden (Permission denied): /workbench/"]
