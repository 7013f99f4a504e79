"""Entries: records on their way to be facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from socle_web.api.asking import Asked, Paged, Text, narrow
from socle_web.api.private import caller
from socle_web.api.rows import Page, meeting, page_of
from socle_web.api.typed import ExaminedRows, Kept, Rows, Sheet, State, entered, examined, told
from socle_web.results.permissions import visible

router = Router()


class Filters(Paged):
    sheet: Sheet | None = narrow("sheet of the exchange form")
    state: State | None = narrow("how far it is")
    key: Text | None = narrow("key of the record")


@router.get("/entries", response=Page[Kept], summary="Entries")
def entries(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Records on their way to be facts, of the countries and projects of the token, in the order they were begun."""
    there = meeting(visible(caller(request)).order_by("id"), sheet=asked.sheet, state=asked.state, key=asked.key)
    return page_of(request, asked, there, lambda some: [told(entry) for entry in some])


@router.post("/entries", response={201: ExaminedRows}, summary="Enter records")
def enter(request: HttpRequest, asked: Query[Asked], sent: Rows) -> Any:
    """Begin new records as drafts: all of them, or none. They may be incomplete; the findings say what is missing before they are
    submitted. A record without a key of its own is given one."""
    return Status(201, {"entries": examined(entered(sent.entries, by=caller(request)))})
