"""What rules ask of households, in the order in which it can be answered."""

from __future__ import annotations

from collections.abc import Iterable

from socle.schemes import children_of, derived
from socle.schemes.language.expressions import Expression, Fact, Household


def stages(rules: Iterable[Expression]) -> list[list[Household]]:
    """What rules ask of households, each once: first what asks nothing of them within, then what asks the first, and so on."""
    levels: dict[Expression, int] = {}

    def level(node: Expression) -> int:
        if node not in levels:
            follows = derived(node.name) if isinstance(node, Fact) else None
            inside = children_of(node) if follows is None else (follows,)
            levels[node] = max((level(part) for part in inside), default=0) + isinstance(node, Household)
        return levels[node]

    for rule in rules:
        level(rule)
    found = [[node for node, height in levels.items() if isinstance(node, Household) and height == stage]
             for stage in range(1, max(levels.values(), default=0) + 1)]
    return [stage for stage in found if stage]
