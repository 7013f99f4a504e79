"""The meaning of a rule over arrays: the same arithmetic as for one person, for every cell and state at once. NaN is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from typing import Any

import numpy as np

from socle.entitlements.calendar import civil_day, day_of_month, month
from socle.entitlements.meaning import HALF, whole_day
from socle.entitlements.states import CellFacts, Floats, Words, counts_members
from socle.schemes import LookupTable, derived
from socle.schemes import expressions as x

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
UNKNOWN: Floats = np.array(np.nan)


class ArrayReading:
    """Rules read with the facts of cells. A truth is 1, 0 or NaN; a code its number; a day its whole number."""

    def __init__(self, facts: CellFacts, *, on: date, tables: Iterable[LookupTable], words: Words) -> None:
        self.facts = facts
        self.today = float(whole_day(on))
        self.tables = {table.name: table for table in sorted(tables, key=lambda table: table.since) if table.since <= on}
        self.words = words
        self._read: dict[x.Expression, Floats] = {}

    def value(self, e: x.Expression) -> Floats:
        if e not in self._read:
            with np.errstate(all="ignore"):
                self._read[e] = self._value(e)
        return self._read[e]

    def _value(self, e: x.Expression) -> Floats:
        match e:
            case x.Number(value) | x.Truth(value) | x.Day(value):
                return np.array(float(value))
            case x.Word(value):
                return np.array(self.words.number(value))
            case x.Today():
                return np.array(self.today)
            case x.Fact(name):
                return self._fact(name)
            case x.Compare(op, left, right):
                return self._known(_COMPARISONS[op], self.value(left), self.value(right))
            case x.In(item, options):
                found = self.value(item)
                return self._known(lambda each: np.isin(each, [self.value(option) for option in options]), found)
            case x.And(parts):
                return reduce(_both, map(self.value, parts))
            case x.Or(parts):
                return 1.0 - reduce(_both, (1.0 - self.value(part) for part in parts))
            case x.Not(part):
                return np.asarray(1.0 - self.value(part))
            case x.Arithmetic(op, left, right):
                return _finite(_ARITHMETIC[op](self.value(left), self.value(right)))
            case x.Negative(part):
                return -self.value(part)
            case x.Choice(condition, then, otherwise):
                met = self.value(condition)
                return np.where(met == 1, self.value(then), np.where(met == 0, self.value(otherwise), np.nan))
            case x.Call(function, arguments):
                return _finite(_call(function, [self.value(each) for each in arguments]))
            case x.Lookup(name, key):
                return self._lookup(self.tables.get(name), self.value(key))
            case x.Household():
                return self._fact("household_size") if counts_members(e) else UNKNOWN

    def _fact(self, name: str) -> Floats:
        value = self.facts.value(name)
        if value is not None:
            return value
        follows = derived(name)
        if follows is None or follows == x.Household("count", x.Truth(True)):
            return UNKNOWN
        return self.value(follows)

    def _known(self, question: Callable[..., Any], *asked: Floats) -> Floats:
        unknown = reduce(np.logical_or, map(np.isnan, asked))
        return np.where(unknown, np.nan, question(*asked))

    def _lookup(self, table: LookupTable | None, key: Floats) -> Floats:
        if table is None:
            return UNKNOWN
        rows = ([(key == self.words.number(code), value) for code, value in table.codes.items()] if table.codes
                else [(key <= upto, value) for upto, value in table.bands])
        found = np.select([met for met, _ in rows], [np.array(value) for _, value in rows], np.nan) if rows else UNKNOWN
        return np.where(np.isnan(key), np.nan, found)


def _both(left: Floats, right: Floats) -> Floats:
    """False where one is false, else unknown where one is unknown."""
    return np.where((left == 0) | (right == 0), 0.0, left * right)


def _finite(value: Any) -> Floats:
    return np.where(np.isfinite(value), value, np.nan)


def _call(function: x.Function, given: list[Floats]) -> Any:
    match function:
        case "min":
            return reduce(np.minimum, given)
        case "max":
            return reduce(np.maximum, given)
        case "clip":
            return np.minimum(np.maximum(given[0], given[1]), given[2])
        case "abs":
            return np.abs(given[0])
        case "floor":
            return np.floor(given[0])
        case "round":
            unit = 10.0 ** float(given[1]) if len(given) > 1 else 1.0
            return np.copysign(np.floor(np.abs(given[0]) * unit + HALF) / unit, given[0]) + 0.0
        case "years":
            return np.floor((given[1] - given[0]) / 10_000)
        case "months":
            early = _part(given[1], day_of_month) < _part(given[0], day_of_month)
            return _part(given[1], month) - _part(given[0], month) - early
        case "days":
            return _part(given[1], civil_day) - _part(given[0], civil_day)


def _part(day: Floats, part: Callable[..., Any]) -> Any:
    return part(day, np.floor, float)
