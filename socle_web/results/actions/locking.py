"""Reporting periods are locked when they were reported on, and unlocked with a reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.places.models import Country
from socle_web.results.models import Lock
from socle_web.results.permissions import require


def lock(start: date, end: date, *, by: User, reason: str, country: str = "") -> Lock:
    """From now on nothing dated ``start`` to ``end`` (in one country, or all) is submitted, verified, published or loaded."""
    require(may(by, "lock"), _("Your role does not lock periods."))
    require(bool(reason.strip()), _("A reason is needed."), code="reason_needed")
    require(start <= end, _("The period ends before it starts."), code="period_order")
    with deed():
        made = Lock.objects.create(start=start, end=end, country=Country.objects.get(pk=country) if country else None,
                                   locked_by=by.username, locked_at=timezone.now(), reason=reason.strip())
        record("lock", by=by.username, subject=("lock", str(made.pk)), reason=reason.strip(), summary=_told(made))
    return made


def unlock(held: Lock, *, by: User, reason: str) -> Lock:
    require(may(by, "unlock"), _("Your role does not unlock periods."))
    require(bool(reason.strip()), _("A reason is needed."), code="reason_needed")
    with deed():
        there = Lock.objects.select_for_update().get(pk=held.pk)
        require(not there.unlocked_by, _("It is unlocked already."), code="unlocked_already")
        there.unlocked_by, there.unlocked_at, there.unlock_reason = by.username, timezone.now(), reason.strip()
        there.save()
        record("unlock", by=by.username, subject=("lock", str(there.pk)), reason=reason.strip(), summary=_told(there))
    return there


def _told(held: Lock) -> dict[str, object]:
    return {"start": held.start.isoformat(), "end": held.end.isoformat(), "country": held.country_id or ""}
