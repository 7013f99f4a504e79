"""A million observations as arrays: one query, no object a row."""

from __future__ import annotations

from itertools import chain

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from socle.results import Observations

Integers = NDArray[np.int64]

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
    sql = "SELECT {} FROM results_observation ORDER BY id"
    ordinal = ORDINAL[connection.vendor]
    days = {"on": ordinal.format(day='"on"'), "recorded": ordinal.format(day='coalesce(recorded_on, "on")')}
    found = _integers(sql, tuple(column.format(**days) for column in COLUMNS))
    ids, impact, on, recorded, code, persons, women, men = (np.ascontiguousarray(column) for column in found.T)
    impacts = _integers("SELECT {} FROM results_impact ORDER BY id", ("id",))[:, 0]
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


def _integers(sql: str, columns: tuple[str, ...]) -> Integers:
    """The rows of a question whose every column is a whole number."""
    if connection.vendor == "postgresql":
        return _integers_copied(sql.format(", ".join(f"({column})::bigint" for column in columns)), len(columns))
    with connection.cursor() as cursor:
        cursor.execute(sql.format(", ".join(columns)))
        values = np.fromiter(chain.from_iterable(cursor.cursor), dtype=np.int64)
    return values.reshape(-1, len(columns))


def _integers_copied(sql: str, width: int) -> Integers:
    """Binary COPY: after a header of 19 bytes each row is a count of fields, then a length and 8 bytes a field."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)") as copy:
        block = b"".join(bytes(part) for part in copy)
    row = np.dtype([("fields", ">i2"), *((f"{part}{i}", kind) for i in range(width)
                                         for part, kind in (("length", ">i4"), ("value", ">i8")))])
    rows = np.frombuffer(block, dtype=row, offset=19, count=(len(block) - 21) // row.itemsize)
    return np.stack([rows[f"value{i}"].astype(np.int64) for i in range(width)], axis=1)


def _figures(values: Integers) -> NDArray[np.float64]:
    return np.where(values < 0, np.nan, values.astype(np.float64))


def _superseded(ids: Integers) -> Integers:
    """For each observation the place of the one it corrects, -1 for none."""
    places = np.full(len(ids), -1, dtype=np.int64)
    pairs = _integers(
        "SELECT {} FROM results_observation WHERE supersedes_id IS NOT NULL ORDER BY id", ("id", "supersedes_id")
    )
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
