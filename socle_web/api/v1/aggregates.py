"""Aggregates: published totals whose records are not, or not all, here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.asking import Counts, Indicator, Paged, Phase, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Aggregate

router = Router()
Row = row_of("aggregates")


class Filters(Paged):
    phase: Phase | None = narrow("the phase")
    indicator: Indicator | None = narrow("what is counted")
    counts: Counts | None = narrow("in what it is counted")


@router.get("/aggregates", response=Page[Row], summary="Published totals")  # type: ignore[valid-type]
def aggregates(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Published totals, their records included, in the order they were recorded."""
    found = meeting(Aggregate.objects.order_by("id"), phase__key=asked.phase, indicator=asked.indicator, counts=asked.counts)
    return page_of(request, asked, related("aggregates", found), lambda rows: tell("aggregates", rows))
