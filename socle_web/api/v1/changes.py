"""Institutional changes: a strategy adopted, a scheme in law, operations improved."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle_web.api.asking import (
    COUNTRY,
    PARTNER,
    REGION,
    YEAR,
    Branch,
    Country,
    ImpactKind,
    Paged,
    Partner,
    Project,
    Region,
    Step,
    Theme,
    Year,
    narrow,
)
from socle_web.api.rows import Page, page_of, related, row_of, tell
from socle_web.results import queries
from socle_web.results.models import Change, Contribution

router = Router()


class Filters(Paged):
    country: Country | None = COUNTRY
    region: Region | None = REGION
    year: Year | None = YEAR
    step: Step | None = narrow("step of building a floor")
    kind: ImpactKind | None = narrow("changes that made an impact of this kind possible")
    branch: Branch | None = narrow("branch of social security")
    theme: Theme | None = narrow("thematic area")
    partner: Partner | None = PARTNER
    project: Project | None = narrow("a project that contributed")


class Share(BaseModel):
    project: str
    share: float | None = Field(description="0 to 1; null: not reported")


Row = row_of("changes", "Change", contributions=(list[Share], Field(description="shares of projects, where they are told")))


@router.get("/changes", response=Page[Row], summary="Institutional changes")  # type: ignore[valid-type]
def changes(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Institutional changes that meet every filter, latest first."""
    found = queries.changes(
        country=asked.country or "", region=asked.region or "", year=asked.year, step=asked.step or "", kind=asked.kind or "",
        branch=asked.branch or "", theme=asked.theme or "", partner=asked.partner or "")
    if asked.project:
        named = Change.projects.through.objects.filter(project__key=asked.project).values("change")
        credited = Contribution.objects.filter(project__key=asked.project).values("change")
        found = found.filter(Q(pk__in=named) | Q(pk__in=credited))
    return page_of(request, asked, related("changes", found).prefetch_related("contributions__project"), _told)


def _told(found: list[Change]) -> list[dict[str, Any]]:
    return [
        row | {"contributions": [{"project": one.project.key, "share": one.share} for one in change.contributions.all()]}
        for change, row in zip(found, tell("changes", found), strict=True)
    ]
