"""Mails to those who answer for a country: its inquiry waits. Once a day and inquiry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.roles import ROLES
from socle_web.audit.actions import deed, record
from socle_web.coverage.models.rounds import Inquiry, InquiryReminder
from socle_web.coverage.round_permissions import may_remind, plans_rounds, require
from socle_web.places.models import Mandate

Address = Callable[[Inquiry], str]


@dataclass(frozen=True)
class InquiryReminded:
    """``sent``: mails by country; ``nobody``: countries for which nobody with an address answers; ``already``: those that were
    reminded today; ``failed``: whose mails could not be sent."""

    sent: dict[str, int]
    nobody: tuple[str, ...]
    already: tuple[str, ...]
    failed: tuple[str, ...]


def remind_inquiries(inquiries: Iterable[Inquiry], *, on: date, address: Address, by: User) -> InquiryReminded:
    """Mail everybody with a mandate for the country of each inquiry that waits for it. ``address``: where an inquiry is."""
    require(plans_rounds(by), _("Your role does not send reminders."))
    waiting = [one for one in inquiries if may_remind(by, one)]
    require(bool(waiting), _("No country has to be reminded."), code="nobody_waits")
    had = set(InquiryReminder.objects.filter(inquiry__in=waiting, day=on).values_list("inquiry", flat=True))
    people = _answering({one.country_id for one in waiting})
    sent: dict[str, int] = {}
    nobody, already, failed = [], [], []
    for one in waiting:
        to = people.get(one.country_id, [])
        if one.pk in had:
            already.append(one.country_id)
        elif not to:
            nobody.append(one.country_id)
        elif _mailed(one, to, on=on, address=address(one), by=by):
            sent[one.country_id] = len(to)
        else:
            failed.append(one.country_id)
    return InquiryReminded(sent, tuple(nobody), tuple(already), tuple(failed))


def letter(inquiry: Inquiry, *, on: date, address: str) -> tuple[str, str]:
    """Subject and text, in every language of the site: who reads it is not asked for theirs."""
    subjects, texts = [], []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            subjects.append(_("Socle: the inquiry of %(country)s waits") % {"country": inquiry.country.name})
            texts.append(render_to_string("coverage/work/reminder.txt", {
                "inquiry": inquiry, "round": inquiry.round, "late": inquiry.round.due_on < on, "address": address}).strip())
    return subjects[0], "\n\n--\n\n".join(dict.fromkeys(texts)) + "\n"


def _mailed(inquiry: Inquiry, to: list[User], *, on: date, address: str, by: User) -> bool:
    """Noted with the mails that left, so that nobody gets two a day; a mail that could not be sent is none."""
    subject, text = letter(inquiry, on=on, address=address)
    with deed():
        noted, new = InquiryReminder.objects.get_or_create(inquiry=inquiry, day=on, defaults={
            "sent_at": timezone.now(), "by": by.username, "people": len(to)})
        if not new:
            return True
        left, not_sent = [], []
        for user in to:
            try:
                send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
                left.append(user.username)
            except (OSError, SMTPException):
                not_sent.append(user.username)
        if not left:
            noted.delete()
            return False
        noted.people = len(left)
        noted.save(update_fields=["people"])
        record("remind_inquiry", by=by.username, subject=("inquiry", str(inquiry.pk)),
               summary={"country": inquiry.country_id, "people": left, "failed": not_sent})
    return True


def _answering(countries: set[str]) -> dict[str, list[User]]:
    """By country the people who answer for it and have an address."""
    roles = [role.code for role in ROLES.values() if "enter" in role.may]
    held = (Mandate.objects.filter(country__in=countries, user__is_active=True, user__role__in=roles, user__is_client=False)
            .in_force().exclude(user__email="").select_related("user").order_by("user__username"))
    found: dict[str, dict[int, User]] = {}
    for mandate in held:
        found.setdefault(mandate.country_id, {})[mandate.user.pk] = mandate.user
    return {country: list(users.values()) for country, users in found.items()}
