"""Who is meant: the shares of each age and sex that a law entitles, and of what group of people they are shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from socle import entitlements
from socle.schemes import Assumption, Benefit, Rule, Scheme, children_of, expressions
from socle.tables import Population
from socle.vocabulary import FACTS, Source, say

Floats = npt.NDArray[np.float64]
Basis = Literal["persons", "households", "births"]

#: Facts of a birth: where a scheme asks for one and assumes nothing of it, its target group is the births of the year.
BIRTH_FACTS = {"gave_birth": True, "pregnant": True, "months_since_childbirth": 0.0}
#: Completed ages of mothers.
MOTHERS = (15, 49)
#: Facts of the country, all money a month in the scheme's currency.
COUNTRY_FACTS = ("poverty_line", "minimum_wage", "average_wage", "gdp_per_capita")


@dataclass(frozen=True, eq=False)
class Law:
    """What is in force on a day: the share of each sex and age that is entitled, and to which tiers."""

    scheme: Scheme
    entitled: Floats  # [sex, age], NaN: cannot be said
    tiers: tuple[tuple[Benefit, Floats], ...]  # [sex, age] share of persons who get the tier
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Group:
    """Of what the entitled are a share, by year, sex and age; ``missing`` names the fact without which nobody can say."""

    basis: Basis
    weights: Floats  # [year, sex, age]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    size: float | None = None  # persons a household


class Laws:
    """The laws of one scheme, each worked out once."""

    def __init__(self, scheme: Scheme, *, by_birth: bool) -> None:
        self.scheme = _given_birth(scheme) if by_birth else scheme
        whom = [entry.rule for entry in scheme.eligibility] + [one.rule for one in scheme.benefits if one.rule is not None]
        self.needs_country = any(facts_of(rule.expression) & {*COUNTRY_FACTS} for rule in whom)
        self.dated = any(_dated(rule.expression) for rule in _rules(scheme))
        self._known: dict[object, Law] = {}

    def on(self, day: date, facts: Mapping[str, object]) -> Law:
        """The law of a day; ``facts`` are the country's, of that year."""
        now = self.scheme.on(day)
        assumed = tuple(one.since or 0 for one in now.assumptions if one.since is not None and one.since <= day.year)
        told = tuple(sorted(facts.items())) if self.needs_country else ()
        key = (tuple(map(id, (*now.eligibility, *now.benefits, *now.tables))), assumed, told, day if self.dated else None)
        if key not in self._known:
            self._known[key] = self._worked_out(now, day, facts if self.needs_country else {})
        return self._known[key]

    def _worked_out(self, now: Scheme, day: date, facts: Mapping[str, object]) -> Law:
        if not in_force(self.scheme, now):  # not begun, or ended: nobody
            return Law(now, np.zeros((2, 101)), (), (), ())
        cells = entitlements.cells(replace(now, benefits=()), on=day, facts=facts)
        tiers = []
        missing, notes = list(cells.missing), list(cells.notes)
        for benefit in now.benefits:
            if benefit.rule is None:
                tiers.append((benefit, cells.share))
                continue
            of_tier = tier_cells(now, plain(benefit, 1.0), day, facts)
            missing += of_tier.missing
            notes += of_tier.notes
            tiers.append((benefit, np.where(cells.share > 0, cells.share * of_tier.amount, cells.share)))
        return Law(now, cells.share, tuple(tiers), tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(notes)))


def in_force(scheme: Scheme, now: Scheme) -> bool:
    """Something of the scheme is in force: neither all who were entitled nor all that was paid has yet to begin or has ended.
    What the source does not say at all is no end."""
    return bool(now.eligibility or not scheme.eligibility) and bool(now.benefits or not scheme.benefits)


def tier_cells(scheme: Scheme, benefit: Benefit, day: date, facts: Mapping[str, object]) -> entitlements.Cells:
    """The cells of one tier alone: ``amount`` is what an entitled person of the cell gets on average, per payment."""
    return entitlements.cells(replace(scheme, benefits=(benefit,)), on=day, facts=facts)


def plain(benefit: Benefit, amount: float) -> Benefit:
    """The same tier, paying a given amount without floor or cap."""
    return replace(
        benefit, amount=amount, currency=benefit.currency or "XXX", share=None, of=None, formula=None, floor=None, cap=None
    )


