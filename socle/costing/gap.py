"""The financing gap: what the uncovered need, by guarantee, for countries and on average over groups of them.

    gap[t]       = target x (1 - coverage now) x benefit a year, and administration          (the floor's total times 1 - coverage)
    uncovered[t] = target x (1 - coverage now)

Averages of the shares of GDP are weighted by GDP (the sum of the gaps over the sum of the GDPs,
                                                   in US dollars), unweighted, and the median:
always all three unless one is asked for. Coverage is the latest that the file states not after the year; what it does not state
is not known, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from socle.costing.asked import peopled, years_asked
from socle.costing.averages import KINDS, Influence, average, influences
from socle.costing.floor import AS_THE_PRESET, needs
from socle.costing.floor_presets import Preset, fitting
from socle.costing.indexation import Money
from socle.costing.options import Options
from socle.costing.projection import Projection
from socle.errors import Finding, InputError
from socle.tables import Column, Economy, Form, Kind, Population, Sheet, Table, extended
from socle.vocabulary import COUNTRIES, GUARANTEES, INCOME_GROUPS, REGIONS, Period, Source, say

Floats = npt.NDArray[np.float64]
By = Literal["country", "region", "income_group"]
#: The guarantees together.
ALL = "all"
#: Coverage that is older than this many years says little about now.
STALE_AFTER = 10

COVERAGE = Form("coverage", (Sheet(
    "coverage", "Who is covered today", (
        Column("country", Kind.COUNTRY, "the country", required=True),
        Column("guarantee", Kind.CODE, "the guarantee", required=True, codes="GUARANTEES"),
        Column("share", Kind.SHARE, "share of the target group that is covered", required=True),
        Column("source", Kind.TEXT, "where the figure comes from", required=True),
        Column("year", Kind.PERIOD, "the year it speaks of", required=True),
    ), key=("country", "guarantee", "year")),))


@dataclass(frozen=True, slots=True)
class Covered:
    """The share (0-1) of a guarantee's target group that is covered in a country, and the year it speaks of."""

    country: str
    guarantee: str
    share: float
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """One country's people and money, and what it states of benefits of presets (``read_assumed``)."""

    population: Population
    economy: Economy | None = None
    stated: Mapping[str, tuple[float, Source]] = field(default_factory=dict)

    @property
    def country(self) -> str:
        return self.population.country


@dataclass(frozen=True)
class CountryGap:
    """Of one country, by guarantee (``all`` among them) and year; money in ``currency``; NaN: cannot be said."""

    country: str
    currency: str | None
    uncovered: Mapping[str, Floats]
    gap: Mapping[str, Floats]
    share_of_gdp: Mapping[str, Floats]
    gdp_usd: Floats
    floor: Projection

    def gap_usd(self, guarantee: str) -> Floats:
        return np.asarray(self.share_of_gdp[guarantee] * self.gdp_usd)


