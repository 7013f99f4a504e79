"""The records behind a row: a sequence of ``SHEET:KEY`` that is written out only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import overload

from socle.results.chain import Chain
from socle.results.observations import Bools
from socle.tables import Table


class Records(Sequence[str]):
    """``SHEET:KEY`` of every record behind a row."""

    def __init__(self, *parts: Callable[[], Iterable[str]]) -> None:
        self._parts = parts

    @cached_property
    def _written(self) -> list[str]:
        return [record for part in self._parts for record in part()]

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._written[index]

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Records({self._written!r})"


def of_rows(table: Table, rows: Iterable[int]) -> Callable[[], Iterable[str]]:
    """Records of some rows of a table."""
    return lambda: [f"{table.sheet.name}:{table.key(row)}" for row in rows]


def of_observations(chain: Chain, rows: Callable[[], Bools]) -> Callable[[], Iterable[str]]:
    """Records of observations; ``rows`` is worked out only when asked."""

    return lambda: chain.observations.records[rows()].tolist()
