"""Funding: one row a grant, at its latest status."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.asking import YEAR, FundingStatus, Paged, Partner, Project, Text, Year, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Funding

router = Router()
Row = row_of("funding")


class Filters(Paged):
    partner: Partner | None = narrow("who pays")
    project: Project | None = narrow("the project")
    year: Year | None = YEAR
    currency: Text | None = narrow("ISO 4217")
    status: FundingStatus | None = narrow("pledged, committed or received")


@router.get("/funding", response=Page[Row], summary="Funding")  # type: ignore[valid-type]
def funding(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Grants that meet every filter, in the order they were recorded. Currencies are never converted."""
    found = meeting(Funding.objects.order_by("id"), partner__key=asked.partner, project__key=asked.project, on__year=asked.year,
                    currency=asked.currency, status=asked.status)
    return page_of(request, asked, related("funding", found), lambda rows: tell("funding", rows))
