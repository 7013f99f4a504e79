"""Every page of the desk, by everybody; and what a page asks of the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from socle_web.desk import actions
from socle_web.desk.models import Absence, Comment, Round
from socle_web.places.models import Mandate
from tests.people import CAST, person
from tests.unit.web_desk.conftest import entered, returned, signed_in, submitted, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]

WORKERS = {"owner", "colleague", "focal", "stranger", "verifier", "second_verifier", "manager"}
EVERYWHERE = {"verifier", "second_verifier", "manager"}
FOR_KENYA = {"owner", "colleague", "focal", *EVERYWHERE}
#: Who is shown each page. Who is not: refused, or (of a record in other hands) told that there is no such page.
SHOWN = {
    "/desk/": set(CAST), "/desk/news/": set(CAST), "/desk/absence/": WORKERS, "/desk/calendar/": WORKERS,
    "/desk/calendar.ics": WORKERS, "/desk/calendar/plan/": {"manager"}, "/desk/calendar/{round}/": FOR_KENYA,
    "/desk/calendar/{round}/KEN/": FOR_KENYA, "/desk/board/": {"manager"}, "/desk/evaluation/": WORKERS,
}


@pytest.fixture
def a_round(programme, people):
    return planned()


def planned(**owners):
    today = timezone.localdate()
    return actions.plan_round("Results of 2024", start=date(2024, 1, 1), end=date(2024, 12, 31), opens_on=today - timedelta(5),
                              due_on=today + timedelta(20), owners=owners or {"KEN": "focal"}, by=person("manager"))


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("address", SHOWN)
def test_a_page_is_shown_to_those_it_is_for(client, a_round, address, name):
    answer = signed_in(client, name).get(address.format(round=a_round.pk))
    if name in SHOWN[address]:
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    else:
        assert answer.status_code == (404 if name == "stranger" and "{round}" in address else 403)


@pytest.mark.parametrize("address", SHOWN)
def test_who_is_not_signed_in_is_asked_to_on_every_page(client, a_round, address):
    answer = client.get(address.format(round=a_round.pk))
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/?next=")) == (302, True)


@pytest.mark.parametrize("address", ["/desk/news/read/", "/desk/comments/", "/desk/comments/1/retract/", "/desk/absence/1/end/",
                                     "/desk/calendar/1/close/"])
def test_what_is_only_sent_is_not_read(client, address):
    assert signed_in(client, "manager").get(address).status_code == 405


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_desk_is_there_in_every_language(client, language):
    assert signed_in(client, "owner").get(f"/{language}/desk/").status_code == 200


def more(client):
    """More of everything: countries, rounds, entries in every state, comments, absences."""
    number = Round.objects.count()
    for code in ("KEN", "MWI", "NPL", "LAO", "TGO")[: number + 2]:
        for name in ("owner", "focal"):
            Mandate.objects.get_or_create(user=person(name), country_id=code, on_behalf_of="", defaults={"given_by": "administrator"})
    planned(**dict.fromkeys(("KEN", "MWI", "NPL", "LAO", "TGO")[:number + 2], ""))
    for n in range(3):
        said = {"title": f"Law {number}-{n}"}
        entry = returned(**said)
        actions.comment("entry", str(entry.pk), f"@owner @focal @manager @verifier look {n}", by=person("colleague"))
        submitted(**said)
        verified(**said)
        entered(**said)
    since = timezone.localdate() + timedelta(100 * number)
    actions.delegate(person("colleague"), since=since, until=since + timedelta(3), by=person("owner"))


@pytest.mark.parametrize("name", ["owner", "focal", "verifier", "manager"])
@pytest.mark.parametrize("address", [a for a in SHOWN if a != "/desk/calendar.ics"])
def test_no_page_asks_more_of_the_database_when_there_is_more(client, address, name):
    if name not in SHOWN[address]:
        return
    counts = []
    for _ in range(2):
        more(client)
        signed_in(client, name).get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format(round=Round.objects.earliest("pk").pk)).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0], [q["sql"][:150] for q in asked]
    assert counts[1] < 40


def test_long_lists_show_ten_and_say_how_many_there_are(client):
    for n in range(12):
        returned(title=f"Law {n}")
    page = signed_in(client, "owner").get("/desk/").content.decode()
    assert page.count("The gazette says 2023.") == 10
    assert "All 12" in page


def test_what_was_typed_and_not_saved_can_be_taken_up_again(client):
    from socle_web.results.actions import keep_typing

    keep_typing(person("owner"), "changes/new", {"title": "Half a law"})
    assert "Half a law" in signed_in(client, "owner").get("/desk/").content.decode()
    assert "Half a law" not in signed_in(client, "colleague").get("/desk/").content.decode()


def test_the_workbook_of_each_country_is_one_click_away(client):
    page = signed_in(client, "focal").get("/desk/").content.decode()
    assert "/workbench/templates/KEN.xlsx" in page
    assert "/workbench/templates/MWI.xlsx" in page
    assert "/workbench/templates/NPL.xlsx" not in page


def test_nothing_of_the_desk_is_left_behind_by_looking(client):
    signed_in(client, "owner").get("/desk/")
    client.get("/desk/news/")
    assert not Comment.objects.exists()
    assert not Absence.objects.exists()


@pytest.mark.parametrize("address", ["calendar/1/%00/", "calendar/1/XYZ/", "calendar/99999999999999999999/", "calendar/99999999999999999999/KEN/",
                                     "calendar/0/", "board/?sort=%00&down=%00", "news/?x=%00"])
def test_rubbish_in_an_address_breaks_nothing(client, address):
    assert signed_in(client, "manager").get(f"/desk/{address}").status_code in (200, 404)


@pytest.mark.parametrize("sent", [{"since": "9999-12-31", "until": "9999-12-31"}, {"since": "x", "until": "\x00"}, {"since": "0001-01-01"}])
def test_rubbish_in_a_form_is_shown_to_whoever_typed_it(client, sent):
    assert signed_in(client, "manager").post("/desk/absence/", {"deputy": "\x00", **sent}).status_code == 422
    plan = {"title": "\x00", "countries": ["KEN", "\x00"], "owner-KEN": "\x00", "start": sent["since"], "end": sent["since"],
            "opens_on": sent["since"], "due_on": sent["since"]}
    assert client.post("/desk/calendar/plan/", plan).status_code == 422
    assert client.post("/desk/comments/", {"kind": "\x00", "key": "\x00", "text": "\x00"}).status_code == 302
