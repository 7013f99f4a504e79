"""The report: every table of a phase or a year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field, create_model

from socle.results import TABLES, TableSpec
from socle_web.api.asking import Asked, Country, Day, Text, Year, narrow
from socle_web.api.rows import Number
from socle_web.results import queries

router = Router()


class About(Asked):
    """What a report is about."""

    phase: Text | None = narrow("key of a phase; otherwise the latest")
    year: Year | None = narrow("a year of the phase; otherwise the whole phase")
    country: Country | None = narrow("only this country: ISO 3166-1 code, name or alias")
    partner: Text | None = narrow("only what this partner took part in: key of a partner")
    as_of: Day | None = narrow("only what was recorded by this day")

    @property
    def filters(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in About.model_fields if name not in Asked.model_fields}


class ReportPeriod(BaseModel):
    start: str
    end: str


class Finding(BaseModel):
    """A finding, as `socle results check` gives it."""

    severity: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    remedy: str


def _row(spec: TableSpec) -> type[BaseModel]:
    fields: dict[str, Any] = dict.fromkeys(spec.keys, (str | None, ...))
    fields |= {column: (str | None if column in spec.labels else Number | None, ...) for column in spec.columns}
    fields["records"] = (list[str], Field(description="the records behind the row, as SHEET:KEY"))
    return create_model(f"Report_{spec.name}", __doc__=None, **fields)


Tables = create_model("ReportTables", __doc__="Every table of the report, by name.",
                      **{name: (list[_row(spec)], ...) for name, spec in TABLES.items()})  # type: ignore[misc, call-overload]


class Report(BaseModel):
    """The same as `socle results report --format json`."""

    phase: str
    period: ReportPeriod
    tables: Tables  # type: ignore[valid-type]
    warnings: list[Finding]


@router.get("/report", response=Report, summary="The report")
def report(request: HttpRequest, asked: Query[About]) -> Any:
    """Every table of the report of a phase or a year, added up now from the records; each row lists the records behind it.
    Tables and columns are described in docs/reference/report.md. Unknown is null, never zero."""
    return replace(queries.report(**asked.filters)).as_dict()  # warnings anew: the remembered may be in another language
