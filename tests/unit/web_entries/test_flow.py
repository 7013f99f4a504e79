"""From an empty form to a published fact, through the pages and without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socle_web.results import actions, bridge
from socle_web.results.models import Change, Entry, Impact, Observation
from tests.people import person
from tests.unit.web_entries.conftest import CHANGE, IMPACT, do, entered, signed_in, submitted, text, verified
from tests.unit.web_results.test_loading import load, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
SENT = CHANGE | {"branches": ["old_age", "family"]}
FIRST = {"first-on": "2024", "first-measure": "increase", "first-persons": "27500"}


def test_a_change_is_entered_submitted_verified_and_published(client):
    answer = signed_in(client, "owner").post(reverse("work-new", args=["changes"]), SENT | {"save": "1"}, follow=True)
    entry = Entry.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("entry", args=[entry.pk])
    assert (entry.key, entry.values["branches"], entry.state) == ("KEN-2024-c1", "old_age;family", "draft")
    assert "Old age, Family" in text(answer)
    do(client, "owner", entry, submit="1")
    do(client, "verifier", entry, verify="1")
    do(client, "manager", entry, publish="1")
    assert Change.objects.get(key=entry.key).verified_by == "verifier"


def test_an_impact_and_its_first_number_are_one_save_and_go_together(client):
    signed_in(client, "owner").post(reverse("work-new", args=["impacts"]), IMPACT | FIRST | {"submit": "1"})
    impact, observation = Entry.objects.get(sheet="impacts"), Entry.objects.get(sheet="observations")
    assert (impact.state, observation.state) == ("submitted", "submitted")
    assert (observation.values["impact"], observation.values["source"]) == (impact.key, "Report, 2024")
    do(client, "verifier", impact, verify="1", **{"with": observation.pk})
    do(client, "manager", impact, publish="1", **{"with": observation.pk})
    assert Impact.objects.get(key=impact.key).observations.get().persons == 27500
    assert Observation.objects.get(key=observation.key).entered_by == "owner"


def test_an_impact_nobody_counted_yet_is_one_entry(client):
    signed_in(client, "owner").post(reverse("work-new", args=["impacts"]), IMPACT | {"first-unit": "persons", "first-status": "achieved"})
    assert Entry.objects.get().sheet == "impacts"


def test_if_the_first_number_is_refused_the_impact_is_not_there_either(client, monkeypatch):
    monkeypatch.setattr(actions.entering, "LONGEST_TEXT", 50)
    answer = signed_in(client, "owner").post(reverse("work-new", args=["impacts"]), IMPACT | FIRST | {"first-women": "1" * 60})
    assert answer.status_code == 422
    assert not Entry.objects.exists()


def test_a_draft_says_all_that_is_missing_at_once_with_a_link_to_each_field(client):
    entry = actions.enter("changes", {"country": "KEN", "year": "30/06/2024"}, by=person("owner"))
    page = text(signed_in(client, "owner").get(reverse("entry", args=[entry.pk])))
    for column in ("step", "title", "source", "year"):
        assert f'href="/workbench/entries/{entry.pk}/edit/#id_{column}"' in page
    assert "Write a day as 2024-06-30 or a year as 2024." in page
    form = text(client.get(reverse("entry-edit", args=[entry.pk])))
    assert 'value="30/06/2024"' in form
    assert 'id="id_year_error"' in form


def test_what_is_submitted_with_something_missing_is_saved_as_a_draft(client):
    answer = signed_in(client, "owner").post(reverse("work-new", args=["changes"]), {"country": "KEN", "submit": "1"}, follow=True)
    assert "Saved, and not submitted" in text(answer)
    assert Entry.objects.get().state == "draft"


def test_a_change_of_a_fact_shows_what_is_published_beside_it_and_ticking_nothing_changes_nothing(client):
    address = reverse("record-change", args=["changes", "C"])
    signed_in(client, "owner").get(address)
    fact = bridge.facts({"changes": ["C"]})["changes", "C"]
    sent = {name: value.split(";") for name, value in fact.items()} | {"branches": ["family", "old_age"], "title": "Another law"}
    answer = text(client.post(address, sent, follow=True))
    entry = Entry.objects.get()
    assert entry.before == fact
    assert {name for name in fact if fact[name] != entry.values.get(name)} == {"title"}
    assert "<del>A law</del>" in answer
    assert "<ins>Another law</ins>" in answer
    assert client.get(address).url == reverse("entry", args=[entry.pk])


def test_a_correction_of_an_observation_is_a_new_one_that_supersedes_it(client):
    address = reverse("record-change", args=["observations", "I2"])
    page = text(signed_in(client, "owner").get(address))
    assert 'value="I2"' in page
    client.post(address, {"impact": "I", "on": "2023-06-30", "measure": "level", "persons": "1600", "supersedes": "I2",
                          "reason": "A slip", "source": "Report"})
    entry = Entry.objects.get()
    assert (entry.before, entry.values["supersedes"], entry.values["persons"]) == (None, "I2", "1600")
    assert entry.key != "I2"


def test_a_return_without_a_reason_is_refused_and_with_one_is_shown_to_whoever_typed_it(client):
    entry = submitted()
    assert "A reason is needed." in text(do(client, "verifier", entry, **{"return": "1"}))
    do(client, "verifier", entry, **{"return": "1", "reason": "The gazette says 2023."})
    assert "The gazette says 2023." in text(signed_in(client, "owner").get(reverse("entry", args=[entry.pk])))
    assert "The gazette says 2023." in text(client.get(reverse("work")))


def test_nobody_is_offered_to_verify_what_they_typed_and_trying_is_refused(client):
    entry = submitted("manager")
    page = text(signed_in(client, "manager").get(reverse("entry", args=[entry.pk])))
    assert 'name="verify"' not in page
    assert "somebody else verifies it" in page
    assert "You typed this entry yourself." in text(do(client, "manager", entry, verify="1"))


def test_several_entries_are_verified_published_and_returned_at_once(client):
    entries = [submitted(title=f"Law {n}") for n in range(3)]
    keys = [entry.pk for entry in entries]
    signed_in(client, "verifier").post(reverse("work-do"), {"entry": keys, "verify": "1", "list": "verify"})
    assert Entry.objects.filter(state="verified").count() == 3
    signed_in(client, "manager").post(reverse("work-do"), {"entry": keys[:2], "publish": "1", "list": "publish"})
    signed_in(client, "manager").post(reverse("work-do"), {"entry": keys[2:], "return": "1", "reason": "Look again", "list": "publish"})
    assert [entry.state for entry in Entry.objects.order_by("id")] == ["published", "published", "draft"]
    assert "returned it" in text(client.get(reverse("entry", args=[keys[2]])))
    assert "published it" in text(client.get(reverse("entry", args=[keys[0]])))


def test_a_locked_period_refuses_submission_and_says_why(client):
    entry = entered()
    sent = {"start": "2024-01-01", "end": "2024-12-31", "country": "", "reason": "Reported to the board"}
    answer = signed_in(client, "manager").post(reverse("work-locks"), sent, follow=True)
    assert "Reported to the board" in text(answer)
    assert "is locked: Reported to the board" in text(do(client, "owner", entry, submit="1"))
    lock = answer.context["held"][0]
    signed_in(client, "manager").post(reverse("work-unlock", args=[lock.pk]), {"reason": "The board asked for it"})
    do(client, "owner", entry, submit="1")
    assert Entry.objects.get().state == "submitted"


def test_a_verifier_adopts_imported_facts(client):
    page = text(signed_in(client, "verifier").get(reverse("work-adopt")))
    assert "A law" in page
    client.post(reverse("work-adopt"), {"sheet": "changes", "record": ["C"]})
    assert Change.objects.get(key="C").verified_by == "verifier"
    assert "Nothing waits here." in text(client.get(reverse("work-adopt")))


@pytest.mark.parametrize("sheet", ["partners", "projects", "funding", "outputs", "changes", "contributions", "impacts",
                                   "observations", "evidence", "ratifications", "recommendations", "actions"])
def test_there_is_a_form_for_every_sheet_that_is_entered(client, sheet):
    page = signed_in(client, "manager").get(reverse("work-new", args=[sheet]))
    assert page.status_code == 200
    assert 'name="source"' in text(page) or sheet in ("partners", "projects")


def test_the_log_tells_what_happened_to_an_entry(client):
    page = text(signed_in(client, "owner").get(reverse("entry", args=[verified().pk])))
    for deed in ("typed it", "submitted it", "verified it"):
        assert deed in page


def test_a_cell_that_is_emptied_stays_empty_in_a_change_and_in_a_draft(client):
    sent = CHANGE | {"country": "KEN", "year": "2023", "branches": []}
    signed_in(client, "owner").post(reverse("record-change", args=["changes", "C"]), sent)
    entry = Entry.objects.get()
    assert "branches" not in entry.values
    assert "branches" in entry.before
    client.post(reverse("entry-edit", args=[entry.pk]), sent | {"source": "", "version": "1"})
    entry.refresh_from_db()
    assert "source" not in entry.values


def test_a_change_catches_up_with_a_fact_that_changed_meanwhile(client):
    fact = bridge.facts({"changes": ["C"]})["changes", "C"]
    entry = actions.change("changes", "C", {"title": "Typed here", "source": "Gazette"}, by=person("owner"))
    load(small(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "3", "title": "From a file", "projects": "PR",
                         "partners": "GIZ", "branches": "old_age;family"}]))
    page = text(signed_in(client, "owner").get(reverse("entry", args=[entry.pk])))
    assert "What is published has changed since this was begun." in page
    client.post(reverse("entry-catch-up", args=[entry.pk]))
    entry.refresh_from_db()
    assert (entry.values["title"], entry.values["step"], entry.before["title"]) == ("Typed here", "3", "From a file")
    assert fact["step"] == "2"
    do(client, "owner", entry, submit="1")
    do(client, "verifier", entry, verify="1")
    do(client, "manager", entry, publish="1")
    assert Change.objects.get(key="C").title == "Typed here"


def test_a_save_says_from_what_to_what(client):
    entry = entered()
    actions.save(entry, entry.values | {"title": "The Pensions Act"}, version=1, by=person("colleague"))
    assert "Title: <del>A law</del> <ins>The Pensions Act</ins>" in text(signed_in(client, "owner").get(reverse("entry", args=[entry.pk])))


def test_evidence_of_an_observation_is_in_the_hands_of_its_country(client):
    sent = {"record": "observations:I2", "title": "Report", "kind": "statistics", "submit": "1"}
    signed_in(client, "owner").post(reverse("work-new", args=["evidence"]), sent)
    entry = Entry.objects.get()
    assert (entry.countries, entry.state) == (("KEN",), "submitted")


def test_several_entries_are_withdrawn_all_of_them_or_none(client):
    first, second, gone = entered(), entered(), verified()
    actions.publish([gone], by=person("manager"))
    do(client, "owner", first, withdraw="1", **{"with": [second.pk, gone.pk]})
    assert {e.state for e in Entry.objects.filter(pk__in=(first.pk, second.pk))} == {"draft"}
    do(client, "owner", first, withdraw="1", **{"with": [second.pk]})
    assert {e.state for e in Entry.objects.filter(pk__in=(first.pk, second.pk))} == {"withdrawn"}
