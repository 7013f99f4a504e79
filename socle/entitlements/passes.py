"""In which passes over a table rules are read: what is asked of households, and what is needed more than once, is computed first.

SQL has no names for parts of an expression: whatever is written twice is computed twice, and grows with every level it is nested
in. A part that is needed more than once and costs something becomes a column of an inner query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from socle.schemes import children_of
from socle.schemes import expressions as x

Inside = Callable[[x.Expression], tuple[x.Expression, ...]]
#: A part of fewer operations than this is written again.
WORTH_A_COLUMN = 2
_OPERATIONS = {"months": 12, "days": 40, "years": 3, "round": 5, "clip": 3}
_WRITTEN = {"months": 5, "days": 10, "round": 2}


def times_written(node: x.Expression) -> int:
    """How often each of its parts appears in the SQL of a part."""
    if isinstance(node, x.Call):
        if node.function == "round" and _never_negative(node.arguments[0]):
            return 1
        return _WRITTEN.get(node.function, 3 if node.function in ("min", "max", "clip") else 1)
    return 2 if isinstance(node, x.Choice | x.Lookup | x.Household) or (isinstance(node, x.Arithmetic) and node.op == "/") else 1


def _never_negative(node: x.Expression) -> bool:
    return isinstance(node, x.Call) and node.function == "max" and any(
        isinstance(one, x.Number) and one.value >= 0 for one in node.arguments)


def passes(rules: Iterable[x.Expression], follows: Callable[[str], x.Expression | None], *, share: bool = True,
           keep: x.Expression | None = None) -> list[dict[x.Expression, int]]:
    """The parts to compute before the rules, by pass, with their operations: each needs only what earlier passes give.

    ``follows`` says what a fact is computed from, None where a column holds it. ``share``: not only what is asked of households.
    ``keep`` is a rule that becomes a column whatever it costs. What is asked of members has no operations to save: it is needed of
    each member, whoever the question is about.
    """
    roots = list(rules)
    inside = _parts(follows)
    order = _in_order(roots, inside)
    of_members = set(_in_order((part for node in order if isinstance(node, x.Household) for part in inside(node)), inside))
    uses = Counter(roots)
    for node in order:
        for part in inside(node):
            uses[part] += times_written(node)
    operations: dict[x.Expression, int] = {}
    levels: dict[x.Expression, int] = {}
    found: dict[int, dict[x.Expression, int]] = {}
    for node in order:
        parts = inside(node)
        operations[node] = _own(node) + sum(operations[part] for part in parts)
        kept = isinstance(node, x.Household) or node == keep or (share and uses[node] > 1 and operations[node] >= WORTH_A_COLUMN)
        levels[node] = max((levels[part] for part in parts), default=0) + kept
        if kept:
            found.setdefault(levels[node], {})[node] = 0 if node in of_members else operations[node]
            operations[node] = 1
    return [found[level] for level in sorted(found)]


def written_size(rule: x.Expression, follows: Callable[[str], x.Expression | None]) -> int:
    """The operations of a rule that is written as one expression, with every part that is repeated."""
    inside = _parts(follows)
    sizes: dict[x.Expression, int] = {}
    for node in _in_order([rule], inside):
        sizes[node] = _own(node) + times_written(node) * sum(sizes[part] for part in inside(node))
    return sizes[rule]


def _parts(follows: Callable[[str], x.Expression | None]) -> Inside:
    def inside(node: x.Expression) -> tuple[x.Expression, ...]:
        """What a part is computed from: its own parts, and for a fact what it follows from."""
        match node:
            case x.Fact(name):
                rule = follows(name)
                return () if rule is None else (rule,)
            case x.Call("min", (x.Call("max", (part, low)), high)):  # read as clip
                return part, low, high
        return children_of(node)

    return inside


def _own(node: x.Expression) -> int:
    if isinstance(node, x.Call):
        return _OPERATIONS.get(node.function, 1)
    return 0 if isinstance(node, x.Number | x.Truth | x.Day | x.Word | x.Today | x.Not) else 1


def _in_order(roots: Iterable[x.Expression], inside: Callable[[x.Expression], tuple[x.Expression, ...]]) -> list[x.Expression]:
    """Every part once, each after those it is made of."""
    order: dict[x.Expression, None] = {}

    def visit(node: x.Expression) -> None:
        if node not in order:
            for part in inside(node):
                visit(part)
            order[node] = None

    for root in roots:
        visit(root)
    return list(order)
