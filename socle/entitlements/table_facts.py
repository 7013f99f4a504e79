"""Facts as columns of a table, and what is unknown of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from socle.entitlements.column import NOTHING, UNKNOWN, Column, Kept, Window, given_day, number, written_double
from socle.errors import InputError
from socle.schemes import LookupTable, children_of, derived
from socle.schemes import expressions as x
from socle.vocabulary import say


class TableFacts:
    """The facts of the rows of one table; ``facts`` hold in every row. ``on`` is the day asked for, as a whole number."""

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

    def make(self, node: x.Expression) -> Column:
        """The column of a part of a rule, made once."""
        raise NotImplementedError

    def _again(self, kept: Column) -> Column:
        """What an earlier pass has computed."""
        value = self.table[kept.value]
        unknown = self._when(f"part {kept.value}", value.isnull()) if kept.strict else NOTHING
        return replace(kept, value=value, strict=unknown, whole=False, literal=None)

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
            return given_day(value.year * 10_000 + value.month * 100 + value.day)
        if not isinstance(value, int | float):
            raise InputError(say("{fact} is given as “{value}”, which is no fact of the language.", fact=name, value=value),
                             where={"column": name, "value": value}, remedy=say("Give a number, true, false, a day or a code."))
        return given_day(int(value)) if kind == "day" else number(float(value))

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
            return replace(made, value=written_double(float(made.literal)), whole=False)
        if made.value.type().is_float64():
            return made
        return replace(made, value=made.value.cast("float64"), whole=False)
