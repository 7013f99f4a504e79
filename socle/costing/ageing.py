"""The ages of a scheme: where its rules begin and end, and the same scheme with another age."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from typing import Literal

from socle.schemes import Rule, Scheme, children_of, written
from socle.schemes import expressions as x

Bound = Literal["first", "last"]
_MIRROR: dict[x.Comparison, x.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def bounds_of(scheme: Scheme) -> set[Bound]:
    """Which of the two ages the eligibility of the scheme states: ``age >= 70`` a first one, ``age < 5`` a last one."""
    found: set[Bound] = set()
    for entry in scheme.eligibility:
        found |= _bounds(entry.rule.expression)
    return found


def ages_of(scheme: Scheme, bound: Bound) -> list[int]:
    """The completed ages that the eligibility states as its first (or last)."""
    return [age for entry in scheme.eligibility for age in _ages(entry.rule.expression, bound)]


def at_age(scheme: Scheme, bound: Bound, age: int) -> Scheme:
    """The scheme with this completed age as the first (or last) of every comparison that states one."""
    eligibility = []
    for entry in scheme.eligibility:
        changed = _changed(entry.rule.expression, bound, age)
        eligibility.append(
            entry if changed is entry.rule.expression else replace(entry, rule=Rule(written(changed), changed, entry.rule.line))
        )
    return replace(scheme, eligibility=tuple(eligibility))


def _bound(op: x.Comparison) -> Bound | None:
    return "first" if op in (">", ">=") else "last" if op in ("<", "<=") else None


def _age_on_the_left(e: x.Compare) -> x.Compare | None:
    """The comparison of the age with a number, the age to the left; None: it is another."""
    if e.left == x.Fact("age") and isinstance(e.right, x.Number):
        return e
    if e.right == x.Fact("age") and isinstance(e.left, x.Number):
        return x.Compare(_MIRROR[e.op], e.right, e.left)
    return None


def _bounds(e: x.Expression) -> set[Bound]:
    turned = _age_on_the_left(e) if isinstance(e, x.Compare) else None
    own: set[Bound] = set()
    if turned is not None and (bound := _bound(turned.op)) is not None:
        own.add(bound)
    return own.union(*(_bounds(child) for child in children_of(e)))


def _ages(e: x.Expression, bound: Bound) -> list[int]:
    turned = _age_on_the_left(e) if isinstance(e, x.Compare) else None
    own = []
    if turned is not None and _bound(turned.op) == bound and isinstance(turned.right, x.Number):
        stated = turned.right.value
        own.append(ceil(stated) + (turned.op == ">" and stated == ceil(stated)) if bound == "first" else
                   floor(stated) - (turned.op == "<" and stated == floor(stated)))
    return own + [age for child in children_of(e) for age in _ages(child, bound)]


def _changed(e: x.Expression, bound: Bound, age: int) -> x.Expression:
    match e:
        case x.Compare():
            turned = _age_on_the_left(e)
            if turned is None or _bound(turned.op) != bound:
                return e
            return x.Compare(">=" if bound == "first" else "<=", turned.left, x.Number(float(age)))
        case x.And(parts):
            return x.And(tuple(_changed(part, bound, age) for part in parts))
        case x.Or(parts):
            return x.Or(tuple(_changed(part, bound, age) for part in parts))
        case x.Not():
            return e
        case x.Choice(condition, then, otherwise):
            return x.Choice(_changed(condition, bound, age), _changed(then, bound, age), _changed(otherwise, bound, age))
        case x.Household(over, each, where):
            return x.Household(over, _changed(each, bound, age), None if where is None else _changed(where, bound, age))
    return e