def spans(scheme: Scheme, year: int, law: Literal["mid_year", "pro_rata"]) -> list[tuple[float, date]]:
    """(share of the year, a day of it) for each law of the year: that of 1 July for all of it, or each for its days."""
    if law == "mid_year":
        return [(1.0, date(year, 7, 1))]
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    begins = {one.since for one in scheme.eligibility} | {one.since for one in scheme.benefits}
    begins |= {one.since for one in scheme.tables}
    ends = [*(one.until for one in scheme.eligibility), *(one.until for one in scheme.benefits)]
    begins |= {day + timedelta(days=1) for day in ends if day is not None}
    starts = [first, *sorted(day for day in begins if first < day < after)]
    lengths = [(later - start).days for start, later in zip(starts, [*starts[1:], after], strict=True)]
    return [(length / (after - first).days, start) for length, start in zip(lengths, starts, strict=True)]


def basis_of(scheme: Scheme) -> Basis:
    """Births for what a birth gives a right to, unless the scheme says what share of the women gave birth; else its unit."""
    assumed = {one.fact for one in scheme.assumptions}
    of_births = {*BIRTH_FACTS, "delivered_on"}
    if not assumed & of_births and (scheme.branch == "maternity" or any(mentions(scheme, name) for name in of_births)):
        return "births"
    return "households" if scheme.unit == "household" else "persons"


def group_of(scheme: Scheme, population: Population, years: Sequence[int]) -> Group:
    """The people, households or births of these years."""
    places = [population.years.index(year) for year in years]
    persons = population.persons[places]
    basis = basis_of(scheme)
    if basis == "persons":
        return Group(basis, persons)
    if basis == "births":
        return _births(population, persons, places)
    sizes = [one.value for one in scheme.assumptions if one.fact == "household_size" and one.value]
    if not sizes:
        return Group(basis, np.full_like(persons, np.nan), ("household_size",))
    note = say("Entitled persons are counted as households of {n} persons.", n=f"{sizes[0]:g}")
    return Group(basis, persons / sizes[0], (), (note,), sizes[0])


def _births(population: Population, persons: Floats, places: Sequence[int]) -> Group:
    """The births of a year, spread over the women of 15 to 49 as they are counted."""
    women = np.zeros_like(persons)
    women[:, 0, MOTHERS[0] : MOTHERS[1] + 1] = persons[:, 0, MOTHERS[0] : MOTHERS[1] + 1]
    stated = population.births is not None
    births = population.births[list(places)] if population.births is not None else persons[:, :, 0].sum(axis=1)
    note = (
        say("The births of a year are those of the population file.")
        if stated
        else say("The births of a year are the persons of age 0: the population file states no births.")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = women * (births / women.sum(axis=(1, 2)))[:, None, None]
    return Group("births", weights, (), (note, say("They are spread over the women of 15 to 49 as they are counted.")))


def _given_birth(scheme: Scheme) -> Scheme:
    """The scheme asked of those who gave birth."""
    source = Source(say("By definition of the target group: those who gave birth"))
    assumed = [
        Assumption(name, source, share=1.0 if value is True else None, value=None if value is True else float(value), sex="female")
        for name, value in BIRTH_FACTS.items()
    ]
    return replace(scheme, assumptions=(*scheme.assumptions, *assumed))


def mentions(scheme: Scheme, fact: str) -> bool:
    """Some rule of the scheme asks for this fact, or a benefit is a share of it."""
    return any(fact in facts_of(rule.expression) for rule in _rules(scheme)) or any(one.of == fact for one in scheme.benefits)


def _rules(scheme: Scheme) -> Iterator[Rule]:
    for entry in scheme.eligibility:
        yield entry.rule
    for benefit in scheme.benefits:
        yield from (rule for rule in (benefit.rule, benefit.formula, benefit.floor, benefit.cap) if rule is not None)


def _dated(expression: expressions.Expression) -> bool:
    """The rule asks for a day, so that it does not mean the same of an age in every year."""
    day = isinstance(expression, expressions.Day | expressions.Today) or (
        isinstance(expression, expressions.Fact) and expression.name in FACTS and FACTS[expression.name].type == "day"
    )
    return day or any(_dated(child) for child in children_of(expression))


def facts_of(expression: expressions.Expression) -> set[str]:
    """The facts that a rule names."""
    own = {expression.name} if isinstance(expression, expressions.Fact) else set()
    return own.union(*(facts_of(child) for child in children_of(expression)))
