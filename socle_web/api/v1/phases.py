"""Phases of the programme and what each set out to achieve."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from socle_web.api.asking import Paged
from socle_web.api.rows import Page, page_of, related, row_of, tell
from socle_web.results.models import Phase, Target

router = Router()
TargetRow = row_of("targets")
Row = row_of("phases", "Phase", targets=(list[TargetRow], Field(description="ambitions of the phase")))  # type: ignore[valid-type]


@router.get("/phases", response=Page[Row], summary="Phases")  # type: ignore[valid-type]
def phases(request: HttpRequest, asked: Query[Paged]) -> Any:
    """Phases of the programme with their ambitions, in the order they were recorded."""
    return page_of(request, asked, Phase.objects.order_by("id"), _told)


def _told(found: list[Phase]) -> list[dict[str, Any]]:
    targets: dict[int, list[dict[str, Any]]] = {phase.pk: [] for phase in found}
    ambitions = related("targets", Target.objects.filter(phase__in=targets).order_by("id"))
    for target, row in zip(ambitions, tell("targets", ambitions), strict=True):
        targets[target.phase_id].append(row)
    return [row | {"targets": targets[phase.pk]} for phase, row in zip(found, tell("phases", found), strict=True)]
