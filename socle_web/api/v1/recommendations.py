"""Recommendations of evaluations, what management answered, and what it does."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from socle_web.api.asking import YEAR, Paged, Response, Year, narrow
from socle_web.api.rows import Page, meeting, page_of, related, row_of, tell
from socle_web.results.models import Action, Recommendation

router = Router()
ActionRow = row_of("actions")
Row = row_of("recommendations", "Recommendation", actions=(list[ActionRow], Field(description="what management does about it")))  # type: ignore[valid-type]


class Filters(Paged):
    response: Response | None = narrow("what management answered")
    year: Year | None = YEAR


@router.get("/recommendations", response=Page[Row], summary="Recommendations of evaluations")  # type: ignore[valid-type]
def recommendations(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Recommendations with their actions, in the order they were recorded."""
    found = meeting(Recommendation.objects.order_by("id"), response=asked.response, on__year=asked.year)
    actions = Prefetch("actions", related("actions", Action.objects.order_by("id")))
    return page_of(request, asked, found.prefetch_related(actions), _told)


def _told(found: list[Recommendation]) -> list[dict[str, Any]]:
    return [row | {"actions": tell("actions", one.actions.all())}
            for one, row in zip(found, tell("recommendations", found), strict=True)]
