"""A column on its way: an Ibis value, what is known of it, and how a figure is written so that every engine reads it alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis  # type: ignore[import-untyped]

from socle.schemes import expressions as x

NOTHING: frozenset[str] = frozenset()
#: The condition that always holds: what hangs on it is unknown in every row.
UNKNOWN = "always"
Window = tuple[x.Household, str]


@ibis.udf.scalar.builtin(name="floor")  # type: ignore[untyped-decorator]
def floor(number: float) -> float:  # type: ignore[empty-body]
    """Ibis' own passes through whole numbers of 64 bits, which costs time and can overflow."""


@dataclass(frozen=True, slots=True)
class Column:
    """An Ibis value and what is known of it: ``whole`` is an integer not yet cast to a double, ``positive`` is never below zero."""

    value: Any
    kind: x.Type
    strict: frozenset[str] = NOTHING
    loses: frozenset[str] = NOTHING
    whole: bool = False
    positive: bool = False
    literal: Any = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What earlier passes have computed: parts of rules and sums over households, by the names of their columns."""

    values: Mapping[x.Expression, Column] = field(default_factory=dict)  # ``value`` is the name
    windows: Mapping[Window, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    columns: Mapping[str, Any]
    kept: Kept


def given_day(value: int) -> Column:
    return Column(ibis.literal(value, type="int64"), "day", whole=True, positive=True, literal=value)


def number(value: float) -> Column:
    whole = float(value).is_integer() and abs(value) < 2**53
    return Column(written_double(value), "number", whole=whole, positive=value >= 0, literal=float(value))


def written_double(value: float) -> Any:
    """A double as every engine reads it: the shortest text that is this double. (A decimal literal is an exact number in
    some engines and a double in others.)"""
    return ibis.literal(repr(float(value))).cast("float64")


def as_whole(made: Column) -> Any:
    return made.value if made.literal is None else ibis.literal(int(made.literal))
