"""How the columns of a sheet are kept: which database columns, and the value in each.

What is kept is the same on both databases (days as ISO text, money as Decimal, years and days told apart by a flag), so that a
row that was read and a row that was loaded can be compared as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from django.db import connection, models

from socle.tables import PROGRAMME, Column, Kind, Sheet, Table
from socle.vocabulary import Period
from socle_web.results.models import BY_SHEET, Record, Stated
from socle_web.results.models.fields import joined

Row = tuple[Any, ...]
Ids = Mapping[str, Mapping[str, int]]  # of a sheet, by key
MOST_ASKED = 500  # values in one question
LISTS = (Kind.COUNTRIES, Kind.REFERENCES)
FIELDS = {("changes", "year"): "on"}  # a day is no year


@dataclass(frozen=True)
class Kept:
    """A column of the form and the database columns it is kept in (two for a period)."""

    column: Column
    names: tuple[str, ...]

    def values(self, given: Sequence[Any], ids: Ids) -> list[list[Any]]:
        """From the form: one list a database column."""
        kind = self.column.kind
        if kind is Kind.PERIOD:
            return _days(given, first=self.column.name == "start")
        if kind is Kind.REFERENCE:
            known = ids[self.column.refers or ""]
            return [[None if key is None else known[key] for key in given]]
        if kind is Kind.CODES:
            texts = {codes: joined(codes or ()) for codes in set(given)}
            return [[texts[codes] for codes in given]]
        if kind in (Kind.COUNTRY, Kind.WHOLE, Kind.SHARE, Kind.AMOUNT, Kind.NUMBER):
            return [list(given)]
        return [["" if text is None else text for text in given]]

    def given(self, values: Sequence[Sequence[Any]], keys: Mapping[str, Mapping[int, str]]) -> list[Any]:
        """Back to the form."""
        kind, first = self.column.kind, values[0]
        if kind is Kind.PERIOD:
            periods = {pair: _period(*pair) for pair in set(zip(first, values[1], strict=True))}
            return [periods[pair] for pair in zip(first, values[1], strict=True)]
        if kind is Kind.REFERENCE:
            known = keys[self.column.refers or ""]
            return [None if i is None else known[i] for i in first]
        if kind is Kind.CODES:
            tuples = {text: tuple(text.strip(";").split(";")) if text else None for text in set(first)}
            return [tuples[text] for text in first]
        if kind in (Kind.COUNTRY, Kind.WHOLE, Kind.SHARE, Kind.AMOUNT, Kind.NUMBER):
            return list(first)
        return [text or None for text in first]


@dataclass(frozen=True)
class Link:
    """A column that lists other records, kept in a table of pairs."""

    column: Column
    table: str
    owner: str
    other: str

    def values(self, given: Sequence[Any], ids: Ids) -> list[tuple[Any, ...]]:
        """From the form: the others of each row, countries by their code."""
        if self.column.refers is None:
            return [tuple(codes or ()) for codes in given]
        known = ids[self.column.refers]
        return [tuple(known[key] for key in keys or ()) for keys in given]

    def given(self, values: Sequence[tuple[Any, ...]], keys: Mapping[str, Mapping[int, str]]) -> list[tuple[str, ...] | None]:
        """Back to the form."""
        if self.column.refers is None:
            return [codes or None for codes in values]
        known = keys[self.column.refers]
        return [tuple(known[i] for i in others) or None for others in values]


@dataclass(frozen=True)
class Shape:
    sheet: Sheet
    model: type[Record]
    kept: tuple[Kept, ...]
    links: tuple[Link, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def identity(self) -> str:
        """The database column that tells two rows apart."""
        return "identity" if issubclass(self.model, Stated) else "key"

    @property
    def names(self) -> tuple[str, ...]:
        """The database columns of a row, but for its links."""
        own = ("id", "identity", "key") if self.identity == "identity" else ("id", "key")
        return own + tuple(name for kept in self.kept for name in kept.names)

    @property
    def selected(self) -> str:
        return ", ".join(_selected(self.model, name) for name in self.names)

    def identities(self, table: Table) -> list[str]:
        return identities(table) if self.identity == "identity" else table.keys

    def rows(self, table: Table, own: Sequence[int], ids: Ids) -> list[Row]:
        """The rows of ``table`` as they are kept: ``names``, then a tuple of the others for each link."""
        columns: list[Sequence[Any]] = [own, *([identities(table)] if self.identity == "identity" else []), table.keys]
        for kept in self.kept:
            columns += kept.values(table[kept.column.name], ids)
        columns += [link.values(table[link.column.name], ids) for link in self.links]
        return list(zip(*columns, strict=True))

    def places(self, columns: frozenset[str]) -> frozenset[int]:
        """Where the values of these columns of the form are in a row."""
        kept = {self.names.index(name) for kept in self.kept if kept.column.name in columns for name in kept.names}
        links = {len(self.names) + i for i, link in enumerate(self.links) if link.column.name in columns}
        return frozenset(kept | links)

    def meant(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they are meant: recorded at the end of its own period is what an empty cell says too."""
        if "recorded_on" not in self.names:
            return iter(rows)
        recorded = self.names.index("recorded_on")
        own = self.names.index("end" if "end" in self.names else "on")
        return (row if row[recorded] != row[own] else (*row[:recorded], None, False, *row[recorded + 2:]) for row in rows)

    def rows_there(self, identities: Collection[str] | None = None) -> list[Row]:
        """The rows of the database, the same way, oldest first; only those of ``identities`` where they are given."""
        if identities is None:
            return self._read("", ())
        wanted = sorted(identities)
        found = [row for start in range(0, len(wanted), MOST_ASKED)
                 for row in self._read(*_among(self.identity, wanted[start : start + MOST_ASKED]))]
        return sorted(found, key=itemgetter(0))

    def ids_there(self, keys: Collection[str]) -> dict[str, int]:
        """The ids of the rows with these keys."""
        wanted, found = sorted(keys), dict[str, int]()
        with connection.cursor() as cursor:
            for start in range(0, len(wanted), MOST_ASKED):
                where, given = _among("key", wanted[start : start + MOST_ASKED])
                cursor.execute(f'SELECT key, id FROM "{self.table}" {where}', given)
                found |= dict(cursor.fetchall())
        return found

    def _read(self, where: str, given: Sequence[Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {self.selected} FROM "{self.table}" {where} ORDER BY id', given)
            rows: list[Row] = cursor.fetchall()
            if connection.vendor == "sqlite":
                rows = _exact(rows, self._decimals)
            for link in self.links:
                others: dict[int, list[Any]] = {}
                of, owners = _among(link.owner, [row[0] for row in rows]) if where else ("", ())
                cursor.execute(f'SELECT "{link.owner}", "{link.other}" FROM "{link.table}" {of} ORDER BY id', owners)
                for owner, other in cursor.fetchall():
                    others.setdefault(owner, []).append(other)
                rows = [(*row, tuple(others.get(row[0], ()))) for row in rows]
        return rows

    @property
    def _decimals(self) -> tuple[int, ...]:
        exact = {kept.names[0] for kept in self.kept if kept.column.kind in (Kind.AMOUNT, Kind.NUMBER)}
        return tuple(i for i, name in enumerate(self.names) if name in exact)


@cache
def shape(sheet: str) -> Shape:
    form, model = PROGRAMME[sheet], BY_SHEET[sheet]
    kept, links = [], []
    for column in form.columns:
        field = None if form.key == (column.name,) else model._meta.get_field(FIELDS.get((sheet, column.name), column.name))
        if isinstance(field, models.ManyToManyField):
            links.append(Link(column, field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()))
        elif isinstance(field, models.Field):
            name = str(field.column)
            kept.append(Kept(column, (name, f"{name}_is_year") if column.kind is Kind.PERIOD else (name,)))
    return Shape(form, model, tuple(kept), tuple(links))


def identities(table: Table) -> list[str]:
    """What tells rows of one key apart, in 32 characters."""
    parts = zip(*([_text(value) for value in table[name]] for name in table.sheet.identity), strict=True)
    return [blake2b("\x1f".join(part).encode(), digest_size=16).hexdigest() for part in parts]


def _exact(rows: Sequence[Row], places: Sequence[int]) -> list[Row]:
    """Rows with Decimals where SQLite gave text."""
    if not places:
        return list(rows)
    return [tuple(Decimal(v) if i in places and v is not None else v for i, v in enumerate(row)) for row in rows]


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _selected(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name.removesuffix("_id")) if name.endswith("_id") else model._meta.get_field(name)
    if isinstance(field, models.DateField):
        return f'"{name}"::text' if connection.vendor == "postgresql" else f'+"{name}"'
    if isinstance(field, models.BooleanField) and connection.vendor == "sqlite":
        return f'+"{name}"'
    return f'"{name}"'


def _among(column: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """A condition and its values; among none is nothing."""
    return (f'WHERE "{column}" IN ({", ".join(["%s"] * len(values))})', values) if values else ("WHERE false", ())


def _days(given: Sequence[Period | None], *, first: bool) -> list[list[Any]]:
    pairs = {
        id(period): (None, False) if period is None
        else ((period.start if first else period.end).isoformat(), period.is_year)
        for period in {id(p): p for p in given}.values()
    }
    found = [pairs[id(period)] for period in given]
    return [[day for day, _ in found], [is_year for _, is_year in found]]


def _period(day: str | None, is_year: bool) -> Period | None:
    return None if day is None else Period.parse(day[:4] if is_year else day)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.text if isinstance(value, Period) else str(value)
