"""The floor calculator: a package of benefits, costed for a country from its population and economy alone.

    target[t]   = persons of the ages and sex (or births) x the share who are meant
    benefit[t]  = per payment x payments a year, moved from the base year on as the preset or the options say
    total[t]    = target x coverage x take-up x benefit, and administration

A quick estimate by design: the package is a preset, eligibility is age, sex and a share. A scheme file says more (``project``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from socle.costing.asked import peopled, years_asked
from socle.costing.floor_presets import FloorBenefit, Preset
from socle.costing.floor_remarks import economy_missing, remarks
from socle.costing.identity import A_YEAR, administration, share, spent
from socle.costing.indexation import Money, moved, needed
from socle.costing.options import Options
from socle.costing.projection import Explanation, Factor, Line, Projection
from socle.costing.ramps import ramp_of
from socle.errors import InputError
from socle.schemes import Index
from socle.tables import LAST_AGE, SEXES, Economy, Population, extended
from socle.vocabulary import Source, number, say

Floats = npt.NDArray[np.float64]
AS_THE_PRESET = Options()


@dataclass(frozen=True)
class _Ingredients:
    """Of one benefit, by year: persons (or births), the share of them who are meant, coverage, and a beneficiary's year."""

    benefit: FloorBenefit
    persons: Floats
    coverage: Floats
    a_year: Floats
    missing: tuple[str, ...]


def floor(preset: Preset, population: Population | None, economy: Economy | None = None, *, years: int | Iterable[int],
          options: Options | Mapping[str, object] | None = AS_THE_PRESET) -> Projection:
    """What the package costs, a line a benefit and one (``""``) for all of them.

    Amounts are in the economy's currency; without an economy in those of the preset. What a missing series or a fact that the
    preset does not state leaves open is NaN or left out, and said. Raises ``InputError`` where the population has not every year.
    """
    years, told = years_asked(years), Options.of(options)
    options = replace(told, base_year=told.base_year or years[0])
    population = peopled(population, years)
    if economy is not None:
        economy = extended(economy, until=years[-1], method=options.extrapolate)
    money = Money(population, economy)
    base = options.base_year or years[0]
    paths = _Paths(money, years)
    costed = [_ingredients(benefit, paths, base, options) for benefit in preset.benefits if not benefit.lacks]
    if not costed:
        raise InputError(say("Nothing of {preset} can be costed: it does not state what it needs.", preset=preset.id),
                         remedy=say("Say it with --assume: {keys}.",
                                    keys=", ".join(key for benefit in preset.benefits for key in benefit.lacks)))
    loading, of = _administration(preset, options)
    deflated = np.ones(len(years)) if options.prices == "current" else money.level("deflator", years, base)
    lines = [_line(one, money, years, options, loading, of, deflated) for one in costed]
    lines.append(_together(lines, money, years, deflated))
    warnings = (*remarks(preset, population, economy, years),
                *economy_missing({one.benefit.id: one.missing for one in costed}, options, economy))
    return Projection(population.country, preset.id, years, tuple(lines), options, warnings, _sources(preset, population, economy),
                      _Explanations(costed, lines, years, options, loading, of, deflated, population.source),
                      {one.benefit.id: _cells(one.benefit, population, years) for one in costed})


def needs(preset: Preset, population: Population | None, economy: Economy | None = None, *, years: int | Iterable[int],
          options: Options | Mapping[str, object] | None = AS_THE_PRESET) -> Projection:
    """The floor for everyone who is meant, whoever is covered today: what a financing gap is measured against."""
    return floor(preset, population, economy, years=years, options=replace(Options.of(options), coverage=1.0, ramp=None))


class _Paths:
    """How amounts move: each index followed once, however many benefits move with it."""

    def __init__(self, money: Money, years: Sequence[int]) -> None:
        self.money, self.years = money, years
        self._found: dict[tuple[object, ...], Floats] = {}

    def moved(self, index: Index, start: int) -> Floats:
        key = (*sorted(index.weights.items()), index.rate, start)
        if key not in self._found:
            self._found[key] = moved(index, self.money, self.years, (start,) * len(self.years))
        return self._found[key]