@dataclass(frozen=True)
class Gap:
    """``rows()``: countries (average ``none``), then the averages of all countries or of each group. ``influence()``: what leaving
    each country out does to each average of all guarantees."""

    years: tuple[int, ...]
    by: By
    kinds: tuple[str, ...]
    countries: tuple[CountryGap, ...]
    left_out: tuple[str, ...]
    options: Options
    warnings: tuple[Finding, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.by, "guarantee", "year", "uncovered", "gap", "share_of_gdp", "average", "currency", "countries")

    @property
    def guarantees(self) -> tuple[str, ...]:
        there = {name for one in self.countries for name in one.gap}
        return tuple(name for name in (*GUARANTEES, ALL) if name in there)

    @property
    def averaged(self) -> tuple[CountryGap, ...]:
        return tuple(one for one in self.countries if one.country not in self.left_out)

    def rows(self) -> Iterator[dict[str, Any]]:
        if self.by == "country":
            for one in self.countries:
                for guarantee in self.guarantees:
                    for place, year in enumerate(self.years):
                        figures = (one.uncovered[guarantee][place], one.gap[guarantee][place], one.share_of_gdp[guarantee][place])
                        yield self._row(one.country, guarantee, year, figures, "none", one.currency, 1)
        for key, members in self.groups().items():
            for kind in self.kinds:
                yield from self._averaged(key, members, kind)

    def groups(self) -> Mapping[str, tuple[CountryGap, ...]]:
        """Countries by the key of their row: ``all``, or the region or income group, in the order of its list."""
        if self.by == "country":
            return {ALL: self.averaged} if self.kinds else {}
        words = REGIONS if self.by == "region" else INCOME_GROUPS
        found = {word: tuple(one for one in self.averaged if getattr(COUNTRIES[one.country], self.by) == word) for word in words}
        return {word: members for word, members in {**found, ALL: self.averaged}.items() if members}

    def influence(self) -> tuple[Influence, ...]:
        """Each country left out in turn, of all guarantees together; the most influential first."""
        shares, weights = self._arrays(self.averaged, ALL)
        return influences([one.country for one in self.averaged], shares, weights)

    def influence_rows(self) -> Iterator[dict[str, Any]]:
        for one in self.influence():
            for place, year in enumerate(self.years):
                yield {"country": one.country, "average": one.kind, "year": year, "with": _known(one.with_it[place]),
                       "without": _known(one.without[place]), "difference": _known(one.difference[place])}

    def _arrays(self, members: Sequence[CountryGap], guarantee: str) -> tuple[Floats, Floats]:
        shape = (len(members), len(self.years))
        shares = np.array([one.share_of_gdp[guarantee] for one in members]).reshape(shape)
        return shares, np.array([one.gdp_usd for one in members]).reshape(shape)

    def _averaged(self, key: str, members: Sequence[CountryGap], kind: str) -> Iterator[dict[str, Any]]:
        """Weighted rows also add up persons and money (US dollars), of the countries that are in them; others have none."""
        for guarantee in self.guarantees:
            shares, weights = self._arrays(members, guarantee)
            mean = average(shares, weights, kind)
            inside = ~np.isnan(shares) & (~np.isnan(weights) if kind == "weighted" else True)
            for place, year in enumerate(self.years):
                there = [one for one, known in zip(members, inside[:, place], strict=True) if known]
                uncovered = sum(one.uncovered[guarantee][place] for one in there) if kind == "weighted" and there else np.nan
                money = sum(one.gap_usd(guarantee)[place] for one in there) if kind == "weighted" and there else np.nan
                yield self._row(key, guarantee, year, (uncovered, money, mean[place]), kind, "USD" if kind == "weighted" else None,
                                len(there))

    def _row(self, key: str, guarantee: str, year: int, figures: tuple[Any, Any, Any], kind: str, currency: str | None,
             countries: int) -> dict[str, Any]:
        uncovered, gap, share = (_known(one) for one in figures)
        return dict(zip(self.columns, (key, guarantee, year, uncovered, gap, share, kind, currency, countries), strict=True))


def gap(preset: Preset, countries: Sequence[Inputs], coverage: Iterable[Covered], *, years: int | Iterable[int],
        options: Options | Mapping[str, object] | None = AS_THE_PRESET, by: By = "country", leave_out: Sequence[str] = ()) -> Gap:
    """The gap of each country against the floor of the preset, and its averages.

    ``options.average``: one of the three, ``none`` for all three; ``leave_out``: countries that are shown and not averaged. Raises
    ``InputError`` for a country that is there twice, or that is left out and not there.
    """
    years, told = years_asked(years), Options.of(options)
    options = replace(told, base_year=told.base_year or years[0])
    for inputs in countries:
        peopled(inputs.population, years)
    codes = [one.country for one in countries]
    wrong = [_error(code, "unknown_country", say("{country} is not among the countries.", country=code),
                    say("Use one of: {codes}.", codes=", ".join(codes))) for code in leave_out if code not in codes]
    wrong += [_error(code, "duplicate_key", say("{country} is there twice.", country=code), say("Keep one."))
              for code in dict.fromkeys(codes) if codes.count(code) > 1]
    if not countries:
        wrong.append(_error(None, "empty", say("There is no country."), say("Name a country, or a folder of countries.")))
    if wrong:
        raise InputError(wrong[0].message, findings=wrong)
    stated: dict[tuple[str, str], list[Covered]] = {}
    for one in coverage:
        stated.setdefault((one.country, one.guarantee), []).append(one)
    found, warnings = [], []
    for inputs in countries:
        package = fitting(preset, inputs.stated)
        floor = needs(package, inputs.population, inputs.economy, years=years, options=options)
        warnings += [*floor.warnings, *_of_coverage(package, floor, stated, years)]
        found.append(_of_country(package, inputs, floor, stated, options))
    kinds = (KINDS if options.average == "none" else (options.average,)) if len(countries) > 1 or by != "country" else ()
    made = Gap(tuple(years), by, kinds, tuple(found), tuple(leave_out), options, ())
    warnings += _of_averages(made)
    return Gap(made.years, by, kinds, made.countries, made.left_out, options, tuple(dict.fromkeys(warnings)))


