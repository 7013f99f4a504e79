"""Scenarios: what a dialogue would change in the schemes, the economy and the conventions, side by side with what is.

name = "high"
[scheme.xut-child-grant.benefit.basic]     changes of a scheme, as schemes.overlay reads them
amount = 250
[economy.gdp_growth]                       changes of a series
add = 0.01                                 or factor = 1.1, value = 0.05, values = { 2030 = 0.06 }; from, until: years
[options]
take_up = "80%"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from socle import schemes as scheme_files
from socle.costing.asked import peopled, years_asked
from socle.costing.assumption_files import Document, Entry, opened
from socle.costing.options import Options
from socle.costing.plain import chart_of, table_of
from socle.costing.project import project
from socle.costing.projection import Projection
from socle.errors import Finding, InputError
from socle.schemes import Scheme
from socle.tables import Economy, Population, Series
from socle.vocabulary import ECONOMY_SERIES, ECONOMY_UNITS, Source, say


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one series, from a year to a year (both included; None: from the first, to the last)."""

    series: str
    values: Mapping[int, float] = field(default_factory=dict)
    value: float | None = None
    add: float = 0.0
    factor: float = 1.0
    since: int | None = None
    until: int | None = None
    unit: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Scenario:
    """A scenario file. ``schemes`` are the ids it changes; ``text`` is laid over each of them."""

    name: str
    text: str
    file: str
    schemes: tuple[str, ...] = ()
    economy: tuple[Change, ...] = ()
    options: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Projections of the same question, side by side: first what is, then each scenario."""

    projections: tuple[Projection, ...]

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(dict.fromkeys(finding for one in self.projections for finding in one.warnings))

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of each, told apart by ``scenario``."""
        for one in self.projections:
            yield from one.rows()

    def options(self) -> dict[str, Any]:
        """The conventions of what is; of scenarios that have others, theirs, by name."""
        first = self.projections[0].options.as_dict()
        others = {one.scenario: own for one in self.projections[1:] if (own := one.options.as_dict()) != first}
        return first | ({"scenarios": others} if others else {})

    def as_dict(self) -> dict[str, Any]:
        return {"rows": list(self.rows()), "options": self.options(), "warnings": [one.as_dict() for one in self.warnings]}

    def table(self) -> str:
        return table_of(list(self.rows()), self._labels())

    def chart(self) -> str:
        """The total of each scenario by year."""
        several = any(line.scheme == "" for one in self.projections for line in one.lines)
        return chart_of([row for row in self.rows() if row["scheme"] == "" or not several], self._labels())

    def _labels(self) -> dict[str, str]:
        return {line.scheme: line.label for one in self.projections for line in one.lines}


def read_scenario(text: str, *, name: str = "scenario.toml") -> Scenario:
    """A scenario of the text of a file. An ``InputError`` holds every fault that can be seen without the schemes."""
    document = opened(text, name=name)
    root = document.root
    called = root.text("name", required=True)
    note = root.text("note")
    root.source("source")
    changed = root.entry("scheme")
    economy = root.entry("economy")
    options = root.entry("options")
    root.rest()
    pairs = _options(document, options) if options is not None else ()
    changes = tuple(_changes(economy)) if economy is not None else ()
    if not (changed or changes or pairs):
        root.wrong(
            "scheme",
            code="nothing_changed",
            message=say("The scenario changes nothing."),
            remedy=say("Write [scheme.ID.benefit.TIER], [economy.SERIES] or [options]."),
        )
    document.refuse()
    return Scenario(called, text, name, tuple(changed.table) if changed is not None else (), changes, pairs, note)


def compare(
    schemes: Scheme | Iterable[Scheme],
    population: Population | None,
    economy: Economy | None = None,
    *,
    scenarios: Sequence[Scenario],
    years: int | Iterable[int],
    options: Options | Mapping[str, object] | None = None,
    base: bool = True,
) -> Comparison:
    """What is (``base``) and each scenario. Raises ``InputError`` with every fault of every scenario."""
    chosen = (schemes,) if isinstance(schemes, Scheme) else tuple(schemes)
    span, asked = years_asked(years), Options.of(options)
    population = peopled(population, span)
    names = [one.name for one in scenarios]
    findings = [
        Finding(
            "error",
            one.file,
            None,
            "name",
            one.name,
            "duplicate_key",
            say("Two scenarios are called {name}.", name=one.name),
            say("Give each a name of its own."),
        )
        for place, one in enumerate(scenarios)
        if one.name in names[:place]
    ]
    changed = []
    for scenario in scenarios:
        try:
            changed.append((scenario.name, *changed_by(scenario, chosen, economy, asked)))
        except InputError as wrong:
            findings += wrong.findings
    if findings:
        raise InputError(say("A scenario has errors."), findings=findings)
    made = [project(chosen, population, economy, years=span, options=asked)] if base else []
    made += [
        project(own, population, money, years=span, options=conventions, scenario=name) for name, own, money, conventions in changed
    ]
    return Comparison(tuple(made))


