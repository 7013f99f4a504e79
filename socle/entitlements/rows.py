"""The second reading: rules over a table of persons, as Ibis expressions that any engine runs.

One row is one person. A column is a fact by its name in the vocabulary; what the table lacks is unknown in every row. The column
``household`` (any type) says who lives together; without it what is asked of the members is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import ibis.expr.types as ir  # type: ignore[import-untyped]

from socle.entitlements.columns import Columns, Window
from socle.entitlements.passes import stages
from socle.errors import InputError
from socle.schemes.language.expressions import Expression
from socle.schemes.scheme import LookupTable
from socle.vocabulary import FACTS, say

HOUSEHOLD = "household"


def evaluate_rows(rules: Mapping[str, Expression], table: ir.Table, *, on: date, facts: Mapping[str, object] | None = None,
                  tables: Iterable[LookupTable] = (), household: str = HOUSEHOLD) -> ir.Table:
    """The table with one column more a rule: a double, a truth, a day (whole number) or a code, empty where the rule is unknown.

    ``facts`` are what holds in every row (facts of the country); a column of the table goes first. Rules are read together: what
    is asked of households is computed once, in one pass for all. Raises ``InputError`` for a column that its fact cannot be.
    """
    names = [name for name in table.columns if name not in rules]
    asked = stages(rules.values())
    kept: dict[Window, str] = {}
    for stage in asked:
        columns = _columns(table, on, facts, tables, household, kept)
        for node in stage:
            columns.make(node)
        made = {f"__household_{len(kept) + number}": window for number, window in enumerate(columns.windows)}
        if made:
            table = table.mutate(**{name: columns.windows[window] for name, window in made.items()})
        kept |= {window: name for name, window in made.items()}
    columns = _columns(table, on, facts, tables, household, kept)
    return table.select(*names, **{name: columns.finished(rule).value for name, rule in rules.items()})


def row_expression(expression: Expression, table: ir.Table, *, on: date, household: str = HOUSEHOLD,
                   facts: Mapping[str, object] | None = None, tables: Iterable[LookupTable] = ()) -> ir.Value:
    """One rule as an Ibis expression over the columns of ``table``, to select or filter by.

    Raises ``InputError`` where a rule asks of members what is itself asked of members: that takes two passes (``evaluate_rows``).
    """
    if len(stages([expression])) > 1:
        raise InputError(say("This rule asks of the members of a household what is itself asked of members."),
                         remedy=say("Use evaluate_rows, which takes the passes that this needs."))
    value: ir.Value = _columns(table, on, facts, tables, household, {}).finished(expression).value
    return value


def _columns(table: ir.Table, on: date, facts: Mapping[str, object] | None, tables: Iterable[LookupTable], household: str,
             kept: Mapping[Window, str]) -> Columns:
    return Columns(table, on=on.year * 10_000 + on.month * 100 + on.day, facts=facts or {},
                   tables={each.name: each for each in sorted(tables, key=lambda each: each.since) if each.since <= on},
                   kinds={name: fact.type for name, fact in FACTS.items()},
                   household=household, kept=kept)
