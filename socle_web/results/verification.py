"""Whether the facts are what the log says they are: nothing was written, altered or deleted beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from socle.tables import PROGRAMME, Table
from socle_web.results import bridge, trail

Rows = dict[tuple[str, ...], tuple[str, bridge.Texts]]


@dataclass(frozen=True, slots=True)
class Astray:
    """A record that is not what the log says. ``what``: ``missing``, ``added`` or ``altered``; ``columns``: of an altered one
    those that differ, with what the log says and what stands there."""

    what: str
    sheet: str
    key: str
    columns: tuple[tuple[str, str, str], ...] = ()

    @property
    def record(self) -> str:
        return f"{self.sheet}:{self.key}"


@dataclass(frozen=True, slots=True)
class Verification:
    records: int
    astray: tuple[Astray, ...]

    @property
    def sound(self) -> bool:
        return not self.astray


def verify() -> Verification:
    """Every record of the log beside every record of the tables, at one moment. Raises ``Refused`` where the log was begun
    after the records."""
    with bridge.one_moment():
        told, there = trail.book(), bridge.book()
    return Verification(sum(len(table) for table in told),
                        tuple(one for sheet in PROGRAMME for one in _compared(told[sheet.name], there[sheet.name])))


def _compared(told: Table, there: Table) -> Iterator[Astray]:
    sheet, said, stands = told.sheet.name, _rows(told), _rows(there)
    for identity, (key, values) in said.items():
        if identity not in stands:
            yield Astray("missing", sheet, key)
        elif values != (now := stands[identity][1]):
            yield Astray("altered", sheet, key, tuple(
                (name, values.get(name, ""), now.get(name, ""))
                for name in told.sheet.names if values.get(name, "") != now.get(name, "")))
    yield from (Astray("added", sheet, key) for identity, (key, _values) in stands.items() if identity not in said)


def _rows(table: Table) -> Rows:
    named = zip(table.keys, bridge.texts(table), strict=True)
    return {tuple(values.get(name, "") for name in table.sheet.identity): (key, values) for key, values in named}
