"""In which passes over a table rules are read: what is asked of households, and what is needed more than once, is computed first.

SQL has no names for parts of an expression: whatever is written twice is computed twice, and grows with every level it is nested
in. A part that is needed more than once and costs something becomes a column of an inner query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from socle.schemes import children_of
from socle.schemes.language.expressions import (
    Arithmetic,
    Call,
    Choice,
    Day,
    Expression,
    Fact,
    Household,
    Lookup,
    Not,
    Number,
    Today,
    Truth,
    Word,
)

#: A part of fewer operations than this is written again.
WORTH_A_COLUMN = 2
_OPERATIONS = {"months": 12, "days": 40, "years": 3, "round": 5, "clip": 3}
_WRITTEN = {"months": 5, "days": 10, "round": 2}


def times_written(node: Expression) -> int:
    """How often each of its parts appears in the SQL of a part."""
    if isinstance(node, Call):
        if node.function == "round" and _never_negative(node.arguments[0]):
            return 1
        return _WRITTEN.get(node.function, 3 if node.function in ("min", "max", "clip") else 1)
    return 2 if isinstance(node, Choice | Lookup | Household) or (isinstance(node, Arithmetic) and node.op == "/") else 1


def _never_negative(node: Expression) -> bool:
    return isinstance(node, Call) and node.function == "max" and any(isinstance(a, Number) and a.value >= 0 for a in node.arguments)


def passes(rules: Iterable[Expression], follows: Callable[[str], Expression | None], *, share: bool = True,
           keep: Expression | None = None) -> list[dict[Expression, int]]:
    """The parts to compute before the rules, by pass, with their operations: each needs only what earlier passes give.

    ``follows`` says what a fact is computed from, None where a column holds it. ``share``: not only what is asked of households.
    ``keep`` is a rule that becomes a column whatever it costs.
    """

    def inside(node: Expression) -> tuple[Expression, ...]:
        match node:
            case Fact(name):
                rule = follows(name)
                return () if rule is None else (rule,)
            case Call("min", (Call("max", (part, low)), high)):  # read as clip
                return part, low, high
        return children_of(node)

    roots = list(rules)
    order = _in_order(roots, inside)
    uses = Counter(roots)
    for node in order:
        for part in inside(node):
            uses[part] += times_written(node)
    operations: dict[Expression, int] = {}
    levels: dict[Expression, int] = {}
    found: dict[int, dict[Expression, int]] = {}
    for node in order:
        parts = inside(node)
        operations[node] = _own(node) + sum(operations[part] for part in parts)
        kept = isinstance(node, Household) or node == keep or (share and uses[node] > 1 and operations[node] >= WORTH_A_COLUMN)
        levels[node] = max((levels[part] for part in parts), default=0) + kept
        if kept:
            found.setdefault(levels[node], {})[node] = operations[node]
            operations[node] = 1
    return [found[level] for level in sorted(found)]


def _own(node: Expression) -> int:
    if isinstance(node, Call):
        return _OPERATIONS.get(node.function, 1)
    return 0 if isinstance(node, Number | Truth | Day | Word | Today | Not) else 1


def _in_order(roots: Iterable[Expression], inside: Callable[[Expression], tuple[Expression, ...]]) -> list[Expression]:
    """Every part once, each after those it is made of."""
    order: dict[Expression, None] = {}

    def visit(node: Expression) -> None:
        if node not in order:
            for part in inside(node):
                visit(part)
            order[node] = None

    for root in roots:
        visit(root)
    return list(order)
