"""Rows as they are told: the columns of the exchange form, flat, with labels beside the codes.

A row is easy to put into a table: text, numbers and null (not reported); a column that lists things is a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field, WithJsonSchema, create_model

from socle.tables import PROGRAMME, Column, Kind
from socle.vocabulary import COUNTRIES, code_list
from socle_web.api.asking import Paged
from socle_web.results.bridge.shape import FIELDS
from socle_web.results.models import Record

T = TypeVar("T")
Told = dict[str, Any]
Read = Callable[[Any], Any]

Number = Annotated[int | float, WithJsonSchema({"type": "number"})]
WRITTEN: dict[Kind, Any] = {Kind.WHOLE: int, Kind.SHARE: float, Kind.AMOUNT: Number, Kind.NUMBER: Number}
LISTS = (Kind.COUNTRIES, Kind.CODES, Kind.REFERENCES)
SAID = {
    Kind.PERIOD: "a day (2024-06-30) or a year (2024)",
    Kind.COUNTRY: "ISO 3166-1 alpha-3",
    Kind.COUNTRIES: "ISO 3166-1 alpha-3",
    Kind.AMOUNT: "in units of the currency",
}


class Page(BaseModel, Generic[T]):
    """A page of a list, in an order that stays."""

    count: int = Field(description="rows on all pages")
    next: str | None = Field(description="address of the next page; null on the last")
    rows: list[T]


def page_of(request: HttpRequest, asked: Paged, found: QuerySet[Any], tell: Callable[[list[Any]], list[Told]]) -> Told:
    """The page that was asked for: two questions, and those that ``found`` prefetches."""
    count, start = found.count(), (asked.page - 1) * asked.limit
    return {
        "count": count,
        "next": next_page(request, asked) if start + asked.limit < count else None,
        "rows": tell(list(found[start : start + asked.limit])) if start < count else [],
    }


def here(request: HttpRequest) -> str:
    """Address of this version of the interface."""
    return request.build_absolute_uri(reverse(f"{request.resolver_match.namespace}:api-root"))  # type: ignore[union-attr]


def next_page(request: HttpRequest, asked: Paged) -> str:
    query = request.GET.copy()
    query["page"] = str(asked.page + 1)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@cache
def row_of(sheet: str, name: str = "", **more: Any) -> type[BaseModel]:
    """The shape of a row of ``sheet``, under a ``name`` of its own if there is ``more``: (type, Field) of what an address adds."""
    fields: dict[str, Any] = {"record": (str, Field(description="SHEET:KEY, as figures refer to it"))}
    for column in PROGRAMME[sheet].columns:
        fields[column.name] = (_type(column), Field(description=_meaning(column)))
        if label := _label(column):
            listed = column.kind in LISTS
            fields[label] = (list[str] if listed else str | None, Field(description=f"`{column.name}` in words"))
    fields["origin"] = (str, Field(description="imported: reported by its source, not verified here; entered: by hand"))
    return create_model(name or f"{sheet}_row", __doc__=PROGRAMME[sheet].meaning, **(fields | more))


def meeting(found: QuerySet[Any], **wanted: object) -> QuerySet[Any]:
    """Rows that meet every condition that is given."""
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def related(sheet: str, found: QuerySet[Any]) -> QuerySet[Any]:
    """With all that the columns refer to, in a constant number of queries."""
    columns = PROGRAMME[sheet].columns
    one = [c.name for c in columns if c.kind is Kind.REFERENCE]
    many = [c.name for c in columns if c.kind in (Kind.REFERENCES, Kind.COUNTRIES)]
    return found.select_related(*one).prefetch_related(*many) if one else found.prefetch_related(*many)


def tell(sheet: str, records: Iterable[Record]) -> list[Told]:
    readers = _readers(sheet)
    return [{name: read(record) for name, read in readers} for record in records]


@cache
def _readers(sheet: str) -> tuple[tuple[str, Read], ...]:
    form, readers = PROGRAMME[sheet], [("record", lambda record: record.name_of_record)]
    for column in form.columns:
        field = "key" if form.key == (column.name,) else FIELDS.get((sheet, column.name), column.name)
        readers.append((column.name, _reader(column, field)))
        if label := _label(column):
            readers.append((label, _worded(column, readers[-1][1])))
    return (*readers, ("origin", lambda record: record.origin))


def _reader(column: Column, field: str) -> Read:
    match column.kind:
        case Kind.PERIOD:
            return lambda record: period.text if (period := record.period(field)) else None
        case Kind.COUNTRY:
            return lambda record: getattr(record, f"{field}_id")
        case Kind.COUNTRIES:
            return lambda record: [country.pk for country in getattr(record, field).all()]
        case Kind.REFERENCE:
            return lambda record: other.key if (other := getattr(record, field)) else None
        case Kind.REFERENCES:
            return lambda record: [other.key for other in getattr(record, field).all()]
        case Kind.CODES:
            return lambda record: list(getattr(record, field))
        case Kind.AMOUNT | Kind.NUMBER:
            return lambda record: number(getattr(record, field))
        case Kind.WHOLE | Kind.SHARE:
            return lambda record: getattr(record, field)
    return lambda record: getattr(record, field) or None


def _worded(column: Column, read: Read) -> Read:
    words: Callable[[str], str]
    if column.kind in (Kind.COUNTRY, Kind.COUNTRIES):
        words = lambda code: COUNTRIES[code].name()  # noqa: E731
    else:
        codes = code_list(column.codes or "")
        words = lambda code: codes[code].label()  # noqa: E731
    if column.kind in LISTS:
        return lambda record: [words(code) for code in read(record)]
    return lambda record: words(code) if (code := read(record)) else None


def _label(column: Column) -> str | None:
    match column.kind:
        case Kind.COUNTRY:
            return f"{column.name}_name"
        case Kind.COUNTRIES:
            return f"{column.name}_names"
        case Kind.CODE:
            return f"{column.name}_label"
        case Kind.CODES:
            return f"{column.name}_labels"
    return None


def _type(column: Column) -> Any:
    if column.kind in LISTS:
        return list[str]
    kind = WRITTEN.get(column.kind, str)
    return kind if column.required else kind | None


def _meaning(column: Column) -> str:
    said = [column.meaning, SAID.get(column.kind, "")]
    if column.codes:
        said.append(f"a code of {column.codes}")
    if column.refers:
        said.append(f"key of {column.refers}")
    return "; ".join(filter(None, said))


def number(value: Decimal | float | None) -> int | float | None:
    """As JSON has it."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)
