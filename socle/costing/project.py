"""Schemes x population x economy -> a projection (methods.md, section 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socle.costing import identity
from socle.costing.amounts import converted
from socle.costing.asked import peopled, years_asked
from socle.costing.costed import Costed, Costing
from socle.costing.explain import Explained
from socle.costing.indexation import Money
from socle.costing.options import Options
from socle.costing.projection import Line, Projection
from socle.costing.remarks import remarks
from socle.errors import InputError
from socle.schemes import Scheme
from socle.tables import Economy, Population, extended
from socle.vocabulary import Source, say

Floats = npt.NDArray[np.float64]


def project(
    schemes: Scheme | Iterable[Scheme],
    population: Population | None,
    economy: Economy | None = None,
    *,
    years: int | Iterable[int],
    options: Options | Mapping[str, object] | None = None,
    scenario: str = "",
) -> Projection:
    """What the schemes cost, by year.

    Without an economy amounts stay in the schemes' currency, and what needs a series of it is NaN with the finding
    ``economy_missing``. Series are carried on to the last year as the economy file or ``options.extrapolate`` asks. Options are
    ``Options`` or a mapping of some of them; ``years`` one year or several; those of the
    projection say the base year that was taken. Raises
    ``InputError`` for options that are none, no population, a year without population, no scheme, or two schemes of one id.
    """
    chosen = (schemes,) if isinstance(schemes, Scheme) else tuple(schemes)
    span, told = years_asked(years), Options.of(options)
    options = replace(told, base_year=told.base_year or span[0])
    _refuse(chosen)
    population = peopled(population, span)
    if economy is not None:
        economy = extended(economy, until=span[-1], method=options.extrapolate)
    money = Money(population, economy)
    costed = [Costing(scheme, money, span, options).costed() for scheme in chosen]
    base = options.base_year or span[0]
    prices = np.ones(len(span)) if options.prices == "current" else money.level("deflator", span, base)
    lines = [_line(one, money, span, options, prices) for one in costed]
    explained = Explained(costed, lines, money, span, options, prices)
    if len(lines) > 1:
        lines.append(_together(costed, lines, money, span, prices))
    return Projection(
        population.country,
        scenario,
        span,
        tuple(lines),
        options,
        tuple(remarks(costed, lines, money, span, told, prices)),
        _sources(costed, population, economy),
        explained,
        {one.scheme.id: one.entitled for one in costed},
        {one.scheme.id: one.paid / prices[:, None, None] for one in costed},
    )


def _refuse(schemes: Sequence[Scheme]) -> None:
    if not schemes:
        raise InputError(say("There is no scheme to cost."), remedy=say("Name at least one scheme file."))
    ids = [scheme.id for scheme in schemes]
    for one in ids:
        if ids.count(one) > 1:
            raise InputError(
                say("Two schemes are called {scheme}.", scheme=one),
                where={"column": "id", "value": one},
                remedy=say("Give each an id of its own, or cost them as scenarios."),
            )


def administered(one: Costed, place: int, options: Options) -> tuple[float, str, Source | None, bool]:
    """(share, of what, who says so, whether anybody says so) in a year."""
    if options.administration_of == "none":
        return 0.0, "none", None, True
    told = one.laws[place].scheme.administration
    if options.administration is not None:
        return options.administration, options.administration_of or (told[-1].of if told else "benefits"), None, True
    if not told:
        return 0.0, options.administration_of or "benefits", None, False
    return told[-1].share, options.administration_of or told[-1].of, told[-1].source, True


def _line(one: Costed, money: Money, years: Sequence[int], options: Options, prices: Floats) -> Line:
    shares = [administered(one, place, options) for place in range(len(years))]
    administration = np.array(
        [
            float(identity.administration(np.float64(spent), share, of))  # type: ignore[arg-type]
            for spent, (share, of, *_) in zip(one.spending, shares, strict=True)
        ]
    )
    total = one.spending + administration
    gdp = converted(money.gdp(years), years, money, one.currency)
    government = converted(money.government(years), years, money, one.currency)
    return Line(
        one.scheme.id,
        one.scheme.label(),
        one.currency,
        one.target,
        one.beneficiaries,
        one.benefit / prices,
        one.spending / prices,
        administration / prices,
        total / prices,
        identity.share(total, gdp),
        identity.share(total, government),
    )


def _together(costed: Sequence[Costed], lines: Sequence[Line], money: Money, years: Sequence[int], prices: Floats) -> Line:
    """All schemes: money adds up; people do not, for one person may have several benefits."""
    unknown = np.full(len(years), np.nan)
    currencies = {line.currency for line in lines}
    economy = money.economy
    into = next(iter(currencies)) if len(currencies) == 1 else None if economy is None else economy.currency
    added = {
        name: sum((_into(getattr(line, name), line.currency, into, money, years) for line in lines), np.zeros(len(years)))
        for name in ("spending", "administration", "total")
    }
    nominal = added["total"] * prices
    return Line(
        "",
        say("All schemes"),
        into,
        unknown,
        unknown,
        unknown,
        added["spending"],
        added["administration"],
        added["total"],
        identity.share(nominal, converted(money.gdp(years), years, money, into)),
        identity.share(nominal, converted(money.government(years), years, money, into)),
    )


def _into(path: Floats, currency: str | None, into: str | None, money: Money, years: Sequence[int]) -> Floats:
    if currency == into:
        return path
    if money.economy is None or currency != "USD" or into != money.economy.currency:
        return np.full(len(path), np.nan)
    return np.asarray(path * np.array(money.economy.path("exchange_rate", years)))


def _sources(costed: Sequence[Costed], population: Population, economy: Economy | None) -> tuple[Source, ...]:
    def told() -> Iterator[Source | None]:
        yield population.source
        for one in costed:
            scheme = one.scheme
            yield from (entry.source for entry in scheme.eligibility)
            yield from (benefit.source for benefit in scheme.benefits)
            yield from (entry.source for entry in scheme.administration)
            yield from (entry.source for entry in scheme.ramp)
            yield from (entry.source for entry in scheme.assumptions)
        if economy is not None:
            yield from (series.source for series in economy.series.values())

    return tuple(dict.fromkeys(source for source in told() if source is not None))
