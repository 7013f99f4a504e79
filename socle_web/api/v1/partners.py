"""Partners: who pays, advises or takes part."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle_web.api.asking import Asked, Paged, PartnerKind, narrow
from socle_web.api.refusing import Missing
from socle_web.api.rows import Page, here, page_of, related, row_of, tell
from socle_web.results import queries
from socle_web.results.models import Funding, Partner

router = Router()
Row = row_of("partners")
FundingRow = row_of("funding")


class Filters(Paged):
    kind: PartnerKind | None = narrow("kind of partner")


class PartnerLinks(BaseModel):
    changes: str
    impacts: str
    funding: str
    projects: str
    report: str


Detail = row_of(
    "partners", "PartnerDetail",
    changes=(int, Field(description="changes it took part in: named, or paying for a project that contributed")),
    funding=(list[FundingRow], Field(description="its first 1000 grants; `links` has the address of all")),  # type: ignore[valid-type]
    links=(PartnerLinks, Field(description="addresses of what its money contributed to")),
)


@router.get("/partners", response=Page[Row], summary="Partners")  # type: ignore[valid-type]
def partners(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Partners in the order they were recorded."""
    found = Partner.objects.order_by("id")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return page_of(request, asked, found, lambda rows: tell("partners", rows))


@router.get("/partners/{partner}", response=Detail, summary="One partner")
def partner(request: HttpRequest, partner: str, asked: Query[Asked]) -> Any:
    """A partner by its key, with its grants and the addresses of what they contributed to."""
    found = list(Partner.objects.filter(key=partner))
    if not found:
        raise Missing(_("There is no {record}.").format(record=f"partners:{partner[:200]}"))
    grants = related("funding", Funding.objects.filter(partner__key=partner).order_by("id"))[:1000]
    return tell("partners", found)[0] | {
        "changes": queries.changes(partner=partner).count(),
        "funding": tell("funding", grants),
        "links": {name: f"{here(request)}{name}?partner={partner}" for name in PartnerLinks.model_fields},
    }
