"""Pages of inquiries: what waits and what is late, findings beside their rows, both files where two bring at once."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle_web.coverage.actions import inquiries, threads
from socle_web.coverage.models import Inquiry, Round, Thread
from tests.people import person
from tests.unit.web_coverage.inquiries import (
    BROKEN,
    SHEETS,
    answered,
    as_csv,
    as_zip,
    asked,
    bring,
    opened,
    published,
    submitted,
    validated,
)

pytestmark = pytest.mark.django_db


def signed(client, who="owner"):
    client.force_login(person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client, inquiry, rest=""):
    answer = client.get(f"/coverage/work/inquiries/{inquiry.pk}/{rest}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client, inquiry, content, *, name="inquiry.zip", saves=1):
    return client.post(f"/coverage/work/inquiries/{inquiry.pk}/bring/", {"file": SimpleUploadedFile(name, content), "saves": str(saves)})


def do(client, inquiry, deed, **more):
    client.post(f"/coverage/work/inquiries/{inquiry.pk}/do/", {"deed": deed, **more})
    inquiry.refresh_from_db()
    return inquiry.state


def test_the_manager_opens_a_round_and_sees_who_is_late(client):
    signed(client, "manager")
    answer = client.post("/coverage/work/rounds/new/", {
        "title": "Inquiry of 2025", "year": "2025", "opens_on": "2026-01-01", "due_on": "2026-02-01", "countries": ["KEN", "MWI"]})
    assert answer.status_code == 302
    told = client.get(answer.headers["Location"]).content.decode()
    late = (date.today() - date(2026, 2, 1)).days
    assert f"{late} days late" in told
    assert "2 countries are late" in told


@pytest.mark.parametrize("wrong", [{"title": ""}, {"year": "next"}, {"due_on": "2025-01-01"}, {"countries": []}])
def test_a_round_that_makes_no_sense_is_shown_again_with_what_is_wrong(client, wrong):
    answer = signed(client, "manager").post("/coverage/work/rounds/new/", {
        "title": "Inquiry", "year": "2025", "opens_on": "2026-01-01", "due_on": "2026-02-01", "countries": ["KEN"], **wrong})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Round.objects.exists()


def test_the_questionnaire_is_a_workbook_with_its_sheets(client):
    answer = signed(client).get(f"/coverage/work/inquiries/{asked().pk}/questionnaire.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="inquiry-ken-2025.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames[:3] == ["read_me", "schemes", "benefits"]


def test_every_finding_of_a_file_stands_with_its_place_and_beside_its_row(client):
    inquiry = asked()
    assert sent(signed(client), inquiry, as_zip({**SHEETS, "recipients": BROKEN})).status_code == 302
    told = page(client, inquiry)
    for said in ("row 2", "<code>persons</code>", "many", "no-such", "twenty", "Mend the file"):
        assert said in told, said
    table = page(client, inquiry, "sheets/recipients/")
    assert re.search(r'<tr id="row-2">.*?<td class="error">many</td>', table, re.DOTALL)
    assert table.count('class="error"') == 3


def test_a_file_that_cannot_be_read_is_refused_in_words(client):
    inquiry = asked()
    for content, name in ((b"%PDF-1.4", "a.pdf"), (b"", "recipients.csv"), (b"PK\x03\x04", "a.xlsx"), (b"a,b\n", "people.csv")):
        answer = sent(signed(client), inquiry, content, name=name)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    answer = client.post(f"/coverage/work/inquiries/{inquiry.pk}/bring/", {"saves": "1"})
    assert "No file was chosen" in answer.content.decode()


def test_two_who_bring_at_once_see_both_and_choose(client):
    inquiry = asked()
    bring(inquiry, by="colleague")
    theirs = SHEETS["recipients"][1]
    mine = [*theirs[:6], "1200", *theirs[7:]]
    answer = sent(signed(client), inquiry, as_csv([SHEETS["recipients"][0], mine]), name="recipients.csv", saves=1)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"<del>.*1000.*</del>", told)
    assert re.search(r"<ins>.*1200.*</ins>", told)
    address = re.search(r'action="([^"]*/brought/\d+/)"', told)[1]
    assert client.get(address).status_code == 200
    assert "not taken over" in page(client, inquiry)
    assert client.post(address, {"saves": "2"}).status_code == 302
    assert "1200" in page(client, inquiry, "sheets/recipients/")


def test_from_the_questionnaire_to_the_lock(client):
    inquiry = asked()
    sent(signed(client), inquiry, as_zip({**SHEETS, "people": [["x"], ["1"]]}))
    for thread in inquiry.threads.filter(state="open"):
        answer = client.post(f"/coverage/work/inquiries/{inquiry.pk}/threads/{thread.pk}/", {"deed": "accept", "text": "It is so."})
        assert answer.headers["Location"].endswith(f"#thread-{thread.pk}")
    assert do(client, inquiry, "submit") == "submitted"
    signed(client, "verifier")
    client.post(f"/coverage/work/inquiries/{inquiry.pk}/query/", {"sheet": "recipients", "row": "2", "column": "persons", "text": "Which?"})
    inquiry.refresh_from_db()
    assert inquiry.state == "queried"
    query = inquiry.threads.get(kind="query")
    assert "Which?" in page(signed(client), inquiry)
    client.post(f"/coverage/work/inquiries/{inquiry.pk}/threads/{query.pk}/", {"deed": "say", "text": "The fund's."})
    assert do(client, inquiry, "submit") == "submitted"
    signed(client, "verifier")
    client.post(f"/coverage/work/inquiries/{inquiry.pk}/threads/{query.pk}/", {"deed": "settle"})
    assert do(client, inquiry, "validate") == "validated"
    told = page(client, inquiry)
    assert "It is locked." in told
    assert "validated an inquiry" in told
    assert "Bring a file</a>" not in told


def test_who_had_a_hand_in_it_is_told_and_not_offered_to_validate(client):
    inquiry = asked()
    bring(inquiry, by="manager")
    answered(inquiry, by="manager")
    inquiries.submit_inquiry(inquiry, by=person("owner"))
    told = page(signed(client, "manager"), inquiry)
    assert "somebody else validates it" in told
    assert 'value="validate"' not in told


def test_the_figures_of_last_time_stand_beside_those_of_this_time(client):
    validated()
    second = asked(year=2026, title="Inquiry of 2026")
    row = ["old-age", "2026", "total", "", "", "", "1250", "A register", "reported"]
    bring(second, as_csv([SHEETS["recipients"][0], row]), name="recipients.csv")
    told = page(signed(client), second, "compare/")
    assert re.search(r"1,000</td><td[^>]*>1,250</td><td[^>]*>\+25\.0%", told)
    assert "missing" in told, "the denominators were not brought again"


def test_a_reminder_is_sent_from_the_page(client):
    person("owner")
    inquiry = asked()
    client = signed(client, "manager")
    client.post(f"/coverage/work/rounds/{inquiry.round_id}/do/", {"deed": "remind"})
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert f"/coverage/work/inquiries/{inquiry.pk}/" in mail.outbox[0].body
    answer = client.post(f"/coverage/work/inquiries/{inquiry.pk}/do/", {"deed": "remind"}, follow=True)
    assert "Reminded today already: Kenya." in answer.content.decode()


def test_a_published_inquiry_says_so(client, monkeypatch):
    inquiry = published(monkeypatch)
    told = page(signed(client), inquiry)
    assert "Its figures are published" in told
    assert client.get(re.search(r'href="([^"]*)">The published edition', told)[1]).status_code == 200
    assert do(signed(client, "manager"), inquiry, "withdraw", reason="Of another year") == "withdrawn"
    assert "Of another year" in page(client, inquiry)


@pytest.mark.parametrize("who", ["owner", "colleague", "focal", "verifier", "manager"])
def test_those_who_act_for_the_country_see_the_inquiry(client, who):
    inquiry = asked()
    assert "Kenya" in page(signed(client, who), inquiry)
    assert "Inquiry of 2025" in client.get("/coverage/work/").content.decode()


def test_a_stranger_sees_nothing_of_it(client):
    inquiry = submitted()
    delivery, thread = inquiry.deliveries.first(), Thread.objects.create(
        inquiry=inquiry, kind="warning", code="x", message="x", mark="m", opened_at=inquiry.opened_at)
    signed(client, "stranger")
    for rest in ("", "bring/", "questionnaire.xlsx", "sheets/recipients/", "compare/", "query/", f"brought/{delivery.pk}/"):
        assert client.get(f"/coverage/work/inquiries/{inquiry.pk}/{rest}").status_code == 404, rest
    for rest in ("do/", f"threads/{thread.pk}/", "bring/", "query/"):
        assert client.post(f"/coverage/work/inquiries/{inquiry.pk}/{rest}", {"deed": "submit"}).status_code == 404, rest
    assert client.get(f"/coverage/work/rounds/{inquiry.round_id}/").status_code == 404
    assert "Inquiry of 2025" not in client.get("/coverage/work/").content.decode()


def test_a_round_shows_somebody_only_the_countries_they_act_for(client):
    there = opened(("KEN", "MWI", "NPL"))
    told = signed(client).get(f"/coverage/work/rounds/{there.pk}/").content.decode()
    assert "Kenya" in told
    assert "Nepal" not in told
    assert "Malawi" not in told
    assert 'value="remind"' not in told


@pytest.mark.parametrize("who", ["reader", "administrator"])
def test_who_does_not_work_here_does_not_come_in(client, who):
    assert signed(client, who).get("/coverage/work/").status_code == 403


def test_nothing_of_a_file_runs_in_a_page(client):
    evil = '<script>alert(1)</script>'
    inquiry = asked()
    bring(inquiry, as_zip({**SHEETS, "recipients": [SHEETS["recipients"][0], [evil, "2025", evil, "", "", "", evil, evil, ""]]}))
    for thread in inquiry.threads.all():
        threads.say(thread, evil, by=person("owner"))
    for rest in ("", "sheets/recipients/"):
        assert "<script>alert" not in page(signed(client), inquiry, rest)


def asked_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_how_many_questions_a_page_asks_does_not_depend_on_how_much_there_is(client):
    signed(client, "manager").get("/coverage/work/")  # the first answer renews the session
    few, many = opened(("KEN",), title="Few"), opened(("MWI", "NPL", "ZMB", "RWA", "UGA"), title="Many")
    assert asked_of(client, f"/coverage/work/rounds/{few.pk}/") == asked_of(client, f"/coverage/work/rounds/{many.pk}/")
    small, large = few.inquiries.get(), many.inquiries.get(country="MWI")
    rows = [[*row[:3], f"{n}-{n + 4}", *row[4:]] for n in range(0, 100, 5) for row in BROKEN[1:]]
    bring(small, as_zip({**SHEETS, "recipients": BROKEN}), by="manager")
    bring(large, as_zip({**SHEETS, "recipients": [BROKEN[0], *rows]}), by="manager")
    for inquiry in (small, large):
        for thread in inquiry.threads.all():
            threads.say(thread, "Why?", by=person("manager"))
    for rest in ("", "sheets/recipients/", "bring/"):
        asked_for = {asked_of(client, f"/coverage/work/inquiries/{inquiry.pk}/{rest}") for inquiry in (small, large)}
        assert len(asked_for) == 1, rest
    before = asked_of(client, "/coverage/work/")
    opened(("BGD", "BTN"), title="More")
    assert asked_of(client, "/coverage/work/") == before
    assert Inquiry.objects.count() == 8
