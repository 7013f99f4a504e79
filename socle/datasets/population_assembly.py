"""From cells to the population of a country: every age of every year and sex once, groups graduated, years between filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from socle.datasets.population_forms import OPEN, Cell, Floats, written_ages
from socle.demography import LONGEST_GAP, Graduation, between_counts, graduate
from socle.errors import Finding
from socle.tables import LAST_AGE, SEXES
from socle.vocabulary import number, say

_SINGLE = tuple(range(LAST_AGE + 1))
_NAMED = 5   # of a longer list, so many are named


@dataclass(frozen=True)
class Counts:
    """The persons of the years that a file has, ``[year, sex, age]``; what had to be made is told in ``notes``. ``opened`` tells of
    which year (place) and sex (place) the open group begins before 100, and where."""

    years: tuple[int, ...]
    persons: Floats
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    opened: Mapping[tuple[int, int], int] = field(default_factory=dict)


def assembled(cells: Iterable[Cell], *, sheet: str, method: Graduation) -> Counts:
    """Years where both sexes are whole; a finding for each cell that is there twice and each age that is not there."""
    by_year: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_year[cell.year, cell.sex].append(cell)
    findings: list[Finding] = []
    groups: dict[tuple[int, ...], list[tuple[int, int, list[float]]]] = defaultdict(list)
    years = sorted({year for year, _ in by_year})
    for place, year in enumerate(years):
        for sex_place, sex in enumerate(SEXES):
            kept, wrong = _whole(sorted(by_year.get((year, sex), ()), key=lambda c: (c.first, c.last, c.line)), year, sex, sheet)
            findings += wrong
            if not wrong:
                starts, row = _up_to_the_open_group(kept)
                groups[starts].append((place, sex_place, row))
    if findings:
        return Counts((), np.zeros((0, len(SEXES), LAST_AGE + 1)), findings=tuple(findings))
    persons = np.zeros((len(years), len(SEXES), LAST_AGE + 1))
    for starts, those in groups.items():
        totals: Floats = np.array([row for _, _, row in those])
        made = totals if starts == _SINGLE else graduate(totals, starts=starts, method=method)
        for (place, sex_place, _), ages in zip(those, made, strict=True):
            persons[place, sex_place] = ages
    opened = {(place, sex_place): starts[-1] for starts, those in groups.items() if starts[-1] < LAST_AGE
              for place, sex_place, _ in those}
    return Counts(tuple(years), persons, tuple(_graduated(groups, method)), opened=opened)


def _whole(cells: Sequence[Cell], year: int, sex: str, sheet: str) -> tuple[list[Cell], list[Finding]]:
    findings: list[Finding] = []
    kept: list[Cell] = []
    missing: list[str] = []
    expected = 0
    for cell in cells:
        if kept and cell.first <= kept[-1].last:
            findings.append(Finding(
                "error", sheet, cell.line, None, cell.ages, "duplicate_key",
                say("{year}, {sex}: age {ages} is already in line {line}.", year=year, sex=sex, ages=cell.ages, line=kept[-1].line),
                say("Give every age once.")))
            continue
        if cell.first > expected:
            missing.append(written_ages(expected, cell.first - 1))
        kept.append(cell)
        expected = cell.last + 1
    if expected <= LAST_AGE:
        missing.append(written_ages(expected, OPEN))
    if missing and not (findings and not kept):
        findings.append(Finding(
            "error", sheet, None, None, f"{year} {sex}", "missing_ages",
            say("{year}, {sex}: there is nobody of age {ages}.", year=year, sex=sex, ages=", ".join(missing)),
            say("Give every age from 0 to an open group (85+, 100+); write 0 where there is nobody.")))
    return kept, findings


def _up_to_the_open_group(cells: Sequence[Cell]) -> tuple[tuple[int, ...], list[float]]:
    """First ages and totals; what lies beyond 100 is added to the group that holds 100."""
    starts: list[int] = []
    totals: list[float] = []
    for cell in cells:
        if cell.first > LAST_AGE or (starts and starts[-1] == LAST_AGE):
            totals[-1] += cell.persons
        else:
            starts.append(cell.first)
            totals.append(cell.persons)
    return tuple(starts), totals


def _graduated(groups: Mapping[tuple[int, ...], object], method: Graduation) -> Iterable[str]:
    if any(starts[:-1] != tuple(range(starts[-1])) for starts in groups):
        yield say("Age groups were made single ages by the method {method}; every group keeps its total.", method=method)


def closed(counts: Counts, pattern: Counts) -> Counts:
    """Open groups that begin before 100, shared out over their ages as in the ``pattern`` (the UN's figures for the country);
    where it has not the year, as graduation left them: by the shape before. Either is noted."""
    persons = counts.persons.copy()
    by_pattern, by_shape = set(), set()
    for (place, sex), start in counts.opened.items():
        year = counts.years[place]
        if pattern.years and pattern.years[0] <= year <= pattern.years[-1]:
            ages = between_counts(pattern.persons[:, sex:sex + 1], pattern.years, (year,))[0, 0, start:]
            if ages.sum() > 0:
                persons[place, sex, start:] = persons[place, sex, start:].sum() * ages / ages.sum()
                by_pattern.add(start)
                continue
        by_shape.add(start)
    notes = (*(say("The open group {age}+ was shared out over its ages as the UN's figures for the country are.", age=age)
               for age in sorted(by_pattern)),
             *(say("The open group {age}+ was shared out over its ages by the shape before it.", age=age)
               for age in sorted(by_shape)))
    return replace(counts, persons=persons, notes=(*counts.notes, *notes))


def over_the_years(counts: Counts, years: Iterable[int] | None) -> tuple[tuple[int, ...], Floats, tuple[str, ...]]:
    """The years asked for (None: all from the first to the last, as far as gaps can be filled), and a note on those filled in."""
    if years is None:
        wide = any(later - earlier > LONGEST_GAP for earlier, later in zip(counts.years, counts.years[1:], strict=False))
        wanted = counts.years if wide else tuple(range(counts.years[0], counts.years[-1] + 1))
    else:
        wanted = tuple(dict.fromkeys(years))
    persons = between_counts(counts.persons, counts.years, wanted)
    filled = [year for year in wanted if year not in counts.years]
    note = say("{n} years without a count were filled in along the lives of cohorts.", n=number(len(filled)))
    return wanted, persons, (note,) if filled else ()


def overridden(counts: tuple[tuple[int, ...], Floats], cells: Iterable[Cell], *, sheet: str,
               source: str) -> tuple[Floats, tuple[str, ...], list[Finding]]:
    """The persons with the counts of a register in place of theirs, what was replaced, and what is wrong with the cells. A group is
    scaled to its count, narrower groups after wider ones; sex ``total`` scales both sexes."""
    years, persons = counts[0], counts[1].copy()
    findings: list[Finding] = []
    seen: dict[tuple[int, str, int, int], int] = {}
    said: dict[int, list[str]] = defaultdict(list)
    for cell in sorted(cells, key=lambda c: (c.year, c.sex != "total", -(min(c.last, LAST_AGE) - c.first), c.first, c.line)):
        before = seen.setdefault((cell.year, cell.sex, cell.first, cell.last), cell.line)
        if before != cell.line:
            findings.append(Finding("error", sheet, cell.line, None, cell.ages, "duplicate_key",
                                    say("{year}, {sex}: age {ages} is already in line {line}.", year=cell.year, sex=cell.sex,
                                        ages=cell.ages, line=before), say("Give every age once.")))
            continue
        if cell.year not in years:
            findings.append(Finding("warning", sheet, cell.line, "year", str(cell.year), "outside_years",
                                    say("The population has no year {year}; the register is not used there.", year=cell.year),
                                    say("Ask for a population of that year, or leave the row out.")))
            continue
        sexes = slice(None) if cell.sex == "total" else slice(SEXES.index(cell.sex), SEXES.index(cell.sex) + 1)
        part = persons[years.index(cell.year), sexes, min(cell.first, LAST_AGE):min(cell.last, LAST_AGE) + 1]
        was = float(part.sum())
        part[...] = part * (cell.persons / was) if was > 0 else cell.persons / part.size
        said[cell.year].append(say("{sex} {ages}: {now} in place of {was}", sex=cell.sex, ages=cell.ages,
                                   now=number(round(cell.persons)), was=number(round(was))))
    notes = tuple(
        say("Register ({source}), {year}: {cells}.", source=source, year=year,
            cells="; ".join(those[:_NAMED]) + (say("; and {n} more", n=len(those) - _NAMED) if len(those) > _NAMED else ""))
        for year, those in sorted(said.items()))
    return persons, notes, findings
