"""What was typed is never lost: neither between two saves, nor with the session, nor to a colleague."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from socle_web.results import actions
from socle_web.results.models import Entry, Typing
from tests.people import person
from tests.unit.web_entries.conftest import CHANGE, IMPACT, entered, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
NEW = "/workbench/new/changes/"


def kept(client, **values):
    sent = {"place": "changes/new", "page": NEW, "typist": "owner", "version": "0", "sheet": "changes", **values}
    return client.post(reverse("work-typing"), sent)


def test_typing_is_kept_and_offered_when_the_form_is_opened_again(client):
    signed_in(client, "owner")
    assert kept(client, title="Half a ti", branches=["old_age", "family"]).json()["kept"]
    page = text(client.get(NEW))
    assert "did not save it" in page
    assert "Half a ti" not in page
    page = text(client.get(f"{NEW}?typed=1"))
    assert 'value="Half a ti"' in page
    assert page.count(" checked") == 2
    assert not Entry.objects.exists()


def test_typing_is_thrown_away_on_request_and_by_a_save(client):
    signed_in(client, "owner")
    kept(client, title="x")
    assert client.post(reverse("work-typing-drop"), {"place": "changes/new", "page": NEW}).url == NEW
    assert not Typing.objects.exists()
    kept(client, title="x")
    client.post(NEW, CHANGE)
    assert not Typing.objects.exists()


def test_typing_belongs_to_one_person(client):
    kept(signed_in(client, "owner"), title="x")
    assert "did not save it" not in text(signed_in(client, "colleague").get(NEW))


def test_typing_that_arrives_after_its_save_is_not_offered(client):
    entry = entered()
    signed_in(client, "owner")
    actions.save(entry, entry.values | {"title": "B"}, version=1, by=person("owner"))
    answer = client.post(reverse("work-typing"), {"place": f"entry/{entry.pk}", "sheet": "changes", "version": "1", "title": "A"})
    assert answer.status_code == 409
    assert not Typing.objects.exists()


def test_throwing_away_leads_to_no_other_site(client):
    answer = signed_in(client, "owner").post(reverse("work-typing-drop"), {"place": "x", "page": "https://elsewhere.example/"})
    assert answer.url == reverse("work")


def test_a_form_sent_after_the_session_ended_is_there_again_after_signing_in(client):
    answer = client.post(NEW, {**CHANGE, "branches": ["old_age"], "title": "Typed for an hour", "typist": "owner", "page": NEW})
    assert answer.url == f"/accounts/login/?next={NEW}"
    owner = person("owner")
    answer = client.post(answer.url, {"login": owner.email, "password": "a long password of owner", "next": NEW})
    assert answer.url == NEW
    page = text(client.get(NEW))
    assert 'value="Typed for an hour"' in page
    assert "Your session had ended" in page
    assert not Entry.objects.exists()
    assert "Typed for an hour" not in text(client.get(NEW))


def test_somebody_else_who_signs_in_does_not_see_it(client):
    client.post(NEW, {**CHANGE, "title": "Typed for an hour", "typist": "owner", "page": NEW})
    person("colleague")
    client.post(f"/accounts/login/?next={NEW}", {"login": "colleague@example.org", "password": "a long password of colleague"})
    assert "Typed for an hour" not in text(client.get(NEW))


def test_more_than_a_session_should_hold_is_not_kept(client):
    client.post(NEW, {**CHANGE, "title": "x" * 300_000, "typist": "owner"})
    assert "kept_typing" not in client.session


def test_a_stale_save_shows_both_versions_and_the_choice_is_saved_field_by_field(client):
    entry = entered(summary="Before")
    signed_in(client, "owner").get(reverse("entry-edit", args=[entry.pk]))
    colleague = signed_in(Client(), "colleague")
    colleague.post(reverse("entry-edit", args=[entry.pk]), {**CHANGE, "summary": "Theirs", "title": "Their title", "version": "1"})
    answer = client.post(reverse("entry-edit", args=[entry.pk]), {**CHANGE, "summary": "Mine", "title": "My title", "version": "1"})
    assert answer.status_code == 409
    page = text(answer)
    for words in ("Mine", "Theirs", "My title", "Their title", "colleague saved this entry while you were typing"):
        assert words in page
    assert page.count('type="radio"') == 4
    assert page.count('value="mine" id="m-title" checked') == 1
    assert Typing.objects.get().values["title"] == "My title"
    fields = {"mine": "1", "version": "2", "choice-summary": "mine", "mine-summary": "Mine", "theirs-summary": "Theirs",
              "choice-title": "theirs", "mine-title": "My title", "theirs-title": "Their title"}
    client.post(reverse("entry-edit", args=[entry.pk]), fields)
    entry.refresh_from_db()
    assert (entry.values["summary"], entry.values["title"], entry.version) == ("Mine", "Their title", 3)
    assert not Typing.objects.exists()


def test_a_choice_that_is_stale_itself_is_asked_again(client):
    entry = entered()
    actions.save(entry, entry.values | {"title": "Second"}, version=1, by=person("colleague"))
    fields = {"mine": "1", "version": "1", "choice-title": "mine", "mine-title": "Mine"}
    answer = signed_in(client, "owner").post(reverse("entry-edit", args=[entry.pk]), fields)
    assert answer.status_code == 409
    assert "Second" in text(answer)


def test_what_cannot_be_entered_stays_in_the_form(client):
    answer = signed_in(client, "stranger").post(NEW, CHANGE | {"title": "Kept in the form"})
    assert answer.status_code == 422
    assert 'value="Kept in the form"' in text(answer)


def test_without_scripts_a_button_says_what_would_change_and_saves_nothing(client):
    sent = IMPACT | {"first-on": "2024", "first-measure": "increase", "first-persons": "27500", "consequence": "1"}
    page = text(signed_in(client, "owner").post("/workbench/new/impacts/", sent))
    assert "This adds 27,500 people to effective coverage in 2024." in page
    assert 'value="27500"' in page
    assert not Entry.objects.exists()


def test_what_a_person_did_not_touch_is_preselected_as_their_colleague_left_it(client):
    entry = entered(summary="Before")
    actions.save(entry, entry.values | {"summary": "Theirs"}, version=1, by=person("colleague"))
    answer = signed_in(client, "owner").post(reverse("entry-edit", args=[entry.pk]),
                                             {**CHANGE, "branches": ["old_age", "family"], "summary": "Before", "title": "Mine", "version": "1"})
    page = text(answer)
    assert 'id="m-title" checked' in page
    assert 'id="t-summary" checked' in page


def test_who_signed_in_again_in_another_window_finds_what_they_typed():
    client = signed_in(Client(enforce_csrf_checks=True), "owner")
    sent = {**CHANGE, "title": "Typed for an hour", "typist": "owner", "page": NEW, "csrfmiddlewaretoken": "x" * 64}
    assert client.post(NEW, sent).url == NEW
    assert 'value="Typed for an hour"' in text(client.get(NEW))
    assert client.post(NEW, sent | {"typist": "colleague"}).status_code == 403
    assert client.post(NEW, sent | {"page": "//elsewhere.example/"}).url == NEW
    assert not Entry.objects.exists()


def test_typing_that_was_kept_by_itself_after_the_session_ended_comes_back_too(client):
    kept(client, title="Kept by itself")
    person("owner")
    signed = {"login": "owner@example.org", "password": "a long password of owner"}
    client.post(f"/accounts/login/?next={NEW}", signed)
    assert 'value="Kept by itself"' in text(client.get(NEW))


def test_without_any_cookie_the_site_says_so_shows_what_was_typed_and_leads_back():
    client = Client(enforce_csrf_checks=True)
    sent = CHANGE | {"place": "changes/new", "page": NEW, "typist": "owner", "version": "0", "sheet": "changes"}
    answer = client.post(NEW, sent, headers={"referer": f"http://testserver{NEW}"})
    page = text(answer)
    assert answer.status_code == 403
    assert "Nothing was saved" in page
    assert "Gazette, 2024" in page
    assert f'<a href="{NEW}">Back to the form</a>' in page
    assert not client.cookies.get("sessionid")


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/logout/", "/workbench/do/", "/audit/export.csv", "/desk/"])
def test_every_form_without_its_cookie_gets_a_page_of_the_site(address):
    answer = Client(enforce_csrf_checks=True).post(address, {"password": "a secret"}, headers={"referer": "http://testserver/somewhere/"})
    page = text(answer)
    assert answer.status_code == 403
    assert '<a href="/somewhere/">Back to the form</a>' in page
    assert "a secret" not in page


def test_what_another_site_sent_is_not_shown():
    answer = Client(enforce_csrf_checks=True).post(NEW, CHANGE | {"typist": "owner", "sheet": "changes"},
                                                   headers={"referer": "http://elsewhere.example.org/"})
    assert "Gazette, 2024" not in text(answer)
    assert '<a href="/">Back to the form</a>' in text(answer)