def _ingredients(benefit: FloorBenefit, paths: _Paths, base: int, options: Options) -> _Ingredients:
    target, level, years = benefit.target, benefit.level, paths.years
    people = paths.money.population
    places = [people.years.index(year) for year in years]
    if target.of == "births":
        persons = people.persons[places, :, 0].sum(axis=1) if people.births is None else people.births[places]
    else:
        persons = people.total(first=min(target.ages[0], LAST_AGE), last=min(target.ages[1], LAST_AGE), sex=target.sex)[places]
    coverage = np.full(len(years), 1.0 if options.coverage is None else options.coverage)
    if options.ramp is not None:
        coverage = coverage * _ramped(options.ramp, years)
    paid, missing = _payment(benefit, paths, base, options)
    return _Ingredients(benefit, np.asarray(persons * (target.share or 0.0)), coverage, paid * level.times, missing)


def _ramped(ramp: str, years: Sequence[int]) -> Floats:
    shape = ramp_of(ramp)
    if shape.kind == "cohort":
        raise InputError(say("A floor is not ramped by cohort: each of its benefits has ages of its own."),
                         where={"column": "ramp",
                                "value": ramp}, remedy=say("Write immediate, linear:2026:20% or logistic:2030:0.5."))
    return shape.coverage(years)


def _payment(benefit: FloorBenefit, paths: _Paths, base: int, options: Options) -> tuple[Floats, tuple[str, ...]]:
    """One payment by year, and the series without which it cannot be said."""
    money, level, asked = paths.money, benefit.level, options.indexation
    index = level.index if asked is None else Index({"fixed": 1.0}, asked) if isinstance(asked,
                                                                                         int | float) else Index({asked: 1.0})
    start = (level.year or base) if level.base is None else base
    path = paths.moved(index, start)
    missing = needed(index.weights) if np.isnan(path).any() else ()
    if level.base is None:
        amount = level.amount or 0.0
        own = None if money.economy is None else money.economy.currency
        if own is not None and level.currency != own:
            rate = None if level.currency != "USD" or money.economy is None else money.economy.at("exchange_rate", start)
            if rate is None:
                amount, missing = np.nan, (*missing, "exchange_rate")
            else:
                amount *= rate
        return np.asarray(amount * path), missing
    reference = float(money.a_year(level.base, (start,))[0])
    if np.isnan(reference):
        missing = (*missing, "gdp" if level.base == "gdp_per_capita" else level.base)
    payment = (level.share or 0.0) * reference / A_YEAR["month" if level.per == "case" else level.per]
    return np.asarray(payment * path), missing


def _administration(preset: Preset, options: Options) -> tuple[float, str]:
    """Its share and of what: the options', or the preset's; excluded where neither says it."""
    of = options.administration_of or (preset.administration_of if preset.administration_of != "none"
                                       or options.administration is None
                                       else "benefits")
    share_of = preset.administration if options.administration is None else options.administration
    return (0.0, "none") if share_of is None or of == "none" else (share_of, of)


def _line(one: _Ingredients, money: Money, years: Sequence[int], options: Options, loading: float, of: str,
          deflated: Floats) -> Line:
    spending = spent(one.persons, one.coverage, options.take_up, one.a_year)
    overhead = administration(spending, loading, "total" if of == "total" else "none" if of == "none" else "benefits")
    own = None if money.economy is None else money.economy.currency
    return Line(one.benefit.id, one.benefit.label(), own or one.benefit.level.currency, one.persons,
                np.asarray(one.persons * one.coverage * options.take_up), one.a_year / deflated, spending / deflated,
                overhead / deflated, (spending + overhead) / deflated, share(spending + overhead, money.gdp(years)),
                share(spending + overhead, money.government(years)))


def _together(lines: Sequence[Line], money: Money, years: Sequence[int], deflated: Floats) -> Line:
    """All benefits. Persons are not added: one may have two benefits. A part is no total: NaN where one of them is."""
    unknown = np.full(len(years), np.nan)
    currencies = {line.currency for line in lines}
    if len(currencies) > 1:
        return Line("", say("All benefits"), None, *([unknown] * 8))
    spending, overhead = (np.sum([getattr(line, name) for line in lines], axis=0) for name in ("spending", "administration"))
    total = spending + overhead
    return Line("", say("All benefits"), currencies.pop(), unknown, unknown, unknown, spending, overhead, total,
                share(total * deflated, money.gdp(years)), share(total * deflated, money.government(years)))


