"""How fresh and complete the records of a country are: one query a measure, whatever the number of countries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat

from socle_web.results.models import OPEN, Change, Entry, Evidence, Impact, Observation, State

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Measure:
    """Of one country. ``observed`` is None where no round is open: nothing says which period to look at.

    ``last_*``: the day it was recorded, or (where the source does not say) the day it speaks of.
    """

    country: str
    impacts: int = 0
    observed: int | None = None
    changes: int = 0
    evidenced: int = 0
    last_change: date | None = None
    last_observation: date | None = None
    published_on: date | None = None
    entries: dict[str, int] = field(default_factory=dict)
    waiting_since: datetime | None = None

    @property
    def unobserved(self) -> int | None:
        return None if self.observed is None else self.impacts - self.observed

    @property
    def unevidenced(self) -> int:
        return self.changes - self.evidenced

    @property
    def open_entries(self) -> int:
        return sum(self.entries.values())

    @property
    def observed_share(self) -> float | None:
        """0-1; None where there is nothing to observe, or no round to observe it in."""
        return None if self.observed is None or not self.impacts else self.observed / self.impacts

    @property
    def evidenced_share(self) -> float | None:
        return self.evidenced / self.changes if self.changes else None

    @property
    def completeness(self) -> float | None:
        """The mean of the shares there are."""
        shares = [share for share in (self.observed_share, self.evidenced_share) if share is not None]
        return sum(shares) / len(shares) if shares else None

    @property
    def last(self) -> date | None:
        return max((day for day in (self.last_change, self.last_observation, self.published_on) if day), default=None)

    def days(self, *, on: date) -> int | None:
        """Since something was last recorded. A year that is not over counts as today."""
        return None if self.last is None else max((on - self.last).days, 0)


def measures(countries: Collection[str] | None, *, period: Period | None, on: date) -> dict[str, Measure]:
    """By code: those of ``countries``, or (None) every country with a record or an entry."""
    found: dict[str, Measure] = {code: Measure(code) for code in countries or ()}

    def note(code: str, **values: Any) -> None:
        found[code] = replace(found.get(code) or Measure(code), **values)

    within = Q() if countries is None else Q(country__in=countries)
    for row in _changes(within, on):
        note(row["country"], changes=row["n"], evidenced=row["evidenced"], last_change=row["last"])
    for there in _impacts(within, period):
        note(there["country"], impacts=there["n"], observed=there.get("observed"))
    for row in _observations(Q() if countries is None else Q(impact__country__in=countries), on):
        note(row["impact__country"], last_observation=row["last"])
    for code, told in _entries(countries).items():
        note(code, **told)
    if period:
        found = {code: measure if measure.observed is not None else replace(measure, observed=0) for code, measure in found.items()}
    return found


def _changes(within: Q, on: date) -> Iterable[dict[str, Any]]:
    borne_out = Exists(Evidence.objects.filter(record=Concat(Value("changes:"), OuterRef("key"))))
    found = Change.objects.filter(within).order_by().values("country").annotate(
        n=Count("pk"), evidenced=Count("pk", filter=borne_out), last=Max(Coalesce("recorded_on", "on")))
    return ({**row, "last": min(row["last"], on)} for row in found)


def _impacts(within: Q, period: Period | None) -> Iterable[Mapping[str, Any]]:
    found = Impact.objects.filter(within).order_by().values("country").annotate(n=Count("pk"))
    return iter(found) if period is None else iter(found.annotate(observed=Count("pk", filter=observed_in(period))))


def observed_in(period: Period) -> Exists:
    """Of an impact: somebody observed it in the period, and nothing superseded that."""
    return Exists(Observation.objects.filter(impact=OuterRef("pk"), on__range=period, superseded_by=None))


def _observations(within: Q, on: date) -> Iterable[dict[str, Any]]:
    found = Observation.objects.filter(within).order_by().values("impact__country").annotate(
        last=Max(Coalesce("recorded_on", "on")))
    return ({**row, "last": min(row["last"], on)} for row in found)


def _entries(countries: Collection[str] | None) -> dict[str, dict[str, Any]]:
    """Open entries by country and state, the oldest that waits, and the last day something was published.

    One entry may be several countries': the rows are as many as there are sets of countries and states.
    """
    where = Q(state__in=(*OPEN, State.PUBLISHED))
    if countries is not None:
        mine = Q(pk__in=())
        for code in countries:
            mine |= Q(countries__contains=f";{code};")
        where &= mine
    rows = Entry.objects.filter(where).order_by().values("countries", "state").annotate(
        n=Count("pk"), waiting=Min("submitted_at"), published=Max("published_at"))
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for code in row["countries"]:
            if countries is not None and code not in countries:
                continue
            told = found.setdefault(code, {"entries": {}})
            if row["state"] == State.PUBLISHED:
                told["published_on"] = max(filter(None, (told.get("published_on"), row["published"].date())))
                continue
            told["entries"][row["state"]] = told["entries"].get(row["state"], 0) + row["n"]
            if row["state"] == State.SUBMITTED:
                told["waiting_since"] = min(filter(None, (told.get("waiting_since"), row["waiting"])))
    return found
