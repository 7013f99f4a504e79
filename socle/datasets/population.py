"""Reading the population of a country: the UN's files, a national projection, a register's counts, or what comes with the product.

    people = datasets.read_population(country="MWI")       World Population Prospects 2024, as shipped
    people = datasets.read_population("WPP2024_PopulationBySingleAgeSex_Medium_2024-2100.csv.gz", country="MWI", variant="medium")
    people = datasets.read_population("projection.csv", country="MWI", register="register.csv")
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from socle.datasets.bounds import MOST_ROWS, too_large
from socle.datasets.made_up_people import made_up_population
from socle.datasets.population_assembly import Counts, assembled, closed, over_the_years, overridden
from socle.datasets.population_forms import Cell, Header, Row
from socle.datasets.population_lines import lines
from socle.datasets.population_shipped import SOURCE, VINTAGE, no_such_country, shipped_counts
from socle.demography import Graduation, graduate
from socle.errors import Finding, InputError, Unreadable
from socle.tables import Population
from socle.vocabulary import Country, Source, country, say

_MOST_FINDINGS = 10_000
_VINTAGE = re.compile(r"WPP(\d{4})", re.IGNORECASE)
#: How far from the UN's figure a total may lie before somebody is asked whether the file counts in thousands.
_THOUSANDTH = (0.0004, 0.0025)


@dataclass(frozen=True)
class PopulationReading:
    """``population`` is None where there are errors; ``good`` are the cells of the rows that could be read (the others have
    findings)."""

    population: Population | None
    findings: tuple[Finding, ...]
    good: tuple[Cell, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def read_population(path: Path | str | None = None, *, country: str, variant: str = "medium", years: Iterable[int] | None = None,
                    register: Path | str | None = None, graduation: Graduation = "log_smooth") -> Population:
    """The population of a country by year, sex and single age, in persons.

    ``path`` None: of a made-up country its own, of any other the UN's as shipped. Otherwise a CSV file (also .gz, .zip) of the UN,
    by single age or in groups of five, or in the long form (country, year, sex, age, persons [, variant, source]). ``years`` None:
    all there are, with the years between counts filled in. ``register``: a file in the long form whose counts take the place of
    others. ``graduation``: how age groups become single ages, see ``demography.graduate``.

    Raises ``InputError`` with every error of the files at once; warnings are in the population's notes.
    """
    reading = check_population(path, country=country, variant=variant, years=years, register=register, graduation=graduation)
    if reading.population is None:
        raise InputError(say("The population cannot be read."), findings=reading.errors)
    return reading.population


def check_population(path: Path | str | None = None, *, country: str, variant: str = "medium", years: Iterable[int] | None = None,
                     register: Path | str | None = None, graduation: Graduation = "log_smooth") -> PopulationReading:
    """As ``read_population``, with every finding, and the rows that could be read."""
    asked = None if years is None else tuple(years)
    try:
        wanted = _country(country)
        if path is None:
            reading = _shipped(wanted, variant, asked, graduation)
        else:
            reading = _from_file(Path(path), wanted, variant, asked, graduation)
        return reading if register is None else _with_register(reading, Path(register), wanted)
    except InputError as refusal:
        return PopulationReading(None, refusal.findings)


def _country(text: str) -> Country:
    return country(text)


def _shipped(wanted: Country, variant: str, years: Sequence[int] | None, method: Graduation) -> PopulationReading:
    if wanted.made_up:
        made_up = made_up_population(wanted.alpha3)
        return PopulationReading(made_up if years is None else _only(made_up, years), ())
    if variant.casefold() != "medium":
        raise InputError(say("World Population Prospects, as shipped, has the medium variant only."),
                         where={"column": "variant", "value": variant},
                         remedy=say("Give the file of the UN with the variant {value}.", value=variant))
    at, groups = shipped_counts(wanted.alpha3)
    if not at:
        raise no_such_country(wanted.alpha3)
    needed = _needed(at, years)
    counts = Counts(tuple(at[place] for place in needed), graduate(groups[needed], method=method))
    chosen, persons, filled = over_the_years(counts, years)
    notes = (say("Age groups were made single ages by the method {method}; every group keeps its total.", method=method), *filled)
    return PopulationReading(Population(wanted.alpha3, chosen, persons, SOURCE, "medium", VINTAGE, notes=notes), ())


def _needed(at: Sequence[int], years: Sequence[int] | None) -> list[int]:
    """The places of the counts that are asked for or lie beside a year that is; of all where a year is outside."""
    if not years or min(years) < at[0] or max(years) > at[-1]:
        return list(range(len(at)))
    step = at[1] - at[0]
    return [place for place, count in enumerate(at) if any(abs(year - count) < step for year in years)]


def _only(population: Population, years: Sequence[int]) -> Population:
    persons = np.stack([population.year(year) for year in years]) if years else population.persons[:0]
    places = [population.years.index(year) for year in years]
    births = None if population.births is None else population.births[places]
    return Population(population.country, tuple(years), persons, population.source, population.variant, population.vintage, births,
                      population.notes)


def _from_file(path: Path, wanted: Country, variant: str, years: Sequence[int] | None, method: Graduation) -> PopulationReading:
    header = _header(path)
    rows, findings = _rows(path, header, wanted, register=False)
    found = [row for row in rows if row.country == wanted.alpha3]
    if not found and not findings:
        raise _not_in(path, header, wanted)
    variants = Counter(row.variant for row in found if row.variant)
    if variants:
        found = [row for row in found if not row.variant or row.variant.casefold() == variant.casefold()]
        if not found:
            raise InputError(say("{file} has no variant “{value}” of {country}.", file=path.name, value=variant,
                                 country=wanted.name()),
                             where={"sheet": path.name, "column": "variant", "value": variant},
                             remedy=say("Use one of: {codes}.", codes=", ".join(variants)))
    cells = tuple(cell for row in found for cell in row.cells)
    counts = assembled(cells, sheet=path.name, method=method)
    spoilt = bool(findings)  # a row in error may hold the very age that is missing: a mistake is told once
    findings += [finding for finding in counts.findings if not (spoilt and finding.code == "missing_ages")]
    if findings or not counts.years:
        return PopulationReading(None, tuple(_in_order(findings)), cells)
    warnings = _thousands(path, wanted, counts)
    if counts.opened:
        at, groups = shipped_counts(wanted.alpha3)
        counts = closed(counts, Counts(at, graduate(groups, method=method)))
    chosen, persons, filled = over_the_years(counts, years)
    january = (say("The file counts on 1 January, not in the middle of the year."),) if any(row.january for row in found) else ()
    notes = (*(finding.message for finding in warnings), *january, *counts.notes, *filled)
    population = Population(wanted.alpha3, chosen, persons, _source(path, header, found), variant.casefold(),
                            _vintage(path, header), notes=notes)
    return PopulationReading(population, tuple(warnings), cells)


def _header(path: Path) -> Header:
    for _, names in lines(path, holding=b"\n\n no line holds this"):
        header = Header(path.name, names)
        if findings := header.findings():
            raise InputError(say("{file} is not a population file.", file=path.name), findings=findings)
        return header
    raise Unreadable(say("The file is empty."), where={"sheet": path.name}, remedy=say("Download or export it again."))


def _rows(path: Path, header: Header, wanted: Country, *, register: bool) -> tuple[list[Row], list[Finding]]:
    """The rows of the country, and what is wrong with rows (of the UN's file: only with those of the country)."""
    read = header.reader(register=register)
    rows: list[Row] = []
    findings: list[Finding] = []
    for number, cells in _data(path, wanted.alpha3.encode() if header.of_the_un else None):
        if header.of_the_un and header.text(cells, "iso3_code") != wanted.alpha3:
            continue
        if len(findings) >= _MOST_FINDINGS:
            break
        if len(rows) > MOST_ROWS:
            raise too_large(say("Sheet {sheet} has more than {n} rows.", sheet=path.name, n=MOST_ROWS), sheet=path.name)
        row = read(cells, number)
        findings += row.findings
        if row.country == wanted.alpha3:
            rows.append(row)
    return rows, findings


def _data(path: Path, holding: bytes | None) -> Iterator[tuple[int, list[str]]]:
    records = lines(path, holding=holding)
    next(records)
    return ((number, cells) for number, cells in records if any(cell.strip() for cell in cells))


def _not_in(path: Path, header: Header, wanted: Country) -> InputError:
    column = "iso3_code" if header.of_the_un else "country"
    there = sorted({code for _, cells in _data(path, None) if (code := header.text(cells, column))})
    return InputError(
        say("{file} has no population of {country}.", file=path.name, country=wanted.name()),
        where={"sheet": path.name, "column": column, "value": wanted.alpha3},
        remedy=say("It has: {codes}.", codes=", ".join(there[:30]) + (" ..." if len(there) > 30 else "")) if there
        else say("It has no row."))


def _thousands(path: Path, wanted: Country, counts: Counts) -> list[Finding]:
    """A warning where every total is about a thousandth, or a thousand times, of the UN's figure."""
    at, groups = shipped_counts(wanted.alpha3)
    if not at:
        return []
    near = [at.index(min(at, key=lambda known, year=year: abs(known - year))) for year in counts.years]  # type: ignore[misc]
    ratio = counts.persons.sum(axis=(1, 2)) / groups.sum(axis=(1, 2))[near]
    low, high = _THOUSANDTH
    if ((ratio > low) & (ratio < high)).all():
        message = say("The persons of {country} are about a thousandth of the UN's figure: does the file count in thousands?",
                      country=wanted.name())
    elif ((ratio > 1 / high) & (ratio < 1 / low)).all():
        message = say("The persons of {country} are about a thousand times the UN's figure: does the file count persons?",
                      country=wanted.name())
    else:
        return []
    return [Finding("warning", path.name, None, None, None, "thousands", message,
                    say("Files of the UN are in thousands, the long form in persons."))]


def _with_register(reading: PopulationReading, path: Path, wanted: Country) -> PopulationReading:
    header = _header(path)
    if header.of_the_un:
        raise InputError(say("A register is read in the long form."), where={"sheet": path.name},
                         remedy=say("Name the columns country, year, sex, age and persons."))
    rows, findings = _rows(path, header, wanted, register=True)
    cells = tuple(cell for row in rows for cell in row.cells)
    population = reading.population
    if population is None:
        return PopulationReading(None, (*reading.findings, *findings), reading.good)
    source = _source(path, header, rows)
    persons, notes, more = overridden((population.years, population.persons), cells, sheet=path.name, source=str(source))
    findings += more
    told = tuple(finding.message for finding in findings if finding.severity == "warning")
    mended = None if any(finding.severity == "error" for finding in findings) else Population(
        population.country, population.years, persons, population.source, population.variant, population.vintage, population.births,
        (*population.notes, *told, *notes))
    return PopulationReading(mended, (*reading.findings, *_in_order(findings)), (*reading.good, *cells))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.row is None, finding.row or 0))


def _vintage(path: Path, header: Header) -> str:
    found = _VINTAGE.search(path.name)
    return f"WPP {found[1]}" if found and header.of_the_un else ""


def _source(path: Path, header: Header, rows: Sequence[Row]) -> Source:
    if header.of_the_un:
        return Source("United Nations, Department of Economic and Social Affairs, Population Division: World Population Prospects",
                      say("file {file}; CC BY 3.0 IGO", file=path.name), "https://population.un.org/wpp/")
    said = tuple(dict.fromkeys(row.source for row in rows if row.source))
    return Source("; ".join(said), say("file {file}", file=path.name)) if said else Source(path.name, verified=False)
