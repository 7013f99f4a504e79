"""The rapid calculator for a crisis: groups x coverage x amount x months, and what it takes to lift people to a line.

    cost of a group = people x coverage x amount x months              amount: a month, or once (``once = true``)
    top-up          = people x coverage x (line - income) x months     the mean shortfall of the group, never below zero
    poverty gap     = people x coverage x poverty_gap x line x months  people: everyone, poor or not; poverty_gap: their mean
                                                                       shortfall as a share of the line (Foster-Greer-Thorbecke)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socle.costing.assumption_files import Entry, opened
from socle.costing.identity import administration, share, spent
from socle.costing.options import Options
from socle.costing.projection import Explanation, Factor, Line, Projection
from socle.errors import Finding, InputError
from socle.tables import LAST_AGE, SEXES, Economy, Population, extended
from socle.vocabulary import LANGUAGES, Source, language, number, say

Floats = npt.NDArray[np.float64]
AS_THE_FILE = Options()
#: A response is an answer to a crisis, not a scheme.
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Group:
    """``people``: persons or households; None: of these ages and sex of the population, times ``share``. One of ``amount`` (a
    month, or once) and ``line`` with ``income`` or ``poverty_gap`` is given; ``line`` and ``income`` are a month's."""

    id: str
    label: str
    unit: str                  # person or household
    people: float | None
    ages: tuple[int, int]
    sex: str | None
    share: float
    coverage: float
    amount: float | None
    months: float              # 1 where it is paid once
    line: float | None
    income: float | None
    poverty_gap: float | None
    source: Source | None

    @property
    def paid(self) -> float:
        """What one who is covered gets a month, on average."""
        if self.amount is not None:
            return self.amount
        if self.poverty_gap is not None:
            return (self.line or 0.0) * self.poverty_gap
        return max(0.0, (self.line or 0.0) - (self.income or 0.0))


@dataclass(frozen=True)
class Response:
    """A file of groups: the answer of one country to one crisis, all of it booked in one year."""

    id: str
    label: str
    country: str
    year: int
    currency: str
    groups: tuple[Group, ...]
    administration: float
    administration_of: str
    source: Source
    findings: tuple[Finding, ...] = ()

    @property
    def needs_population(self) -> bool:
        return any(group.people is None for group in self.groups)


def crisis(response: Response, population: Population | None = None, economy: Economy | None = None, *,
           options: Options | Mapping[str, object] | None = AS_THE_FILE) -> Projection:
    """What the response costs, a line a group and one (``""``) for all of them, in the year of the file.

    Raises ``InputError`` where a group is told by its ages and there is no population.
    """
    year, options = response.year, Options.of(options)
    if response.needs_population and population is None:
        raise InputError(say("Groups of {name} are told by their ages.", name=response.id),
                         remedy=say("Name a population, or write people."))
    if population is not None and response.needs_population:
        population.year(year)
    if economy is not None and economy.currency != response.currency:
        raise InputError(say("The response is in {one}, the economy in {other}.", one=response.currency, other=economy.currency),
                         where={"column": "currency", "value": response.currency},
                         remedy=say("Write the amounts in the currency of the country; currencies are never converted silently."))
    economy = None if economy is None else extended(economy, until=year, method=options.extrapolate)
    gdp = np.array([np.nan] if economy is None else economy.path("gdp", (year,)))
    government = np.array([np.nan] if economy is None else economy.a_year("government_expenditure", (year,)))
    loading = response.administration if options.administration is None else options.administration
    of = options.administration_of or response.administration_of
    lines, explained = [], {}
    for group in response.groups:
        line = _line(group, response, _people(group, population, year), options, loading, of, gdp, government)
        lines.append(line)
        explained[group.id, year] = _explained(group, line, options, year)
    spending, overhead = (np.sum([getattr(line, name) for line in lines], axis=0) for name in ("spending", "administration"))
    total, unknown = spending + overhead, np.array([np.nan])
    lines.append(Line("", say("All groups"), response.currency, unknown, unknown, unknown, spending, overhead, total,
                      share(total, gdp), share(total, government)))
    missing = [] if not np.isnan(gdp).any() else [
        Finding("warning", response.country or None, None, "gdp", None, "economy_missing",
                say("No GDP of {year} is known: no share of it is said.",
                    year=year), say("Name an economy file with GDP (--economy)."))]
    sources = [response.source, *(group.source for group in response.groups if group.source),
               *([population.source] if population is not None and response.needs_population else [])]
    return Projection(response.country, response.id, (year,), tuple(lines), options, (*response.findings, *missing),
                      tuple(dict.fromkeys(sources)), explained, {})


def _people(group: Group, population: Population | None, year: int) -> Floats:
    if group.people is not None:
        return np.array([group.people * group.share])
    if population is None:
        return np.array([np.nan])
    there = population.total(first=min(group.ages[0], LAST_AGE), last=min(group.ages[1], LAST_AGE), sex=group.sex)
    return np.array([there[population.years.index(year)] * group.share])


