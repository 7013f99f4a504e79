"""Locked periods: which of them stands in the way of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from socle.tables import Book, Table
from socle_web.audit.refusals import Refused
from socle_web.results import bridge
from socle_web.results.models import Entry, Impact, Lock, Observation
from socle_web.results.scope import scope_of
from socle_web.results.whose import AT_ONCE, Whose

DATED = ("changes", "observations", "outputs", "funding", "ratifications")


def locks_now() -> list[Lock]:
    return list(Lock.objects.filter(unlocked_by="").select_related("country"))


def lock_of(locks: Sequence[Lock], days: Iterable[date], countries: Iterable[str]) -> Lock | None:
    """The first lock that holds one of these days for one of these countries (none: whatever the country)."""
    among, dated = set(countries), list(days)
    for lock in locks:
        if lock.country_id and among and lock.country_id not in among:
            continue
        if lock.country_id and not among:
            continue
        if any(lock.start <= day <= lock.end for day in dated):
            return lock
    return None


def refuse_locked_entries(entries: Iterable[Entry]) -> None:
    """Raises ``Refused`` for an entry whose day, or the day of the fact it changes, is in a locked period of its country."""
    locks = locks_now()
    if not locks:
        return
    entries = list(entries)
    rows = [bridge.Row(entry.sheet, 0, entry.key, entry.values, entry.before) for entry in entries]
    whose = Whose(rows)
    observed = days_observed(entry.key for entry in entries if entry.sheet == "impacts")
    for entry, row in zip(entries, rows, strict=True):
        before = whose.before(row)
        days = {day for day in (entry.on, before.on) if day}
        if entry.sheet == "impacts":
            days |= observed.get(entry.key, set())
        lock = lock_of(locks, days, {*entry.countries, *before.countries})
        if lock is not None:
            raise Refused(told(lock), remedy=_("Ask the programme manager to unlock it, and say why."), code="locked")


def days_observed(impacts: Iterable[str]) -> dict[str, set[date]]:
    """The days on which these impacts were observed: their kind and country say what those observations count as."""
    keys, found = sorted(set(impacts)), dict[str, set[date]]()
    for start in range(0, len(keys), AT_ONCE):
        there = Observation.objects.filter(impact__key__in=keys[start : start + AT_ONCE])
        for key, on in there.values_list("impact__key", "on"):
            found.setdefault(key, set()).add(on)
    return found


def told(lock: Lock) -> str:
    start, end = (date_format(day, "DATE_FORMAT") for day in (lock.start, lock.end))
    return _("The period from %(start)s to %(end)s is locked: %(reason)s") % {"start": start, "end": end, "reason": lock.reason}


def locked_rows(book: Book, places: dict[str, Sequence[int]]) -> list[tuple[str, int, Lock]]:
    """Of the rows at ``places`` (from 0) of each sheet those that a lock stands in the way of."""
    locks = locks_now()
    if not locks:
        return []
    impacts = dict(zip(book["impacts"].keys, book["impacts"]["country"], strict=True))
    impacts = dict(Impact.objects.values_list("key", "country_id")) | impacts
    found = []
    for name in DATED:
        table = book[name]
        for place in places.get(name, ()):
            on, countries = _of_row(name, table, place, impacts)
            if on and (lock := lock_of(locks, [on], countries)):
                found.append((name, place, lock))
    for place in places.get("impacts", ()):
        table = book["impacts"]
        days = set(Observation.objects.filter(impact__key=table.keys[place]).values_list("on", flat=True))
        if days and (lock := lock_of(locks, days, {table["country"][place], impacts[table.keys[place]]} - {None})):
            found.append(("impacts", place, lock))
    return found


def _of_row(name: str, table: Table, place: int, impacts: dict[str, str]) -> tuple[date | None, set[str]]:
    period = table["year" if name == "changes" else "on"][place]
    on = period.end if period else None
    if name == "observations":
        country = impacts.get(table["impact"][place])
    elif name == "funding":
        project = table["project"][place]
        return on, set(scope_of("projects", project).countries) if project else set()
    else:
        country = table["country"][place]
    return on, {country} if country else set()