def _of_country(preset: Preset, inputs: Inputs, floor: Projection, stated: Mapping[tuple[str, str], list[Covered]],
                options: Options) -> CountryGap:
    years, guarantee_of = floor.years, {benefit.id: benefit.guarantee for benefit in preset.benefits}
    economy = None if inputs.economy is None else extended(inputs.economy, until=years[-1], method=options.extrapolate)
    gdp = Money(inputs.population, economy).gdp(years)
    uncovered, money, shares = ({name: np.zeros(len(years)) for name in (*_costed(preset, floor), ALL)} for _ in range(3))
    for line in floor.lines:
        if line.scheme not in guarantee_of:
            continue
        guarantee = guarantee_of[line.scheme]
        open_share = 1.0 - np.array([_covered(stated.get((floor.country, guarantee), ()), year) for year in years])
        for name in (guarantee, ALL):
            uncovered[name] += line.target * open_share
            money[name] += np.where(open_share == 0, 0.0, line.total * open_share)
            shares[name] += np.where(open_share == 0, 0.0, line.share_of_gdp * open_share)
    uncovered[ALL] = np.full(len(years), np.nan)  # a person may be without two guarantees: persons are not added over them
    usd = np.full(len(years), np.nan)
    if economy is not None:
        usd = gdp if economy.currency == "USD" else gdp / np.array(economy.path("exchange_rate", years))
    currency = next(line.currency for line in floor.lines if not line.scheme)
    return CountryGap(floor.country, currency, uncovered, money, shares, usd, floor)


def _costed(preset: Preset, floor: Projection) -> list[str]:
    lines = {line.scheme for line in floor.lines}
    return list(dict.fromkeys(benefit.guarantee for benefit in preset.benefits if benefit.id in lines))


def _covered(stated: Sequence[Covered], year: int) -> float:
    """The latest share that is not after the year; of later ones the first."""
    if not stated:
        return float("nan")
    before = [one for one in stated if one.year <= year]
    return (max(before, key=lambda one: one.year) if before else min(stated, key=lambda one: one.year)).share


def covered(table: Table) -> tuple[Covered, ...]:
    """The rows of a table of the form ``COVERAGE``."""
    return tuple(Covered(row["country"], row["guarantee"], row["share"], _year(row["year"]), row["source"]) for row in table.rows())


def _year(period: Period) -> int:
    return period.end.year


def _of_coverage(preset: Preset, floor: Projection, stated: Mapping[tuple[str, str], list[Covered]],
                 years: Sequence[int]) -> Iterator[Finding]:
    for guarantee in _costed(preset, floor):
        told = stated.get((floor.country, guarantee), [])
        if not told:
            yield _warning(floor.country, guarantee, "coverage_missing",
                           say("The coverage of {guarantee} in {country} is not known: no gap is said.",
                               guarantee=GUARANTEES[guarantee].label(), country=floor.country),
                           say("Add it to the coverage file; write 0 only where nobody is covered."))
        elif years[0] - max(one.year for one in told) > STALE_AFTER:
            yield _warning(floor.country, guarantee, "coverage_stale",
                           say("The coverage of {guarantee} in {country} is of {year}.", guarantee=GUARANTEES[guarantee].label(),
                               country=floor.country, year=max(one.year for one in told)), say("Look for a newer figure."))


def _of_averages(made: Gap) -> Iterator[Finding]:
    """Countries that averages do not hold."""
    if not made.kinds:
        return
    for one in made.averaged:
        if np.isnan(one.share_of_gdp[ALL]).any():
            yield _warning(one.country, "share_of_gdp", "not_averaged",
                           say("{country} is in no average where its gap is not known.", country=one.country),
                           say("Add what is missing, or read the averages as those of the others."))
        elif np.isnan(one.gdp_usd).any() and "weighted" in made.kinds:
            yield _warning(one.country, "exchange_rate", "not_weighted",
                           say("{country} is in no weighted average: its GDP in US dollars is not known.", country=one.country),
                           say("Add exchange_rate to its economy."))
    if made.left_out:
        yield _warning(None, "average", "left_out_of_averages",
                       say("Left out of averages, as asked: {countries}.", countries=", ".join(made.left_out)),
                       say("Compare with the averages of all."))


def _known(value: Any) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def _warning(sheet: str | None, column: str | None, code: str, message: str, remedy: str) -> Finding:
    return Finding("warning", sheet, None, column, None, code, message, remedy)


def _error(value: str | None, code: str, message: str, remedy: str) -> Finding:
    return Finding("error", None, None, "country", value, code, message, remedy)
