"""One scheme over the years: the people it means, those it reaches, and what they are paid, before options of presentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from socle.costing.amounts import Amounts, Paid
from socle.costing.identity import payments
from socle.costing.indexation import Money
from socle.costing.options import Options
from socle.costing.ramps import followed, ramp_of
from socle.costing.who import COUNTRY_FACTS, Group, Law, Laws, basis_of, group_of, in_force, spans
from socle.schemes import Benefit, Scheme

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier in a year: of the target group who get it, one payment on average, payments a year."""

    benefit: Benefit
    members: float
    payment: float
    payments: float

    @property
    def a_year(self) -> float:
        return self.members * self.payment * self.payments if self.members else 0.0


@dataclass(frozen=True, eq=False)
class Costed:
    """Nominal figures of one scheme by year; NaN: cannot be said."""

    scheme: Scheme
    currency: str | None
    group: Group
    entitled: Floats  # [year, sex, age] persons, households or births
    target: Floats
    coverage: Floats  # share of the target group; above 1 where a register counts more
    counted: Floats  # of a register; NaN where the ramp is a share
    take_up: float
    beneficiaries: Floats
    benefit: Floats  # average paid a year to a beneficiary
    spending: Floats
    tiers: Sequence[Sequence[Tier]]
    laws: Sequence[Law]  # of 1 July
    base_year: int
    series: frozenset[str] = frozenset()  # of the economy, that were missing
    facts: frozenset[str] = frozenset()  # of the scheme, that were missing
    held: bool = False
    mixed: bool = False  # tiers in several currencies
    notes: Sequence[str] = field(default=())
    in_force: Sequence[bool] = ()             # by year
    paid: Floats = field(default_factory=lambda: np.zeros((0, 2, 101)))  # [year, sex, age], if all who are meant were reached


@dataclass
class _Year:
    """What the laws of one year add up to."""

    entitled: Floats
    paid: Floats                     # [sex, age], if all who are meant were reached
    spending: float = 0.0
    tiers: list[Tier] = field(default_factory=list)
    in_force: bool = False  # for some of the year
    single: float = 0.0  # a year's benefit where everyone entitled gets the same


class Costing:
    """One scheme being costed."""

    def __init__(self, scheme: Scheme, money: Money, years: Sequence[int], options: Options) -> None:
        self.scheme, self.money, self.years, self.options = scheme, money, years, options
        self.base_year = options.base_year or years[0]
        self.basis = basis_of(scheme)
        self.laws = Laws(scheme, by_birth=self.basis == "births")
        self.amounts = Amounts(scheme, money, years, self.base_year, options, self.laws.needs_country)
        self.series: set[str] = set()
        self.facts: set[str] = set()
        self.notes: list[str] = []
        self.currencies: set[str | None] = set()
        self.held = False

    def costed(self) -> Costed:
        group = group_of(self.scheme, self.money.population, self.years)
        self.facts.update(group.missing)
        self.notes += group.notes
        shape = ramp_of(self.options.ramp) if self.options.ramp else None
        ages = None if shape is None else shape.ages(self.years)
        made, laws = [], []
        for place, year in enumerate(self.years):
            weights = group.weights[place] if ages is None else group.weights[place] * ages[place][None, :]
            made.append(self._year(year, weights))
            laws.append(self._law(year))
        entitled = np.array([one.entitled for one in made])
        target = entitled.sum(axis=(1, 2))
        coverage, counted = followed(self.scheme.ramp, self.years, self.options.ramp_between)
        if shape is not None:
            coverage, counted = shape.coverage(self.years), np.full(len(self.years), np.nan)
        if self.options.coverage is not None:
            coverage, counted = np.full(len(self.years), self.options.coverage), np.full(len(self.years), np.nan)
        take_up = self.options.take_up
        counted = np.where([one.in_force for one in made], counted, np.nan)
        coverage = np.where([one.in_force for one in made], coverage, 0.0)
        known = np.isfinite(counted)
        with np.errstate(divide="ignore", invalid="ignore"):
            beneficiaries = np.where(known, counted, np.where(coverage == 0, 0.0, target * coverage * take_up))
            coverage = np.where(known, np.where(target > 0, counted / target, np.nan), coverage)
            benefit = np.array([one.spending for one in made]) / target
        benefit = np.where(np.isfinite(benefit), benefit, [one.single for one in made])
        spending = np.where(beneficiaries == 0, 0.0, beneficiaries * benefit)
        country = self.facts & {*COUNTRY_FACTS}
        self.facts -= country
        self.series |= {"gdp" if name == "gdp_per_capita" else name for name in country}
        return Costed(
            self.scheme,
            self._currency(),
            group,
            entitled,
            target,
            coverage,
            counted,
            take_up,
            beneficiaries,
            benefit,
            spending if len(self.currencies) < 2 else np.full(len(self.years), np.nan),
            [one.tiers for one in made],
            laws,
            self.base_year,
            frozenset(self.series),
            frozenset(self.facts),
            self.held,
            len(self.currencies) > 1,
            tuple(dict.fromkeys(self.notes)),
            tuple(one.in_force for one in made),
            np.array([one.paid for one in made]),
        )

    def _currency(self) -> str | None:
        return next(iter(self.currencies)) if len(self.currencies) == 1 else self.amounts.currency

    def _law(self, year: int) -> Law:
        return self.laws.on(spans(self.scheme, year, "mid_year")[0][1], self._facts(year))

    def _facts(self, year: int) -> dict[str, object]:
        return self.amounts.country_facts(year) if self.laws.needs_country else {}

    def _year(self, year: int, weights: Floats) -> _Year:
        made = _Year(np.zeros_like(weights), np.zeros_like(weights))
        for length, day in spans(self.scheme, year, self.options.law):
            law = self.laws.on(day, self._facts(year))
            made.in_force |= in_force(self.scheme, law.scheme)
            self.facts.update(law.missing)
            self.notes += law.notes
            with np.errstate(invalid="ignore"):
                entitled = np.where(law.entitled == 0, 0.0, weights * law.entitled)
            made.entitled += length * entitled
            singles = []
            for benefit, share in law.tiers:
                tier, to_each = self._tier(law, benefit, share, weights, year, day)
                made.paid += length * to_each
                made.tiers.append(Tier(benefit, tier.members * length, tier.payment, tier.payments))
                made.spending += length * tier.a_year
                singles.append(tier.payment * tier.payments if benefit.rule is None else np.nan)
            if not law.tiers:
                if not self.scheme.benefits and np.any(law.entitled != 0):
                    self.facts.add("benefit")
                    made.spending = np.nan
                singles = [np.nan] if not self.scheme.benefits else [0.0]
            made.single += length * float(np.sum(singles))
        return made

    def _tier(self, law: Law, benefit: Benefit, share: Floats, weights: Floats, year: int, day: date) -> tuple[Tier, Floats]:
        paid: Paid = self.amounts.of(law, benefit, year, day)
        self.currencies.add(paid.currency)
        self.series.update(paid.series)
        self.facts.update(paid.facts)
        self.held |= paid.held
        members = np.where(share == 0, 0.0, weights * share)
        to_each = np.where(members == 0, 0.0, members * paid.amount)
        total = to_each.sum()
        count = members.sum()
        average = float(total / count) if count > 0 else float(paid.amount) if np.ndim(paid.amount) == 0 else np.nan
        times = payments(benefit.per, months=benefit.months, waiting_days=benefit.waiting_days)
        return Tier(benefit, float(count), average, times), to_each * times
