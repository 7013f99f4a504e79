"""Taking an entry back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from socle_web.api.asking import Asked
from socle_web.api.private import caller
from socle_web.api.typed import Examined, Number, Sent, examined, found
from socle_web.results import actions

router = Router()


class Reason(Sent):
    reason: str = Field(min_length=1, max_length=5000, description="why, for whoever reads the log")


@router.post("/entries/{entry}/withdraw", response=Examined, summary="Withdraw an entry")
def withdraw(request: HttpRequest, entry: Number, asked: Query[Asked], sent: Reason) -> Any:
    """Take back an entry that is not published. It stays, to be read; its record may be entered anew."""
    return examined([actions.withdraw(found(request, entry), by=caller(request), reason=sent.reason.replace("\x00", ""))])[0]
