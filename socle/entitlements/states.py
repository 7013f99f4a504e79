"""The facts of cells of age and sex, from a scheme's assumptions: known, taken as one figure, or spread over states.

An array of facts ends in [sex, age]. A fact that is spread (true for a share of the cell; one code for each share) has an axis of
its own before those, with one place a state; what is computed from several such facts has the axes of all. NaN is unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socle.entitlements.meaning import whole_day
from socle.errors import InputError
from socle.schemes import Assumption, children_of, derived
from socle.schemes import expressions as x
from socle.tables import LAST_AGE, SEXES
from socle.vocabulary import FACTS, say

Floats: TypeAlias = npt.NDArray[np.float64]
SHAPE = (len(SEXES), LAST_AGE + 1)
#: More joint states of the facts in a scheme's rules are refused (twelve facts that are true or false).
MOST_STATES = 4096
#: Shares of codes that sum to one within this are whole.
WHOLE = 1e-9


class Words:
    """Codes as numbers: an array holds numbers."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def number(self, word: str) -> float:
        return float(self._places.setdefault(word, len(self._places)))


@dataclass(frozen=True, eq=False)
class Spread:
    """A fact in states: ``values`` and the ``weights`` of the states, which sum to one in every cell (NaN where nobody says)."""

    values: Floats
    weights: Floats


@dataclass(eq=False)
class CellFacts:
    """Facts by name as arrays; ``spread`` those in states, ``constant`` those taken as one figure, ``approximate`` those of the
    age."""

    arrays: dict[str, Floats] = field(default_factory=dict)
    spread: dict[str, Spread] = field(default_factory=dict)
    constant: list[str] = field(default_factory=list)
    approximate: list[str] = field(default_factory=list)
    used: list[Assumption] = field(default_factory=list)

    @property
    def states(self) -> int:
        return math.prod(one.weights.shape[0] for one in self.spread.values())

    def weights(self) -> Floats:
        """The share of each joint state: the product of the shares of its facts, which is to take them as independent."""
        product: Floats = np.ones(SHAPE)
        for place, one in enumerate(self.spread.values()):
            product = product * self._on_axis(one.weights, place)
        return product

    def value(self, name: str) -> Floats | None:
        """A fact on its axis; None where nothing is assumed of it."""
        if name in self.spread:
            return self._on_axis(self.spread[name].values, list(self.spread).index(name))
        return self.arrays.get(name)

    def _on_axis(self, array: Floats, place: int) -> Floats:
        others = len(self.spread) - 1 - place
        return array.reshape(array.shape[0], *(1,) * others, *array.shape[1:])


def facts_in(rules: Iterable[x.Expression], assumed: Sequence[str]) -> tuple[str, ...]:
    """The facts that rules come down to, in order: what is assumed as such, else what it follows from."""
    found: dict[str, None] = {}

    def visit(node: x.Expression) -> None:
        if isinstance(node, x.Fact):
            follows = None if node.name in assumed else derived(node.name)
            if follows is None:
                found.setdefault(node.name)
            else:
                visit(follows)
        elif isinstance(node, x.Household):
            found.setdefault("household_size" if counts_members(node) else "members")
        else:
            for part in children_of(node):
                visit(part)

    for rule in rules:
        visit(rule)
    return tuple(found)


def counts_members(node: x.Household) -> bool:
    """``count(members, true)``: the size of the household."""
    return node.over == "count" and node.each == x.Truth(True)


def facts_of_cells(rules: Iterable[x.Expression], assumptions: Sequence[Assumption], *, on: date, year: int,
                   given: Mapping[str, object], words: Words) -> CellFacts:
    """The facts of the rules in every cell. Raises ``InputError`` where they have too many joint states, or shares that are
    none."""
    in_force = sorted((one for one in assumptions if one.since is None or one.since <= year), key=lambda one: one.since or 0)
    known = ("age", "sex", "born", *given, *(one.fact for one in in_force))
    facts = CellFacts()
    for name in facts_in(rules, known):
        own = [one for one in in_force if one.fact == name]
        if name in given:
            facts.arrays[name] = np.full(SHAPE, _plain(given[name], words))
        elif name == "age":
            facts.arrays[name] = np.broadcast_to(np.arange(LAST_AGE + 1, dtype=np.float64), SHAPE)
        elif name == "sex":
            facts.arrays[name] = np.broadcast_to(np.array([[words.number(sex)] for sex in SEXES]), SHAPE)
        elif name == "born" and not own:
            facts.arrays[name] = np.broadcast_to(np.array([born(age, on) for age in range(LAST_AGE + 1)]), SHAPE)
            facts.approximate.append(name)
        elif own:
            _assume(facts, name, own, words)
    if facts.states > MOST_STATES:
        raise InputError(
            say("The rules ask for {n} facts that the scheme gives as shares ({facts}). Together they have {states} states; at most"
                " {most} are worked out.", n=len(facts.spread), facts=", ".join(facts.spread), states=facts.states,
                most=MOST_STATES),
            where={"column": "assumptions"}, remedy=say("Join some of them into one fact with one share."))
    return facts


def _assume(facts: CellFacts, name: str, own: Sequence[Assumption], words: Words) -> None:
    """Of several assumptions that speak of a cell, the latest, and of one year the last in the file."""
    facts.used += own
    kind = FACTS[name].type if name in FACTS else "number"
    if kind == "truth":
        share = np.full(SHAPE, np.nan)
        for one in own:
            share[_cells(one)] = np.nan if one.share is None else one.share
        silent = np.isnan(share)
        facts.spread[name] = Spread(np.stack([np.where(silent, np.nan, 1.0), np.where(silent, np.nan, 0.0)]),
                                    np.stack([np.where(silent, 1.0, share), np.where(silent, 0.0, 1.0 - share)]))
    elif kind == "code":
        codes = list(dict.fromkeys(code for one in own for code in one.shares))
        weights = np.zeros((len(codes) + 1, *SHAPE))  # the last: what the shares leave, or all of a cell that nothing is said of
        weights[-1] = 1.0
        for one in own:
            rest = 1.0 - sum(one.shares.values())
            for place, code in enumerate(codes):
                weights[place][_cells(one)] = one.shares.get(code, 0.0)
            weights[-1][_cells(one)] = 0.0 if abs(rest) < WHOLE else rest
        values = np.array([words.number(code) for code in codes] + [np.nan])
        facts.spread[name] = Spread(np.broadcast_to(values[:, None, None], weights.shape), weights)
    else:
        value = np.full(SHAPE, np.nan)
        for one in own:
            value[_cells(one)] = np.nan if one.value is None else one.value
        facts.arrays[name] = value
        facts.constant.append(name)


def _cells(one: Assumption) -> tuple[slice, slice]:
    sexes = slice(None) if one.sex == "total" else slice(SEXES.index(one.sex), SEXES.index(one.sex) + 1)
    return sexes, slice(one.ages[0], one.ages[1] + 1)


def _plain(value: object, words: Words) -> float:
    if isinstance(value, str):
        return words.number(value)
    if isinstance(value, date):
        return float(whole_day(value))
    return float(value) if isinstance(value, bool | int | float) else math.nan


def born(age: int, on: date) -> float:
    """The day of birth in the middle of those who have completed this age: half a year before the birthday."""
    months = on.year * 12 + on.month - 1 - age * 12 - 6
    return float(months // 12 * 10_000 + (months % 12 + 1) * 100 + min(on.day, 28))
