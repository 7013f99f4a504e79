"""What people typed, as the library reads it; and facts, as people would type them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from socle.tables import PROGRAMME, Column, Kind, Parsed, RawSheet, Table, parse
from socle_web.results.bridge.shape import shape
from socle_web.results.models import BY_SHEET, OPEN, Entry

Texts = dict[str, str]  # column of the form -> what stands in the cell
REFERRING = (Kind.REFERENCE, Kind.REFERENCES)


def read(entries: Sequence[Entry], *, facts_only: bool = False) -> Parsed:
    """The entries as sheets of the form. The row of an entry is its place, counted from 1.

    They may refer to facts, to each other and (unless ``facts_only``) to whatever else is on its way.
    """
    sheets: dict[str, RawSheet] = {}
    for place, entry in enumerate(entries, start=1):
        names = PROGRAMME[entry.sheet].names
        sheet = sheets.setdefault(entry.sheet, RawSheet(entry.sheet, names, [], []))
        sheet.rows.append([entry.values.get(name, "") for name in names])  # type: ignore[attr-defined]
        sheet.numbers.append(place)  # type: ignore[attr-defined]
    return parse(PROGRAMME, sheets.values(), known=_known(sheets.values(), facts_only=facts_only))


def texts(table: Table) -> list[Texts]:
    """Every row as its cells would be typed; empty cells are left out."""
    columns = {name: cells(values) for name, values in table.columns.items()}
    names = tuple(columns)
    return [{name: text for name, text in zip(names, row, strict=True) if text} for row in zip(*columns.values(), strict=True)]


def facts(wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], Texts]:
    """Facts by sheet and key, as their cells would be typed. Of several statements under one key the last."""
    found: dict[tuple[str, str], Texts] = {}
    for sheet, keys in wanted.items():
        table = few(sheet, keys)
        found |= {(sheet, key): row for key, row in zip(table.keys, texts(table), strict=True)}
    return found


def few(sheet: str, keys: Iterable[str]) -> Table:
    """The facts with these keys as a table."""
    form = shape(sheet)
    model: Any = BY_SHEET[sheet]
    field = form.identity
    identities = set(keys) if field == "key" else set(model.objects.filter(key__in=set(keys)).values_list("identity", flat=True))
    rows = form.rows_there(identities)
    names = (*form.names, *(link.column.name for link in form.links))
    there = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}
    given: dict[str, list[Any]] = {}
    for part in form.kept:
        values = [there[name] for name in part.names]
        given[part.column.name] = part.given(values, _names(part.column, values[0]))
    for link in form.links:
        others = there[link.column.name]
        given[link.column.name] = link.given(others, _names(link.column, [i for one in others for i in one]))
    return Table(form.sheet, {name: given.get(name, there["key"]) for name in form.sheet.names}, range(1, len(rows) + 1))


def cell(value: object) -> str:
    """A value as it stands in a cell of the exchange form."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    return getattr(value, "text", None) or str(value)


def cells(values: Sequence[Any]) -> list[str]:
    """The values of a column as they stand in its cells. A column holds few distinct values: each is written once."""
    written = {value: cell(value) for value in set(values)}
    return [written[value] for value in values]


def _names(column: Column, ids: Sequence[Any]) -> dict[str, dict[int, str]]:
    if column.refers is None:
        return {}
    model: Any = BY_SHEET[column.refers]
    return {column.refers: dict(model.objects.filter(pk__in={i for i in ids if i is not None}).values_list("pk", "key"))}


def _known(sheets: Iterable[RawSheet], *, facts_only: bool) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for raw in sheets:
        for place, name in enumerate(raw.header):
            column = PROGRAMME[raw.name].column(str(name))
            if column.kind in REFERRING and column.refers:
                keys = {part.strip() for row in raw.rows for part in str(row[place]).split(";")}
                told.setdefault(column.refers, set()).update(keys - {""})
    known: dict[str, set[str]] = {}
    for sheet, keys in told.items():
        known[sheet] = set(shape(sheet).ids_there(keys))
        if not facts_only and keys - known[sheet]:
            known[sheet] |= set(
                Entry.objects.filter(sheet=sheet, key__in=keys, state__in=OPEN).values_list("key", flat=True)
            )
    return known
