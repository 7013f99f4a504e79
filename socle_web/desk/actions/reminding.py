"""One mail a person and day: what is due, late, returned, waiting. Meant to be run every morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.desk import addresses
from socle_web.desk.models import Reminder, Seen
from socle_web.desk.queries.work import Desk, desk

BY = "socle-web remind"


@dataclass(frozen=True, slots=True)
class Mail:
    person: User
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Reminded:
    sent: tuple[Mail, ...]
    failed: tuple[str, ...]
    already: int


def remind(*, on: date, site: str, dry_run: bool = False) -> Reminded:
    """Mail everybody for whom something waits, once a day. ``site``: where the desk is, without a slash at the end."""
    had_theirs = set(Reminder.objects.filter(day=on).values_list("person", flat=True))
    sent, failed, already = [], [], 0
    for mail in mails(on=on, site=site):
        if mail.person.username in had_theirs:
            already += 1
        elif dry_run or _sent(mail, on=on):
            sent.append(mail)
        else:
            failed.append(mail.person.username)
    if sent and not dry_run:
        with deed():
            record("remind", by=BY, subject=("reminders", on.isoformat()),
                   summary={"people": [mail.person.username for mail in sent], "failed": failed})
    return Reminded(tuple(sent), tuple(failed), already)


def mails(*, on: date, site: str) -> Iterator[Mail]:
    """What would be sent, in the language in which each person last read the news."""
    languages = dict(Seen.objects.exclude(language="").values_list("person", "language"))
    for person in User.objects.filter(is_active=True, is_client=False).exclude(email="").order_by("username"):
        if not person.plays.may or person.role == "administrator":
            continue
        there = desk(person, on=on)
        if there.is_empty:
            continue
        language = languages.get(person.username, settings.LANGUAGE_CODE)
        with translation.override(language):
            told = {"desk": there, "person": person, "address": f"{site}{addresses.desk()}"}
            yield Mail(person, language, subject_of(there), render_to_string("desk/reminder.txt", told))


def subject_of(there: Desk) -> str:
    late = sum(duty.round.due_on < there.on for duty in there.duties.rows)
    late += sum(action.due_on is not None and action.due_on < there.on for action in there.actions.rows)
    return _("Socle: something is late") if late else _("Socle: what waits on your desk")


def _sent(mail: Mail, *, on: date) -> bool:
    """Noted before it is sent, so that nobody ever gets two; forgotten again when it could not be sent."""
    reminder, new = Reminder.objects.get_or_create(person=mail.person.username, day=on, defaults={"sent_at": timezone.now()})
    if not new:
        return False
    try:
        send_mail(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.person.email])
    except (OSError, SMTPException):
        reminder.delete()
        return False
    return True
