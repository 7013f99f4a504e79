"""A deputy for an absence: begins and ends by its dates, and everything done meanwhile says on whose behalf."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.desk.models import Absence
from socle_web.desk.permissions import could_stand_in
from socle_web.places.actions import lend_countries, own_countries, take_lent_countries
from socle_web.results.actions.mandates import lend_projects, take_lent_projects

LONGEST = timedelta(days=366)


def delegate(deputy: User, *, since: date, until: date, by: User) -> Absence:
    """Let ``deputy`` act for ``by`` from ``since`` to ``until`` (both within)."""
    if not may(by, "delegate"):
        raise Refused(_("Your role has nothing to hand over."))
    if not could_stand_in(deputy, by):
        raise Refused(_("%(name)s cannot do what your role does.") % {"name": deputy.name}, code="not_able",
                      remedy=_("Choose somebody with the same role."))
    if until < since or until < timezone.localdate():
        raise Refused(_("The absence would be over before it begins."), remedy=_("Check the dates."), code="over")
    if until - since > LONGEST:
        raise Refused(_("An absence lasts a year at most."), code="too_long",
                      remedy=_("Ask an administrator to give the mandate itself."))
    with deed():
        meanwhile = Absence.objects.filter(ended_at=None, since__lte=until, until__gte=since)
        if meanwhile.filter(person=by.username).exists():
            raise Refused(_("You have a deputy in that time already."), remedy=_("End that first."), code="overlaps")
        if meanwhile.filter(person=deputy.username).exists():
            raise Refused(_("%(name)s is away then, too.") % {"name": deputy.name}, remedy=_("Choose somebody else."), code="away")
        countries = sorted(own_countries(by))
        lend_countries(deputy, countries, since=since, until=until, absent=by, by=by)
        projects = lend_projects(deputy, since=since, until=until, absent=by, by=by)
        there = Absence.objects.create(person=by.username, deputy=deputy.username, since=since, until=until, made_by=by.username,
                                       made_at=timezone.now())
        record("delegate", by=by.username, subject=("user", by.username), summary={
            "deputy": deputy.username, "since": since.isoformat(), "until": until.isoformat(), "countries": countries,
            "projects": projects})
    return there


def end_delegation(absence: Absence, *, by: User, reason: str = "") -> Absence:
    """End it before its time: who was away, the deputy, or an administrator."""
    if by.username not in (absence.person, absence.deputy) and not may(by, "give_mandate"):
        raise Refused(_("This is not your absence."), code="not_yours")
    with deed():
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if absence.ended_at is not None:
            raise Refused(_("This ended already."), code="over")
        absence.ended_by, absence.ended_at = by.username, timezone.now()
        absence.save(update_fields=["ended_by", "ended_at"])
        absent, deputy = (User.objects.filter(username=name).first() for name in (absence.person, absence.deputy))
        if absent and deputy:
            take_lent_countries(deputy, absent=absent, since=absence.since, until=absence.until)
            take_lent_projects(deputy, absent=absent, since=absence.since, until=absence.until)
        record("end_delegation", by=by.username, subject=("user", absence.person), reason=reason,
               summary={"deputy": absence.deputy, "since": absence.since.isoformat(), "until": absence.until.isoformat()})
    return absence
