"""References from sheet to sheet: those that lead nowhere, and the rows that lean on a row in error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from socle.tables.cells import Wrong
from socle.tables.columns import Column, Kind
from socle.tables.reading import SheetRead
from socle.vocabulary import say

#: Keys, by sheet, of rows that are not in the file and may be referred to.
Known = Mapping[str, Collection[str]]
NOTHING_KNOWN: Known = MappingProxyType({})

_REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)
#: Among more keys than this nobody looks for the nearest.
_MOST_TO_COMPARE = 5_000


def refuse_unknown_references(reads: Mapping[str, SheetRead], *, unreadable: Collection[str], known: Known) -> None:
    """A key that no row has, here or elsewhere. A row in error still has its key: one mistake is told once."""
    for read in reads.values():
        for column in read.sheet.columns:
            if column.kind in _REFERENCES and column.refers not in unreadable:
                target = reads.get(column.refers or "")
                if target is None or target.identified:
                    there = set(target.keys()) if target else set()
                    _refuse_unknown(read, column, there.union(known.get(column.refers or "", ())))


def _refuse_unknown(read: SheetRead, column: Column, known: set[object]) -> None:
    told = {key for value in set(read.values[column.name]) for key in _keys(value)}
    if told <= known:
        return
    remedies: dict[str, Wrong] = {}
    for i, keys in _referring(read, column):
        for key in keys:
            if key not in known:
                if key not in remedies:
                    remedies[key] = _unknown(key, column.refers or "", known)
                read.refuse(i, column.name, remedies[key], value=read.texts[column.name][i])


def _unknown(key: str, sheet: str, known: set[object]) -> Wrong:
    keys = [k for k in known if isinstance(k, str)] if len(known) <= _MOST_TO_COMPARE else []
    near = get_close_matches(key, keys, n=3)
    remedy = say("Add it to sheet {sheet}, or correct the key.", sheet=sheet)
    if near:
        remedy = say("Did you mean {near}?", near=", ".join(near)) + " " + remedy
    return Wrong("unknown_reference", say("Sheet {sheet} has no “{key}”.", sheet=sheet, key=key), remedy)


def set_aside_dependents(reads: Mapping[str, SheetRead], *, unreadable: Collection[str], known: Known) -> None:
    """Rows that refer to a row in error are in no book either: nothing in a book leads nowhere but to what is ``known``."""
    for read in reads.values():
        for column in read.sheet.columns:
            target = reads.get(column.refers or "")
            if column.refers in unreadable or (target is not None and not target.identified):
                there = set(known.get(column.refers or "", ()))
                read.bad.update(i for i, keys in _referring(read, column) if not there.issuperset(keys))
    for name, rows in dependents(reads, {name: read.bad for name, read in reads.items()}, known=known).items():
        reads[name].bad |= rows


def dependents(reads: Mapping[str, SheetRead], rows: Mapping[str, Collection[int]], *, known: Known) -> dict[str, set[int]]:
    """The rows, by sheet, that lean on these rows or on rows that do, and are none of them."""
    found: dict[str, set[int]] = defaultdict(set)
    lost: list[tuple[str, object]] = []
    for name, places in rows.items():
        if places:
            keys = reads[name].keys()
            good = {key for i, key in enumerate(keys) if i not in places}.union(known.get(name, ()))
            lost += [(name, key) for key in {keys[i] for i in places} - good if isinstance(key, str)]
    referrers: dict[str, dict[object, list[tuple[str, int]]]] = {}
    while lost:
        sheet, key = lost.pop()
        if sheet not in referrers:
            referrers[sheet] = _referrers(reads, sheet)
        for name, i in referrers[sheet].get(key, ()):
            if i not in found[name] and i not in rows.get(name, ()):
                found[name].add(i)
                if (own := reads[name].keys()[i]) not in known.get(name, ()):
                    lost.append((name, own))
    return found


def _referrers(reads: Mapping[str, SheetRead], sheet: str) -> dict[object, list[tuple[str, int]]]:
    found: dict[object, list[tuple[str, int]]] = defaultdict(list)
    for name, read in reads.items():
        for column in read.sheet.columns:
            if column.refers == sheet:
                for i, keys in _referring(read, column):
                    for key in keys:
                        found[key].append((name, i))
    return found


def _referring(read: SheetRead, column: Column) -> Iterator[tuple[int, tuple[str, ...]]]:
    for i, value in enumerate(read.values[column.name]):
        if value is not None and (keys := _keys(value)):
            yield i, keys


def _keys(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