def changed_by(
    scenario: Scenario, schemes: Sequence[Scheme], economy: Economy | None, options: Options
) -> tuple[tuple[Scheme, ...], Economy | None, Options]:
    """The schemes, the economy and the options as the scenario has them."""
    findings: list[Finding] = []
    made = []
    ids = [one.id for one in schemes]
    for scheme in schemes:
        if not scenario.schemes:
            made.append(scheme)
            continue
        laid = scheme_files.overlay(
            scheme, scenario.text, others=[one for one in ids if one != scheme.id], name=scenario.file, scenario=scenario.name
        )
        findings += [one for one in laid.findings if one.severity == "error"]
        made.append(laid.scheme or scheme)
    money = economy
    for change in scenario.economy:
        try:
            money = _laid(money, change, scenario)
        except InputError as wrong:
            findings += wrong.findings
    try:
        options = Options.parse(scenario.options, before=options)
    except InputError as wrong:
        findings += [replace(one, sheet=scenario.file, column=f"options.{one.column}") for one in wrong.findings]
    if findings:
        raise InputError(say("Scenario {name} has errors.", name=scenario.name), findings=tuple(dict.fromkeys(findings)))
    return tuple(made), money, options


def _options(document: Document, entry: Entry) -> tuple[str, ...]:
    pairs = tuple(f"{key}={value}" for key, value in entry.table.items())
    try:
        Options.parse(pairs)
    except InputError as wrong:
        for one in wrong.findings:
            entry.wrong(one.column or "", code=one.code, message=one.message, remedy=one.remedy)
    return pairs


def _changes(economy: Entry) -> Iterator[Change]:
    for name in economy.table:
        entry = economy.entry(name)
        if name not in ECONOMY_SERIES:
            economy.wrong(
                name,
                code="unknown_code",
                message=say("“{value}” is not known here.", value=name),
                remedy=say("Use one of: {codes}.", codes=", ".join(ECONOMY_SERIES)),
            )
            continue
        if entry is None:
            continue
        path = entry.entry("values")
        values = {}
        for year in path.table if path is not None else ():
            figure = path.number(year) if path is not None else None
            if figure is not None and year.isdigit():
                values[int(year)] = figure
        change = Change(
            name,
            values,
            entry.number("value"),
            entry.number("add") or 0.0,
            _or_one(entry.number("factor", low=0.0)),
            entry.year("from"),
            entry.year("until"),
            entry.choice("unit", ECONOMY_UNITS),
            entry.source(),
        )
        entry.rest()
        yield change


def _or_one(figure: float | None) -> float:
    return 1.0 if figure is None else figure


def _laid(economy: Economy | None, change: Change, scenario: Scenario) -> Economy:
    found = None if economy is None else economy.series.get(change.series)
    if economy is None or (found is None and not (change.unit and change.values)):
        told = say("The economy has no series {name} to change.", name=change.series)
        raise InputError(
            told,
            findings=[
                Finding(
                    "error",
                    scenario.file,
                    None,
                    f"economy.{change.series}",
                    None,
                    "economy_missing",
                    told,
                    say("Give unit and values, or add the series to the economy file."),
                )
            ],
        )
    source = change.source or Source(say("Scenario {name}", name=scenario.name), verified=False)
    series = found or Series(change.series, change.unit, {}, source)

    def moved(year: int, figure: float) -> float:
        if (change.since is not None and year < change.since) or (change.until is not None and year > change.until):
            return figure
        return (figure if change.value is None else change.value) * change.factor + change.add

    values = {year: moved(year, figure) for year, figure in series.values.items()} | dict(change.values)
    return replace(economy, series={**economy.series, change.series: replace(series, values=values, source=source)})
