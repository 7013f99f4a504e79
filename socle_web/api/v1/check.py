"""Trying it out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from socle_web.api.asking import Asked
from socle_web.api.private import caller
from socle_web.api.refusing import remedy_of
from socle_web.api.typed import Remark, Rows, remarked, tried
from socle_web.audit.actions import deed
from socle_web.results import actions

router = Router()


class Checked(BaseModel):
    """What would be said of these records if they were entered now."""

    findings: list[Remark]


@router.post("/check", response=Checked, summary="Check records")
def check(request: HttpRequest, asked: Query[Asked], sent: Rows) -> Any:
    """Enter records and forget them again: every finding and every refusal, and nothing is kept."""
    with deed():
        made, refusals = tried(sent.entries, by=caller(request))
        places = list(made)
        findings = [one | {"row": places[one["row"] - 1]} for one in remarked(actions.examine(list(made.values())) if made else ())]
        transaction.set_rollback(True)
    findings += [{"severity": "error", "row": place, "sheet": sheet, "column": None, "value": None, "code": refusal.code,
                  "what": refusal.what, "remedy": remedy_of(refusal)} for place, sheet, refusal in refusals]
    return {"findings": sorted(findings, key=lambda one: int(one["row"]))}
