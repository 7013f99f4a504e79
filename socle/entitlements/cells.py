"""The third reading: what share of each age and sex is entitled, and to how much on average.

A cell knows its age and sex. What else a rule asks comes from the assumptions of the scheme: a share of the persons of the cell
for whom a fact is true, shares of codes, one figure for a number. The joint states of these facts are gone through one by one,
each with the meaning that one person has; the share of a state is the product of the shares of its facts. That takes them as
independent of one another within an age and sex, and the result says so. """

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from socle.entitlements.arrays import ArrayReading
from socle.entitlements.promise import promise
from socle.entitlements.states import SHAPE, CellFacts, Floats, Words, facts_in, facts_of_cells
from socle.schemes import Assumption, Per, Scheme
from socle.schemes import expressions as x
from socle.vocabulary import FACTS, say


@dataclass(frozen=True, eq=False)
class Cells:
    """``share[sex, age]``: of the persons of the cell, those who are entitled (of a household scheme, who live in an entitled
    household); NaN: cannot be said, for lack of the facts in ``missing``. ``amount[sex, age]``: what an entitled person (or
    household) gets on average, in ``currency``, ``per`` payment; NaN where nobody is entitled or it cannot be said. Ages are
    completed years, the last is 100 and over."""

    share: Floats
    amount: Floats
    currency: str | None
    per: Per | None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    assumed: tuple[Assumption, ...] = ()


def cells(scheme: Scheme, *, on: date, year: int | None = None, facts: Mapping[str, object] | None = None) -> Cells:
    """The shares and average amounts of a day. ``facts`` hold for everybody (the country's: ``poverty_line`` ...); ``year`` is
    that of the assumptions, by default the year of the day. Raises ``InputError`` where the facts of the rules have too many
    joint states.

    A fact without an assumption is unknown: a cell whose answer hangs on it is NaN, never nobody and never everybody.
    """
    promised = promise(scheme, on=on)
    rules = [rule for rule in (promised.entitled, promised.amount) if rule is not None]
    words = Words()
    known = facts_of_cells(rules, scheme.assumptions, on=on, year=year or on.year, given=facts or {}, words=words)
    reading = ArrayReading(known, on=on, tables=scheme.tables, words=words)
    share, amount = np.full(SHAPE, np.nan), np.full(SHAPE, np.nan)
    missing: list[str] = []
    if promised.entitled is not None:
        weights = known.weights()
        entitled = np.where(weights > 0, reading.value(promised.entitled), 0.0)
        share = _over_states(weights * entitled)
        if np.isnan(share).any():
            missing += _unknown([promised.entitled], known, facts or {})
        if promised.amount is not None:
            of_entitled = weights * entitled
            paid = np.where(of_entitled == 0, 0.0, reading.value(promised.amount))
            with np.errstate(divide="ignore", invalid="ignore"):
                amount = np.where(share > 0, _over_states(of_entitled * paid) / share, np.nan)
            if (np.isnan(amount) & (share > 0)).any():
                missing += _unknown([promised.amount], known, facts or {})
    missing += [] if promised.entitled is not None else ["eligibility"]
    notes = promised.notes if promised.entitled is None or (promised.amount is None and scheme.benefits) else ()
    return Cells(share, amount, promised.currency, promised.per, (*notes, *_notes(known, scheme)), tuple(dict.fromkeys(missing)),
                 tuple(known.used))


def _over_states(array: Floats) -> Floats:
    """Summed over the states, as [sex, age]; a state that cannot be said leaves the cell unsaid."""
    return np.asarray(array.sum(axis=tuple(range(array.ndim - 2))))


def _unknown(rules: Iterable[x.Expression], known: CellFacts, given: Mapping[str, object]) -> list[str]:
    """The facts of rules of which some cell does not know."""
    names = facts_in(rules, (*known.arrays, *known.spread, *given))
    return [name for name in names if (value := known.value(name)) is None or np.isnan(value * known.weights()).any()]


def _notes(known: CellFacts, scheme: Scheme) -> tuple[str, ...]:
    notes = []
    spread, constant = _labels(known.spread), _labels(known.constant)
    if spread:
        notes.append(say("Taken from the assumptions of the scheme, as shares of each age and sex: {facts}.", facts=spread))
    if len(known.spread) > 1:
        notes.append(say("Within an age and sex, these facts are taken as independent of one another: {facts}.", facts=spread))
    if constant:
        notes.append(say("Taken as the same for everybody of an age and sex: {facts}.", facts=constant))
    if known.approximate:
        notes.append(say("The day of birth is taken from the completed age: half a year before the birthday."))
    if scheme.unit == "household":
        notes.append(say("The shares are of persons who live in an entitled household."))
    return tuple(notes)


def _labels(names: Iterable[str]) -> str:
    return ", ".join(FACTS[name].label() if name in FACTS else name for name in names)
