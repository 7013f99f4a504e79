"""An impact and its history: what was observed, what a later observation corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from socle_web.results.models import Impact, Observation
from socle_web.results.queries import with_history


@dataclass(frozen=True)
class ImpactHistory:
    """``observations`` by day, the superseded ones included."""

    impact: Impact
    observations: Sequence[Observation]

    @cached_property
    def superseded(self) -> dict[int, Observation]:
        """The observation that corrects it, by number of the observation corrected."""
        return {later.supersedes_id: later for later in self.observations if later.supersedes_id}

    @cached_property
    def in_force(self) -> list[Observation]:
        return [one for one in self.observations if one.pk not in self.superseded]

    @property
    def rows(self) -> list[tuple[Observation, Observation | None]]:
        """Every observation and the one that corrects it, if any."""
        return [(one, self.superseded.get(one.pk)) for one in self.observations]

    @property
    def latest(self) -> Observation | None:
        """The last achieved observation, or the last of any status."""
        found = self.achieved or self.in_force
        return found[-1] if found else None

    @cached_property
    def achieved(self) -> list[Observation]:
        """Observations in force that say what was achieved."""
        return [one for one in self.in_force if one.status != "potential" and one.measure != "baseline"]

    @property
    def potential(self) -> Observation | None:
        """The last observation of what could be."""
        return next((one for one in reversed(self.in_force) if one.status == "potential"), None)

    @property
    def begins(self) -> int | None:
        """The year of its baseline, or the first that anything was observed in."""
        stated = [one for one in self.in_force if one.measure == "baseline"] or self.in_force
        return stated[0].on.year if stated else None

    def is_planned(self, today: date) -> bool:
        """Nothing is achieved yet, or more is expected by a day to come."""
        expected_on = self.impact.expected_on
        return not self.achieved or (expected_on is not None and expected_on >= today)

    @property
    def sources(self) -> list[str]:
        return [self.impact.source, *(one.source for one in self.observations)]


def with_histories(impacts: QuerySet[Impact]) -> list[ImpactHistory]:
    """Impacts with their observations: a constant number of queries, however many there are."""
    return [ImpactHistory(impact, list(impact.observations.all())) for impact in with_history(impacts)]
