"""A rule as a column: one expression of the language to one Ibis expression that means the same on every engine.

Engines differ in what they do with what is unknown, so each value carries what its emptiness hangs on. ``strict`` are the
conditions under which the column is empty by itself (a sum is, where one of its facts is); ``loses`` are those under which it
ought to be and is not (``least`` overlooks what is empty). The latter are guarded once, as far out as possible. A decimal
literal is an exact number in some engines and a double in others: a number is written as a text that the engine reads as a double.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub, truediv
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from socle.entitlements.calendar import civil_day, day_of_month, month
from socle.errors import InputError
from socle.schemes import children_of, derived
from socle.schemes.language import expressions as x
from socle.schemes.scheme import LookupTable
from socle.vocabulary import say

#: Added to a member who is unknown, so that one sum tells the count and whether it is known. Doubles hold such sums exactly.
UNKNOWN_MEMBER = 1e12
#: What is within a millionth of a half counts as a half.
HALF = 0.5 + 1e-6

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": truediv}
Window = tuple[x.Household, str]
NOTHING: frozenset[str] = frozenset()
#: The condition that always holds: what hangs on it is unknown in every row.
UNKNOWN = "always"


@ibis.udf.scalar.builtin(name="floor")  # type: ignore[untyped-decorator]
def _floor(number: float) -> float:  # type: ignore[empty-body]
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


class Columns:
    """The expressions of rules over the columns of one table. ``on`` is the day asked for, as a whole number."""

    def __init__(self, table: ir.Table, *, on: int, facts: Mapping[str, object], tables: Mapping[str, LookupTable],
                 kinds: Mapping[str, x.Type], household: str, kept: Kept) -> None:
        self.table = table
        self.on = on
        self.facts = facts
        self.tables = tables
        self.kinds = kinds
        self.household = household if household in table.columns else None
        self._types = dict(table.schema().items())
        self._conditions: dict[str, Any] = {}
        self._made: dict[x.Expression, Column] = {}
        self.kept = kept
        self._windows: dict[Window, Any] = {}

    def finished(self, expression: x.Expression) -> Column:
        """The column of a rule, empty exactly where the rule is unknown; a number is a double."""
        made = self._settled(self.make(expression))
        return self._double(made) if made.kind == "number" else made

    def parts(self, nodes: Iterable[x.Expression], *, prefix: str) -> Parts:
        """The columns of one pass, and where later passes find what it computes."""
        columns: dict[str, Any] = {}
        values = dict(self.kept.values)
        for node in nodes:
            made = self.finished(node)
            if not isinstance(node, x.Household) and made.literal is None and UNKNOWN not in made.strict:
                name = f"{prefix}{len(columns)}"
                columns[name] = made.value
                values[node] = replace(made, value=name)
        windows = {window: f"{prefix}w{number}" for number, window in enumerate(self._windows)}
        columns |= {name: self._windows[window] for window, name in windows.items()}
        return Parts(columns, Kept(values, {**self.kept.windows, **windows}))

    def make(self, node: x.Expression) -> Column:
        if node not in self._made:
            kept = self.kept.values.get(node)
            self._made[node] = self._make(node) if kept is None else self._again(kept)
        return self._made[node]

    def _again(self, kept: Column) -> Column:
        """What an earlier pass has computed."""
        value = self.table[kept.value]
        unknown = self._when(f"part {kept.value}", value.isnull()) if kept.strict else NOTHING
        return replace(kept, value=value, strict=unknown, whole=False, literal=None)

    def _make(self, node: x.Expression) -> Column:
        match node:
            case x.Number(value):
                return _number(value)
            case x.Truth(value):
                return Column(ibis.literal(value), "truth", literal=value)
            case x.Day(value):
                return _given_day(value)
            case x.Word(value):
                return Column(ibis.literal(value), "code", literal=value)
            case x.Today():
                return _given_day(self.on)
            case x.Fact(name):
                return self._fact(name)
            case x.Compare(op, left, right):
                return self._compare(op, self.make(left), self.make(right))
            case x.In(item, options):
                return self._among(self._settled(self.make(item)), options)
            case x.And(parts):
                return self._joined(and_, parts)
            case x.Or(parts):
                return self._joined(or_, parts)
            case x.Not(part):
                made = self._truth(part)
                return replace(made, value=~made.value, literal=None)
            case x.Arithmetic(op, left, right):
                return self._arithmetic(op, self._double(self.make(left)), self._double(self.make(right)))
            case x.Negative(part):
                made = self._double(self.make(part))
                return replace(made, value=-made.value, positive=False, literal=None)
            case x.Call("min", (x.Call("max", (part, low)), high)):
                return self._make(x.Call("clip", (part, low, high)))
            case x.Call(function, arguments):
                return self._call(function, [self._double(self.make(each)) for each in arguments])
            case x.Choice(condition, then, otherwise):
                return self._choice(self._truth(condition), self.make(then), self.make(otherwise))
            case x.Lookup(name, key):
                return self._lookup(self.tables.get(name), self.make(key))
            case x.Household():
                return self._over_members(node)

    # facts

    def _fact(self, name: str) -> Column:
        kind, follows = self.kinds.get(name), self.follows(name)
        if name in self._types:
            found = self._of_table(name, kind)
            return found if follows is None else self._filled(found, self.make(follows))
        if follows is not None:
            return self.make(follows)
        value = self.facts.get(name)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return self._unknown(kind or "number")
        if isinstance(value, bool):
            return Column(ibis.literal(value), "truth", literal=value)
        if isinstance(value, str):
            return Column(ibis.literal(value), "code", literal=value)
        if isinstance(value, date):
            return _given_day(value.year * 10_000 + value.month * 100 + value.day)
        if not isinstance(value, int | float):
            raise InputError(say("{fact} is given as “{value}”, which is no fact of the language.", fact=name, value=value),
                             where={"column": name, "value": value}, remedy=say("Give a number, true, false, a day or a code."))
        return _given_day(int(value)) if kind == "day" else _number(float(value))

    def follows(self, name: str) -> x.Expression | None:
        """The rule that gives a fact where it is not given; None where it has none, or where nothing is known that it asks."""
        rule = derived(name)
        if rule is None or not self._known(rule):
            return None
        if name in self._types:
            return rule if self._types[name].nullable else None
        return rule if self.facts.get(name) is None else None

    def _known(self, rule: x.Expression) -> bool:
        match rule:
            case x.Fact(name):
                return name in self._types or self.facts.get(name) is not None or self.follows(name) is not None
            case x.Household():
                return self.household is not None
        return any(self._known(part) for part in children_of(rule))

    def _of_table(self, name: str, kind: x.Type | None) -> Column:
        column, dtype = self.table[name], self._types[name]
        empty = self._when(f"fact {name}", column.isnull()) if dtype.nullable else NOTHING
        if dtype.is_floating():
            column = column.nullif(ibis.literal(math.nan, type=dtype))
            empty = self._when(f"fact {name}", column.isnull())
        if kind is None:
            kind = "truth" if dtype.is_boolean() else "code" if dtype.is_string() else "number"
        match kind:
            case "truth" if dtype.is_boolean():
                return Column(column, "truth", empty)
            case "truth" if dtype.is_numeric():  # SQLite keeps truths as whole numbers
                return Column(column != 0, "truth", empty)
            case "code" if dtype.is_string():
                return Column(column, "code", empty)
            case "day" if dtype.is_date() or dtype.is_timestamp():
                parts = [part.cast("int64") for part in (column.year(), column.month(), column.day())]
                return Column(parts[0] * 10_000 + parts[1] * 100 + parts[2], "day", empty, whole=True)
            case "day" | "number" if dtype.is_numeric():
                return Column(column, kind, empty, whole=dtype.is_integer())
        raise InputError(
            say("The column {column} holds {type}, which is not a {kind}.", column=name, type=dtype, kind=kind),
            where={"column": name, "value": dtype}, remedy=say("Cast the column, or leave it away: the fact is then unknown."))

    def _filled(self, given: Column, derived: Column) -> Column:
        """A fact as given, and where it is not, as it follows from others."""
        if given.kind in ("number", "day"):
            given, derived = self._double(given), self._double(derived)
        return self._itself(replace(given, value=given.value.coalesce(self._settled(derived).value), whole=False))

    def _unknown(self, kind: x.Type) -> Column:
        value = ibis.null({"number": "float64", "truth": "boolean", "day": "int64", "code": "string"}[kind])
        return Column(value, kind, self._when(UNKNOWN, ibis.literal(True)))

    # what is unknown

    def _when(self, name: str, condition: Any) -> frozenset[str]:
        self._conditions.setdefault(name, condition)
        return frozenset({name})

    def _itself(self, made: Column) -> Column:
        """Empty by itself wherever it is unknown, and nothing else is known about when."""
        return replace(made, strict=self._when(f"made {len(self._conditions)}", made.value.isnull()), loses=NOTHING)

    def _settled(self, made: Column) -> Column:
        if not made.loses:
            return made
        made = self._double(made) if made.kind == "number" else made
        guards = reduce(or_, (self._conditions[name] for name in sorted(made.loses)))
        value = ibis.ifelse(guards, ibis.null(made.value.type()), made.value)
        return replace(made, value=value, strict=made.strict | made.loses, loses=NOTHING)

    def _double(self, made: Column) -> Column:
        if made.literal is not None and made.kind in ("number", "day"):
            return replace(made, value=_written(float(made.literal)), whole=False)
        if made.value.type().is_float64():
            return made
        return replace(made, value=made.value.cast("float64"), whole=False)

    # truths

    def _truth(self, node: x.Expression) -> Column:
        made = self._settled(self.make(node))
        return self._unknown("truth") if UNKNOWN in made.strict else made

    def _joined(self, join: Callable[[Any, Any], Any], parts: tuple[x.Expression, ...]) -> Column:
        made = [self._truth(part) for part in parts]
        joined = Column(reduce(join, (part.value for part in made)), "truth")
        return self._itself(joined) if any(part.strict for part in made) else joined

    def _compare(self, op: x.Comparison, left: Column, right: Column) -> Column:
        if UNKNOWN in left.strict | right.strict:
            return self._unknown("truth")
        if left.kind in ("number", "day"):
            if left.whole and right.whole:  # whole numbers compare as they are
                left, right = (replace(side, value=_whole(side)) for side in (left, right))
            else:
                left, right = self._double(left), self._double(right)
        strict = left.strict | right.strict
        return Column(COMPARISONS[op](left.value, right.value), "truth", strict, (left.loses | right.loses) - strict)

    def _among(self, item: Column, options: tuple[x.Number | x.Day | x.Word, ...]) -> Column:
        if UNKNOWN in item.strict:
            return self._unknown("truth")
        values = [self.make(option) for option in options]
        if item.whole and all(value.whole for value in values):
            item, values = replace(item, value=_whole(item)), [replace(value, value=_whole(value)) for value in values]
        elif item.kind in ("number", "day"):
            item, values = self._double(item), [self._double(value) for value in values]
        return replace(item, value=item.value.isin([value.value for value in values]), kind="truth", whole=False, literal=None)

    # numbers

    def _arithmetic(self, op: x.Operator, left: Column, right: Column) -> Column:
        if UNKNOWN in left.strict | right.strict or (op == "/" and right.literal == 0):
            return self._unknown("number")
        if left.literal is not None and right.literal is not None:
            figure = ARITHMETIC[op](float(left.literal), float(right.literal))
            return _number(figure) if math.isfinite(figure) else self._unknown("number")
        positive = left.positive and right.positive and op != "-"
        if op == "/" and right.literal is None:
            right = self._settled(right)
            zero = self._when(f"made {len(self._conditions)}", right.value == _written(0.0))
            right = replace(right, value=right.value.nullif(_written(0.0)), strict=right.strict | zero)
        strict = left.strict | right.strict
        lost = (left.loses | right.loses) - strict
        return Column(ARITHMETIC[op](left.value, right.value), "number", strict, lost, positive=positive)

    def _call(self, function: x.Function, given: list[Column]) -> Column:
        if any(UNKNOWN in each.strict for each in given):
            return self._unknown("number")
        match function:
            case "min" | "max":
                return self._extreme(function, given)
            case "clip":
                return self._clip(*given)
            case "abs":
                return replace(given[0], value=given[0].value.abs(), positive=True, literal=None)
            case "floor":
                return replace(given[0], value=_floor(given[0].value), literal=None)
            case "round":
                return self._round(given[0], given[1] if len(given) > 1 else None)
            case "years":
                return self._between(given, _floor((given[1].value - given[0].value) / _written(10_000.0)))
            case "months":
                start, end = (self._part(each, month) for each in given)
                early = self._part(given[1], day_of_month) < self._part(given[0], day_of_month)
                return self._between(given, end - start - ibis.ifelse(early, _written(1.0), _written(0.0)))
            case "days":
                start, end = (self._part(each, civil_day) for each in given)
                return self._between(given, end - start)

    def _part(self, day: Column, part: Callable[..., Any]) -> Any:
        """What a day is made of: computed here where it is written in the rule, else by the engine."""
        if day.literal is None:
            return part(day.value, _floor, _written)
        return _written(part(float(day.literal), math.floor, float))

    def _between(self, given: list[Column], span: Any) -> Column:
        start, end = given
        strict = start.strict | end.strict
        return Column(span, "number", strict, (start.loses | end.loses) - strict)

    def _clip(self, made: Column, low: Column, high: Column) -> Column:
        """Written as a choice, which is empty where ``made`` is, and quicker than ``least`` and ``greatest``."""
        if low.literal is None or high.literal is None or low.literal > high.literal:
            return self._extreme("min", [self._extreme("max", [made, low]), high])
        within = made.value <= high.value
        value = ibis.cases((made.value <= low.value, low.value), (within, made.value), (made.value > high.value, high.value))
        return replace(made, value=value, positive=low.positive, literal=None)

    def _extreme(self, function: str, given: list[Column]) -> Column:
        """``least`` and ``greatest`` are surely empty by themselves only where every argument is: the rest is lost."""
        if len(given) == 2 and any(each.literal is not None for each in given):
            first, second = given if given[1].literal is not None else reversed(given)
            inner, outer = (le, gt) if function == "min" else (ge, lt)
            value = ibis.cases((inner(first.value, second.value), first.value), (outer(first.value, second.value), second.value))
            positive = (all if function == "min" else any)(each.positive for each in given)
            return replace(first, value=value, positive=positive, literal=None)
        pick = ibis.least if function == "min" else ibis.greatest
        everywhere = reduce(and_, (each.strict for each in given))
        lost = reduce(or_, (each.strict | each.loses for each in given)) - everywhere
        positive = (all if function == "min" else any)(each.positive for each in given)
        return Column(pick(*(each.value for each in given)), "number", everywhere, lost, positive=positive)

    def _round(self, made: Column, decimals: Column | None) -> Column:
        """Half away from zero: floor of the distance from zero, in units of the last place."""
        places = 0 if decimals is None else int(decimals.literal)
        unit = _written(10.0 ** abs(places))
        scaled = made.value if places == 0 else made.value * unit if places > 0 else made.value / unit
        near = _floor((scaled if made.positive else scaled.abs()) + _written(HALF))
        signed = near if made.positive else near * made.value.sign()
        return replace(made, value=signed if places == 0 else signed / unit if places > 0 else signed * unit, literal=None)

    # choices

    def _choice(self, condition: Column, then: Column, otherwise: Column) -> Column:
        if UNKNOWN in then.strict:
            then = self._unknown(otherwise.kind)
        elif UNKNOWN in otherwise.strict:
            otherwise = self._unknown(then.kind)
        if UNKNOWN in condition.strict:
            return self._unknown(then.kind)
        if {then.kind, otherwise.kind} <= {"number", "day"}:
            then, otherwise = self._double(then), self._double(otherwise)
        then, otherwise = self._settled(then), self._settled(otherwise)
        positive = then.positive and otherwise.positive
        if condition.strict:
            chosen = ibis.cases((condition.value, then.value), (~condition.value, otherwise.value))
        else:
            chosen = ibis.ifelse(condition.value, then.value, otherwise.value)
        made = Column(chosen, then.kind, positive=positive)
        return self._itself(made) if condition.strict or then.strict or otherwise.strict else made

    def _lookup(self, table: LookupTable | None, key: Column) -> Column:
        key = self._settled(key)
        if table is None or UNKNOWN in key.strict:
            return self._unknown("number")
        if table.codes:
            rows = [(key.value == ibis.literal(code), value) for code, value in table.codes.items()]
        else:
            key = self._double(key)
            rows = [(key.value <= _written(upto) if math.isfinite(upto) else key.value.notnull(), value)
                    for upto, value in table.bands]
        if not rows:
            return self._unknown("number")
        positive = all(value >= 0 for _, value in rows)
        return self._itself(Column(ibis.cases(*((met, _written(value)) for met, value in rows)), "number", positive=positive))

    # households

    def _over_members(self, node: x.Household) -> Column:
        if self.household is None:
            return self._unknown("truth" if node.over in ("any", "all") else "number")
        alone = self._when(f"fact {self.household}", self.table[self.household].isnull())
        if node.over == "sum":
            return self._sum(node, alone)
        made = self._truth(node.each)
        unknown = bool(made.strict)
        if node.over == "count":
            one, none = _written(1.0), _written(0.0)
            rows = [(made.value, one), (~made.value, none)] if unknown else [(made.value, one)]
            each = self._of_row(ibis.cases(*rows, else_=_written(UNKNOWN_MEMBER) if unknown else none))
            total = self._window(node, "total", each.sum())
            lost = self._when(f"made {len(self._conditions)}", total >= _written(UNKNOWN_MEMBER)) if unknown else NOTHING
            return Column(total, "number", NOTHING, alone | lost, positive=True)
        decided, undecided = ibis.literal(2, type="int64"), ibis.literal(1, type="int64")
        never = ibis.literal(0, type="int64")
        coded = self._of_row(ibis.cases((made.value, decided), (~made.value, never), else_=undecided))
        found = self._window(node, "found", coded.max() if node.over == "any" else coded.min())
        if not unknown:
            return Column(found == decided, "truth", NOTHING, alone)
        answer = self._itself(Column(ibis.cases((found == decided, True), (found == 0, False)), "truth"))
        return replace(answer, loses=alone)

    def _sum(self, node: x.Household, alone: frozenset[str]) -> Column:
        made = self._double(self.make(node.each))
        if node.where is not None:
            made = self._choice(self._truth(node.where), made, _number(0.0))
        made = self._settled(made)
        lost = NOTHING
        if made.strict:
            empty = self._window(node, "empty", self._of_row(ibis.ifelse(made.value.isnull(), 1, 0)).max())
            lost = self._when(f"made {len(self._conditions)}", empty == 1)
        total = self._window(node, "total", self._of_row(made.value).sum())
        return Column(total, "number", NOTHING, alone | lost, positive=made.positive)

    def _of_row(self, value: Any) -> Any:
        """Of each member, even where it is the same for all."""
        if isinstance(value, ir.Column):
            return value
        return ibis.ifelse(self.table[self.household].isnull(), ibis.null(value.type()), value)

    def _window(self, node: x.Household, what: str, value: Any) -> Any:
        """A value over the members of each household: the column of an earlier pass, or for this pass to compute."""
        if (node, what) in self.kept.windows:
            return self.table[self.kept.windows[node, what]]
        made = value.over(ibis.window(group_by=self.table[self.household]))
        self._windows[node, what] = made
        return made


def _given_day(value: int) -> Column:
    return Column(ibis.literal(value, type="int64"), "day", whole=True, positive=True, literal=value)


def _number(value: float) -> Column:
    whole = float(value).is_integer() and abs(value) < 2**53
    return Column(_written(value), "number", whole=whole, positive=value >= 0, literal=float(value))


def _written(value: float) -> Any:
    """A double as every engine reads it: the shortest text that is this double and no other."""
    return ibis.literal(repr(float(value))).cast("float64")


def _whole(made: Column) -> Any:
    return made.value if made.literal is None else ibis.literal(int(made.literal))
