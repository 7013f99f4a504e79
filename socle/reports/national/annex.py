"""Notes on methods, and how good the figures are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from socle.reports.document import Block, Heading, Items, Paragraph, Text
from socle.reports.national.subject import Subject, said, table, words
from socle.vocabulary import FIGURE_STATUSES, number, percent, say

FIGURES = ("protected", "recipients", "amounts", "expenditure", "receipts", "denominators", "overlaps", "legal")
MOST_LINES = 60


def methods(subject: Subject) -> Iterator[Block]:
    yield Heading(1, Text(say("Notes on methods")))
    yield Items(tuple((Text(text),) for text in (
        say("Sources are the administrative records of the institutions, as answered in the inquiry; surveys and registers where "
            "the source of a figure names them."),
        say("Active contributors made at least one contribution in the year. Affiliated persons are registered, whether or not "
            "they contributed."),
        say("“At least one benefit” counts persons, never benefits. Where it is known how many persons are in several schemes at "
            "once, "
            "it is exact; where it is not, the number lies between a lower bound (the largest of the groups, or what the known "
            "overlaps leave) and an upper bound (their sum, less the known overlaps)."),
        say("Regional averages are weighted by the denominator of each series. Effective coverage and legal coverage are never "
            "mixed."),
        say("A figure that is not available is said to be so; it is never shown as zero."),
        say("Expenditure is counted where it is spent: transfers between schemes are left out of the total of the country."),
    )))
    told = dict.fromkeys((one.series, one.definition) for one in subject.report.figures
                         if one.country == subject.country and one.year == subject.year and one.definition)
    if told:
        yield Heading(2, Text(say("What each series counts")))
        yield Items(tuple((Text(" " + definition),) for _, definition in told), tuple(Text(f"{series}:") for series, _ in told))


def quality(subject: Subject) -> Iterator[Block]:
    """How many figures are reported, estimated and not available; what was found; what was printed elsewhere."""
    yield Heading(1, Text(say("Annex: quality of the data")))
    rows = []
    for sheet in FIGURES:
        counts = Counter(row["status"] for row in subject.rows(sheet) if row["year"] == subject.year)
        total = sum(counts.values())
        if total:
            rows.append((words(_sheets()[sheet]), *(words(number(counts[code])) for code in FIGURE_STATUSES),
                         said(percent(counts["reported"] / total))))
    if rows:
        yield table(say("Figures of the inquiry by status, {year}", year=subject.year),
                    (say("Sheet"), *(code.label() for code in FIGURE_STATUSES.values()), say("Share reported")), rows, figures=4)
    found = subject.report.warnings
    if found:
        yield Heading(2, Text(say("What the checks found")))
        yield Items(tuple((Text(f"{one.message} {one.remedy}".strip()),) for one in found[:MOST_LINES]),
                    tuple(Text(f"{one.sheet}{f' {one.row}' if one.row is not None else ''}: " if one.sheet else "")
                          for one in found[:MOST_LINES]))
        if len(found) > MOST_LINES:
            yield Paragraph((Text(say("{n} more are in the list of findings.", n=number(len(found) - MOST_LINES))),), "note")
    yield from _reconciled(subject)
    sources = list(dict.fromkeys(row["source"] for sheet in FIGURES for row in subject.rows(sheet) if row["source"]))
    if sources:
        yield Heading(2, Text(say("Sources")))
        yield Items(tuple((Text(source),) for source in sources))


def _reconciled(subject: Subject) -> Iterator[Block]:
    rows = [one for one in subject.report.reconciliation if one.verdict != "not_computed"]
    if rows:
        yield Heading(2, Text(say("Figures printed elsewhere")))
        yield table(say("Published and computed figures"),
                    (say("Figure"), say("Source"), say("Published"), say("Computed"), say("Difference")),
                    [(words(f"{one.table}/{one.row}/{one.column}"), words(one.source), *(
                        said("" if value is None else number(value)) for value in (one.printed, one.computed, one.difference)))
                     for one in rows], figures=3, weights=(2.2, 2, 1, 1, 1))


def _sheets() -> dict[str, str]:
    return {"protected": say("Protected persons"), "recipients": say("Recipients"), "amounts": say("Amounts of benefits"),
            "expenditure": say("Expenditure"), "receipts": say("Receipts"), "denominators": say("Groups of people"),
            "overlaps": say("Overlaps"), "legal": say("Legal coverage")}