def _line(group: Group, response: Response, people: Floats, options: Options, loading: float, of: str, gdp: Floats,
          government: Floats) -> Line:
    covered = group.coverage if options.coverage is None else options.coverage
    a_year = np.array([group.paid * group.months])
    spending = spent(people, covered, options.take_up, a_year)
    overhead = administration(spending, loading, "total" if of == "total" else "none" if of == "none" else "benefits")
    total = spending + overhead
    return Line(group.id, group.label, response.currency, people, np.asarray(people * covered * options.take_up), a_year, spending,
                overhead, total, share(total, gdp), share(total, government))


def _explained(group: Group, line: Line, options: Options, year: int) -> Explanation:
    covered = group.coverage if options.coverage is None else options.coverage
    what = say("households") if group.unit == "household" else say("persons")
    factors = (
        Factor("persons", say("People meant"), float(line.target[0]), group.unit, group.source),
        Factor("coverage", say("Coverage"), covered, "share", group.source),
        Factor("take_up", say("Take-up"), options.take_up, "share"),
        Factor("benefit", say("Amount a month"), group.paid, line.currency or "", group.source,
               "" if group.amount is not None else say("What lifts them to the line, on average.")),
        Factor("payments", say("Months"), group.months, "number", group.source),
    )
    steps = [f"{factor.label}: {number(factor.value or 0)}" for factor in factors]
    steps.append(say("Together: {people} {what}, {amount} {currency}.", people=number(float(line.beneficiaries[0])), what=what,
                     amount=number(float(line.spending[0])), currency=line.currency or ""))
    return Explanation(group.id, year, factors, float(line.spending[0]), float(line.administration[0]), float(line.total[0]),
                       tuple(steps))


def read_crisis(text: str, *, name: str) -> Response:
    """A file of groups; see docs/reference/floor.md. Raises ``InputError`` with every fault of the file, each with its line."""
    document = opened(text, name=name)
    root = document.root
    key, names = root.text("id", required=True), root.labels("name", required=True)
    country, year = root.country(required=True), root.year("year", required=True)
    currency, source = root.currency(required=True), root.source(required=True)
    root.text("note")
    root.flag("made_up", default=False)
    loading, of = _administration(root)
    entries = root.entries("group", required=True)
    groups = [one for entry in entries if (one := _group(entry)) is not None]
    _once_each(entries)
    root.rest()
    document.refuse()
    return Response(key, _label(names), country, year or 0, currency, tuple(groups), loading, of, source or Source(""),
                    tuple(document.findings))


def _administration(root: Entry) -> tuple[float, str]:
    entry = root.entry("administration")
    if entry is None:
        return 0.0, "none"
    of = entry.choice("of", ("benefits", "total", "none"), required=True, default="none")
    loading = entry.share("share", required=of != "none")
    entry.source(required=True)
    entry.rest()
    return loading or 0.0, of


def _group(entry: Entry) -> Group | None:
    key, names = entry.text("id", required=True), entry.labels("name")
    unit = entry.choice("unit", ("person", "household"), default="person")
    people, ages = entry.number("people", low=0, high=1e10), entry.ages()
    sex = entry.choice("sex", (*SEXES, "total"), default="total")
    part, coverage = entry.share("share"), entry.share("coverage")
    amount, once = entry.number("amount", low=0), entry.flag("once", default=False)
    months = entry.number("months", low=0, high=MOST_MONTHS, required=not once)
    line, income, gap = entry.number("line", low=0), entry.number("income", low=0), entry.share("poverty_gap")
    source = entry.source(required=True)
    entry.rest()
    told = len(entry.document.findings)
    if once and "months" in entry:
        entry.wrong("months", "contradiction", say("What is paid once has no months."), say("Leave one of the two out."))
    if ("amount" in entry) == ("line" in entry):
        entry.wrong("amount", "one_of", say("A group gets either an amount, or what lifts it to a line."),
                    say("Write amount, or line."))
    elif "line" in entry and ("income" in entry) == ("poverty_gap" in entry):
        entry.wrong("line", "one_of", say("A line needs the mean income of the group, or the poverty gap of the population."),
                    say("Write income, or poverty_gap."))
    if ("people" in entry) == ("ages" in entry):
        entry.wrong("people", "one_of", say("A group is either a number of people, or ages of the population."),
                    say("Write people, or ages."))
    if len(entry.document.findings) > told or not key:
        return None
    return Group(key, _label(names) or key, unit, people, ages or (0, 120), None if sex == "total" else sex, 1.0 if part is None
                 else part,
                 1.0 if coverage is None else coverage, amount, 1.0 if once else months or 0.0, line, income, gap, source)


def _label(names: Mapping[str, str]) -> str:
    return names.get(language()) or names.get(LANGUAGES[0], "")


def _once_each(entries: Sequence[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        key = str(entry.table.get("id"))
        if key in seen:
            entry.wrong("id", "duplicate_key", say("{name} is there twice.", name=key), say("Give each an id of its own."))
        seen.add(key)

