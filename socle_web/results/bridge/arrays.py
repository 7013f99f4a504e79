"""A million observations as arrays: one query, no object a row."""

from __future__ import annotations

from itertools import chain

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from socle.results import Observations

Integers = NDArray[np.int64]
PACKED = 250_000  # rows

#: What an observation is, as whole numbers: -1 for a count that was not reported, ``code`` for measure, status and unit.
COLUMNS = (
    "id",
    "impact_id",
    "{on}",
    "{recorded}",
    "CASE measure WHEN 'baseline' THEN 0 WHEN 'increase' THEN 1 ELSE 2 END"
    " + CASE status WHEN 'potential' THEN 4 ELSE 0 END + CASE unit WHEN 'households' THEN 8 ELSE 0 END",
    "coalesce(persons, -1)",
    "coalesce(women, -1)",
    "coalesce(men, -1)",
)
ORDINAL = {  # a day as date.toordinal() counts it
    "sqlite": "CAST(julianday({day}) - 1721424.5 AS INTEGER)",
    "postgresql": "({day} - DATE '0001-01-01' + 1)",
}


def observations() -> Observations:
    """All observations, oldest first."""
    ordinal = ORDINAL[connection.vendor]
    days = {"on": ordinal.format(day='"on"'), "recorded": ordinal.format(day='coalesce(recorded_on, "on")')}
    found = _integers("results_observation", tuple(column.format(**days) for column in COLUMNS))
    ids, impact, on, recorded, code, persons, women, men = (np.ascontiguousarray(column) for column in found.T)
    impacts = _integers("results_impact", ("id",))[:, 0]
    return Observations(
        impact=np.searchsorted(impacts, impact),
        on=on,
        recorded=recorded,
        measure=code & 3,
        potential=(code & 4) > 0,
        households=(code & 8) > 0,
        persons=_figures(persons),
        women=_figures(women),
        men=_figures(men),
        supersedes=_superseded(ids),
        read_keys=lambda: _keys(ids),
        read_numbers=lambda: [None] * len(ids),
    )


def _integers(table: str, columns: tuple[str, ...], where: str = "true") -> Integers:
    """Rows of whole numbers, oldest first; the first column is the id."""
    if connection.vendor == "postgresql":
        return _packed(table, columns, where)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY id")
        values = np.fromiter(chain.from_iterable(cursor.cursor), dtype=np.int64)
    return values.reshape(-1, len(columns))


def _packed(table: str, columns: tuple[str, ...], where: str) -> Integers:
    """PostgreSQL packs each column of a quarter of a million rows into one field: a message a chunk instead of one a row.

    Binary COPY: a header of 19 bytes; for each row the number of fields, for each field its length; at the end two bytes.
    """
    packed = ", ".join(f"string_agg(int8send(({column})::bigint), ''::bytea)" for column in columns)
    question = f"SELECT {packed} FROM {table} WHERE {where} GROUP BY id / {PACKED}"
    with connection.cursor() as cursor, cursor.copy(f"COPY ({question}) TO STDOUT (FORMAT BINARY)") as copy:
        block = b"".join(copy)
    chunks, place = [np.empty((0, len(columns)), dtype=np.int64)], 19
    while place < len(block) - 2:
        place, fields = place + 2, []
        for _ in columns:
            length = int.from_bytes(block[place : place + 4], "big")
            fields.append(np.frombuffer(block, dtype=">i8", count=length // 8, offset=place + 4))
            place += 4 + length
        chunks.append(np.stack(fields, axis=1).astype(np.int64))
    rows = np.concatenate(chunks)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _figures(values: Integers) -> NDArray[np.float64]:
    return np.where(values < 0, np.nan, values.astype(np.float64))


def _superseded(ids: Integers) -> Integers:
    """For each observation the place of the one it corrects, -1 for none."""
    places = np.full(len(ids), -1, dtype=np.int64)
    pairs = _integers("results_observation", ("id", "supersedes_id"), "supersedes_id IS NOT NULL")
    places[np.searchsorted(ids, pairs[:, 0])] = np.searchsorted(ids, pairs[:, 1])
    return places


def _keys(ids: Integers) -> list[str]:
    """The keys of these observations; others may have come since."""
    if not len(ids):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, key FROM results_observation WHERE id <= %s ORDER BY id", [int(ids[-1])])
        keys: dict[int, str] = dict(cursor.fetchall())
    return list(keys.values()) if len(keys) == len(ids) else [keys[i] for i in ids.tolist()]
