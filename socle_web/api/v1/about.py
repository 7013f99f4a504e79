"""What this is, where it comes from, and under which licence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle_web.api.asking import Asked
from socle_web.api.rows import row_of, tell
from socle_web.results.models import Document, Programme

router = Router()
ProgrammeRow, Source = row_of("programme"), row_of("sources")


class Origin(BaseModel):
    """Pass the notice and the citations on with the figures."""

    programme: ProgrammeRow | None = Field(description="null: no programme is loaded")  # type: ignore[valid-type]
    notice: str | None = Field(description="what must be said about the origin of the figures")
    licences: list[str] = Field(description="licences of the sources")
    sources: list[Source] = Field(description="the documents the figures come from, with citation, licence and disclaimer")  # type: ignore[valid-type]


@router.get("/about", response=Origin, summary="Origin and licence")
def about(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The programme, the notice that goes with its figures, and the sources as they ask to be cited."""
    programme = tell("programme", Programme.objects.order_by("id")[:1])
    sources = tell("sources", Document.objects.order_by("id")[:1000])
    return {
        "programme": programme[0] if programme else None,
        "notice": programme[0]["notice"] if programme else None,
        "licences": sorted({source["licence"] for source in sources if source["licence"]}),
        "sources": sources,
    }
