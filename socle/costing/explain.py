"""Why a figure is what it is: the factors that multiply to the spending of a scheme in a year, each with who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from socle.costing.costed import Costed
from socle.costing.indexation import Money
from socle.costing.options import Options
from socle.costing.projection import Explanation, Factor, Line, TierPaid
from socle.vocabulary import Source, number, percent, say

Floats = npt.NDArray[np.float64]


class Explained(Mapping[tuple[str, int], Explanation]):
    """The explanations of a projection by (scheme, year), each made when somebody asks."""

    def __init__(
        self, costed: Sequence[Costed], lines: Sequence[Line], money: Money, years: Sequence[int], options: Options, prices: Floats
    ) -> None:
        self._of = {one.scheme.id: (one, line) for one, line in zip(costed, lines, strict=True)}
        self._money, self._years, self._options, self._prices = money, tuple(years), options, prices

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((scheme, year) for scheme in self._of for year in self._years)

    def __len__(self) -> int:
        return len(self._of) * len(self._years)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, tuple) and len(key) == 2 and key[0] in self._of and key[1] in self._years

    def __getitem__(self, key: tuple[str, int]) -> Explanation:
        if key not in self:
            raise KeyError(key)
        scheme, year = key
        one, line = self._of[scheme]
        place = self._years.index(year)
        factors = tuple(self._factors(one, place, year))
        return Explanation(
            scheme,
            year,
            factors,
            _said(line.spending[place]),
            _said(line.administration[place]),
            _said(line.total[place]),
            tuple(self._steps(one, line, place, year)),
            _tiers(one, place),
        )

    def _factors(self, one: Costed, place: int, year: int) -> Iterator[Factor]:
        population = self._money.population
        yield from _people(one, place, year, population.source)
        ramp = [entry for entry in one.scheme.ramp if entry.year <= year]
        own = self._options.coverage is None and self._options.ramp is None
        registered = bool(np.isfinite(one.counted[place]))
        note = say("A register counts {n}.", n=number(round(float(one.counted[place])))) if registered else ""
        yield Factor(
            "coverage",
            say("Covered of the target group"),
            _said(one.coverage[place]),
            "share",
            ramp[-1].source if ramp and own else None,
            note or ("" if ramp and own else say("By the options.") if not own else say("Everyone, from the first year.")),
        )
        if not registered:
            yield Factor("take_up", say("Take-up"), one.take_up, "share", None, say("By the options."))
        yield from self._money_of(one, place)

    def _money_of(self, one: Costed, place: int) -> Iterator[Factor]:
        tiers = one.tiers[place]
        unit = one.currency or ""
        if len(tiers) == 1 and tiers[0].benefit.rule is None:
            tier = tiers[0]
            yield Factor(
                "benefit",
                say("Benefit a payment"),
                _said(tier.payment),
                say("{currency} per {per}", currency=unit, per=tier.benefit.per),
                tier.benefit.source,
            )
            yield Factor("payments", say("Payments a year"), tier.payments, say("payments"), tier.benefit.source)
        else:
            told = "; ".join(
                say(
                    "{tier}: {n} x {payment} x {payments}",
                    tier=tier.benefit.tier,
                    n=number(tier.members, decimals=0),
                    payment=number(tier.payment, decimals=2),
                    payments=number(tier.payments, decimals=2),
                )
                for tier in tiers
                if np.isfinite(tier.a_year)
            )
            yield Factor(
                "benefit",
                say("Benefit a year, on average"),
                _said(one.benefit[place]),
                say("{currency} a year", currency=unit),
                tiers[0].benefit.source if tiers else None,
                told,
            )
        if self._options.prices == "constant":
            with np.errstate(divide="ignore"):
                yield Factor(
                    "prices",
                    say("In prices of {year}", year=one.base_year),
                    _said(1 / self._prices[place]),
                    "factor",
                    _source_of(self._money, "deflator"),
                )

    def _steps(self, one: Costed, line: Line, place: int, year: int) -> Iterator[str]:
        currency = one.currency or ""

        def written(figure: float) -> str:
            return number(round(float(figure))) if np.isfinite(figure) else say("cannot be said")

        yield say("{n} are meant in {year}.", n=written(line.target[place]), year=year)
        yield from one.notes
        yield say("{n} of them are reached.", n=written(line.beneficiaries[place]))
        yield say(
            "Each is paid {amount} {currency} in the year, on average.", amount=written(line.benefit[place]), currency=currency
        )
        yield say("Spending: {amount} {currency}.", amount=written(line.spending[place]), currency=currency)
        yield say("Administration: {amount} {currency}.", amount=written(line.administration[place]), currency=currency)
        yield say("Total: {amount} {currency}.", amount=written(line.total[place]), currency=currency)
        if np.isfinite(line.share_of_gdp[place]):
            yield say("That is {share} of GDP.", share=percent(float(line.share_of_gdp[place]), decimals=2))
        if np.isfinite(line.share_of_government[place]):
            yield say(
                "That is {share} of government expenditure.", share=percent(float(line.share_of_government[place]), decimals=2)
            )


def _people(one: Costed, place: int, year: int, source: Source) -> Iterator[Factor]:
    weights = one.group.weights[place]
    entitled = one.entitled[place]
    concerned = np.broadcast_to((entitled > 0) | np.isnan(entitled), weights.shape)
    ages = np.flatnonzero(concerned.any(axis=0))
    if one.group.basis == "births":
        births = float(weights.sum())
        yield Factor("births", say("Births"), births, "births", source)
        yield Factor(
            "target_share",
            say("Of the mothers, those who are meant"),
            _said(one.target[place] / births) if births else None,
            "share",
            _eligibility(one),
        )
        return
    persons = weights * (one.group.size or 1.0)
    heads = float(persons[concerned].sum())
    span = (
        ""
        if not len(ages)
        else say("Ages {first} to {last}.", first=int(ages[0]), last=int(ages[-1]))
        if ages[-1] < 100
        else say("Ages {first} and over.", first=int(ages[0]))
    )
    yield Factor("persons", say("Persons of the ages concerned"), heads, "persons", source, span)
    share = float(one.target[place]) * (one.group.size or 1.0) / heads if heads else np.nan
    yield Factor("target_share", say("Of them, those who are meant"), _said(share), "share", _eligibility(one))
    if one.group.size:
        yield Factor(
            "household_size",
            say("Households a person"),
            1 / one.group.size,
            "households per person",
            next((entry.source for entry in one.scheme.assumptions if entry.fact == "household_size"), None),
        )


def _tiers(one: Costed, place: int) -> tuple[TierPaid, ...]:
    """Nothing where one of them cannot be said: the others would be taken for the whole."""
    found = one.tiers[place]
    if not all(np.isfinite([tier.members, tier.payment, tier.payments]).all() for tier in found):
        return ()
    return tuple(TierPaid(tier.benefit.tier, tier.members, tier.payment, tier.payments) for tier in found)


def _eligibility(one: Costed) -> Source | None:
    return one.scheme.eligibility[0].source if one.scheme.eligibility else None


def _source_of(money: Money, name: str) -> Source | None:
    found = None if money.economy is None else money.economy.series.get(name)
    return None if found is None else found.source


def _said(figure: float) -> float | None:
    return float(figure) if np.isfinite(figure) else None