def _cells(benefit: FloorBenefit, population: Population, years: Sequence[int]) -> Floats:
    """Persons who are meant by year, sex and age; of births none: they are no age of the mother."""
    target, places = benefit.target, [population.years.index(year) for year in years]
    cells = np.zeros((len(years), len(SEXES), LAST_AGE + 1))
    if target.of == "persons":
        ages = slice(target.ages[0], target.ages[1] + 1)
        sexes = slice(None) if target.sex is None else slice(SEXES.index(target.sex), SEXES.index(target.sex) + 1)
        cells[:, sexes, ages] = population.persons[places, sexes, ages] * (target.share or 0.0)
    return cells


def _sources(preset: Preset, population: Population, economy: Economy | None) -> tuple[Source, ...]:
    told = [preset.source, population.source, *(one.source for one in (economy.series.values() if economy else ()))]
    told += [source for benefit in preset.benefits for source in (benefit.target.source, benefit.level.source) if source]
    return tuple(dict.fromkeys(told))


class _Explanations(Mapping[tuple[str, int], Explanation]):
    """The multiplication behind each figure, made when it is asked for."""

    def __init__(self, costed: Sequence[_Ingredients], lines: Sequence[Line], years: Sequence[int], options: Options,
                 loading: float,
                 of: str, deflated: Floats, people: Source) -> None:
        self._costed = {one.benefit.id: (one, line) for one, line in zip(costed, lines, strict=False)}
        self._years, self._options, self._loading, self._of, self._people = tuple(years), options, loading, of, people
        self._deflated = deflated

    def __len__(self) -> int:
        return len(self._costed) * len(self._years)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((name, year) for name in self._costed for year in self._years)

    def __getitem__(self, key: tuple[str, int]) -> Explanation:
        one, line = self._costed[key[0]]
        place = self._years.index(key[1]) if key[1] in self._years else -1
        if place < 0:
            raise KeyError(key)
        target, level = one.benefit.target, one.benefit.level
        meant, coverage, a_year = (float(path[place]) for path in (one.persons, one.coverage, one.a_year))
        heads = meant / target.share if target.share else np.nan
        factors: tuple[Factor, ...] = (
            Factor("persons", say("Births") if target.of == "births" else say("Persons of these ages"), _known(heads), "persons",
                   self._people),
            Factor("target_share", say("Share who are meant"), target.share, "share", target.source, target.note),
            Factor("coverage", say("Coverage"), coverage, "share"),
            Factor("take_up", say("Take-up"), self._options.take_up, "share"),
            Factor("benefit", say("One payment, per {per}", per=level.per), _known(a_year / level.times if level.times else np.nan),
                   line.currency or "", level.source, level.note),
            Factor("payments", say("Payments a year"), level.times, "number", level.source),
        )
        deflated = float(self._deflated[place])
        if self._options.prices == "constant":
            base = self._options.base_year or self._years[0]
            factors = (*factors, Factor("prices", say("In prices of {year}", year=base), _known(1 / deflated), "factor"))
        spending = meant * coverage * self._options.take_up * a_year / deflated
        overhead = float(administration(np.array([spending]), self._loading, self._of)[0])  # type: ignore[arg-type]
        steps = [f"{factor.label}: {_figure(factor.value)} {factor.unit}" for factor in factors]
        steps.append(say("Spending is their product: {amount} {currency}.", amount=_figure(_known(spending)),
                         currency=line.currency or ""))
        if self._of != "none":
            steps.append(say("Administration comes on top: {amount} {currency}.", amount=_figure(_known(overhead)),
                             currency=line.currency or ""))
        return Explanation(key[0], key[1], factors, _known(spending), _known(overhead), _known(spending + overhead), tuple(steps))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _figure(value: float | None) -> str:
    return say("not known") if value is None else number(value)
