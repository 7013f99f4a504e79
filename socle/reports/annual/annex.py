"""The annexes: what to know about the figures, the reconciliation, the rules, the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from socle import results
from socle.reports.annual.subject import Subject, column_title, figure, table, title_of, verdict, words
from socle.reports.document import Block, Heading, Items, Paragraph, Text
from socle.results import TABLES
from socle.vocabulary import number, say


def warnings(subject: Subject) -> Iterator[Block]:
    found = subject.report.warnings
    if not found:
        return
    yield Heading(1, Text(say("Warnings")))
    yield Paragraph((Text(say("What a reader of these figures must know about the records behind them.")),))
    yield Items(tuple((Text(" ".join(filter(None, (f.message, f.remedy)))),) for f in found),
                tuple(Text(f"{f.sheet}{f' {f.row}' if f.row is not None else ''}: ") if f.sheet else Text("") for f in found))


def reconciliation(subject: Subject) -> Iterator[Block]:
    rows = subject.report.tables["reconciliation"]
    if not rows:
        return
    counts = Counter(row["verdict"] for row in rows)
    yield Heading(1, Text(say("Annex: reconciliation with published figures")))
    yield Paragraph((Text(say(
        "{equal} of {n} published figures come out equal from the records; {differs} differ; {missing} have no counterpart here. "
        "The difference is what is computed less what is published.", equal=number(counts["equal"]), n=number(len(rows)),
        differs=number(counts["differs"]), missing=number(counts["not_computed"]))),))
    for name, of_table in groupby(sorted(rows, key=lambda row: list(TABLES).index(row["table"]) if row["table"] in TABLES else 99),
                                  key=lambda row: row["table"]):
        known = name in TABLES
        yield table(title_of(name) if known else name, [_addressed(subject, row) for row in of_table], {
            "figure": words, "published": figure, "computed": figure, "difference": figure,
            "verdict": lambda word: words(verdict(word)), "source": subject.cell,
        }, titles={"figure": say("Figure")}, figures=("published", "computed", "difference") if known else (),
            weights={"figure": 2.2, "source": 2.4, "verdict": 0.9})


def _addressed(subject: Subject, row: dict[str, Any]) -> dict[str, Any]:
    keys = TABLES[row["table"]].keys if row["table"] in TABLES else ()
    parts = row["row"].split("/")
    labels = [subject.label("output" if row["table"] == "outputs" else key, part)
              for key, part in zip(keys, parts, strict=False) if part or key != "currency"]
    if row["table"] == "funding_by_year" and not parts[-1]:
        labels.append(say("new projects"))
    return {**row, "figure": ", ".join([*(labels or parts), column_title(row["column"]).lower()])}


def rules(subject: Subject) -> Iterator[Block]:
    """Each rule once, with the columns it counts; a column that several rules count is named with its table."""
    told: dict[str, dict[str, str]] = {}
    for name, spec in TABLES.items():
        if not subject.report.tables[name] or name == "reconciliation":
            continue
        for column in spec.figures:
            told.setdefault(results.rule_of(name, column), {}).setdefault(column_title(column), spec.title)
    if told:
        seen = Counter(title for columns in told.values() for title in columns)
        terms = (", ".join(title if seen[title] == 1 else f"{title} ({table})" for title, table in columns.items())
                 for columns in told.values())
        yield Heading(1, Text(say("Annex: how figures are counted")))
        yield Items(tuple((Text(": " + rule),) for rule in told), tuple(map(Text, terms)))


def sources(subject: Subject) -> Iterator[Block]:
    rows = subject.rows("sources")
    yield Heading(1, Text(say("Annex: sources, licence and notice")))
    if rows:
        yield Items(
            tuple((Text(" "), subject.told(row["citation"] or row["title"] or row["document"]),
                   *((Text(" " + say("Licence: {licence}.", licence=row["licence"])),) if row["licence"] else ()),
                   *((Text(" " + row["url"]),) if row["url"] else ())) for row in rows),
            tuple(Text(row["document"]) for row in rows),
        )
    for disclaimer in dict.fromkeys(row["disclaimer"] for row in rows if row["disclaimer"]):
        yield Paragraph((subject.told(disclaimer),), "note")
    if subject.programme.get("notice"):
        yield Paragraph((subject.told(subject.programme["notice"]),), "note")
    yield Paragraph((Text(say("This document is not an ILO publication.")),), "note")


def notice(subject: Subject) -> tuple[Text, ...]:
    """The foot of every page: what this is not, what it is adapted from, under which licence."""
    licensed = [row for row in subject.rows("sources") if row["licence"] and (row["citation"] or row["title"])]
    cited = licensed or [row for row in subject.rows("sources") if row["citation"] or row["title"]]
    texts = [Text(say("Not an ILO publication.") + " ")]
    if cited:
        row = cited[0]
        texts += [Text(say("Adapted from:") + " "), subject.told(row["citation"] or row["title"])]
        texts.append(Text((f" {row['licence']}." if row["licence"] else "")
                          + (" " + say("Other sources: see the annex.") if len(subject.rows("sources")) > 1 else "")))
    return tuple(texts)
