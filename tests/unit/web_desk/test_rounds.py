"""The life of a reporting round."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.desk import actions, dates
from socle_web.desk.models import Duty, Round
from socle_web.desk.queries.rounds import late_of, open_round, suggested_owners
from socle_web.desk.queries.work import desk
from tests.people import person
from tests.unit.web_desk.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]

TODAY = timezone.localdate


def planned(*, opens=-5, due=20, **owners):
    return actions.plan_round("Results of 2023", start=date(2023, 1, 1), end=date(2023, 12, 31), opens_on=TODAY() + timedelta(opens),
                              due_on=TODAY() + timedelta(due), owners=owners or {"KEN": "focal", "NPL": ""}, by=person("manager"))


def part(there, country="KEN"):
    return Duty.objects.select_related("round").get(round=there, country=country)


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value


def test_a_round_is_planned_reported_reopened_and_closed():
    there = planned()
    actions.complete_round(part(there), by=person("focal"), note="No evidence was published.")
    actions.reopen_round(part(there), by=person("focal"), reason="A new survey")
    actions.complete_round(part(there), by=person("focal"), note="All is there.")
    actions.change_owner(part(there, "NPL"), "manager", by=person("manager"))
    refused("reason_needed", actions.close_round, there, by=person("manager"))
    actions.close_round(there, by=person("manager"), reason="Nepal reports next year")
    told = list(Event.objects.filter(subject_kind="round").order_by("id").values_list("deed", "subject_key"))
    assert [deed for deed, _key in told] == ["plan_round", "complete_round", "reopen_round", "complete_round", "change_owner", "close_round"]
    assert {key for _deed, key in told} == {str(there.pk)}
    for deed, options in ((actions.complete_round, {"note": "x"}), (actions.reopen_round, {"reason": "x"})):
        refused("closed", deed, part(there), by=person("focal"), **options)
    refused("closed", actions.close_round, there, by=person("manager"), reason="Again")


def test_it_says_what_is_missing_before_it_is_complete():
    there = planned()
    refused("reason_needed", actions.complete_round, part(there), by=person("focal"))
    actions.complete_round(part(there), by=person("focal"), note="That is all.")
    assert Event.objects.get(deed="complete_round").summary["missing"] == {"changes": 1}


def test_a_country_with_everything_is_complete_without_a_word():
    there = planned(TGO="")
    actions.complete_round(part(there, "TGO"), by=person("manager"))
    assert part(there, "TGO").done_by == "manager"
    refused("done", actions.complete_round, part(there, "TGO"), by=person("manager"))


@pytest.mark.parametrize("name", ["owner", "colleague", "stranger", "verifier", "reader", "administrator"])
def test_only_the_focal_point_and_the_manager_say_that_it_is_complete(client, name):
    there = planned()
    refused("not_yours", actions.complete_round, part(there), by=person(name), note="x")
    refused("not_yours", actions.reopen_round, part(there), by=person(name), reason="x")
    refused("refused", actions.change_owner, part(there), "", by=person(name))
    refused("refused", actions.close_round, there, by=person(name), reason="x")
    answer = signed_in(client, name).post(f"/desk/calendar/{there.pk}/KEN/", {"complete": "", "note": "x"}, follow=True)
    assert answer.status_code in (200, 403, 404)
    assert not Duty.objects.exclude(done_by="").exists()
    assert client.post(f"/desk/calendar/{there.pk}/close/", {"reason": "x"}).status_code == 403
    assert client.post("/desk/calendar/plan/", {}).status_code == 403


def test_a_focal_point_of_elsewhere_says_nothing_of_it():
    refused("not_yours", actions.complete_round, part(planned(), "NPL"), by=person("focal"), note="x")


@pytest.mark.parametrize(("code", "change"), [
    ("no_title", {"title": "  "}), ("no_period", {"end": date(2022, 1, 1)}), ("no_time", {"due_on": date(2000, 1, 1)}),
    ("no_countries", {"owners": {}}), ("unknown_country", {"owners": {"XYZ": ""}}), ("not_able", {"owners": {"KEN": "owner"}}),
    ("not_able", {"owners": {"NPL": "focal"}}), ("not_able", {"owners": {"KEN": "nobody"}})])
def test_a_round_that_makes_no_sense_is_refused(code, change):
    given = {"title": "A round", "start": date(2023, 1, 1), "end": date(2023, 12, 31), "opens_on": TODAY(), "due_on": TODAY(),
             "owners": {"KEN": ""}}
    refused(code, lambda: actions.plan_round(**given | change, by=person("manager")))
    assert not Round.objects.exists()


def test_a_round_is_on_the_desk_from_the_day_it_opens_until_it_is_complete():
    def due(name):
        return [duty.country_id for duty in desk(person(name), on=TODAY()).duties.rows]

    there = planned(opens=1)
    assert due("focal") == []
    Round.objects.update(opens_on=TODAY())
    assert (due("focal"), due("owner"), due("stranger"), due("verifier"), due("reader")) == (["KEN"], ["KEN"], ["NPL"], [], [])
    actions.complete_round(part(there), by=person("focal"), note="x")
    assert due("focal") == []


def test_the_manager_sees_what_is_late_and_what_they_answer_for():
    def due():
        return [duty.country_id for duty in desk(person("manager"), on=TODAY()).duties.rows]

    planned(KEN="focal", NPL="manager")
    assert due() == ["NPL"]
    Round.objects.update(due_on=TODAY() - timedelta(1))
    assert due() == ["KEN", "NPL"]


def test_late_countries_are_listed_until_they_are_complete_or_the_round_is_closed(client):
    there = planned(due=-1)
    assert [duty.country_id for duty in late_of(None, on=TODAY())] == ["KEN", "NPL"]
    assert "1 day late" in signed_in(client, "focal").get("/desk/calendar/").content.decode()
    actions.complete_round(part(there), by=person("focal"), note="x")
    assert [duty.country_id for duty in late_of(None, on=TODAY())] == ["NPL"]
    actions.close_round(there, by=person("manager"), reason="x")
    assert not late_of(None, on=TODAY())
    assert open_round(None, on=TODAY()) is None


def test_owners_are_suggested_from_the_focal_points():
    assert suggested_owners() == {"KEN": "focal", "MWI": "focal"}


def test_a_round_is_planned_on_the_page(client):
    sent = {"title": "Results of 2025", "start": "2025-01-01", "end": "2025-12-31", "opens_on": TODAY(), "due_on": TODAY(),
            "countries": ["KEN", "XYZ"], "owner-KEN": "focal"}
    answer = signed_in(client, "manager").post("/desk/calendar/plan/", sent)
    there = Round.objects.get()
    assert answer["Location"] == f"/desk/calendar/{there.pk}/"
    assert [(duty.country_id, duty.owner) for duty in there.duties.all()] == [("KEN", "focal")]
    assert client.post("/desk/calendar/plan/", sent | {"owner-KEN": "owner"}).status_code == 422
    assert client.post("/desk/calendar/plan/", {}).status_code == 422
    client.post(f"/desk/calendar/{there.pk}/KEN/", {"own": "", "owner": "manager"})
    assert part(there).owner == "manager"
    client.post(f"/desk/calendar/{there.pk}/KEN/", {"complete": "", "note": "All is there."})
    client.post(f"/desk/calendar/{there.pk}/KEN/", {"reopen": "", "reason": ""})
    assert part(there).is_done
    client.post(f"/desk/calendar/{there.pk}/KEN/", {"reopen": "", "reason": "Not quite"})
    assert not part(there).is_done


def test_the_due_dates_go_into_a_calendar(client):
    planned(KEN="", MWI="")
    answer = signed_in(client, "owner").get("/desk/calendar.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "SUMMARY:Due: Results of 2023\r\n" in text
    assert f"DTSTART;VALUE=DATE:{TODAY() + timedelta(20):%Y%m%d}\r\n" in text
    assert "Malawi" not in text
    assert "Results of 2023" not in signed_in(client, "stranger").get("/desk/calendar.ics").content.decode()


def test_a_line_of_a_calendar_is_short_and_escaped():
    assert dates.escaped("a,b;c\\d\ne\r\nf") == "a\\,b\\;c\\\\d\\ne\\nf"
    folded = list(dates.folded("é" * 100))
    assert all(len(part.encode()) <= 75 for part in folded)
    assert "".join(part.removeprefix(" ") for part in folded) == "é" * 100


def test_the_database_refuses_a_country_twice_and_a_completion_by_nobody():
    there = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(round=there, country_id="KEN")
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.update(done_at=timezone.now())
