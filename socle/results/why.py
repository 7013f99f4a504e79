"""Why a number is what it is: the rows behind one figure, the rule that counted them, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from socle import vocabulary
from socle.errors import InputError
from socle.results.aggregates import Aggregates, Remainder
from socle.results.changes import INDICATOR_OF_STEP
from socle.results.impacts import INDICATOR_OF_KIND, ByImpact, years_of
from socle.results.measuring import leaves
from socle.results.observations import BASELINE, LEVEL, Bools
from socle.results.report import Report
from socle.results.rules import rule_of
from socle.results.specification import KIND_TOTALS, TABLES, why_not_an_address
from socle.vocabulary import say


@dataclass(frozen=True, slots=True)
class Line:
    """One record: what it adds to the figure (None: nothing by itself) and, where there is something to say, why."""

    sheet: str
    key: str
    value: Decimal | int | None
    note: str = ""

    @property
    def record(self) -> str:
        return f"{self.sheet}:{self.key}"


@dataclass(frozen=True, slots=True)
class Why:
    """``value`` of the cell, the ``rule`` in words, the lines ``counted`` and the lines ``left_out``."""

    table: str
    row: str
    column: str
    value: Any
    rule: str
    counted: Sequence[Line]
    left_out: Sequence[Line]


def why(report: Report, *, table: str, row: str, column: str) -> Why:
    """Take one cell of a report apart; ``row`` is its key values joined by ``/``.

    Raises InputError for an address that no report has, or that this report does not have.
    """
    wrong = why_not_an_address(table, row, column)
    if wrong is None:
        keys = TABLES[table].keys
        found = next((r for r in report.tables[table] if "/".join(str(r[k] or "") for k in keys) == row), None)
        if found is not None:
            counted, left_out = _lines(report, table, found, column)
            return Why(table, row, column, found[column], rule_of(table, column), counted, left_out)
        wrong = say("The report has no row {row} in table {table}.", row=row, table=table)
    raise InputError(wrong, where={"sheet": table, "value": row}, remedy=say("Choose a figure of the report."))


def _lines(report: Report, table: str, row: dict[str, Any], column: str) -> tuple[list[Line], list[Line]]:
    persons = table in ("impacts", "impacts_by_year") or (table == "targets" and row["counts"] == "persons")
    if column == "without_records":
        return _published(report, table, row), _cut(report)
    if persons and column not in ("target",):
        counted = _observed(report, table, row, column)
        if column in ("total", "share"):
            counted += _published(report, table, row)
        return counted, _left_out(report, table, row, column)
    if table == "funding_by_year" and column in ("amount", "total"):
        sheet = "funding" if row["currency"] or column == "amount" else "projects"
        counted = [_line(report, row, r, "amount" if sheet == "funding" else "number") for r in row["records"]
                   if r.startswith(f"{sheet}:")]
        published = _published(report, table, row) if column == "total" else []
        return counted + published, [*_money_not_counted(report, row["year"]), *_cut(report)]
    if table == "funding_by_year" and column == "projects" and row["currency"] is None and _remainders(report, table, row):
        return [_line(report, row, r, "number") for r in row["records"] if r.startswith("projects:")], []
    if column in ("target", "target_counts"):
        return _targets(report, table, row), []
    if table == "funding_gap" and column != "gap":
        return [_line(report, row, r, column) for r in row["records"] if r.endswith(f"/{column}")
                or (column == "mobilised" and r.startswith("funding:"))], []
    only = {"amount": ("funding",), "share": ("funding",), "projects": ("funding",), "changes": ("changes",),
            "countries": ("changes",), "achieved": ("changes",)}.get(column)
    counted = [_line(report, row, record, column) for record in row["records"] if only is None or record.partition(":")[0] in only]
    if table == "targets" and column in ("total", "share"):
        counted = [_line(report, row, r, "achieved") for r in row["records"] if r.startswith("changes:")]
        counted += _published(report, table, row)
    return counted, _later(report, counted)


def _line(report: Report, row: dict[str, Any], record: str, column: str) -> Line:
    sheet, _, key = record.partition(":")
    table = report.scope.chain[sheet]
    if column in ("changes", "achieved", "number") or (sheet == "changes" and column == "countries"):
        return Line(sheet, key, 1)
    places = table.places[key]
    at = places[0] if len(places) == 1 else next(place for place in places if table["currency"][place] == row["currency"])
    name = column if column in table.columns else "amount" if "amount" in table.columns else "value"
    value = table[name][at] if name in table.columns else None
    kind = table["kind"][at] if sheet == "budget" else ""
    note = vocabulary.BUDGET_KINDS[kind].label() if kind else ""
    return Line(sheet, key, value, note or (say("not reported") if value is None else ""))


def _indicator(table: str, row: dict[str, Any]) -> str:
    if table == "targets":
        return str(row["indicator"])
    if table.startswith("changes"):
        return INDICATOR_OF_STEP[row["step"]]
    return INDICATOR_OF_KIND.get(row["kind"], str(row["kind"]))


def _remainders(report: Report, table: str, row: dict[str, Any]) -> list[Remainder]:
    aggregates = Aggregates(report.scope)
    if table == "funding_by_year":
        found = (aggregates.remainders("new_funding", "money", currency=row["currency"]) if row["currency"]
                 else aggregates.remainders("new_projects", "projects"))
    else:
        counts = row["counts"] if table == "targets" else "changes" if table.startswith("changes") else "persons"
        found = aggregates.remainders(_indicator(table, row), counts) if row.get("branch", "all") == "all" else []
    return [r for r in found if "year" not in row or r.years == row["year"]]


def _published(report: Report, table: str, row: dict[str, Any]) -> list[Line]:
    sheet = report.scope.chain["aggregates"]
    return [Line("aggregates", sheet.key(r.row), r.without_records,
                 say("published {value}, of which {records} are in the records", value=vocabulary.number(r.value),
                     records=vocabulary.number(r.records)))
            for r in _remainders(report, table, row)]


def _cut(report: Report) -> list[Line]:
    """Published totals of the phase that the period covers only in part."""
    sheet = report.scope.chain["aggregates"]
    return [Line("aggregates", sheet.key(row), sheet["value"][row], reason)
            for row, reason in Aggregates(report.scope).cut().items()]


def _targets(report: Report, table: str, row: dict[str, Any]) -> list[Line]:
    sheet = report.scope.chain["targets"]
    counts = row["counts"] if table == "targets" else row["target_counts"]
    return [Line("targets", sheet.key(at), sheet["target"][at]) for at in range(len(sheet))
            if (sheet["phase"][at], sheet["indicator"][at], sheet["counts"][at]) == (report.phase, _indicator(table, row), counts)]


def _of_row(report: Report, table: str, row: dict[str, Any]) -> Bools:
    """Observations of the impacts that a row is about, whatever their status, date or force."""
    scope = report.scope
    wanted = leaves(row["indicator"]) if table == "targets" else frozenset(KIND_TOTALS.get(row["kind"], (row["kind"],)))
    impacts = scope.chain["impacts"]
    branch = row.get("branch", "all")
    mask = scope.impacts & np.array([kind in wanted and branch in ("all", b) for kind, b in
                                     zip(impacts["kind"], impacts["branch"], strict=True)], dtype=bool)
    observations = scope.chain.observations
    if not len(observations):
        return np.zeros(0, dtype=bool)
    period = scope.period
    dated = (observations.on >= period.start.toordinal()) & (observations.on <= period.end.toordinal())
    if row.get("year"):  # the records of a published total of several years are in the rows of their years
        dated &= (years_of(observations.on) == int(row["year"])) if row["year"].isdecimal() else False
    return np.asarray(dated & (observations.impact >= 0) & mask[observations.impact])


def _observed(report: Report, table: str, row: dict[str, Any], column: str) -> list[Line]:
    contributions, observations = report.scope.contributions, report.scope.chain.observations
    status = contributions.potential if column == "potential" else contributions.achieved
    figures = {"women": contributions.women, "men": contributions.men}.get(column, contributions.persons)
    chosen = _of_row(report, table, row) & status
    largest = _largest(report, chosen) if column == "persons_counted_once" else None
    lines = []
    for at in np.flatnonzero(contributions.with_antecedents(chosen) if chosen.any() else chosen).tolist():
        value = None if not chosen[at] or np.isnan(figures[at]) else int(figures[at])
        note = _note(report, at, chosen[at], value)
        if largest is not None and chosen[at] and not largest[observations.impact[at]]:
            value, note = None, say("the same people are counted under another impact")
        lines.append(Line("observations", observations.keys[at], value, note))
    return lines


def _note(report: Report, at: int, chosen: bool, value: int | None) -> str:
    observations = report.scope.chain.observations
    if observations.measure[at] == BASELINE:
        return say("baseline: where the series starts")
    if not chosen:
        return say("before the period: what the level is compared with")
    if value is None:
        return say("not reported")
    if observations.households[at]:
        return say("households, as reported")
    if observations.measure[at] == LEVEL:
        return say("level of {level}, less what was there before", level=vocabulary.number(int(observations.persons[at])))
    return ""


def _largest(report: Report, chosen: Bools) -> Bools:
    """The impacts that stand for their population in the figure counted once."""
    sums = ByImpact(report.scope)
    out = np.zeros(len(sums.kinds), dtype=bool)
    best: dict[int, int] = {}
    for impact in np.unique(report.scope.chain.observations.impact[chosen]).tolist():
        if np.isnan(sums.persons[impact]):
            continue
        population = int(sums.populations[impact])
        if population not in best or sums.persons[impact] > sums.persons[best[population]]:
            best[population] = impact
    out[list(best.values())] = True
    return out


def _left_out(report: Report, table: str, row: dict[str, Any], column: str) -> list[Line]:
    scope, observations = report.scope, report.scope.chain.observations
    contributions = scope.contributions
    lines = []
    for at in np.flatnonzero(_of_row(report, table, row)).tolist():
        reason = None
        if scope.as_of is not None and observations.recorded[at] > scope.as_of.toordinal():
            reason = say("recorded after {day}", day=scope.as_of)
        elif contributions.superseded[at]:
            reason = say("superseded by a later observation")
        elif observations.potential[at] and column not in ("potential",):
            reason = say("potential: never added to what is achieved")
        if reason:
            persons = observations.persons[at]
            lines.append(Line("observations", observations.keys[at], None if np.isnan(persons) else int(persons), reason))
    return lines + list(_not_counted(report, table, row)) + (_cut(report) if column in ("total", "share") else [])


def _not_counted(report: Report, table: str, row: dict[str, Any]) -> Iterator[Line]:
    """Figures of the sources that the programme's records leave out on purpose."""
    sheet = report.scope.chain["left_out"]
    wanted = leaves(row["indicator"]) if table == "targets" else KIND_TOTALS.get(row["kind"], (row["kind"],))
    for at in range(len(sheet)):
        on, kind, branch = sheet["on"][at], sheet["kind"][at], sheet["branch"][at]
        about_people = kind in wanted if kind else sheet["persons"][at] is not None and set(wanted) >= set(KIND_TOTALS["all"])
        if (report.scope.has(on) and about_people
                and (row.get("branch", "all") in ("all", branch))
                and (not row.get("year") or str(on.end.year) == row["year"])
                and report.country in (None, sheet["country"][at]) and report.partner is None):
            yield Line("left_out", sheet["item"][at], sheet["persons"][at], sheet["reason"][at])


def _money_not_counted(report: Report, year: str) -> Iterator[Line]:
    """What the sources say of the year and no record counts: neither persons nor a kind of impact."""
    sheet = report.scope.chain["left_out"]
    for at in range(len(sheet)):
        on, nobody = sheet["on"][at], sheet["kind"][at] is None and sheet["persons"][at] is None
        if nobody and report.scope.is_whole and report.scope.has(on) and str(on.end.year) == year:
            yield Line("left_out", sheet["item"][at], None, sheet["reason"][at])


def _later(report: Report, counted: Sequence[Line]) -> list[Line]:
    """Records of the same sheets and period that were not yet recorded on the as-of day."""
    scope = report.scope
    if scope.as_of is None or not any(line.sheet == "changes" for line in counted):
        return []
    table = scope.chain["changes"]
    return [Line("changes", table.key(row), 1, say("recorded after {day}", day=scope.as_of)) for row in range(len(table))
            if scope.period.start <= table["year"][row].end <= scope.period.end
            and not scope.knows(table["year"][row], table["recorded_on"][row])]
