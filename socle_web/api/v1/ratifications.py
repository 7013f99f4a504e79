"""Ratifications of Conventions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.asking import COUNTRY, REGION, YEAR, Country, Paged, Ratified, Region, Text, Year, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Ratification

router = Router()
Row = row_of("ratifications")


class Filters(Paged):
    country: Country | None = COUNTRY
    region: Region | None = REGION
    convention: Text | None = narrow("C102, C121, C128, C130, C168, C183")
    status: Ratified | None = narrow("ratified or in progress")
    year: Year | None = YEAR


@router.get("/ratifications", response=Page[Row], summary="Ratifications")  # type: ignore[valid-type]
def ratifications(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Ratifications of Conventions, done or in progress, in the order they were recorded."""
    found = meeting(Ratification.objects.order_by("id"), country=asked.country, country__region=asked.region,
                    convention=asked.convention, status=asked.status, on__year=asked.year)
    return page_of(request, asked, related("ratifications", found), lambda rows: tell("ratifications", rows))
