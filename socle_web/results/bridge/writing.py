"""A book into rows. What is new goes in by ``executemany`` (SQLite) or ``COPY`` (PostgreSQL), not record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from socle.tables import Book, Table
from socle_web.audit import actions
from socle_web.results.bridge.shape import Row, Shape, quoted, shape

Progress = Callable[[str, int, int], None]  # sheet, rows written, rows to write
CHUNK = 20_000


@dataclass(frozen=True)
class Changed:
    """A row that is there with other values. ``place``: which row of the book's table, from 0; ``column``: the first to differ."""

    place: int
    key: str
    column: str
    row: Row


@dataclass(frozen=True)
class Comparison:
    """One sheet of a book beside what is there."""

    shape: Shape
    new: Sequence[Row] = ()
    changed: Sequence[Changed] = ()
    unchanged: int = 0
    absent: Sequence[str] = field(default=())


def compare(book: Book) -> list[Comparison]:
    """Each sheet of ``book`` beside the database, in the order of the form. New rows get their ids here, so that later sheets
    can refer to them: call it in a transaction in which nobody else writes (``alone``)."""
    ids: dict[str, dict[str, int]] = {}
    return [_compared(table, ids, shape(table.sheet.name).rows_there()) for table in book]


def compare_few(book: Book) -> list[Comparison]:
    """The same for the few rows of ``book`` alone: nothing else is read, so nothing is called ``absent``."""
    referred: dict[str, set[str]] = {}
    for table in book:
        for column in table.sheet.columns:
            if column.refers and len(table):
                told = referred.setdefault(column.refers, set())
                for keys in table[column.name]:
                    told.update((keys,) if isinstance(keys, str) else keys or ())
    ids = {sheet: shape(sheet).ids_there(keys) for sheet, keys in referred.items()}
    tables = [table for table in book if len(table)]
    return [_compared(table, ids, (form := shape(table.sheet.name)).rows_there(form.identities(table))) for table in tables]


def write(comparisons: Iterable[Comparison], *, progress: Progress | None = None) -> None:
    """New rows in, changed rows over. Absent rows stay."""
    for comparison in comparisons:
        form, new = comparison.shape, comparison.new
        for start in range(0, len(new), CHUNK):
            _insert(form.table, form.names, [row[: len(form.names)] for row in new[start : start + CHUNK]]
                    if form.links else new[start : start + CHUNK])
            if progress:
                progress(form.sheet.name, min(start + CHUNK, len(new)), len(new))
        changed = [change.row for change in comparison.changed]
        _update(form, changed)
        _relink(form, new, changed)


def alone() -> None:
    """Until the transaction ends nobody else writes."""
    actions.alone()


def _compared(table: Table, ids: dict[str, dict[str, int]], there: Sequence[Row]) -> Comparison:
    form = shape(table.sheet.name)
    known = {row[1]: row[0] for row in there}
    identities = form.identities(table)
    found = [known.get(identity) for identity in identities]
    fresh = _fresh_ids(form.table, found.count(None))
    own = [next(fresh) if i is None else i for i in found]
    if form.identity == "key":
        ids[table.sheet.name] = ids.get(table.sheet.name, {}) | known | dict(zip(identities, own, strict=True))
    rows = form.rows(table, own, ids)
    if not there:
        return Comparison(form, new=rows)
    same = set(form.meant(there))
    changed, new = [], []
    by_id: dict[int, Row] = {}
    unsaid = form.places(table.absent)
    if unsaid:  # what the file has no column for stays as it is
        by_id = {old[0]: old for old in there}
        rows = [row if i is None else tuple(by_id[i][place] if place in unsaid else value for place, value in enumerate(row))
                for row, i in zip(rows, found, strict=True)]
    for place, (row, meant, i) in enumerate(zip(rows, form.meant(rows), found, strict=True)):
        if i is None:
            new.append(row)
        elif meant not in same:
            by_id = by_id or {old[0]: old for old in there}
            changed.append(Changed(place, table.keys[place], _first_difference(form, by_id[i], row), row))
    mentioned = set(identities)
    key = form.names.index("key")
    return Comparison(
        form, new, changed, len(rows) - len(new) - len(changed), [row[key] for row in there if row[1] not in mentioned]
    )


def _first_difference(form: Shape, old: Row, row: Row) -> str:
    place = next(i for i, (before, after) in enumerate(zip(old, row, strict=True)) if before != after)
    if place >= len(form.names):
        return form.links[place - len(form.names)].column.name
    name = form.names[place]
    return next((kept.column.name for kept in form.kept if name in kept.names), form.sheet.key[0])


def _fresh_ids(table: str, number: int) -> Iterator[int]:
    if not number:
        return iter(())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', number]
            )
            return iter([i for (i,) in cursor.fetchall()])
        cursor.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')
        first = cursor.fetchone()[0]
        return iter(range(first, first + number))


def _insert(table: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({quoted(names)}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f'INSERT INTO "{table}" ({quoted(names)}) VALUES ({marks})', rows)


def _update(form: Shape, rows: Sequence[Row]) -> None:
    if rows:
        names = form.names[1:]
        sets = ", ".join(f'"{name}" = %s' for name in names)
        with connection.cursor() as cursor:
            cursor.executemany(
                f'UPDATE "{form.table}" SET {sets} WHERE id = %s', [(*row[1 : len(names) + 1], row[0]) for row in rows]
            )


def _relink(form: Shape, new: Sequence[Row], changed: Sequence[Row]) -> None:
    for place, link in enumerate(form.links, start=len(form.names)):
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(
                    f'DELETE FROM "{link.table}" WHERE "{link.owner}" = %s', [(row[0],) for row in changed]
                )
        pairs = [(row[0], other) for rows in (new, changed) for row in rows for other in row[place]]
        for start in range(0, len(pairs), CHUNK):
            _insert(link.table, (link.owner, link.other), pairs[start : start + CHUNK])
