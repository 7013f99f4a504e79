"""A deputy for an absence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.desk import actions
from socle_web.desk.models import Absence
from socle_web.desk.queries.work import desk
from socle_web.places.models import Mandate
from socle_web.places.permissions import countries_of
from socle_web.results import actions as results
from socle_web.results import jobs
from socle_web.results.models import Project
from socle_web.results.permissions import projects_of, visible
from tests.people import person
from tests.unit.web_desk.conftest import CHANGE, entered, signed_in
from tests.unit.web_uploads.files import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]

TODAY = timezone.localdate
WEEK = timedelta(7)


def away(absent="owner", deputy="stranger", since=0, until=7):
    return actions.delegate(person(deputy), since=TODAY() + timedelta(since), until=TODAY() + timedelta(until), by=person(absent))


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value


def test_a_deputy_acts_for_the_countries_and_projects_of_who_is_away():
    results.give_project(person("owner"), Project.objects.get(key="PR"), by=person("administrator"))
    entry = entered()
    away()
    stranger = person("stranger")
    assert countries_of(stranger) == {"NPL", "KEN"}
    assert projects_of(stranger) == {"PR"}
    assert entry in visible(stranger)
    event = Event.objects.get(deed="delegate")
    assert (event.actor, event.summary["deputy"], event.summary["countries"], event.summary["projects"]) == (
        "owner", "stranger", ["KEN"], ["PR"])


@pytest.mark.parametrize(("since", "until", "acts"), [(0, 0, True), (-3, 0, True), (0, 5, True), (1, 5, False)])
def test_it_begins_and_ends_by_its_dates(since, until, acts):
    away(since=since, until=until)
    assert ("KEN" in countries_of(person("stranger"))) is acts
    assert bool(desk(person("stranger"), on=TODAY()).standing_in) is acts


def test_it_expires_without_anybody_doing_anything():
    away()
    events = Event.objects.count()
    Mandate.objects.exclude(on_behalf_of="").update(since=TODAY() - 2 * WEEK, until=TODAY() - timedelta(1))
    Absence.objects.update(since=TODAY() - 2 * WEEK, until=TODAY() - timedelta(1))
    assert countries_of(person("stranger")) == {"NPL"}
    assert not desk(person("stranger"), on=TODAY()).standing_in
    assert Event.objects.count() == events


def test_what_a_deputy_does_says_on_whose_behalf():
    away()
    entry = results.enter("changes", CHANGE, by=person("stranger"))
    entry = results.save(entry, entry.values | {"title": "Another law"}, version=1, by=person("stranger"))
    results.submit([entry], by=person("stranger"))
    told = Event.objects.filter(actor="stranger").order_by("id").values_list("deed", "on_behalf_of")
    assert list(told) == [("enter", "owner"), ("save", "owner"), ("submit", "owner")]


def test_a_focal_points_deputy_says_that_a_country_is_complete_on_their_behalf():
    deputy = person("another_focal", "focal_point", ("NPL",))
    there = actions.plan_round("A round", start=TODAY(), end=TODAY(), opens_on=TODAY(), due_on=TODAY(), owners={"KEN": "focal"},
                               by=person("manager"))
    actions.delegate(deputy, since=TODAY(), until=TODAY(), by=person("focal"))
    actions.complete_round(there.duties.get(), by=deputy, note="That is all.")
    event = Event.objects.get(deed="complete_round")
    assert (event.actor, event.on_behalf_of) == ("another_focal", "focal")


def test_what_somebody_does_in_their_own_country_is_on_nobodys_behalf():
    away(deputy="focal")
    results.enter("changes", CHANGE, by=person("focal"))
    away(absent="colleague")
    results.enter("changes", {**CHANGE, "country": "Nepal"}, by=person("stranger"))
    assert set(Event.objects.filter(deed="enter").values_list("on_behalf_of", flat=True)) == {""}


def test_four_eyes_hold_for_a_deputy():
    actions.delegate(person("manager"), since=TODAY(), until=TODAY() + WEEK, by=person("verifier"))
    entry = results.submit([entered(by="manager")], by=person("manager"))
    refused("four_eyes", results.verify, entry, by=person("manager"))


@pytest.mark.parametrize(("absent", "deputy", "able"), [
    ("owner", "colleague", True), ("owner", "focal", True), ("focal", "owner", False), ("owner", "verifier", False),
    ("verifier", "second_verifier", True), ("verifier", "manager", True), ("manager", "verifier", False), ("owner", "reader", False),
    ("owner", "owner", False), ("owner", "administrator", False)])
def test_a_deputy_is_somebody_who_could_hold_the_role(absent, deputy, able):
    if able:
        away(absent, deputy)
    else:
        refused("not_able", away, absent, deputy)


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_who_has_nothing_to_hand_over_names_no_deputy(name):
    refused("refused", away, name, "owner")


def test_an_absence_has_one_deputy_and_a_deputy_is_there():
    away()
    refused("overlaps", away, "owner", "colleague", 3, 10)
    refused("away", away, "colleague", "owner", 3, 10)
    away("owner", "colleague", 8, 10)


def test_nobody_is_away_backwards_or_for_ever():
    refused("over", away, until=-1)
    refused("over", away, since=5, until=3)
    refused("too_long", away, until=400)


def test_what_a_deputy_was_lent_is_not_lent_on():
    away("owner", "stranger")
    away("stranger", "colleague")
    assert countries_of(person("colleague")) == {"KEN", "NPL"}
    lent = Mandate.objects.filter(user=person("colleague"), on_behalf_of="stranger").values_list("country_id", flat=True)
    assert list(lent) == ["NPL"]


@pytest.mark.parametrize("name", ["owner", "stranger", "administrator"])
def test_it_ends_early_when_one_of_the_two_or_an_administrator_says_so(name):
    absence = away()
    actions.end_delegation(absence, by=person(name), reason="Back")
    assert countries_of(person("stranger")) == {"NPL"}
    assert Event.objects.get(deed="end_delegation").actor == name
    refused("over", actions.end_delegation, absence, by=person(name))


def test_nobody_else_ends_it(client):
    absence = away()
    refused("not_yours", actions.end_delegation, absence, by=person("colleague"))
    assert signed_in(client, "colleague").post(f"/desk/absence/{absence.pk}/end/").status_code == 404


def test_what_is_taken_from_somebody_is_taken_from_their_deputy():
    from socle_web.places.actions import give_countries

    away()
    give_countries(person("owner"), [], by=person("administrator"))
    assert countries_of(person("stranger")) == {"NPL"}


def test_a_deputy_is_named_on_the_page(client):
    signed_in(client, "owner").post("/desk/absence/", {"since": TODAY(), "until": TODAY() + WEEK, "deputy": "colleague"})
    assert Absence.objects.get().deputy == "colleague"
    answer = client.post("/desk/absence/", {"since": TODAY(), "until": TODAY() + WEEK, "deputy": "colleague"})
    assert answer.status_code == 422
    assert "You have a deputy in that time already." in answer.content.decode()
    assert client.post("/desk/absence/", {"since": TODAY(), "until": TODAY(), "deputy": "verifier"}).status_code == 422
    assert "You act for owner until" in signed_in(client, "colleague").get("/desk/").content.decode()


def test_the_database_refuses_a_deputy_without_an_end_and_who_stands_in_for_themselves():
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(user=person("stranger"), country_id="KEN", given_by="x", on_behalf_of="owner")
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person="owner", deputy="owner", since=TODAY(), until=TODAY(), made_by="owner", made_at=timezone.now())


def test_whatever_a_deputy_does_says_on_whose_behalf(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    away()
    stranger = person("stranger")
    evidence = results.enter("evidence", {"record": "changes:C", "title": "A gazette", "kind": "document"}, by=stranger)
    file = results.attach(evidence, b"%PDF-1.7\n%%EOF\n", name="gazette.pdf", by=stranger)
    results.detach(file, by=stranger)
    actions.retract(actions.comment("entry", str(evidence.pk), "Which one?", by=stranger).comment, by=stranger)
    actions.comment("changes", "C", "Which one?", by=stranger)
    results.withdraw(evidence, by=stranger)
    told = Event.objects.filter(actor="stranger").order_by("id").values_list("deed", "on_behalf_of")
    assert list(told) == [(deed, "owner") for deed in ("enter", "attach", "detach", "comment", "retract", "comment", "withdraw")]
    actions.comment("entry", str(entered(by="focal").pk), "Mine", by=person("focal"))
    assert Event.objects.latest("id").on_behalf_of == ""


def test_a_verifiers_deputy_verifies_and_returns_on_their_behalf():
    first, second = entered(), entered()
    results.submit([first, second], by=person("owner"))
    away("verifier", "second_verifier")
    results.verify([first], by=person("second_verifier"))
    results.send_back([second], by=person("second_verifier"), reason="Which gazette?")
    results.send_back([first], by=person("manager"), reason="Which gazette?")
    told = Event.objects.filter(deed__in=("verify", "return")).order_by("id").values_list("deed", "on_behalf_of")
    assert list(told) == [("verify", "verifier"), ("return", "verifier"), ("return", "")]


@pytest.mark.parametrize(("deputy", "brought"), [("stranger", ""), ("nobodys", "owner")])
def test_a_workbook_that_a_deputy_brings_is_seen_by_who_is_away(client, settings, tmp_path, deputy, brought):
    settings.PRIVATE_FILES = tmp_path
    by = person("nobodys", "contributor", ()) if deputy == "nobodys" else person(deputy)
    away(deputy=by.username)
    there = jobs.bring(workbook(changes=[{"change": "U", **CHANGE}]), name="kenya.xlsx", by=by)
    assert Event.objects.get(deed="upload").on_behalf_of == brought
    page = f"/workbench/uploads/{there.pk}/"
    assert signed_in(client, "owner").get(page).status_code == 200
    jobs.accept(there, by=by)
    assert Event.objects.get(deed="accept_upload").on_behalf_of == "owner"
    assert signed_in(client, "owner").get(page).status_code == 200
    assert signed_in(client, "colleague").get(page).status_code == 404
    own = jobs.bring(workbook(changes=[{"change": "N", **CHANGE, "country": "Nepal"}]), name="nepal.xlsx", by=by)
    assert signed_in(client, "owner").get(f"/workbench/uploads/{own.pk}/").status_code == 404


def test_what_is_given_back_to_who_is_away_is_lent_again(client):
    from socle_web.places.actions import give_countries

    administrator, project = person("administrator"), Project.objects.get(key="PR")
    results.give_project(person("owner"), project, by=administrator)
    away()
    give_countries(person("owner"), [], by=administrator)
    page = f"/workbench/people/{person('stranger').username}/projects/"
    assert "<code>PR</code>" in signed_in(client, "administrator").get(page).content.decode()
    results.take_project(person("owner"), project, by=administrator)
    assert "<code>PR</code>" not in signed_in(client, "administrator").get(page).content.decode(), "who lent it has it no more"
    assert (countries_of(person("stranger")), projects_of(person("stranger"))) == ({"NPL"}, set())
    give_countries(person("owner"), ["KEN"], by=administrator)
    results.give_project(person("owner"), project, by=administrator)
    assert (countries_of(person("stranger")), projects_of(person("stranger"))) == ({"NPL", "KEN"}, {"PR"})
