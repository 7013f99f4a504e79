"""Correcting a fact."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from socle_web.api.asking import Asked
from socle_web.api.private import caller
from socle_web.api.refusing import Missing
from socle_web.api.typed import Cells, Examined, Sent, examined, refuse_unknown_columns
from socle_web.results import actions
from socle_web.results.models import BY_SHEET

router = Router()


class SheetName(StringConverter):
    """A record is `records/SHEET:KEY`, so no sheet has a colon."""

    regex = "[^/:]+"


class Key(StringConverter):
    """Anything: what no key is called is not found here, and nowhere else."""

    regex = "(?s:.+)"


register_converter(SheetName, "sheet_name")
register_converter(Key, "key")


class Correction(Sent):
    values: Cells = Field(description="the columns that change, and what is typed in them; the others stay")


@router.post("/records/{sheet_name:sheet}/{key:key}/change", response={201: Examined}, summary="Correct a fact")
def change(request: HttpRequest, sheet: str, key: str, asked: Query[Asked], sent: Correction) -> Any:
    """Begin a change of a published record, as a draft. The fact stays as it is until the change is published. An observation is
    never changed: enter one that supersedes it."""
    if sheet not in BY_SHEET:
        raise Missing(_("There is no record {record}.").format(record=f"{sheet}:{key}"[:200]))
    refuse_unknown_columns([(sheet, sent.values)])
    return Status(201, examined([actions.change(sheet, key, sent.values, by=caller(request))])[0])
