"""Locked periods: which of them stands in the way of a record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
    numbers = [entry.values for entry in entries if entry.sheet == "observations"]
    touched = Touched((one.get("impact") for one in numbers), (one.get("supersedes") for one in numbers))
    for entry, row in zip(entries, rows, strict=True):
        before = whose.before(row)
        days = {day for day in (entry.on, before.on) if day}
        if entry.sheet == "impacts":
            days |= observed.get(entry.key, set())
        if entry.sheet == "observations":
            days |= touched.days(entry.values.get("impact"), entry.on, entry.values.get("supersedes"))
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


class Touched:
    """The days whose figures an observation changes: its own, that of the one it corrects, and of the next level after each, which
    counts what it adds to them. A few questions whatever the number of observations."""

    def __init__(self, impacts: Iterable[str | None], corrected: Iterable[str | None]) -> None:
        self._corrected: dict[str, date] = {}
        self._levels: dict[str, list[date]] = {}
        for keys in _by_some(corrected):
            self._corrected |= dict(Observation.objects.filter(key__in=keys).values_list("key", "on"))
        for keys in _by_some(impacts):
            levels = Observation.objects.filter(impact__key__in=keys, measure="level", superseded_by__isnull=True).order_by("on")
            for impact, on in levels.values_list("impact__key", "on"):
                self._levels.setdefault(impact, []).append(on)

    def days(self, impact: str | None, on: date | None, corrects: str | None) -> set[date]:
        own = {day for day in (on, self._corrected.get(corrects or "")) if day}
        levels = self._levels.get(impact or "", [])
        return own | {levels[place] for day in own if (place := bisect_right(levels, day)) < len(levels)}


def _by_some(keys: Iterable[str | None]) -> Iterator[list[str]]:
    wanted = sorted({key for key in keys if key})
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


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
    numbers = book["observations"]
    mine = places.get("observations", ())
    touched = Touched((numbers["impact"][place] for place in mine), (numbers["supersedes"][place] for place in mine))
    for name in DATED:
        table = book[name]
        for place in places.get(name, ()):
            on, countries = _of_row(name, table, place, impacts)
            days = {on} if on else set()
            if name == "observations":
                days |= touched.days(table["impact"][place], on, table["supersedes"][place])
            if days and (lock := lock_of(locks, days, countries)):
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
