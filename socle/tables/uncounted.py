"""Rows that lack a fact without which they cannot be counted, because the sheet has no column for it.

Where other rows say it, it is taken from there. Otherwise the rows are set aside with those that lean on them, and one warning says
so: a column that is no key is never an error by its absence.
"""

from __future__ import annotations

from collections.abc import Mapping

from socle.tables.cells import Wrong
from socle.tables.reading import SheetRead
from socle.tables.references import Known, dependents
from socle.vocabulary import say, say_many


def set_aside_uncounted(reads: Mapping[str, SheetRead], *, known: Known) -> None:
    for read in reads.values():
        for column in read.sheet.columns:
            if column.required and column.name in read.absent and column.name not in read.sheet.key:
                if column.said_by:
                    _take_over(reads, read, column.name, *column.said_by)
                _set_aside(reads, read, column.name, known=known)


def _take_over(reads: Mapping[str, SheetRead], read: SheetRead, column: str, reference: str, source: str) -> None:
    target = reads.get(read.sheet.column(reference).refers or "")
    if target is None or not target.identified:
        return
    said = {key: value for key, value in zip(target.keys(), target.values[source], strict=True) if not isinstance(value, Wrong)}
    read.values[column] = [said.get(key) if isinstance(key, str) else None for key in read.values[reference]]
    if any(value is not None for value in read.values[column]):
        read.absent.discard(column)


def _set_aside(reads: Mapping[str, SheetRead], read: SheetRead, column: str, *, known: Known) -> None:
    places = {i for i, value in enumerate(read.values[column]) if value is None}
    if not places:
        return
    read.bad |= places
    leaning = dependents(reads, {read.sheet.name: places}, known=known)
    others = sum(len(rows) for rows in leaning.values())
    message = say_many("Column {column} is missing: {n} row cannot be counted and is set aside.",
                       "Column {column} is missing: {n} rows cannot be counted and are set aside.", len(places), column=column)
    if others:
        message += " " + say_many("So is {n} row that refers to it.", "So are {n} rows that refer to them.", others)
    read.remark("warning", column, Wrong("not_counted", message, say("Add a column {column} to the sheet.", column=column)))
