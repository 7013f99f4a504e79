"""The manager's board: how fresh and complete each country is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from socle_web.desk.models import Duty, Round
from socle_web.desk.queries.measures import Measure, measures
from socle_web.desk.queries.rounds import open_round
from socle_web.places.models import Country
from socle_web.results.models import Entry, State
from socle_web.results.queries import overdue


@dataclass(frozen=True, slots=True)
class Line:
    """A country. ``days``: since something was last recorded; ``waiting``: days its oldest submission waits."""

    country: Country
    measure: Measure
    days: int | None
    waiting: int | None
    duty: Duty | None


@dataclass(frozen=True, slots=True)
class Board:
    on: date
    round: Round | None
    lines: Sequence[Line]
    submitted: int
    oldest: datetime | None
    overdue: int
    complete: int
    sort: str
    down: bool


def _of_nothing(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


#: What the table can be sorted by: what needs somebody comes first when it is sorted downwards.
SORTS: dict[str, Callable[[Line], Any]] = {
    "country": lambda line: line.country.name,
    "days": lambda line: _of_nothing(line.days, 10**6),
    "unobserved": lambda line: _of_nothing(line.measure.unobserved, -1),
    "unevidenced": lambda line: line.measure.unevidenced,
    "entries": lambda line: line.measure.open_entries,
    "waiting": lambda line: _of_nothing(line.waiting, -1),
    "complete": lambda line: _of_nothing(line.measure.completeness, 2),
}


def board(*, on: date, sort: str = "days", down: bool = True) -> Board:
    now = open_round(None, on=on)
    duties = {duty.country_id: duty for duty in now.duties.all()} if now else {}
    found = measures(None, period=(now.start, now.end) if now else None, on=on)
    places = Country.objects.in_bulk(found.keys() | duties.keys())
    lines = [_line(place, found.get(code) or Measure(code), duties.get(code), on=on) for code, place in places.items()]
    lines.sort(key=lambda line: line.country.name)
    lines.sort(key=SORTS[sort], reverse=down)
    waiting = Entry.objects.aggregate(n=Count("pk", filter=Q(state=State.SUBMITTED)),
                                      oldest=Min("submitted_at", filter=Q(state=State.SUBMITTED)))
    return Board(on, now, lines, waiting["n"], waiting["oldest"], overdue(on=on).count(),
                 sum(duty.is_done for duty in duties.values()), sort, down)


def _line(place: Country, measure: Measure, duty: Duty | None, *, on: date) -> Line:
    since = measure.waiting_since
    return Line(place, measure, measure.days(on=on), None if since is None else (on - timezone.localdate(since)).days, duty)
