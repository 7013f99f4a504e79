"""The mails of the day."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from socle.errors import InputError
from socle_web.audit.models import Event
from socle_web.desk import actions
from socle_web.desk.models import Reminder
from tests.people import person
from tests.unit.web_desk.conftest import returned, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]

TODAY = timezone.localdate
SITE = "https://socle.example"


def by_person():
    return {message.to[0].partition("@")[0]: message for message in mail.outbox}


@pytest.fixture
def late(programme, people):
    return actions.plan_round("Results of 2023", start=date(2023, 1, 1), end=date(2023, 12, 31), opens_on=TODAY() - timedelta(9),
                              due_on=TODAY() - timedelta(2), owners={"KEN": "focal"}, by=person("manager"))


def test_everybody_for_whom_something_waits_gets_one_mail(late):
    returned(title="A returned law")
    submitted(title="A law to verify")
    actions.remind(on=TODAY(), site=SITE)
    there = by_person()
    assert set(there) == {"owner", "colleague", "focal", "verifier", "second_verifier", "manager"}
    owner = there["owner"]
    assert owner.subject == "Socle: something is late"
    assert "Results of 2023: Kenya" in owner.body
    assert "2 days late" in owner.body
    assert "A returned law: The gazette says 2023." in owner.body
    assert f"{SITE}/desk/" in owner.body
    assert "A law to verify" in there["verifier"].body
    assert "A law to verify" not in owner.body
    assert there["verifier"].subject == "Socle: what waits on your desk"
    event = Event.objects.get(deed="remind")
    assert sorted(event.summary["people"]) == sorted(there)


def test_a_second_run_on_the_same_day_sends_nothing(late):
    actions.remind(on=TODAY(), site=SITE)
    sent = len(mail.outbox)
    again = actions.remind(on=TODAY(), site=SITE)
    assert (len(mail.outbox), again.already, again.sent) == (sent, sent, ())
    assert Event.objects.filter(deed="remind").count() == 1
    actions.remind(on=TODAY() + timedelta(1), site=SITE)
    assert len(mail.outbox) == 2 * sent


def test_a_dry_run_sends_nothing_and_notes_nothing(late, capsys):
    call_command("remind", "--dry-run", "--site", SITE)
    assert not mail.outbox
    assert not Reminder.objects.exists()
    assert not Event.objects.filter(deed="remind").exists()
    said = capsys.readouterr().out
    assert "To: focal@example.org" in said
    assert "would be sent" in said


def test_a_mail_that_could_not_be_sent_is_tried_again(late, monkeypatch):
    def broken(*args, **options):
        raise SMTPServerDisconnected

    monkeypatch.setattr("socle_web.desk.actions.reminding.send_mail", broken)
    with pytest.raises(SystemExit):
        call_command("remind")
    assert not Reminder.objects.exists()
    monkeypatch.undo()
    call_command("remind")
    assert mail.outbox


@pytest.mark.parametrize(("language", "address"), [("fr", f"{SITE}/fr/desk/"), ("es", f"{SITE}/es/desk/"), ("en", f"{SITE}/desk/")])
def test_a_mail_is_in_the_language_in_which_somebody_last_read_the_news(late, language, address):
    actions.look(person("focal"), event=0, language=language)
    actions.remind(on=TODAY(), site=SITE)
    body = by_person()["focal"].body
    assert address in body
    assert {"fr": "Kenya", "es": "Kenya", "en": "Kenya"}[language] in body


def test_nobody_without_a_role_at_work_or_without_anything_waiting_is_written_to(late):
    actions.remind(on=TODAY(), site=SITE)
    assert not {"reader", "administrator", "stranger", "verifier"} & set(by_person())


def test_a_day_that_is_none_is_refused():
    with pytest.raises(InputError):
        call_command("remind", "--on", "tomorrow")
