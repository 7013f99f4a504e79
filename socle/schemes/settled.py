"""What a rule says before anybody is asked: an answer that is the same for everyone, a figure divided by nothing."""

from __future__ import annotations

from collections.abc import Mapping
from operator import eq, ge, gt, le, lt, ne

from socle.schemes.entries import Entries
from socle.schemes.language import expressions as x
from socle.schemes.language.types import children_of
from socle.schemes.lines import Path
from socle.schemes.scheme import Rule
from socle.vocabulary import say

_COMPARED = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def remark_rules(entries: Entries, rules: Mapping[Path, Rule]) -> None:
    """Warn of conditions that ask nothing of anybody, and of divisions by a zero that stands in the rule."""
    for path, rule in rules.items():
        answer = settled(rule.expression) if path[-1] == "rule" else None
        if answer is not None:
            entries.document.tell(
                "asks_nothing",
                path,
                say("The rule is true for everyone: it asks nothing of anybody.")
                if answer
                else say("The rule is true for nobody, whoever asks."),
                say("Write what the law asks, such as age >= 65; leave it where that is meant."),
                severity="warning",
            )
        if divides_by_zero(rule.expression):
            entries.document.tell(
                "divides_by_zero",
                path,
                say("Something is divided by zero: it is never known."),
                say("Correct what it is divided by."),
                severity="warning",
            )


def settled(e: x.Expression) -> bool | None:
    """The answer of a condition that no fact decides; None of any other."""
    match e:
        case x.Truth(value):
            return value
        case x.Not(part):
            answer = settled(part)
            return None if answer is None else not answer
        case x.And(parts) | x.Or(parts):
            decides = isinstance(e, x.Or)
            answers = [settled(part) for part in parts]
            return decides if decides in answers else None if None in answers else not decides
        case x.Compare(op, left, right):
            one, other = _figure(left), _figure(right)
            return None if one is None or other is None else bool(_COMPARED[op](one, other))
    return None


def divides_by_zero(e: x.Expression) -> bool:
    """Whether some part is divided by a zero that is written there."""
    return (isinstance(e, x.Arithmetic) and e.op == "/" and _figure(e.right) == 0) or any(map(divides_by_zero, children_of(e)))


def _figure(e: x.Expression) -> float | None:
    """A number that is written, with its sign."""
    match e:
        case x.Number(value):
            return value
        case x.Negative(part):
            figure = _figure(part)
            return None if figure is None else -figure
    return None
