"""Projects of development cooperation and country programmes of the regular budget."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle_web.api.asking import COUNTRY, Asked, Country, Paged, Partner, ProjectKind, Theme, narrow
from socle_web.api.refusing import Missing
from socle_web.api.rows import Page, here, page_of, related, row_of, tell
from socle_web.results.models import Contribution, Funding, Project

router = Router()
Row = row_of("projects")
FundingRow, ContributionRow = row_of("funding"), row_of("contributions")


class Filters(Paged):
    country: Country | None = COUNTRY
    kind: ProjectKind | None = narrow("how it is financed")
    theme: Theme | None = narrow("thematic area")
    partner: Partner | None = narrow("a partner that pays for it")


class ProjectLinks(BaseModel):
    changes: str
    outputs: str
    funding: str


Detail = row_of(
    "projects", "ProjectDetail",
    funding=(list[FundingRow], Field(description="who pays, at the latest status")),  # type: ignore[valid-type]
    contributions=(list[ContributionRow], Field(description="its shares of changes")),  # type: ignore[valid-type]
    links=(ProjectLinks, Field(description="addresses of what it led to")),
)


@router.get("/projects", response=Page[Row], summary="Projects")  # type: ignore[valid-type]
def projects(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Projects that meet every filter, in the order they were recorded."""
    where = Q()
    if asked.country:
        where &= Q(pk__in=Project.countries.through.objects.filter(country=asked.country).values("project"))
    if asked.kind:
        where &= Q(kind=asked.kind)
    if asked.theme:
        where &= Q(themes__contains=f";{asked.theme};")
    if asked.partner:
        where &= Q(pk__in=Funding.objects.filter(partner__key=asked.partner).values("project"))
    found = related("projects", Project.objects.filter(where).order_by("id"))
    return page_of(request, asked, found, lambda rows: tell("projects", rows))


@router.get("/projects/{project}", response=Detail, summary="One project")
def project(request: HttpRequest, project: str, asked: Query[Asked]) -> Any:
    """A project by its key, with its funding and its shares of changes."""
    found = list(related("projects", Project.objects.filter(key=project)))
    if not found:
        raise Missing(_("There is no {record}.").format(record=f"projects:{project[:200]}"))
    grants = related("funding", Funding.objects.filter(project__key=project).order_by("id"))[:1000]
    shares = related("contributions", Contribution.objects.filter(project__key=project).order_by("id"))[:1000]
    return tell("projects", found)[0] | {
        "funding": tell("funding", grants),
        "contributions": tell("contributions", shares),
        "links": {name: f"{here(request)}{name}?project={project}" for name in ProjectLinks.model_fields},
    }
