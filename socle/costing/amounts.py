"""What one payment is worth, by year: the amount, share or formula of a tier, moved as the law or the options say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from socle.costing.indexation import Money, moved, needed
from socle.costing.options import Options
from socle.costing.who import COUNTRY_FACTS, Law, facts_of, plain, tier_cells
from socle.entitlements import Cells
from socle.schemes import Benefit, Index, Scheme

Floats = npt.NDArray[np.float64]
#: What is paid for each unit of ``per``, of an amount a year.
OF_A_YEAR = {"month": 1 / 12, "year": 1.0, "week": 7 / 365, "day": 1 / 365, "case": 1 / 12}
NOT_MOVED = Index({"none": 1.0})


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment of a tier in a year. ``amount`` is a number, or ``[sex, age]`` where it differs; NaN: cannot be said, for want of
    ``series`` (of the economy) or of ``facts``."""

    amount: float | Floats
    currency: str | None
    series: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    held: bool = False  # earnings held at what is assumed, for want of wages


@dataclass(frozen=True)
class Amounts:
    """The amounts of one scheme's tiers over the years of a projection."""

    scheme: Scheme
    money: Money
    years: Sequence[int]
    base_year: int
    options: Options
    laws_ask: bool = False         # the rules of who is entitled ask for the country's facts
    _known: dict[object, tuple[Law, Cells]] = field(default_factory=dict, repr=False)

    @property
    def currency(self) -> str | None:
        """The scheme's own, or the economy's where it says none."""
        return self.scheme.currency or (None if self.money.economy is None else self.money.economy.currency)

    def country_facts(self, year: int) -> dict[str, object]:
        """What a rule may ask of the country in a year: a month's money, in the scheme's currency. What is missing is left out."""
        told = {name: float(self._in_own(self.money.a_year(name, (year,)), (year,))[0]) / 12 for name in COUNTRY_FACTS}
        return {name: value for name, value in told.items() if np.isfinite(value)}

    def of(self, law: Law, benefit: Benefit, year: int, day: date) -> Paid:
        """One payment of this tier in this year."""
        base = max(self.base_year, min(benefit.since.year, year))
        index = self._index(benefit)
        if benefit.formula is not None:
            return self._by_cells(law, benefit, year, day, index, base)
        if benefit.amount is not None:
            paid = self._amount(benefit, index, year, base)
        elif benefit.share is not None and benefit.of == "previous_earnings":
            return self._of_earnings(law, benefit, year, day, index, base)
        elif benefit.share is not None and benefit.of is not None:
            paid = self._share(benefit, index, year, base)
        else:
            return Paid(np.nan, benefit.currency or self.currency, facts=(f"benefit.{benefit.tier}.amount",))
        if (benefit.floor is None and benefit.cap is None) or not np.isfinite(paid.amount).all():
            return paid
        return self._bounded(law, benefit, paid, year, day, index, base)

    def _index(self, benefit: Benefit) -> Index:
        asked = self.options.indexation
        if asked is None:
            return benefit.index
        return Index({"fixed": 1.0}, rate=asked) if isinstance(asked, int | float) else Index({asked: 1.0})

    def _follows(self, index: Index) -> bool:
        """A share is of what it is taken of, year by year: neither the law nor the options move it otherwise."""
        return set(index.weights) == {"none"} and self.options.indexation is None

    def _moved(self, index: Index, year: int, base: int) -> tuple[float, tuple[str, ...]]:
        factor = float(moved(index, self.money, (year,), (base,))[0])
        return factor, () if np.isfinite(factor) else needed(index.weights)

    def _amount(self, benefit: Benefit, index: Index, year: int, base: int) -> Paid:
        factor, series = self._moved(index, year, base)
        return Paid((benefit.amount or 0.0) * factor, benefit.currency or self.currency, series)

    def _share(self, benefit: Benefit, index: Index, year: int, base: int) -> Paid:
        """A share of what moves, moves with it; where an indexation is asked for, it is the share of the base year, moved so."""
        name = benefit.of or ""
        follows = self._follows(index)
        start = year if follows else base
        reference = self._in_own(self.money.a_year(name, (start,)), (start,))[0] * OF_A_YEAR[benefit.per]
        factor, series = (1.0, ()) if follows else self._moved(index, year, base)
        if not np.isfinite(reference):
            series = (*series, *(("gdp",) if name == "gdp_per_capita" else (name,)), *self._exchange(start))
        return Paid((benefit.share or 0.0) * reference * factor, self.currency, series)

    def _of_earnings(self, law: Law, benefit: Benefit, year: int, day: date, index: Index, base: int) -> Paid:
        """A share of earnings that the scheme assumes for the base year; they move with wages where nothing else is said."""
        own = self._follows(index)
        wages, _ = self._moved(Index({"wages": 1.0}), year, base)
        held = own and not np.isfinite(wages)
        return replace(
            self._by_cells(law, benefit, year, day, Index({"wages": 1.0}) if own and not held else index, base), held=held
        )

    def _by_cells(self, law: Law, benefit: Benefit, year: int, day: date, index: Index, base: int) -> Paid:
        """A formula, or a share of a person's earnings: worked out for each age and sex, with the country's facts of the year."""
        cells = self._cells(law, benefit, day, self.country_facts(year))
        factor, series = self._moved(index, year, base)
        amount = _of_members(law, benefit, cells.amount) * factor
        return Paid(amount, benefit.currency or self.currency, series, tuple(cells.missing))

    def _bounded(self, law: Law, benefit: Benefit, paid: Paid, year: int, day: date, index: Index, base: int) -> Paid:
        """Floor and cap of what an index moves are those of the base year, and move with it; those of a share that follows what it
        is taken of are as written."""
        moves = benefit.amount is not None or not self._follows(index)
        factor, series = self._moved(index, year, base) if moves else (1.0, ())
        start = float(np.asarray(paid.amount)) / factor if factor else 0.0
        bounded = replace(plain(benefit, start), floor=benefit.floor, cap=benefit.cap)
        cells = self._cells(law, bounded, day, self.country_facts(base if moves else year))
        return Paid(_of_members(law, benefit, cells.amount) * factor, paid.currency, series, tuple(cells.missing))

    def _cells(self, law: Law, benefit: Benefit, day: date, facts: Mapping[str, object]) -> Cells:
        """The cells of a tier, worked out once for each law and each state of the country that it asks for."""
        rules = [rule for rule in (benefit.rule, benefit.formula, benefit.floor, benefit.cap) if rule is not None]
        asked = set[str]().union(*(facts_of(rule.expression) for rule in rules)) & {*COUNTRY_FACTS}
        told = {name: value for name, value in facts.items() if name in asked or self.laws_ask}
        key = (id(law), benefit.tier, benefit.since, benefit.amount, tuple(sorted(told.items())))
        if key not in self._known:
            self._known[key] = (law, tier_cells(law.scheme, benefit, day, facts))
        return self._known[key][1]

    def _in_own(self, path: Floats, years: Sequence[int]) -> Floats:
        """Money of the economy in the scheme's currency."""
        return converted(path, years, self.money, self.currency)

    def _exchange(self, year: int) -> tuple[str, ...]:
        economy = self.money.economy
        differs = economy is not None and self.currency != economy.currency
        return ("exchange_rate",) if differs and economy is not None and economy.at("exchange_rate", year) is None else ()


def converted(path: Floats, years: Sequence[int], money: Money, into: str | None) -> Floats:
    """Money of the economy in another currency, by the rate of each year; NaN where no rate says it. Rates are of the US dollar."""
    economy = money.economy
    if economy is None or into is None or into == economy.currency:
        return path
    rate = np.array(economy.path("exchange_rate", years))
    return np.asarray(path / rate) if into == "USD" else np.full(len(path), np.nan)


def _of_members(law: Law, benefit: Benefit, amount: Floats) -> Floats:
    """What those of the tier get, from what all who are entitled get on average."""
    tier = next(share for one, share in law.tiers if one is benefit)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(tier > 0, amount * law.entitled / tier, np.where(np.isnan(tier), np.nan, 0.0))
