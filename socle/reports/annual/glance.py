"""The programme at a glance: key figures, the map, and progress against ambition."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from socle.reports import charts
from socle.reports.annual.subject import Subject, column_title, figure, key_writer, label_of, share, table, title_of, written
from socle.reports.charts import Progress
from socle.reports.document import Block, Figure, Heading, KeyFigure, KeyFigures, Paragraph, Text
from socle.vocabulary import money, number, percent, say, say_many


def glance(subject: Subject) -> Iterator[Block]:
    yield Heading(1, Text(say("At a glance")))
    if subject.programme.get("summary"):
        yield Paragraph((subject.told(subject.programme["summary"]),), "lead")
    figures = tuple(_key_figures(subject))
    if figures:
        yield KeyFigures(figures)
    yield Paragraph((Text(say(
        "The figures are those reported by the sources named beside each result. They are shown as reported and were not "
        "verified here; every figure is computed from its records, and what is not reported is said to be so, never shown as "
        "zero.")),), "note")
    if subject.report.country is None:
        yield from _map(subject)


def _key_figures(subject: Subject) -> Iterator[KeyFigure]:
    report = subject.report
    steps = report.row("changes_by_step", "all")
    if steps and (steps["changes"] or steps["without_records"]):
        notes = [say_many("in {n} country with records", "in {n} countries with records", steps["countries"] or 0)]
        yield KeyFigure(number(steps["changes"] + (steps["without_records"] or 0)), say("institutional changes"),
                        "; ".join(notes + _published(steps["without_records"])))
    for kind, label in (("all", say("people, all kinds of impact")),
                        ("coverage_extension", say("people newly covered, in law or in practice")),
                        ("better_protection", say("people better protected"))):
        row = report.row("impacts", kind, "all")
        if row is None:
            continue
        known = [v for v in (row["persons"], row["without_records"] or None) if v is not None]
        if known:
            overlap = (row["persons"] or 0) - (row["persons_counted_once"] or 0)
            notes = [say("{n} counted once", n=number(row["persons_counted_once"]))] if overlap > 0 else []
            if row["potential"]:
                notes.append(say("{n} more are potential", n=number(row["potential"])))
            yield KeyFigure(number(sum(known)), label, "; ".join(notes + _published(row["without_records"])))
    yield from _money(report.tables["funding_by_year"])
    compared = [row for row in report.tables["targets"] if row["share"] is not None]
    if compared and report.year is None:
        reached = sum(1 for row in compared if row["share"] >= 1)
        yield KeyFigure(say("{n} of {m}", n=number(reached), m=number(len(compared))), say("ambitions reached"))


def _money(rows: list[dict[str, Any]]) -> Iterator[KeyFigure]:
    for currency in dict.fromkeys(row["currency"] for row in rows if row["currency"]):
        of_currency = [row for row in rows if row["currency"] == currency]
        without = sum((row["without_records"] or 0 for row in of_currency), Decimal(0))
        totals = [row["total"] for row in of_currency if row["total"] is not None]
        if totals:
            yield KeyFigure(money(sum(totals, Decimal(0)), currency), say("new funding"), "; ".join(_published(without)))


def _published(without: Any) -> list[str]:
    return [say("of which {n} published without records", n=written(without))] if without else []


def _map(subject: Subject) -> Iterator[Block]:
    changes: dict[str, float | None] = {}
    for row in subject.report.tables["country_results"]:
        changes[row["country"]] = (changes.get(row["country"]) or 0) + row["changes"]
    if not changes:
        return
    priority = {row["country"] for row in subject.rows("countries")
                if row["phase"] == subject.report.phase and row["role"] == "priority"}
    svg = charts.tile_map(changes, title=say("Institutional changes by country"), marked=priority,
                          marked_as=say("priority country"))
    told = "; ".join(charts.changes_label(code, changes[code]) for code in sorted(changes))
    yield Figure(svg, say("Institutional changes by country, one tile a country or territory. No border is drawn or implied."),
                 told, width=1.0)


def ambition(subject: Subject) -> Iterator[Block]:
    rows = subject.report.tables["targets"]
    if not rows:
        return
    yield Heading(1, Text(say("Progress against ambition")))
    yield Paragraph((Text(say(
        "Each ambition is compared only with figures that count the same thing. Dark bars have records; light bars were published "
        "as totals without records.")),))
    if subject.report.year is not None:
        yield Paragraph((Text(say("The ambitions are those of the whole phase; the figures are those of {year} alone.",
                                  year=subject.report.year)),), "warning")
    shown = [Progress(f"{label_of('indicator', r['indicator'])}", r["achieved"], r["target"], r["without_records"],
                      label_of("counts", r["counts"]).lower()) for r in rows]
    told = "; ".join(f"{label_of('indicator', r['indicator'])}, {label_of('counts', r['counts']).lower()}: "
                     + (percent(r["share"]) if r["share"] is not None else say("not reported")) for r in rows)
    yield Figure(charts.progress(shown, title=title_of("targets")), say("The red line is the ambition."), told, width=0.66)
    yield table(title_of("targets"), rows, {
        "indicator": key_writer("indicator"), "counts": key_writer("counts"), "achieved": figure, "without_records": figure,
        "total": figure, "target": figure, "share": share,
    }, titles={"share": say("Share of ambition"), "target": column_title("target")})
