"""One record, by the name that figures refer to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle_web.api.asking import Asked
from socle_web.api.refusing import Missing
from socle_web.api.rows import related, row_of, tell
from socle_web.results.models import BY_SHEET, Evidence

router = Router()
EvidenceRow = row_of("evidence")


class Record(BaseModel):
    """A record with what bears it out."""

    record: str = Field(description="SHEET:KEY")
    sheet: str
    key: str
    rows: list[dict[str, Any]] = Field(description="one row, or one for each source that states the same key; columns of the "
                                                   "sheet, with labels beside the codes")
    evidence: list[EvidenceRow] = Field(description="where it can be verified")  # type: ignore[valid-type]


@router.get("/records/{path:record}", response=Record, summary="One record")
def record(request: HttpRequest, record: str, asked: Query[Asked]) -> Any:
    """A record by SHEET:KEY, as the rows of a report and of `why` name it: its columns with source and origin, and its evidence.
    The parts of a key are joined by `/`."""
    sheet, _colon, key = record.partition(":")
    model: Any = BY_SHEET.get(sheet)
    rows = tell(sheet, related(sheet, model.objects.filter(key=key).order_by("id"))) if model else []
    if not rows:
        raise Missing(_("There is no record {record}.").format(record=record[:200]))
    evidence = tell("evidence", Evidence.objects.filter(record=record).order_by("id"))
    return {"record": record, "sheet": sheet, "key": key, "rows": rows, "evidence": evidence}
