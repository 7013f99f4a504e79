"""The sheets and columns of the exchange form, as people are asked for them and told them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from socle.tables import PROGRAMME, Column, Kind, Wrong, reader
from socle.vocabulary import COUNTRIES, Period, code_list, number, percent, period

Words = str | Promise

#: One record of a sheet.
ONE: Mapping[str, Words] = {
    "partners": _("Partner"), "projects": _("Project"), "funding": _("Funding"), "outputs": _("Output"),
    "changes": _("Institutional change"), "contributions": _("Contribution to a change"), "impacts": _("Impact on people"),
    "observations": _("Observation"), "evidence": _("Evidence"), "ratifications": _("Ratification"),
    "recommendations": _("Recommendation"), "actions": _("Action after an evaluation"),
    "aggregates": _("Published total"), "published": _("Published figure"), "phases": _("Phase"),
    "countries": _("Country of a phase"), "targets": _("Ambition"), "budget": _("Budget line"),
    "programme": _("Programme"), "sources": _("Source"), "staff": _("Posts"),
    "left_out": _("Figure left out"),
}
#: What a record of a sheet is, for whoever is about to enter one.
ABOUT: Mapping[str, Words] = {
    "changes": _("A strategy adopted, a scheme in law, operations improved."),
    "impacts": _("What a change means for people, with the first number observed."),
    "observations": _("A new number for an impact that is there already."),
    "contributions": _("The share of a change that a project is credited with."),
    "outputs": _("What the programme itself delivered: advice, training, knowledge."),
    "projects": _("A development cooperation project or a country programme."),
    "funding": _("Money from a partner, at its latest status."),
    "evidence": _("Where a record can be verified."),
    "ratifications": _("A Convention ratified, or on its way."),
    "partners": _("Who pays, advises or takes part."),
    "recommendations": _("A recommendation of an evaluation, and what management answers."),
    "actions": _("What management does about a recommendation."),
}
#: The columns of the exchange form.
FIELDS: Mapping[str, Words] = {
    "action": _("Action"), "amount": _("Amount"), "branch": _("Branch"), "branches": _("Branches"),
    "change": _("Institutional change"), "citation": _("Citation"), "column": _("Figure"), "constituency": _("Constituency"),
    "contract": _("Contract"), "convention": _("Convention"), "countries": _("Countries"), "country": _("Country"),
    "counts": _("What it counts"), "criterion": _("Criterion"), "currency": _("Currency"), "due_on": _("Due"), "end": _("End"),
    "evaluation": _("Evaluation"), "evidence": _("Evidence"), "expected": _("Persons expected"), "expected_on": _("Expected by"),
    "impact": _("Impact on people"), "indicator": _("Indicator"), "item": _("Identifier"), "kind": _("Kind"),
    "line": _("Budget line"), "measure": _("Measure"), "men": _("Men"), "name": _("Name"), "observation": _("Observation"),
    "on": _("Date"), "output": _("Output"), "outputs": _("Outputs"), "owner": _("Responsible"), "partner": _("Partner"),
    "partners": _("Partners"), "parts": _("Parts accepted"), "persons": _("Number"), "phase": _("Phase"), "place": _("Place"),
    "population": _("Population"), "post": _("Identifier"), "posts": _("Posts"),
    "principles": _("Principles of Recommendation No. 202"), "project": _("Project"), "projects": _("Projects"),
    "reason": _("Reason"), "recommendation": _("Recommendation"), "record": _("Record"), "recorded_on": _("Recorded on"),
    "response": _("Response"), "response_text": _("Response in words"), "role": _("Role"), "row": _("Row"), "scheme": _("Scheme"),
    "share": _("Share"), "source": _("Source"), "start": _("Start"), "status": _("Status"), "step": _("Step"),
    "summary": _("What it says"), "supersedes": _("Supersedes"), "table": _("Table"), "target": _("Ambition"), "theme": _("Theme"),
    "themes": _("Themes"), "title": _("Title"), "unit": _("Unit"), "url": _("Address on the web"), "value": _("Figure as printed"),
    "women": _("Women"), "year": _("Year"),
}
#: Where the column's own word would not say enough to whoever fills it in.
ASKED: Mapping[tuple[str, str], Words] = {
    ("changes", "year"): _("Achieved on"), ("changes", "summary"): _("What changed"),
    ("changes", "projects"): _("Projects that contributed"),
    ("changes", "outputs"): _("Outputs that contributed"), ("changes", "partners"): _("Other partners involved"),
    ("impacts", "change"): _("The change that made it possible"), ("impacts", "population"): _("Shared population"),
    ("observations", "on"): _("Observed on"), ("observations", "persons"): _("How many"),
    ("observations", "women"): _("Of whom women"),
    ("observations", "men"): _("Of whom men"), ("observations", "unit"): _("Counted in"),
    ("observations", "supersedes"): _("Observation it corrects"), ("observations", "reason"): _("Why it is corrected"),
    ("outputs", "persons"): _("Persons trained or reached"), ("outputs", "women"): _("Of whom women"),
    ("outputs", "men"): _("Of whom men"), ("outputs", "constituency"): _("Whose people they were"),
    ("evidence", "record"): _("The record it bears out"), ("ratifications", "summary"): _("What was done"),
    ("recommendations", "summary"): _("What is recommended"), ("projects", "kind"): _("How it is financed"),
}
PERIOD = _("A day as 2024-06-30, or a year as 2024.")
NUMBER = _("Digits only, as in 27500. Leave it empty where the number is not known; 0 means nobody.")
HELP: Mapping[tuple[str, str], Words] = {
    ("", "source"): _("The document, table or section, and year."),
    ("", "recorded_on"): _("When it was reported; empty: at the end of its own period."),
    ("", "title"): _("One line, in words."),
    ("observations", "measure"): _("Increase: people newly reached. Level: how many there are now. "
                                  "Baseline: how many there were before."),
    ("observations", "status"): _("Potential is what a law promises; it is shown apart and never added to what was achieved."),
    ("observations", "supersedes"): _("Only for a correction: the observation that was wrong stays in the history, "
                                     "and no longer counts."),
    ("impacts", "branch"): _("More than one branch: choose several branches."),
    ("impacts", "population"): _("A word of your own, without spaces. Impacts with the same word reach the same people, "
                                 "who are then also counted once."),
    ("contributions", "share"): _("From 0 to 1, such as 0.25 for 25 per cent. The shares of one change never pass 1."),
    ("funding", "project"): _("Empty: the phase as a whole."),
    ("funding", "amount"): _("Digits, a point before decimals and nothing between thousands, as in 1200000.50."),
    ("funding", "currency"): _("Three capital letters, such as USD."),
    ("evidence", "record"): _("Sheet and key of the record, as in changes:NPL-2024-c3."),
    ("actions", "owner"): _("The unit, never a person’s name."),
    ("ratifications", "parts"): _("As written in the source."),
}


def sheet_name(sheet: str) -> str:
    return str(ONE.get(sheet, sheet))


def field_name(sheet: str, column: str) -> str:
    return str(ASKED.get((sheet, column)) or FIELDS.get(column, column))


def help_of(sheet: str, column: str) -> str:
    """What is expected in a field; empty where its label says it all."""
    told = HELP.get((sheet, column)) or HELP.get(("", column))
    kind = PROGRAMME[sheet].column(column).kind
    if kind is Kind.PERIOD:
        return " ".join(str(words) for words in (told, PERIOD) if words)
    return str(told or (NUMBER if kind is Kind.WHOLE and column not in ("women", "men") else ""))


def value_of(column: Column, text: str) -> Any:
    """The value a cell's text stands for; None where it is empty or cannot be read."""
    value = _reader(column)(text.strip()) if text.strip() else None
    return None if isinstance(value, Wrong) else value


def in_words(sheet: str, column: str, text: str) -> str:
    """The text of a cell as people read it. What cannot be read stays as it was typed."""
    form = PROGRAMME[sheet].column(column)
    value = value_of(form, text)
    if value is None or not text:
        return text
    if form.kind in (Kind.CODE, Kind.CODES) and form.codes:
        codes = code_list(form.codes)
        return ", ".join(codes[one].label() for one in ((value,) if isinstance(value, str) else value))
    if form.kind in (Kind.COUNTRY, Kind.COUNTRIES):
        return ", ".join(COUNTRIES[one].name() for one in ((value,) if isinstance(value, str) else value))
    if isinstance(value, Period):
        return period(value)
    if form.kind is Kind.SHARE:
        return percent(value)
    if isinstance(value, (int, Decimal)):
        return number(value)
    return text if not isinstance(value, date) else value.isoformat()


@cache
def _reader(column: Column) -> Callable[[str], object]:
    return reader(column)
