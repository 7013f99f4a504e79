"""Impacts on people, each with its history."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from socle_web.api.adding import ADDS, added
from socle_web.api.asking import (
    COUNTRY,
    PARTNER,
    REGION,
    Branch,
    Change,
    Country,
    ImpactKind,
    Paged,
    Partner,
    Region,
    Step,
    Theme,
    Year,
    narrow,
)
from socle_web.api.rows import Page, page_of, related, row_of, tell
from socle_web.results import queries
from socle_web.results.models import Impact, Observation

router = Router()
Observed = row_of("observations", "Observation", adds=ADDS)
Row = row_of(
    "impacts", "Impact",
    achieved=(int | None, Field(description="persons achieved, all periods together; null: not reported")),
    potential=(int | None, Field(description="persons that could be reached; never part of `achieved`")),
    observations=(list[Observed], Field(description="its history by day, superseded observations included")),  # type: ignore[valid-type]
)


class Filters(Paged):
    country: Country | None = COUNTRY
    region: Region | None = REGION
    year: Year | None = narrow("calendar year in which somebody observed it")
    step: Step | None = narrow("step of the change that made it possible")
    kind: ImpactKind | None = narrow("kind of impact")
    branch: Branch | None = narrow("branch of social security")
    theme: Theme | None = narrow("thematic area of the change that made it possible")
    partner: Partner | None = PARTNER
    change: Change | None = narrow("the change that made it possible")


@router.get("/impacts", response=Page[Row], summary="Impacts on people")  # type: ignore[valid-type]
def impacts(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Impacts that meet every filter with all their observations, latest recorded first. `adds` is what an observation counts
    for in its own period; a level counts what it adds to the previous level."""
    found = queries.impacts(
        country=asked.country or "", region=asked.region or "", year=asked.year, step=asked.step or "", kind=asked.kind or "",
        branch=asked.branch or "", theme=asked.theme or "", partner=asked.partner or "")
    if asked.change:
        found = found.filter(change__key=asked.change)
    history = Prefetch("observations", related("observations", Observation.objects.order_by("on", "id")))
    return page_of(request, asked, related("impacts", found).prefetch_related(history), _told)


def _told(found: list[Impact]) -> list[dict[str, Any]]:
    adds = added([impact.key for impact in found])
    rows = tell("impacts", found)
    for impact, row in zip(found, rows, strict=True):
        history = list(impact.observations.all())
        row["observations"] = [
            told | {"adds": adds.get(one.key)} for one, told in zip(history, tell("observations", history), strict=True)]
        for potential, name in ((False, "achieved"), (True, "potential")):
            counted = [adds[one.key] for one in history if one.key in adds and (one.status == "potential") is potential]
            row[name] = sum(counted) if counted else None
    return rows
