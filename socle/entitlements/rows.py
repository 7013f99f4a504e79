"""The second reading: rules over a table of persons, as Ibis expressions that any engine runs.

One row is one person. A column is a fact by its name in the vocabulary; what the table lacks is unknown in every row. The column
``household`` (any type) says who lives together; without it what is asked of the members is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from socle.entitlements.column import Kept
from socle.entitlements.columns import Columns
from socle.entitlements.passes import passes, written_size
from socle.entitlements.promise import promise
from socle.errors import InputError
from socle.schemes import LookupTable, Scheme
from socle.schemes import expressions as x
from socle.vocabulary import FACTS, say

HOUSEHOLD = "household"
#: What columns of inner queries are called.
PART = "__part_"
#: A single expression of more operations is refused.
LONGEST = 10_000


def judge_rows(scheme: Scheme, table: ir.Table, *, on: date, facts: Mapping[str, object] | None = None,
               household: str = HOUSEHOLD) -> ir.Table:
    """The table with ``entitled`` (a truth) and ``amount`` (a double, of the entitled), empty where it cannot be said.

    A row is a person, and a fact a column; ``facts`` are those of the country. Where the scheme is for households, each row carries
    the answer of its household: add up one row of each. The amount is in the currency and interval of ``promise(scheme, on=on)``.
    """
    promised = promise(scheme, on=on)
    names = [name for name in table.columns if name not in ("entitled", "amount")]
    unknown = ibis.null("float64")
    if promised.entitled is None:
        return table.select(*names, entitled=ibis.null("boolean"), amount=unknown)
    rules = [promised.entitled] if promised.amount is None else [promised.entitled, promised.amount]
    columns = _in_passes(rules, table, on, facts, scheme.tables, household, only=promised.entitled)
    entitled = columns.finished(promised.entitled).value
    amount = unknown if promised.amount is None else ibis.ifelse(entitled, columns.finished(promised.amount).value, unknown)
    return columns.table.select(*names, entitled=entitled, amount=amount)


def evaluate_rows(rules: Mapping[str, x.Expression], table: ir.Table, *, on: date, facts: Mapping[str, object] | None = None,
                  tables: Iterable[LookupTable] = (), household: str = HOUSEHOLD) -> ir.Table:
    """The table with one column more a rule: a double, a truth, a day (whole number) or a code, empty where the rule is unknown.

    ``facts`` are what holds in every row (facts of the country); a column of the table goes first. Rules are read together: what
    is asked of households is computed once, in one pass for all. Raises ``InputError`` for a column that its fact cannot be.
    """
    names = [name for name in table.columns if name not in rules]
    columns = _in_passes(list(rules.values()), table, on, facts, tables, household)
    return columns.table.select(*names, **{name: columns.finished(rule).value for name, rule in rules.items()})


def row_expression(expression: x.Expression, table: ir.Table, *, on: date, household: str = HOUSEHOLD,
                   facts: Mapping[str, object] | None = None, tables: Iterable[LookupTable] = ()) -> ir.Value:
    """One rule as an Ibis expression over the columns of ``table``, to select or filter by.

    Raises ``InputError`` where this takes several passes (``evaluate_rows``): a rule that asks of members what is itself asked of
    members, or that repeats its parts too often.
    """
    columns = _columns(table, on, facts, tables, household, Kept())
    if len(passes([expression], columns.follows, share=False)) > 1:
        raise InputError(say("This rule asks of the members of a household what is itself asked of members."),
                         remedy=say("Use evaluate_rows, which takes the passes that this needs."))
    if written_size(expression, columns.follows) > LONGEST:
        raise InputError(say("Written as one expression this rule grows beyond {most} operations.", most=LONGEST),
                         remedy=say("Use evaluate_rows, which takes the passes that this needs."))
    value: ir.Value = columns.finished(expression).value
    return value


def _in_passes(rules: Sequence[x.Expression], table: ir.Table, on: date, facts: Mapping[str, object] | None,
               tables: Iterable[LookupTable], household: str, *, only: x.Expression | None = None) -> Columns:
    """Ready to finish the rules: whatever they need beforehand is a column of an inner query. ``only``: see ``Columns.parts``."""
    kept, tables = Kept(), tuple(tables)
    columns = _columns(table, on, facts, tables, household, kept)
    for parts in passes(rules, columns.follows, keep=only):
        made = columns.parts(parts, prefix=f"{PART}{len(kept.values) + len(kept.windows)}_", only=only)
        if made.columns:
            table = table.mutate(**made.columns).view()  # a view is not merged with what is selected from it
        kept = made.kept
        columns = _columns(table, on, facts, tables, household, kept)
    return columns


def _columns(table: ir.Table, on: date, facts: Mapping[str, object] | None, tables: Iterable[LookupTable], household: str,
             kept: Kept) -> Columns:
    return Columns(table, on=on.year * 10_000 + on.month * 100 + on.day, facts=facts or {},
                   tables={each.name: each for each in sorted(tables, key=lambda each: each.since) if each.since <= on},
                   kinds={name: fact.type for name, fact in FACTS.items()},
                   household=household, kept=kept)
