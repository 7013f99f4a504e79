"""Reporting rounds: planned by the manager, said to be complete country by country, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.desk.models import Duty, Round
from socle_web.desk.permissions import may_complete
from socle_web.desk.queries.rounds import answerers, missing
from socle_web.places.models import Country
from socle_web.places.permissions import acting_for


def plan_round(title: str, *, start: date, end: date, opens_on: date, due_on: date, owners: Mapping[str, str], by: User) -> Round:
    """``owners``: who answers for each country (username, or "" for nobody yet)."""
    _insist(may(by, "plan_round"))
    title = title.replace("\x00", "").strip()[:200]
    if not title:
        raise Refused(_("A round has a title."), remedy=_("Such as: Results of 2026."), code="no_title")
    if end < start:
        raise Refused(_("The period ends before it starts."), remedy=_("Check the dates."), code="no_period")
    if due_on < opens_on:
        raise Refused(_("The round would be due before it opens."), remedy=_("Check the dates."), code="no_time")
    if not owners:
        raise Refused(_("A round has at least one country."), remedy=_("Tick the countries that report."), code="no_countries")
    known = set(Country.objects.filter(pk__in=owners).values_list("pk", flat=True))
    if known != set(owners):
        raise Refused(_("There is no such country."), code="unknown_country")
    _refuse_who_cannot_answer(owners)
    with deed():
        there = Round.objects.create(title=title, start=start, end=end, opens_on=opens_on, due_on=due_on, made_by=by.username,
                                     made_at=timezone.now())
        Duty.objects.bulk_create(Duty(round=there, country_id=country, owner=owner) for country, owner in sorted(owners.items()))
        record("plan_round", by=by.username, subject=("round", str(there.pk)), summary={"countries": sorted(owners)}, after={
            "title": title, "start": start.isoformat(), "end": end.isoformat(), "opens_on": opens_on.isoformat(),
            "due_on": due_on.isoformat(), "owners": dict(sorted(owners.items()))})
    return there


def change_owner(duty: Duty, owner: str, *, by: User) -> Duty:
    _insist(may(by, "plan_round"))
    _refuse_who_cannot_answer({duty.country_id: owner})
    with deed():
        there = _open(duty)
        before, there.owner = there.owner, owner
        if before != owner:
            there.save(update_fields=["owner"])
            record("change_owner", by=by.username, subject=("round", str(there.round_id)),
                   summary={"countries": [there.country_id], "from": before, "to": owner})
    return there


def complete_round(duty: Duty, *, by: User, note: str = "") -> Duty:
    """Say that a country has reported what it has. Where something is missing, ``note`` says why that is all."""
    if not may_complete(by, duty):
        raise Refused(_("Only the focal point of the country, or the manager, says that it is complete."), code="not_yours")
    note = note.replace("\x00", "").strip()[:2_000]
    with deed():
        there = _open(duty)
        if there.is_done:
            raise Refused(_("That was said already."), code="done")
        lacking = missing_of(there)
        if lacking and not note:
            raise Refused(_("Something is missing."), remedy=_("Enter it, or say why this is all there is."), code="reason_needed")
        there.done_by, there.done_at, there.note, there.reopened = by.username, timezone.now(), note, ""
        there.save()
        record("complete_round", by=by.username, subject=("round", str(there.round_id)), reason=note,
               on_behalf_of=acting_for(by, (there.country_id,)), summary={"countries": [there.country_id], "missing": lacking})
    return there


def reopen_round(duty: Duty, *, by: User, reason: str) -> Duty:
    if not may_complete(by, duty):
        raise Refused(_("Only the focal point of the country, or the manager, reopens it."), code="not_yours")
    reason = _said(reason)
    with deed():
        there = _open(duty)
        if not there.is_done:
            raise Refused(_("It is open."), code="open")
        there.done_by, there.done_at, there.reopened = "", None, reason
        there.save()
        record("reopen_round", by=by.username, subject=("round", str(there.round_id)), reason=reason,
               on_behalf_of=acting_for(by, (there.country_id,)), summary={"countries": [there.country_id]})
    return there


def close_round(round: Round, *, by: User, reason: str = "") -> Round:
    """End a round. While a country is not complete, ``reason`` says why it ends all the same."""
    _insist(may(by, "plan_round"))
    with deed():
        there = Round.objects.select_for_update().get(pk=round.pk)
        if there.closed_at is not None:
            raise Refused(_("The round is closed already."), code="closed")
        countries = dict(there.duties.values_list("country_id", "done_at"))
        late = sorted(country for country, done_at in countries.items() if done_at is None)
        reason = _said(reason) if late else reason.strip()[:2_000]
        there.closed_by, there.closed_at = by.username, timezone.now()
        there.save(update_fields=["closed_by", "closed_at"])
        record("close_round", by=by.username, subject=("round", str(there.pk)), reason=reason,
               summary={"countries": sorted(countries), "not_complete": late})
    return there


def missing_of(duty: Duty) -> dict[str, int]:
    """What the country has not reported: impacts without an observation in the period, changes without evidence, open entries."""
    there = missing(duty, on=timezone.localdate())
    told = {"impacts": there.unobserved or 0, "changes": there.unevidenced, "entries": there.open_entries}
    return {what: n for what, n in told.items() if n}


def _open(duty: Duty) -> Duty:
    there = Duty.objects.select_for_update(of=("self",)).select_related("round").get(pk=duty.pk)
    if there.round.closed_at is not None:
        raise Refused(_("The round is closed."), code="closed")
    return there


def _refuse_who_cannot_answer(owners: Mapping[str, str]) -> None:
    able = answerers()
    for country, owner in owners.items():
        if owner and not able.may(owner, country):
            raise Refused(_("%(name)s cannot answer for %(country)s.") % {"name": owner, "country": country}, code="not_able",
                          remedy=_("Choose a focal point of the country, or a programme manager."))


def _insist(allowed: bool) -> None:
    if not allowed:
        raise Refused(_("Your role does not plan rounds."))


def _said(reason: str) -> str:
    reason = reason.replace("\x00", "").strip()[:2_000]
    if not reason:
        raise Refused(_("A reason is needed."), remedy=_("Say why."), code="reason_needed")
    return reason
