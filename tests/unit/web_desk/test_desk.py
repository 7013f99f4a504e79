"""My desk: what waits for whom, and nothing else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from socle_web.desk.actions import remind
from socle_web.desk.queries.news import news
from socle_web.desk.queries.work import desk
from socle_web.results import actions
from tests.people import CAST, person
from tests.unit.web_desk.conftest import entered, returned, signed_in, submitted, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def on_desk(name):
    return desk(person(name), on=timezone.localdate())


def test_what_was_returned_is_on_the_desk_of_whoever_typed_it_with_the_reason(client):
    entry = returned()
    page = signed_in(client, "owner").get("/desk/").content.decode()
    assert "The gazette says 2023." in page
    assert f"/workbench/entries/{entry.pk}/" in page
    assert on_desk("colleague").returned.total == 0


@pytest.mark.parametrize("name", CAST)
def test_the_desk_of_every_role_is_a_page(client, name):
    returned(title="Returned")
    submitted(title="Submitted")
    verified(title="Verified")
    entered(title="A draft")
    answer = signed_in(client, name).get("/desk/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get("/desk/")["Location"].startswith("/accounts/login/?next=")


def test_a_verifier_sees_what_was_submitted_the_oldest_first_and_never_what_they_typed():
    first, second = submitted(title="First"), submitted(title="Second")
    mine = submitted("manager", title="Typed by the manager")
    assert [entry.pk for entry in on_desk("verifier").to_verify.rows] == [first.pk, second.pk, mine.pk]
    assert [entry.pk for entry in on_desk("manager").to_verify.rows] == [first.pk, second.pk]
    assert not on_desk("owner").to_verify


def test_a_manager_sees_what_waits_to_be_published():
    entry = verified()
    assert [one.pk for one in on_desk("manager").to_publish.rows] == [entry.pk]
    assert not on_desk("verifier").to_publish


def test_a_stranger_has_nothing_of_another_country_on_the_desk():
    returned(title="Returned")
    entered(title="A draft")
    there = on_desk("stranger")
    assert there.is_empty
    assert [place.code for place in there.places.rows] == ["NPL"]


def observed(by="owner"):
    impact = entered(by, sheet="impacts", country="KEN", kind="effective_coverage", branch="old_age", title="A pension for all",
                     change="C", source="Report, 2024")
    number = entered(by, sheet="observations", impact=impact.key, on="2024-06-30", measure="increase", persons="100",
                     source="Report, 2024")
    return actions.submit([impact, number], by=person(by))


def test_a_number_is_called_by_its_impact_on_the_desk_in_the_mail_and_in_the_news(client):
    impact, number = sorted(observed(), key=lambda entry: entry.sheet)
    called = "A pension for all, 30 June 2024"
    page = signed_in(client, "verifier").get("/desk/").content.decode()
    assert called in page
    assert impact.key not in page
    remind(on=timezone.localdate(), site="https://example.org")
    [letter] = [letter for letter in mail.outbox if letter.to == ["verifier@example.org"]]
    assert called in letter.body
    actions.send_back([number], by=person("verifier"), reason="Which region?")
    assert called in " ".join(item.says for item in news(person("owner")))


def test_what_was_typed_and_not_saved_is_not_asked_for_once_the_entry_is_withdrawn_or_submitted():
    entry, other = entered(), entered(title="Another")
    for one in (entry, other):
        actions.keep_typing(person("owner"), f"entry/{one.pk}", {"title": "x"}, version=1)
    actions.keep_typing(person("owner"), "changes/new", {"title": "y"})
    assert on_desk("owner").unsaved.total == 3
    actions.submit([entry], by=person("owner"))
    actions.withdraw(other, by=person("owner"))
    assert [one.typing.place for one in on_desk("owner").unsaved.rows] == ["changes/new"]
    actions.send_back([entry], by=person("verifier"), reason="2023?")
    assert on_desk("owner").unsaved.total == 2
