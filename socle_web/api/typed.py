"""What other systems type: cells of the exchange form, and the entries they become."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from socle.errors import Finding, InputError
from socle.tables import PROGRAMME
from socle_web.accounts.models import User
from socle_web.api.private import caller
from socle_web.api.refusing import Missing, Unkept
from socle_web.audit.actions import deed
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Entry
from socle_web.results.permissions import visible

MOST = 100  # rows of one request
SHEETS = tuple(sheet.name for sheet in PROGRAMME)
LARGEST_ID = 2**63 - 1
CELL = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}, {"type": "array", "items": {"type": "string"}}]}
Told = dict[str, Any]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID, description="number of the entry")]
State = Literal["draft", "submitted", "verified", "published", "withdrawn"]


def _cell(value: object) -> str:
    """As it would be typed: a number in digits, a list joined by `;`."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            pass
        case int():
            return str(value)
        case float() if math.isfinite(value):
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        case list() if all(isinstance(part, str) for part in value):
            return ";".join(value)
    raise PydanticCustomError("not_a_cell", "{what}", {
        "what": _("A cell is a text, a number, a list of texts, or null."), "remedy": _("Write it as one of these.")})


def _sheet(text: str) -> str:
    if text not in SHEETS:
        raise PydanticCustomError("unknown_sheet", "{what}", {
            "what": _("There is no such sheet."), "remedy": _("Use one of: {names}.").format(names=", ".join(SHEETS))})
    return text


Cells = dict[str, Annotated[str, BeforeValidator(_cell), WithJsonSchema(CELL)]]
Sheet = Annotated[str, AfterValidator(_sheet), WithJsonSchema({"type": "string", "enum": list(SHEETS)})]
VALUES = Field(description="columns of the sheet and what is typed in them; what is left out is empty")


class Sent(BaseModel):
    """What is sent holds nothing else: a misspelt name would be lost."""

    model_config = ConfigDict(extra="forbid")


class Row(Sent):
    """A record as it is typed."""

    sheet: Sheet = Field(description="sheet of the exchange form")
    values: Cells = VALUES


class Rows(Sent):
    """Records as they are typed. They may refer to each other; what others refer to comes first."""

    entries: list[Row] = Field(min_length=1, max_length=MOST, description=f"1 to {MOST} records; all of them are kept, or none")


class Remark(BaseModel):
    """Something missing, wrong or remarkable about what is typed."""

    severity: Literal["error", "warning"] = Field(description="an error must be mended before it is submitted")
    row: int = Field(description="its place among what was sent, from 1")
    sheet: str
    column: str | None
    value: str | None = Field(description="what was given")
    code: str = Field(description="stable word for this kind of finding")
    what: str = Field(description="what is wrong, in a sentence")
    remedy: str = Field(description="how to mend it, in a sentence")


class Kept(BaseModel):
    """A record on its way to be a fact."""

    entry: int = Field(description="its number, by which its address is called")
    sheet: str
    key: str | None = Field(description="key of the record; null until what makes it is typed")
    state: State
    version: int = Field(description="goes up with every save")
    values: dict[str, str] = Field(description="columns of the sheet, as text, exactly as typed; empty ones are left out")
    before: dict[str, str] | None = Field(description="the fact it would change, when it was begun; null: it is new")
    countries: list[str] = Field(description="in whose hands it is: ISO 3166-1 alpha-3")
    project: str | None = Field(description="in whose hands it is: key of a project")
    entered_by: str
    entered_at: datetime
    changed_by: str
    changed_at: datetime
    submitted_by: str | None
    submitted_at: datetime | None
    returned_by: str | None
    returned_at: datetime | None
    reason: str | None = Field(description="why it was returned")
    verified_by: str | None
    verified_at: datetime | None
    published_by: str | None
    published_at: datetime | None


class Examined(Kept):
    """A record on its way to be a fact, and all there is to say about it."""

    findings: list[Remark]


class ExaminedRows(BaseModel):
    """Records on their way to be facts, in the order they were sent."""

    entries: list[Examined]


def told(entry: Entry) -> Told:
    names = [name for name in Kept.model_fields if name not in ("entry", "key", "countries", "project")]
    said = {name: getattr(entry, name) for name in names}
    said |= {name: said[name] or None for name in names if name.endswith("_by") or name == "reason"}
    whose = {"countries": list(entry.countries), "project": entry.project or None}
    return {"entry": entry.pk, **said, "key": entry.key or None, **whose}


def examined(entries: Sequence[Entry]) -> list[Told]:
    """Each with what there is to say about it; they are looked at together."""
    found: dict[int, list[Told]] = {place: [] for place in range(1, len(entries) + 1)}
    for one in remarked(actions.examine(entries)):
        found[one["row"]].append(one)
    return [told(entry) | {"findings": found[place]} for place, entry in enumerate(entries, start=1)]


def remarked(findings: Iterable[Finding]) -> Iterator[Told]:
    for one in findings:
        yield {"severity": one.severity, "row": one.row or 1, "sheet": one.sheet or "", "column": one.column, "value": one.value,
               "code": one.code, "what": one.message, "remedy": one.remedy}


def found(request: HttpRequest, entry: int) -> Entry:
    """An entry the caller may see; of the others nobody says that they exist."""
    there = visible(caller(request)).filter(pk=entry).first()
    if there is None:
        raise Missing(_("There is no entry {n}.").format(n=entry))
    return there


def entered(rows: Sequence[Row], *, by: User) -> list[Entry]:
    """Entries of all of the rows. Raises ``Unkept`` with every refusal, or ``InputError`` with every column that does not exist."""
    with deed():
        made, refusals = tried(rows, by=by)
        if refusals:
            raise Unkept(refusals)
    return list(made.values())


def tried(rows: Sequence[Row], *, by: User) -> tuple[dict[int, Entry], list[tuple[int, str, Refused]]]:
    """The rows that can be entered and those that cannot, by place from 1."""
    refuse_unknown_columns((row.sheet, row.values) for row in rows)
    made: dict[int, Entry] = {}
    refusals: list[tuple[int, str, Refused]] = []
    for place, row in enumerate(rows, start=1):
        try:
            made[place] = actions.enter(row.sheet, row.values, by=by)
        except Refused as refusal:
            refusals.append((place, row.sheet, refusal))
    return made, refusals


def refuse_unknown_columns(rows: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """A misspelt column would be lost."""
    findings = [
        Finding("error", sheet, place, name[:MOST], None, "unknown_column",
                _("The sheet {sheet} has no such column.").format(sheet=sheet),
                _("Use one of: {names}.").format(names=", ".join(PROGRAMME[sheet].names)))
        for place, (sheet, values) in enumerate(rows, start=1)
        for name in values if name not in PROGRAMME[sheet].names
    ]
    if findings:
        raise InputError(findings[0].message, findings=findings)
