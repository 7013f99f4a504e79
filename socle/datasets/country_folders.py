"""A folder of countries: ``<ISO3>/economy.toml`` (or .csv), ``population.csv`` where the UN's is not to be taken, and
``floor.toml`` with what presets do not state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from socle.costing import read_assumed
from socle.datasets.economy import read_economy
from socle.datasets.population import check_population
from socle.datasets.texts import text_of
from socle.errors import Finding, InputError, UnknownCountry, Unreadable
from socle.tables import Economy, Population
from socle.vocabulary import Source, country, say

_ECONOMY = ("economy.toml", "economy.csv")
_FLOOR = "floor.toml"
_POPULATION = ("population.csv", "population.csv.gz")


@dataclass(frozen=True, slots=True)
class CountryFiles:
    """The files of one country; None: not there."""

    country: str
    economy: Path | None
    population: Path | None
    floor: Path | None = None  # what it states of benefits of presets


@dataclass(frozen=True)
class CountryReading:
    country: str
    population: Population | None
    economy: Economy | None
    findings: tuple[Finding, ...]
    stated: Mapping[str, tuple[float, Source]] = field(default_factory=dict)


def country_folders(folder: Path | str) -> tuple[CountryFiles, ...]:
    """The countries of a folder, by code. Folders whose name begins with a point or an underscore are passed over.

    Raises ``InputError`` where there is none, and for every folder that is not named by the code of a country or has no economy.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Unreadable(say("There is no folder {path}.", path=folder), remedy=say("Check the path."))
    found, findings = [], []
    for inner in sorted(folder.iterdir()):
        if not inner.is_dir() or inner.name[:1] in "._":
            continue
        try:
            code = country(inner.name).alpha3
        except UnknownCountry as unknown:
            findings.append(Finding("error", inner.name, None, None, inner.name, "unknown_country", unknown.what, unknown.remedy))
            continue
        economy = next((inner / name for name in _ECONOMY if (inner / name).is_file()), None)
        if economy is None:
            findings.append(Finding("error", inner.name, None, None, None, "no_economy",
                                    say("{country} has no economy.", country=code),
                                    say("Add {file}, or take the folder out.", file=f"{inner.name}/economy.toml")))
            continue
        population = next((inner / name for name in _POPULATION if (inner / name).is_file()), None)
        found.append(CountryFiles(code, economy, population, inner / _FLOOR if (inner / _FLOOR).is_file() else None))
    if findings:
        raise InputError(say("The folder of countries has errors."), findings=findings)
    if not found:
        raise InputError(say("{path} has no country.", path=folder.name),
                         remedy=say("Add a folder XXX/ with economy.toml for each country."))
    return tuple(found)


def read_country(files: CountryFiles, *, years: Sequence[int] | None = None) -> CountryReading:
    """People and money of one country. ``population`` or ``economy`` is None where its file has errors: see the findings."""
    findings: list[Finding] = []
    economy = None
    if files.economy is not None:
        try:
            reading = read_economy(files.economy)
            economy, told = reading.economy, reading.findings
        except InputError as refusal:
            told = refusal.findings
        findings += _placed(files, told)
        if economy is not None and economy.country != files.country:
            findings.append(Finding("error", f"{files.country}/{files.economy.name}", None, "country", economy.country,
                                    "other_country",
                                    say("The economy is that of {one}, not of {other}.", one=economy.country, other=files.country),
                                    say("Name the file of the country.")))
            economy = None
    stated: Mapping[str, tuple[float, Source]] = {}
    if files.floor is not None:
        try:
            stated = read_assumed(text_of(files.floor), name=files.floor.name)
        except InputError as refusal:
            findings += _placed(files, refusal.findings)
    people = check_population(files.population, country=files.country, years=years)
    return CountryReading(files.country, people.population, economy, (*findings, *_placed(files, people.findings)), stated)


def _placed(files: CountryFiles, findings: Sequence[Finding]) -> list[Finding]:
    """The sheet says the country too: files of a folder have the same names."""
    return [Finding(one.severity, f"{files.country}/{one.sheet}" if one.sheet else files.country, one.row, one.column, one.value,
                    one.code,
                    one.message, one.remedy) for one in findings]
