"""Institutional changes by step and year, impacts on people, outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from socle.reports import charts
from socle.reports.annual.subject import Subject, figure, key_writer, label_of, table, title_of, years
from socle.reports.charts import WITHOUT_RECORDS
from socle.reports.document import Block, Figure, Heading, Paragraph, Text
from socle.vocabulary import number, say


def changes(subject: Subject) -> Iterator[Block]:
    by_step = [r for r in subject.report.tables["changes_by_step"] if r["changes"] or r["without_records"] or r["target"]]
    if not by_step:
        return
    yield Heading(1, Text(say("Institutional changes")))
    yield Paragraph((Text(say(
        "A country may achieve several changes at one step: changes and countries are different figures. Countries are counted "
        "from the records.")),))
    by_year = subject.report.tables["changes_by_year"]
    spans = list(dict.fromkeys(row["year"] for row in sorted(by_year, key=lambda r: r["year"])))
    if len(spans) > 1:
        yield _columns(by_year, spans)
        yield table(title_of("changes_by_year"), _pivot(by_year, spans, "step", "changes"), {
            "year": key_writer("year"), "1": figure, "2": figure, "3": figure, "all": figure, "without_records": figure,
            "countries": figure,
        }, titles={"1": say("Step {n}", n=1), "2": say("Step {n}", n=2), "3": say("Step {n}", n=3), "all": say("All steps")})
    yield table(title_of("changes_by_step"), by_step, {
        "step": key_writer("step"), "changes": figure, "countries": figure, "without_records": figure, "target": figure,
        "target_counts": key_writer("target_counts"),
    }, weights={"step": 2.6}, titles={"target_counts": say("Ambition counted in")}, totals=lambda row: row["step"] == "all")


def _columns(rows: list[dict[str, Any]], spans: list[str]) -> Figure:
    series = {"1": say("Step {n}", n=1), "2": say("Step {n}", n=2), "3": say("Step {n}", n=3),
              WITHOUT_RECORDS: say("published without records")}
    values: dict[str, dict[str, float | None]] = {years(span): {} for span in spans}
    for row in rows:
        cell = values[years(row["year"])]
        if row["step"] == "all":
            cell[WITHOUT_RECORDS] = row["without_records"]
        else:
            cell[row["step"]] = row["changes"]
    told = "; ".join(f"{years(row['year'])}: {number(row['changes'] + (row['without_records'] or 0))}"
                     for row in rows if row["step"] == "all")
    return Figure(charts.columns(values, title=title_of("changes_by_year"), series=series), title_of("changes_by_year"), told, 0.62)


def _pivot(rows: list[dict[str, Any]], spans: list[str], key: str, value: str) -> list[dict[str, Any]]:
    """One row a year; the other figures are those of ``all``."""
    out: dict[str, dict[str, Any]] = {span: {"year": span} for span in spans}
    for row in rows:
        out[row["year"]][row[key]] = row[value]
        if row[key] == "all":
            out[row["year"]] |= {name: row[name] for name in ("countries", "without_records") if name in row}
    return list(out.values())


def people(subject: Subject) -> Iterator[Block]:
    rows = subject.report.tables["impacts"]
    if not rows:
        return
    yield Heading(1, Text(say("Impacts on people")))
    yield Paragraph((Text(say(
        "A law that is adopted is achieved legal coverage. What is potential stands apart and is never added to what is achieved. "
        "The same people may be reached by several impacts: “counted once” takes, of each population, the largest.")),))
    households = _households(subject)
    if households:
        yield Paragraph((Text(say("Some figures count households, not persons. They are counted as reported: {observations}.",
                                  observations=", ".join(households))),), "warning")
    totals = [r for r in rows if r["branch"] == "all" and r["kind"] not in ("all", "coverage_extension", "better_protection")]
    if any(r["persons"] or r["without_records"] for r in totals):
        series = {"persons": say("with records"), WITHOUT_RECORDS: say("published without records")}
        bars = [(label_of("kind", r["kind"]), {"persons": r["persons"], WITHOUT_RECORDS: r["without_records"]}) for r in totals]
        told = "; ".join(f"{label}: " + (number(sum(v for v in parts.values() if v)) if any(v is not None for v in parts.values())
                                         else say("not reported")) for label, parts in bars)
        yield Figure(charts.bars(bars, title=say("Persons by kind of impact"), series=series), say("Persons by kind of impact"),
                     told, 0.62)
    yield table(title_of("impacts"), [_with_overlap(row) for row in rows], {
        "kind": key_writer("kind"), "branch": key_writer("branch"), "persons": figure, "persons_counted_once": figure,
        "overlap": figure, "women": figure, "men": figure, "potential": figure, "without_records": figure,
    }, titles={"overlap": say("Overlap")}, weights={"kind": 2.0, "branch": 1.5}, totals=lambda row: row["branch"] == "all",
        notes=(say("Rows for “all” are counted again and need not equal the sum of the rows above them."),))
    by_year = subject.report.tables["impacts_by_year"]
    spans = sorted({row["year"] for row in by_year})
    if len(spans) > 1:
        kinds = list(dict.fromkeys(row["kind"] for row in by_year))
        yield table(title_of("impacts_by_year"), _by_kind(by_year), {
            "kind": key_writer("kind"), **dict.fromkeys(spans, figure),
        }, titles={span: years(span) for span in spans}, weights={"kind": 2.2}, totals=lambda row: row["kind"] in kinds[5:],
            notes=(say("Records and totals published without records, together."),))


def _households(subject: Subject) -> list[str]:
    """Keys of the observations that count households."""
    observations, scope = subject.chain.observations, subject.report.scope
    return [observations.keys[i] for i in np.flatnonzero(scope.observed & observations.households).tolist()]


def _with_overlap(row: Mapping[str, Any]) -> dict[str, Any]:
    known = row["persons"] is not None and row["persons_counted_once"] is not None
    return {**row, "overlap": row["persons"] - row["persons_counted_once"] if known else None}


def _by_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = [v for v in (row["persons"], row["without_records"]) if v is not None]
        out.setdefault(row["kind"], {"kind": row["kind"]})[row["year"]] = sum(known) if known else None
    return list(out.values())


def outputs(subject: Subject) -> Iterator[Block]:
    rows = subject.report.tables["outputs"]
    if not rows:
        return
    yield Heading(1, Text(say("Outputs")))
    yield table(title_of("outputs"), rows, {
        "kind": key_writer("output"), "number": figure, "persons": figure, "women": figure, "men": figure,
    }, titles={"persons": say("Participants")}, weights={"kind": 2.4}, totals=lambda row: row["kind"] == "all",
        notes=(say("Participants are counted at each output: who took part in several is counted in each."),))
