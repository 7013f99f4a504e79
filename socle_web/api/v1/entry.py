"""One entry, and what is typed in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from socle_web.api.asking import Asked
from socle_web.api.private import caller
from socle_web.api.refusing import Place, Refusal, Wrong
from socle_web.api.typed import VALUES, Cells, Examined, Number, Sent, examined, found, refuse_unknown_columns
from socle_web.results import actions

router = Router()


class Version(Sent):
    """All that is typed, over a version that was read."""

    values: Cells = VALUES
    version: int = Field(ge=1, le=2**31 - 1, description="the version that was read")


class Conflict(Refusal):
    """Somebody else saved it in between: both versions, of which neither is lost."""

    mine: dict[str, str] = Field(description="what was sent")
    theirs: Examined = Field(description="what is there")


@router.get("/entries/{entry}", response=Examined, summary="One entry")
def entry(request: HttpRequest, entry: Number, asked: Query[Asked]) -> Any:
    """A record on its way to be a fact, with all there is to say about it."""
    return examined([found(request, entry)])[0]


@router.put("/entries/{entry}", response={200: Examined, 409: Conflict | Refusal}, summary="Save an entry")
def save(request: HttpRequest, entry: Number, asked: Query[Asked], sent: Version) -> Any:
    """Save a draft over the version that was read: `values` is all of it, and what is left out is emptied. If somebody saved it in
    between nothing is saved, and both versions are answered. Sent again after it was saved, it says so once more."""
    there = found(request, entry)
    refuse_unknown_columns([(there.sheet, sent.values)])
    try:
        return examined([actions.save(there, sent.values, version=sent.version, by=caller(request))])[0]
    except actions.Stale as stale:
        theirs = examined([stale.entry])[0]
        if stale.mine == stale.theirs and stale.entry.changed_by == caller(request).username:
            return theirs
        where = Place(parameter="version", value=str(sent.version))
        wrong = Wrong(what=stale.what, where=where, remedy=_("Put both together, and send it with their version."), code=stale.code)
        said = Refusal(message=stale.what, findings=[wrong]).model_dump()
        return Status(409, said | {"mine": stale.mine, "theirs": theirs})
