"""What is to be known before a floor is believed: unverified levels, what was left out, old or implausible poverty lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from socle.costing.floor_presets import Preset
from socle.costing.indexation import Money, needed
from socle.costing.options import Options
from socle.errors import Finding
from socle.tables import Economy, Population
from socle.vocabulary import ECONOMY_SERIES, EXTRAPOLATIONS, percent, say

#: A poverty line older than this, in years before the first year that is costed, is stale.
STALE_AFTER = 10
#: A poverty line a year above this share of GDP per head is not plausible.
IMPLAUSIBLE_ABOVE = 0.6


def remarks(preset: Preset, population: Population, economy: Economy | None, years: Sequence[int]) -> tuple[Finding, ...]:
    """All that is to be said of the inputs of one country."""
    return (*_of_the_preset(preset), *_of_the_people(preset, population),
            *of_the_line(population, economy, years, used=_used(preset)),
            *_of_the_series(preset, economy, years))


def _used(preset: Preset) -> bool:
    return any(benefit.level.base == "poverty_line" for benefit in preset.benefits)


def _of_the_preset(preset: Preset) -> Iterator[Finding]:
    unverified = [benefit.id for benefit in preset.benefits if benefit.unverified and not benefit.lacks]
    if unverified:
        yield _warning(preset.id, "verified", "unverified",
                       say("Levels of {preset} were not read in their source: {benefits}.", preset=preset.id,
                           benefits=", ".join(unverified)),
                       say("Copy the preset, check them against the source and mark them."))
    left_out = [key for benefit in preset.benefits for key in benefit.lacks]
    if left_out:
        yield _warning(preset.id, None, "left_out", say("Not costed, for want of a figure of the country: {benefits}.",
                                                        benefits=", ".join(key.rpartition(".")[0] for key in left_out)),
                       say("Say it with --assume: {keys}.", keys=", ".join(left_out)))
    yield from preset.findings


def _of_the_people(preset: Preset, population: Population) -> Iterator[Finding]:
    if population.births is None and any(benefit.target.of == "births" for benefit in preset.benefits):
        yield _warning(population.country, "births", "births_estimated",
                       say("The population of {country} has no births: persons of age 0 stand for them.",
                           country=population.country),
                       say("They are fewer than the births, by the infants who died or left. Use a population with births."))


def of_the_line(population: Population, economy: Economy | None, years: Sequence[int], *, used: bool = True) -> Iterator[Finding]:
    """A poverty line that is stale or implausible."""
    line = None if economy is None or not used else economy.series.get("poverty_line")
    if line is None or economy is None:
        return
    measured = min(year for year in (line.last, line.prices_of) if year is not None) if line.values else None
    if measured is not None and years[0] - measured > STALE_AFTER:
        yield _warning(economy.country, "poverty_line", "poverty_line_stale",
                       say("The poverty line of {country} is of {year}: more than {n} years old in {first}.",
                           country=economy.country, year=measured, n=STALE_AFTER, first=years[0]),
                       say("Use a newer one, or leave the country out of averages."))
    money = Money(population, economy)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = money.a_year("poverty_line", years) / money.gdp_per_capita(years)
    over = [(year, float(part)) for year, part in zip(years, ratio, strict=True) if part > IMPLAUSIBLE_ABOVE]
    if over:
        year, part = max(over, key=lambda one: one[1])
        yield _warning(economy.country, "poverty_line", "poverty_line_implausible",
                       say("The poverty line of {country} is {percent} of GDP per head in {year}.", country=economy.country,
                           percent=percent(part), year=year), say("Check its unit (a month, a year), its year and its currency."))


def _of_the_series(preset: Preset, economy: Economy | None, years: Sequence[int]) -> Iterator[Finding]:
    """Series that the costing uses and that were carried on beyond their source."""
    used = {"gdp", "government_expenditure"}
    for benefit in preset.benefits:
        base = benefit.level.base
        used |= {"exchange_rate"} if base is None else {"gdp"} if base == "gdp_per_capita" else {base}
        used |= set(needed(benefit.level.index.weights))
    found = [say("{series} after {year} ({method})", series=ECONOMY_SERIES[name].label(), year=series.last or "",
                 method=EXTRAPOLATIONS[series.method].label())
             for name, series in (economy.series.items() if economy else ()) if name in used and series.extrapolated & set(years)]
    if found and economy is not None:
        yield _warning(economy.country, None, "extrapolated",
                       say("Carried on beyond the source, for {country}: {series}.", country=economy.country,
                           series="; ".join(found)),
                       say("Read the years after it as an assumption."))


def economy_missing(missing: Mapping[str, Sequence[str]], options: Options, economy: Economy | None) -> Iterator[Finding]:
    """One finding a series that is needed and not there for every year."""
    wanted: dict[str, list[str]] = {}
    for benefit, names in missing.items():
        for name in dict.fromkeys(names):
            wanted.setdefault(name, []).append(benefit)
    if options.prices == "constant" and (economy is None or "deflator" not in economy.series):
        wanted.setdefault("deflator", []).append(say("constant prices"))
    if economy is None or "gdp" not in economy.series:
        wanted.setdefault("gdp", []).append(say("shares of GDP"))
    if economy is None:
        users = list(dict.fromkeys(one for name in wanted.values() for one in name))
        yield _warning(None, None, "economy_missing",
                       say("Without an economy this cannot be said: {benefits}.", benefits=", ".join(users)),
                       say("Name the country's economy file (--economy): {series}.",
                           series=", ".join(wanted)))
        return
    for name, users in wanted.items():
        yield _warning(None if economy is None else economy.country, name, "economy_missing",
                       say("{series} is not known for every year; it is needed for: {benefits}.",
                           series=ECONOMY_SERIES[name].label(),
                           benefits=", ".join(users)),
                       say("Add it to the economy file, or ask there for it to be carried on: extrapolate."))


def _warning(sheet: str | None, column: str | None, code: str, message: str, remedy: str) -> Finding:
    return Finding("warning", sheet, None, column, None, code, message, remedy)
