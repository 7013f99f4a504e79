"""Rows into a book, and into the chain that the library adds up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection, transaction

from socle.results import Chain
from socle.tables import PROGRAMME, Book, Table
from socle_web.results.bridge.arrays import observations
from socle_web.results.bridge.shape import shape


def book(*, without: Collection[str] = ()) -> Book:
    """Every record, as if the programme had been read from a file; sheets named in ``without`` stay empty."""
    keys: dict[str, dict[int, str]] = {}
    with one_moment():
        return Book(PROGRAMME, {s.name: _table(s.name, keys) for s in PROGRAMME if s.name not in without})


def chain() -> Chain:
    """The records as the library adds them up. Observations come as arrays; their keys when somebody asks for them."""
    with one_moment():
        return Chain(book(without=("observations",)), observations())


@contextmanager
def one_moment() -> Iterator[None]:
    """All questions inside see the database as it was at the first; nobody waits."""
    if connection.in_atomic_block or _in_transaction():
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:  # Django's own transactions are IMMEDIATE: they would wait for a load to end
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _in_transaction() -> bool:
    connection.ensure_connection()
    return connection.vendor == "sqlite" and bool(connection.connection.in_transaction)


def _table(sheet: str, keys: dict[str, dict[int, str]]) -> Table:
    form = shape(sheet)
    names = (*form.names, *(link.column.name for link in form.links))
    rows = form.rows_there()
    there = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}
    if form.identity == "key":
        keys[sheet] = dict(zip(there["id"], there["key"], strict=True))
    given: dict[str, list[Any]] = {}
    for part in form.kept:
        given[part.column.name] = part.given([there[name] for name in part.names], keys)
    for link in form.links:
        given[link.column.name] = link.given(there[link.column.name], keys)
    ordered = {name: given.get(name, there["key"]) for name in form.sheet.names}
    return Table(form.sheet, ordered, cast("list[int]", [None] * len(rows)))  # a database has no row numbers
