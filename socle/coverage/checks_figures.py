"""What a row of figures says by itself: its figure and its status, where it comes from, of when it is."""

from __future__ import annotations

from socle.coverage.checks_asked import FIGURES, Asked, Findings, at
from socle.coverage.series_inquiry import ages_of
from socle.errors import Finding
from socle.tables import Table
from socle.vocabulary import say

OLDEST = 130


def statuses(asked: Asked) -> Findings:
    """Zero is a figure; an empty cell is none, and its status says so."""
    for sheet, column in FIGURES.items():
        table = asked.table(sheet)
        if len(table) and column in table.absent:
            yield Finding("warning", sheet, None, column, None, "figure_missing",
                          say("Column {column} is missing: no row has a figure.", column=column),
                          say("Add a column {column} to the sheet.", column=column))
            continue
        for place, (value, status) in enumerate(zip(table[column], table["status"], strict=True)):
            if value is None and status != "not_available":
                yield at(table, place, column, severity="warning" if "status" in table.absent else "error", code="figure_missing",
                         message=say("There is no figure, and the status does not say that it is not available."),
                         remedy=say("Write the figure (0 where it is nobody or nothing), or the status not_available."))
            elif value is not None and status == "not_available":
                yield at(table, place, "status", severity="error", code="figure_not_available",
                         message=say("The figure {figure} stands there, and the status says that it is not available.",
                                     figure=value),
                         remedy=say("Remove the figure, or write reported or estimated."))


def sources(asked: Asked) -> Findings:
    for sheet in FIGURES:
        table = asked.table(sheet)
        figures = asked.figures(sheet)
        if "source" in table.absent:
            if any(value is not None for value in figures):
                yield Finding("warning", sheet, None, "source", None, "source_missing",
                              say("No figure of the sheet names its source."),
                              say("Add a column {column} to the sheet.", column="source"))
            continue
        for place, (value, source) in enumerate(zip(figures, table["source"], strict=True)):
            if value is not None and not source:
                yield at(table, place, "source", severity="warning", code="source_missing",
                         message=say("The figure has no source."),
                         remedy=say("Name the document, register or survey it comes from."))


def years(asked: Asked) -> Findings:
    for sheet in FIGURES:
        table = asked.table(sheet)
        ahead = {year for year in set(table["year"]) if year is not None and year > asked.today.year}
        for place, (year, on) in enumerate(zip(table["year"], table["reference_on"], strict=True)):
            if year in ahead:
                yield at(table, place, "year", severity="warning", code="year_ahead",
                         message=say("{year} has not come yet.", year=year),
                         remedy=say("Correct the year; an inquiry holds what was, not what is planned."))
            if on is not None and year is not None and not on.start.year <= year <= on.end.year:
                yield at(table, place, "reference_on", severity="warning", code="reference_outside_year",
                         message=say("{on} is not in {year}.", on=on.text, year=year),
                         remedy=say("Correct the day or the year."))


def age_groups(asked: Asked) -> Findings:
    table = asked.table("recipients")
    wrong = {group for group in set(table["age_group"]) if group and group != "total" and not _are_ages(group)}
    for place, group in enumerate(table["age_group"]) if wrong else ():
        if group in wrong:
            yield at(table, place, "age_group", severity="error", code="age_group",
                     message=say("“{value}” is no age group.", value=group[:100]),
                     remedy=say("Write total, or completed years such as 0-17 or 65+."))


def _are_ages(group: str) -> bool:
    ages = ages_of(group)
    return ages is not None and ages[0] <= (OLDEST if ages[1] is None else ages[1]) <= OLDEST


def money(asked: Asked) -> Findings:
    for sheet, column in FIGURES.items():
        if column == "amount":
            yield from _currencies(asked.table(sheet))


def _currencies(table: Table) -> Findings:
    for place, (amount, currency) in enumerate(zip(table["amount"], table["currency"], strict=True)):
        if amount is not None and currency is None:
            yield at(table, place, "currency", severity="error", code="currency_missing",
                     message=say("The amount {amount} has no currency.", amount=amount),
                     remedy=say("Write the currency's three letters, such as USD."))


RULES = (statuses, sources, years, age_groups, money)
