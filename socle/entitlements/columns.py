"""A rule as a column: one expression of the language to one Ibis expression that means the same on every engine.

Engines differ in what they do with what is unknown, so each value carries what its emptiness hangs on. ``strict`` are the
conditions under which the column is empty by itself (a sum is, where one of its facts is); ``loses`` are those under which it
ought to be and is not (``least`` overlooks what is empty). The latter are guarded once, as far out as possible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub, truediv
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from socle.entitlements.calendar import civil_day, day_of_month, month
from socle.entitlements.column import NOTHING, UNKNOWN, Column, Kept, Parts, as_whole, floor, given_day, number, written_double
from socle.entitlements.table_facts import TableFacts
from socle.schemes import LookupTable
from socle.schemes import expressions as x

#: Added to a member who is unknown, so that one sum tells the count and whether it is known. Doubles hold such sums exactly.
UNKNOWN_MEMBER = 1e12
#: A part of this many operations is not computed for who is not entitled: asking costs less.
WORTH_A_QUESTION = 8
#: What is within a millionth of a half counts as a half.
HALF = 0.5 + 1e-6

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": truediv}


class Columns(TableFacts):
    """The expressions of rules over the columns of one table."""

    def finished(self, expression: x.Expression) -> Column:
        """The column of a rule, empty exactly where the rule is unknown; a number is a double."""
        made = self._settled(self.make(expression))
        return self._double(made) if made.kind == "number" else made

    def parts(self, nodes: Mapping[x.Expression, int], *, prefix: str, only: x.Expression | None = None) -> Parts:
        """The columns of one pass, and where later passes find what it computes. Once ``only`` has been computed, what costs more
        than the question is computed only where it holds."""
        columns: dict[str, Any] = {}
        values = dict(self.kept.values)
        holds = self.make(only).value if only is not None and only in self.kept.values else None
        for node, operations in nodes.items():
            made = self.finished(node)
            if holds is not None and operations >= WORTH_A_QUESTION:
                made = self._itself(replace(made, value=ibis.ifelse(holds, made.value, ibis.null(made.value.type()))))
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

    def _make(self, node: x.Expression) -> Column:
        match node:
            case x.Number(value):
                return number(value)
            case x.Truth(value):
                return Column(ibis.literal(value), "truth", literal=value)
            case x.Day(value):
                return given_day(value)
            case x.Word(value):
                return Column(ibis.literal(value), "code", literal=value)
            case x.Today():
                return given_day(self.on)
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
                left, right = (replace(side, value=as_whole(side)) for side in (left, right))
            else:
                left, right = self._double(left), self._double(right)
        strict = left.strict | right.strict
        return Column(COMPARISONS[op](left.value, right.value), "truth", strict, (left.loses | right.loses) - strict)

    def _among(self, item: Column, options: tuple[x.Number | x.Day | x.Word, ...]) -> Column:
        if UNKNOWN in item.strict:
            return self._unknown("truth")
        values = [self.make(option) for option in options]
        if item.whole and all(value.whole for value in values):
            item, values = replace(item, value=as_whole(item)), [replace(value, value=as_whole(value)) for value in values]
        elif item.kind in ("number", "day"):
            item, values = self._double(item), [self._double(value) for value in values]
        return replace(item, value=item.value.isin([value.value for value in values]), kind="truth", whole=False, literal=None)

    # numbers

    def _arithmetic(self, op: x.Operator, left: Column, right: Column) -> Column:
        if UNKNOWN in left.strict | right.strict or (op == "/" and right.literal == 0):
            return self._unknown("number")
        if left.literal is not None and right.literal is not None:
            figure = ARITHMETIC[op](float(left.literal), float(right.literal))
            return number(figure) if math.isfinite(figure) else self._unknown("number")
        positive = left.positive and right.positive and op != "-"
        if op == "/" and right.literal is None:
            right = self._settled(right)
            zero = self._when(f"made {len(self._conditions)}", right.value == written_double(0.0))
            right = replace(right, value=right.value.nullif(written_double(0.0)), strict=right.strict | zero)
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
                return replace(given[0], value=floor(given[0].value), literal=None)
            case "round":
                return self._round(given[0], given[1] if len(given) > 1 else None)
            case "years":
                return self._between(given, floor((given[1].value - given[0].value) / written_double(10_000.0)))
            case "months":
                start, end = (self._part(each, month) for each in given)
                early = self._part(given[1], day_of_month) < self._part(given[0], day_of_month)
                return self._between(given, end - start - ibis.ifelse(early, written_double(1.0), written_double(0.0)))
            case "days":
                start, end = (self._part(each, civil_day) for each in given)
                return self._between(given, end - start)

    def _part(self, day: Column, part: Callable[..., Any]) -> Any:
        """What a day is made of: computed here where it is written in the rule, else by the engine."""
        if day.literal is None:
            return part(day.value, floor, written_double)
        return written_double(part(float(day.literal), math.floor, float))

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
        unit = written_double(10.0 ** abs(places))
        scaled = made.value if places == 0 else made.value * unit if places > 0 else made.value / unit
        near = floor((scaled if made.positive else scaled.abs()) + written_double(HALF))
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
            rows = [(key.value <= written_double(upto) if math.isfinite(upto) else key.value.notnull(), value)
                    for upto, value in table.bands]
        if not rows:
            return self._unknown("number")
        positive = all(value >= 0 for _, value in rows)
        return self._itself(Column(ibis.cases(*((met, written_double(value)) for met, value in rows)), "number", positive=positive))

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
            one, none = written_double(1.0), written_double(0.0)
            rows = [(made.value, one), (~made.value, none)] if unknown else [(made.value, one)]
            each = self._of_row(ibis.cases(*rows, else_=written_double(UNKNOWN_MEMBER) if unknown else none))
            total = self._window(node, "total", each.sum())
            lost = self._when(f"made {len(self._conditions)}", total >= written_double(UNKNOWN_MEMBER)) if unknown else NOTHING
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
            made = self._choice(self._truth(node.where), made, number(0.0))
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
