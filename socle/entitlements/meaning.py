"""The meaning of a rule, for one person or household: what the other readings are held to.

``evaluate`` follows docs/reference/rule-language.md word for word. A number is a double, a day a whole number (20240228), a truth
True or False, a code its text, and what is unknown None.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any, TypeAlias

from socle.entitlements.calendar import civil_day, day_of_month, month
from socle.schemes import LookupTable, derived
from socle.schemes import expressions as x
from socle.vocabulary import FACTS

Value: TypeAlias = float | int | bool | str | None

#: What is within a millionth of a half counts as a half.
HALF = 0.5 + 1e-6

_COMPARISONS: dict[str, Any] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_ARITHMETIC: dict[str, Any] = {"+": add, "-": sub, "*": mul}


def evaluate(expression: x.Expression, facts: Mapping[str, object], *, on: date, tables: Iterable[LookupTable] = ()) -> Value:
    """What a rule says of these facts on a day; None: unknown.

    ``facts`` maps names to numbers, truths, days (``date`` or ISO text) and codes; a household has ``members``, a list of such
    mappings. A fact that is not given is what it follows from (``vocabulary.FACTS[name].derived``), and unknown where that is.
    """
    return Reading(facts, on=on, tables=tables).value(expression)


def missing_facts(expression: x.Expression, facts: Mapping[str, object], *, on: date,
                  tables: Iterable[LookupTable] = ()) -> tuple[str, ...]:
    """The facts whose absence makes the rule unknown, in the order of the rule; nothing where it is decided by what is known."""
    return Reading(facts, on=on, tables=tables).missing(expression)


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact that is not known. ``member``: of which member of the household, from 1."""

    fact: str
    member: int | None = None


class Reading:
    """Rules read with the facts of one person or household on one day."""

    def __init__(self, facts: Mapping[str, object], *, on: date, tables: Iterable[LookupTable] = (),
                 household: Reading | None = None,
                 number: int | None = None) -> None:
        self.facts = facts
        self.on = on
        self.today = whole_day(on)
        self.household = household
        self.number = number
        self.tables: Mapping[str, LookupTable] = household.tables if household is not None else {
            table.name: table for table in sorted(tables, key=lambda table: table.since) if table.since <= on}

    def value(self, e: x.Expression) -> Value:
        match e:
            case x.Number(value) | x.Truth(value) | x.Day(value) | x.Word(value):
                return value
            case x.Today():
                return self.today
            case x.Fact(name):
                return self._fact(name)
            case x.And(parts):
                return _all(self.value(part) for part in parts)
            case x.Or(parts):
                return _any(self.value(part) for part in parts)
            case x.Not(part):
                found = self.value(part)
                return None if found is None else not found
            case x.Choice(condition, then, otherwise):
                found = self.value(condition)
                return None if found is None else self.value(then if found else otherwise)
            case x.Household():
                return self._household(e)
        return self._of_parts(e)

    def _of_parts(self, e: x.Compare | x.In | x.Arithmetic | x.Negative | x.Call | x.Lookup) -> Value:
        """What is unknown as soon as one of its parts is."""
        parts = [self.value(part) for part in _operands(e)]
        if any(part is None for part in parts):
            return None
        match e:
            case x.Compare(op):
                return bool(_COMPARISONS[op](*parts))
            case x.In(_, options):
                return any(parts[0] == option.value for option in options)
            case x.Lookup(name):
                return self._lookup(name, parts[0])
            case x.Call(function):
                return _finite(_call(function, [_number(part) for part in parts]))
            case x.Negative():
                return -_number(parts[0])
            case x.Arithmetic("/"):
                return _finite(_number(parts[0]) / _number(parts[1])) if parts[1] != 0 else None
            case x.Arithmetic(op):
                return _finite(_ARITHMETIC[op](*parts))

    def _fact(self, name: str) -> Value:
        known = FACTS.get(name)
        if known is not None and known.of != "person" and self.household is not None:
            return self.household._fact(name)
        given = _given(self.facts.get(name), known.type if known is not None else None)
        if given is not None:
            return given
        follows = derived(name)
        return None if follows is None else self.value(follows)

    def _lookup(self, name: str, key: Value) -> Value:
        table = self.tables.get(name)
        if table is None:
            return None
        if isinstance(key, str):
            return table.codes.get(key)
        return next((value for upto, value in table.bands if _number(key) <= upto), None)

    # -- members

    def members(self) -> Sequence[Reading] | None:
        """The reading of each member; None where nobody says who they are."""
        home = self.household or self
        found = home.facts.get("members")
        if not isinstance(found, Sequence) or isinstance(found, str):
            return None
        return [Reading(member, on=self.on, household=home, number=n) for n, member in enumerate(found, 1)
                if isinstance(member, Mapping)]

    def _household(self, e: x.Household) -> Value:
        members = self.members()
        if members is None:
            return None
        if e.over == "sum":
            each = [member._summand(e) for member in members]
            return None if None in each else _finite(math.fsum(_number(figure) for figure in each))
        answers = [member.value(e.each) for member in members]
        if e.over == "count":
            return None if None in answers else float(sum(bool(answer) for answer in answers))
        return _any(answers) if e.over == "any" else _all(answers)

    def _summand(self, e: x.Household) -> Value:
        """What a member adds to a sum: nothing where it does not count, whatever is unknown of it."""
        counts = True if e.where is None else self.value(e.where)
        return None if counts is None else self.value(e.each) if counts else 0.0

    # -- what is missing

    def missing(self, e: x.Expression) -> tuple[str, ...]:
        """The names of the facts whose absence makes the rule unknown."""
        return tuple(dict.fromkeys(absent.fact for absent in self.absent(e)))

    def absent(self, e: x.Expression) -> list[Absent]:
        """The same, with the member whose fact it is."""
        if self.value(e) is not None:
            return []
        match e:
            case x.Fact(name):
                return [Absent(name, self.number if name not in FACTS or FACTS[name].of == "person" else None)]
            case x.And(parts) | x.Or(parts):
                return [absent for part in parts for absent in self.absent(part)]
            case x.Not(part):
                return self.absent(part)
            case x.Choice(condition, then, otherwise):
                found = self.value(condition)
                return self.absent(condition) if found is None else self.absent(then if found else otherwise)
            case x.Household():
                return self._absent_of_members(e)
        return [absent for part in _operands(e) for absent in self.absent(part)]  # type: ignore[arg-type]

    def _absent_of_members(self, e: x.Household) -> list[Absent]:
        members = self.members()
        if members is None:
            return [Absent("members")]
        found = []
        for member in members:
            if e.where is not None:
                found += member.absent(e.where)
            if e.where is None or member.value(e.where):
                found += member.absent(e.each)
        return found


