"""Outputs: what the programme itself delivered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.asking import COUNTRY, YEAR, Country, OutputKind, Paged, Project, Year, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Output

router = Router()
Row = row_of("outputs")


class Filters(Paged):
    country: Country | None = COUNTRY
    year: Year | None = YEAR
    kind: OutputKind | None = narrow("kind of output")
    project: Project | None = narrow("the project that delivered it")


@router.get("/outputs", response=Page[Row], summary="Outputs")  # type: ignore[valid-type]
def outputs(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Outputs that meet every filter, in the order they were recorded."""
    found = meeting(Output.objects.order_by("id"), country=asked.country, on__year=asked.year, kind=asked.kind,
                    project__key=asked.project)
    return page_of(request, asked, related("outputs", found), lambda rows: tell("outputs", rows))
