"""Why a figure is what it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle import results
from socle_web.api.asking import Paged, Text
from socle_web.api.rows import Number, next_page, number
from socle_web.api.v1.report import About
from socle_web.results import queries

router = Router()


class Asked(About, Paged):
    table: Text = Field(description="a table of the report")
    row: Text = Field(description="the row's key values joined by `/`: `effective_coverage/old_age`")
    column: Text = Field(description="a figure of the table")


class Line(BaseModel):
    """A record behind the figure, or left out of it."""

    record: str = Field(description="SHEET:KEY")
    sheet: str
    key: str
    value: Number | None = Field(description="what it adds; null: nothing by itself")
    note: str = Field(description="what there is to say; why it was left out")


class Why(BaseModel):
    """One figure, taken apart."""

    table: str
    row: str
    column: str
    value: Number | None
    rule: str = Field(description="how it was counted, in words")
    counted: list[Line]
    counted_count: int = Field(description="lines on all pages")
    left_out: list[Line]
    left_out_count: int = Field(description="lines on all pages")
    next: str | None = Field(description="address of the next page of lines; null on the last")


@router.get("/why", response=Why, summary="Why a figure is what it is")
def why(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The rule behind one figure of the report, the records it counted with what each adds, and what was left out and why."""
    found = results.why(queries.report(**asked.filters), table=asked.table, row=asked.row, column=asked.column)
    start, end = (asked.page - 1) * asked.limit, asked.page * asked.limit
    more = end < max(len(found.counted), len(found.left_out))
    return {
        "table": found.table, "row": found.row, "column": found.column, "value": number(found.value), "rule": found.rule,
        "counted": [_told(line) for line in found.counted[start:end]], "counted_count": len(found.counted),
        "left_out": [_told(line) for line in found.left_out[start:end]], "left_out_count": len(found.left_out),
        "next": next_page(request, asked) if more else None,
    }


def _told(line: results.Line) -> dict[str, Any]:
    return {"record": line.record, "sheet": line.sheet, "key": line.key, "value": number(line.value), "note": line.note}