def whole_day(day: date) -> int:
    """A day as the language counts it: 20240228."""
    return 10_000 * day.year + 100 * day.month + day.day


def _operands(e: x.Compare | x.In | x.Arithmetic | x.Negative | x.Call | x.Lookup) -> tuple[x.Expression, ...]:
    match e:
        case x.Compare(_, left, right) | x.Arithmetic(_, left, right):
            return left, right
        case x.In(item):
            return (item,)
        case x.Negative(part):
            return (part,)
        case x.Call(_, arguments):
            return arguments
        case x.Lookup(_, key):
            return (key,)
    return ()


def _any(answers: Iterable[Value]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False


def _all(answers: Iterable[Value]) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


def _given(value: object, kind: str | None) -> Value:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, date):
        return whole_day(value)
    if isinstance(value, str):
        return whole_day(date.fromisoformat(value)) if kind == "day" else value
    if isinstance(value, int | float):
        return None if math.isnan(value) else int(value) if kind == "day" else float(value)
    return None


def _number(value: Value) -> float:
    return float(value)  # type: ignore[arg-type]  # a rule is checked before it is read: this is a number or a day


def _finite(value: float) -> float | None:
    """A figure beyond what a double holds is unknown."""
    return value if math.isfinite(value) else None


def _call(function: x.Function, given: list[float]) -> float:
    match function:
        case "min":
            return min(given)
        case "max":
            return max(given)
        case "clip":
            return min(max(given[0], given[1]), given[2])
        case "abs":
            return abs(given[0])
        case "floor":
            return float(math.floor(given[0]))
        case "round":
            return _rounded(given[0], int(given[1]) if len(given) > 1 else 0)
        case "years":
            return float(math.floor((given[1] - given[0]) / 10_000))
        case "months":
            early = _part(given[1], day_of_month) < _part(given[0], day_of_month)
            return _part(given[1], month) - _part(given[0], month) - early
        case "days":
            return _part(given[1], civil_day) - _part(given[0], civil_day)


def _rounded(value: float, decimals: int) -> float:
    """Half away from zero: floor of the distance from zero, in units of the last decimal."""
    unit = 10.0**decimals
    if not math.isfinite(value * unit):
        return value
    return math.copysign(math.floor(abs(value) * unit + HALF) / unit, value) + 0.0


def _part(day: float, part: Any) -> float:
    return float(part(day, math.floor, float))
