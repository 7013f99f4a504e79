"""Editions of figures of coverage: what was published on a day, by a country or by an international source."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle.vocabulary import COUNTRIES
from socle_web.api.asking import Country, Paged, narrow
from socle_web.api.rows import Page, page_of
from socle_web.coverage.models import Edition

router = Router()


class CoverageEdition(BaseModel):
    edition: str = Field(description="its key, for good")
    title: str
    kind: Literal["international", "national"]
    country: str | None = Field(description="of a national edition: ISO 3166-1 alpha-3")
    country_name: str | None = Field(description="`country` in words")
    made_up: bool = Field(description="invented for training: in no average of the world")
    source: str
    notice: str = Field(description="licence of the source, and what it asks to be said; may be empty")
    released_on: str = Field(description="a day (2024-06-30)")
    digest: str = Field(description="SHA-256 of its figures")


class Filters(Paged):
    country: Country | None = narrow("editions that say something of this country: ISO 3166-1 code, name or alias")


@router.get("/editions", response=Page[CoverageEdition], summary="Editions")
def editions(request: HttpRequest, asked: Query[Filters]) -> Any:
    """What was published of coverage, latest first. A later edition restates the past; it never changes an earlier one, and figures
    of two editions are not joined. `/values` has the figures of one."""
    found = Edition.objects.public().order_by("-released_on", "-pk")
    if asked.country:
        found = found.filter(Q(country=asked.country) | Q(country=None, values__country=asked.country)).distinct()
    return page_of(request, asked, found, lambda rows: [_told(one) for one in rows])


def _told(one: Edition) -> dict[str, Any]:
    return {"edition": one.key, "title": one.title, "kind": one.kind, "country": one.country_id,
            "country_name": COUNTRIES[one.country_id].name() if one.country_id else None, "made_up": one.made_up,
            "source": one.source,
            "notice": one.notice, "released_on": one.released_on.isoformat(), "digest": one.digest}
