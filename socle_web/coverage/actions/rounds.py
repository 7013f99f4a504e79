"""Inquiry rounds: opened for countries, each with a prefilled questionnaire; another country asked; closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from socle.tables import RawSheet
from socle.vocabulary import FIRST_YEAR, LAST_YEAR
from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage.models.rounds import LOCKED, Delivery, Inquiry, InquiryState, Round
from socle_web.coverage.prefilling import prefilled
from socle_web.coverage.round_permissions import plans_rounds, require
from socle_web.places.models import Country

LONGEST_NOTE = 5_000
PREFILLED = "prefilled"


def open_inquiry_round(title: str, *, year: int, opens_on: date, due_on: date, countries: Collection[str], by: User,
                       note: str = "") -> Round:
    """Ask countries about a year. Each finds a questionnaire in which what is known of it stands already."""
    _insist(by)
    title = title.replace("\x00", "").strip()[:200]
    require(bool(title), _("A round has a title."), remedy=_("Such as: Inquiry of 2026."), code="no_title")
    require(FIRST_YEAR <= year <= LAST_YEAR, _("There is no such year."), remedy=_("Write it with four digits."), code="no_year")
    require(due_on >= opens_on, _("The round would be due before it opens."), remedy=_("Check the dates."), code="no_time")
    require(bool(countries), _("A round has at least one country."), remedy=_("Tick the countries that are asked."),
            code="no_countries")
    wanted = sorted(set(countries))
    _refuse_unknown(wanted)
    prepared = [_prepared(country, year=year) for country in wanted]
    with deed():
        now = timezone.now()
        there = Round.objects.create(title=title, year=year, opens_on=opens_on, due_on=due_on, opened_by=by.username, opened_at=now,
                                     note=note.replace("\x00", "").strip()[:LONGEST_NOTE])
        for country, before, sheets in prepared:
            _ask(there, country, before, sheets, by=by)
        record("open_inquiry_round", by=by.username, subject=subject(there), summary={"countries": wanted}, after={
            "title": title, "year": year, "opens_on": opens_on.isoformat(), "due_on": due_on.isoformat(), "note": there.note})
    return there


def ask_country(round: Round, country: str, *, by: User) -> Inquiry:
    """Ask one more country, or one again whose inquiry was withdrawn: what it had brought is carried over."""
    _insist(by)
    _refuse_unknown([country])
    again = (Inquiry.objects.filter(round=round, country=country, state=InquiryState.WITHDRAWN).select_related("round")
             .order_by("-pk").first())
    _country, before, sheets = _prepared(country, year=round.year, again=again)
    with deed():
        there = Round.objects.select_for_update().get(pk=round.pk)
        require(not there.is_closed, _("The round is closed."), code="closed")
        asked = there.inquiries.filter(country=country).exclude(state=InquiryState.WITHDRAWN)
        require(not asked.exists(), _("This country is asked already."), code="asked_already")
        made = _ask(there, country, before, sheets, by=by)
        record("ask_country", by=by.username, subject=subject(there), summary={"country": country, "inquiry": made.pk})
    return made


def close_inquiry_round(round: Round, *, by: User, reason: str = "") -> Round:
    """End a round: nothing more is brought. While a country is not validated, ``reason`` says why it ends all the same."""
    _insist(by)
    with deed():
        there = Round.objects.select_for_update().get(pk=round.pk)
        require(not there.is_closed, _("The round is closed already."), code="closed")
        late = sorted(there.inquiries.exclude(state__in=(*LOCKED, InquiryState.WITHDRAWN)).values_list("country_id", flat=True))
        reason = reason.replace("\x00", "").strip()[:LONGEST_NOTE]
        require(not late or bool(reason), _("A reason is needed: %(n)s countries are not validated.") % {"n": len(late)},
                remedy=_("Say why the round ends all the same."), code="reason_needed")
        there.closed_by, there.closed_at = by.username, timezone.now()
        there.save(update_fields=["closed_by", "closed_at"])
        record("close_inquiry_round", by=by.username, subject=subject(there), reason=reason, summary={"not_validated": late})
    return there


def subject(round: Round) -> tuple[str, str]:
    return "inquiry_round", str(round.pk)


def _prepared(country: str, *, year: int, again: Inquiry | None = None) -> tuple[str, Inquiry | None, list[RawSheet]]:
    """Read before the deed begins: nobody waits for it."""
    before = bridge.before_of(country, year=year)
    return country, before, prefilled(country, year=year, before=before, again=again)


def _ask(round: Round, country: str, before: Inquiry | None, sheets: list[RawSheet], *, by: User) -> Inquiry:
    now, digest = timezone.now(), bridge.digest_of(sheets)
    made = Inquiry.objects.create(round=round, country_id=country, before=before, digest=digest, opened_by=by.username,
                                  opened_at=now)
    delivery = Delivery.objects.create(inquiry=made, name=PREFILLED, size=0, digest=digest, over=0, save_number=1, by=by.username,
                                       at=now)
    bridge.kept(delivery, sheets)
    return made


def _refuse_unknown(countries: list[str]) -> None:
    known = set(Country.objects.filter(pk__in=countries).values_list("pk", flat=True))
    require(known == set(countries), _("There is no such country."), code="unknown_country")


def _insist(by: User) -> None:
    require(plans_rounds(by), _("Your role does not plan rounds."))
