"""Lists that show the first few and say how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, QuerySet, Window

T = TypeVar("T")
MOST = 10


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    rows: Sequence[T]
    total: int

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


def first(found: QuerySet[Any], most: int = MOST) -> Listed[Any]:
    """The first rows and the number of all, in one query."""
    rows = list(found.annotate(total=Window(Count("pk")))[:most])
    return Listed(rows, rows[0].total if rows else 0)


def part(rows: Sequence[T], most: int = MOST) -> Listed[T]:
    return Listed(rows[:most], len(rows))
