"""Observations: the history of impacts, one row each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.adding import ADDS, added
from socle_web.api.asking import COUNTRY, YEAR, Country, Impact, ImpactKind, Measure, Paged, Status, Year, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Observation

router = Router()
Row = row_of("observations", "Observation", adds=ADDS)


class Filters(Paged):
    impact: Impact | None = narrow("the impact observed")
    country: Country | None = COUNTRY
    kind: ImpactKind | None = narrow("kind of impact")
    year: Year | None = YEAR
    measure: Measure | None = narrow("baseline, level or increase")
    status: Status | None = narrow("achieved or potential")


@router.get("/observations", response=Page[Row], summary="Observations")  # type: ignore[valid-type]
def observations(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Observations that meet every filter, in the order they were recorded, superseded ones included."""
    found = meeting(Observation.objects.order_by("id"), impact__key=asked.impact, impact__country=asked.country,
                    impact__kind=asked.kind, on__year=asked.year, measure=asked.measure, status=asked.status)
    return page_of(request, asked, related("observations", found), _told)


def _told(found: list[Observation]) -> list[dict[str, Any]]:
    adds = added({one.impact.key for one in found})
    return [row | {"adds": adds.get(row["observation"])} for row in tell("observations", found)]
