"""A record in words: each of its columns as a reader is told it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import TABLES
from socle.tables import PROGRAMME, Column, Kind
from socle.vocabulary import COUNTRIES, code_list, money, period
from socle_web.pages import wording
from socle_web.pages.figures import written
from socle_web.pages.queries.explaining import Title, title_of, with_related
from socle_web.results.models import Record

#: Columns of a sheet that a model calls otherwise.
FIELDS = {("changes", "year"): "on"}
#: Columns that a page says in other places.
ELSEWHERE = frozenset({"source"})
#: Columns that are empty because there is nothing to say, not because nobody reported it.
IF_ANY = frozenset({"supersedes", "reason", "population", "phase", "year"})


@dataclass(frozen=True)
class Fact:
    """One column of a record; empty ``titles``: not reported. A title's own words are in the language of the records."""

    label: str
    titles: Sequence[Title]


def facts(record: Record) -> list[Fact]:
    """Every column of the form but the key, in its order."""
    sheet = PROGRAMME[record.sheet]
    own = sheet.key if len(sheet.key) == 1 else ()
    told = [(one, _told(record, one)) for one in sheet.columns if one.name not in ELSEWHERE and one.name not in own]
    return [Fact(wording.field_name(one.name), titles) for one, titles in told if titles or one.name not in IF_ANY]


def _told(record: Any, column: Column) -> list[Title]:
    field = FIELDS.get((record.sheet, column.name), column.name)
    if column.kind is Kind.PERIOD:
        unsaid = _("at the end of its own period") if field == "recorded_on" else ""
        return _words(period(record.period(field)) or unsaid)
    value = getattr(record, field)
    if column.kind is Kind.REFERENCES:
        return _records(list(value.all()))
    if column.kind is Kind.COUNTRIES:
        return [_country(place.pk) for place in value.all()]
    if value in (None, "", ()):
        return []
    return TOLD.get(column.kind, _number)(record, column, value)


def _words(words: str, *, own: bool = False) -> list[Title]:
    return [Title(words, own=own)] if words else []


def _country(alpha3: str) -> Title:
    return Title(COUNTRIES[alpha3].name(), reverse("country", args=[alpha3]), own=False)


def _records(records: Sequence[Record]) -> list[Title]:
    with_related(records)
    return [title_of(one) for one in records]


def _number(record: Any, column: Column, value: Any) -> list[Title]:
    return _words(written(value))


def _amount(record: Any, column: Column, value: Any) -> list[Title]:
    return _words(money(value, record.currency))


def _text(record: Any, column: Column, value: Any) -> list[Title]:
    """A published figure says in three columns which cell it is: they are told as one."""
    if record.sheet == "published" and column.name == "table":
        return _words(TABLES[value].title if value in TABLES else value)
    if record.sheet == "published" and column.name == "row":
        return _words(wording.row_name(record.table, value) or _("All"))
    if record.sheet == "published" and column.name == "column":
        return _words(wording.figure_name(record.table, record.row, value))
    return _words(value, own=True)


TOLD: Mapping[Kind, Callable[[Any, Column, Any], list[Title]]] = {
    Kind.TEXT: _text,
    Kind.KEY: _text,
    Kind.CURRENCY: lambda _record, _column, value: _words(value),
    Kind.CODE: lambda _record, column, value: _words(code_list(column.codes or "")[value].label()),
    Kind.CODES: lambda _record, column, value: [Title(code_list(column.codes or "")[one].label(), own=False) for one in value],
    Kind.COUNTRY: lambda record, column, _value: [_country(getattr(record, f"{column.name}_id"))],
    Kind.REFERENCE: lambda _record, _column, value: _records([value]),
    Kind.AMOUNT: _amount,
}
