"""Handing an entry to the verifier."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from socle_web.api.asking import Asked
from socle_web.api.private import caller
from socle_web.api.typed import Examined, Number, examined, found
from socle_web.results import actions

router = Router()


@router.post("/entries/{entry}/submit", response=Examined, summary="Submit an entry")
def submit(request: HttpRequest, entry: Number, asked: Query[Asked]) -> Any:
    """Hand a draft to the verifier, who is never the one who typed it. What is still missing is refused with all its findings."""
    return examined(actions.submit([found(request, entry)], by=caller(request)))[0]
