"""The inventory: schemes and benefits that contradict each other; figures as printed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from socle.coverage.adequacy import ADEQUACY_COLUMNS
from socle.coverage.checks_asked import Asked, Findings, at
from socle.coverage.figure import COLUMNS
from socle.coverage.report_printed import KEYS
from socle.coverage.spending import RECEIPT_COLUMNS, SPENDING_COLUMNS
from socle.vocabulary import COUNTRIES, SCHEME_KINDS, say

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "figures": COLUMNS, "spending": SPENDING_COLUMNS, "receipts": RECEIPT_COLUMNS, "adequacy": ADEQUACY_COLUMNS,
}
BOUNDS = ("exact", "lower", "upper")


def without_benefits(asked: Asked) -> Findings:
    table, having = asked.table("schemes"), set(asked.table("benefits")["scheme"])
    for place, scheme in enumerate(table["scheme"]):
        if scheme not in having:
            yield at(table, place, "scheme", severity="warning", code="scheme_without_benefits",
                     message=say("Scheme {scheme} has no benefit.", scheme=scheme),
                     remedy=say("Add its benefits to sheet benefits."))


def benefits(asked: Asked) -> Findings:
    """What a benefit says of itself, and what its scheme says."""
    table, schemes = asked.table("benefits"), asked.table("schemes")
    places = {key: place for place, key in enumerate(schemes["scheme"])}
    rows = zip(table["scheme"], table["function"], table["form"], table["contributory"], table["means_tested"], strict=True)
    for place, (scheme, function, form, contributory, means_tested) in enumerate(rows):
        if function == "medical_care" and form == "cash":
            yield at(table, place, "form", severity="warning", code="medical_care_in_cash",
                     message=say("Medical care is in kind as a rule; this one is in cash."),
                     remedy=say("Write in_kind; what replaces earnings is a sickness benefit."))
        of = places.get(scheme)
        if of is None:
            continue
        kind, functions = schemes["kind"][of], schemes["functions"][of]
        group = SCHEME_KINDS[kind].group if kind in SCHEME_KINDS else None
        if contributory is not None and group in ("contributory", "non_contributory") and contributory != (group == "contributory"):
            yield at(table, place, "contributory", severity="warning", code="contributory_contradicts",
                     message=say("Scheme {scheme} is of kind {kind} (row {row}), which says otherwise.", scheme=scheme, kind=kind,
                                 row=schemes.numbers[of]),
                     remedy=say("Correct the benefit or the kind of its scheme."))
        if means_tested is not None and kind in ("universal", "categorical", "means_tested") and (
                means_tested != (kind == "means_tested")):
            yield at(table, place, "means_tested", severity="warning", code="means_test_contradicts",
                     message=say("Scheme {scheme} is of kind {kind} (row {row}), which says otherwise.", scheme=scheme, kind=kind,
                                 row=schemes.numbers[of]),
                     remedy=say("Correct the benefit or the kind of its scheme."))
        if functions and function not in functions:
            yield at(table, place, "function", severity="warning", code="function_not_of_scheme",
                     message=say("Scheme {scheme} covers {functions} (row {row}), not {function}.", scheme=scheme,
                                 functions=", ".join(functions), row=schemes.numbers[of], function=function),
                     remedy=say("Correct the function, or add it to the scheme."))


def in_kind(asked: Asked) -> Findings:
    table, inquiry = asked.table("amounts"), asked.inquiry
    rows = zip(table["benefit"], table["measure"], asked.figures("amounts"), strict=True)
    for place, (benefit, measure, amount) in enumerate(rows):
        row = inquiry.benefits.get(benefit)
        if row is not None and row.form == "in_kind" and measure in ("minimum", "maximum") and amount is not None:
            yield at(table, place, "measure", severity="warning", code="in_kind_amount",
                     message=say("Benefit {benefit} is in kind: a least and a largest amount say little.", benefit=benefit),
                     remedy=say("Leave the row out, or correct the form of the benefit."))


def contributors(asked: Asked) -> Findings:
    """Who contributes is affiliated."""
    table, figures = asked.table("protected"), asked.figures("protected")
    affiliated, rows = {}, []
    for place, (scheme, year, measure, sex, status) in enumerate(zip(
            table["scheme"], table["year"], table["measure"], table["sex"], table["employment_status"], strict=True)):
        if figures[place] is None:
            continue
        if measure == "affiliated":
            affiliated[scheme, year, sex, status] = place
        else:
            rows.append((place, (scheme, year, sex, status)))
    for place, key in rows:
        of = affiliated.get(key)
        if of is not None and figures[place] > figures[of]:
            yield at(table, place, "persons", severity="error", code="contributors_exceed",
                     message=say("{persons} active contributors are more than the {affiliated} affiliated persons (row {row}).",
                                 persons=figures[place], affiliated=figures[of], row=table.numbers[of]),
                     remedy=say("Correct one of the two: who contributes is affiliated."))


def addresses(asked: Asked) -> Findings:
    """A published figure names a cell that a report can have."""
    table = asked.table("published")
    for place, (of, row, column) in enumerate(zip(table["table"], table["row"], table["column"], strict=True)):
        wrong = _why_not(of, row, column)
        if wrong:
            name, message = wrong
            yield at(table, place, name, severity="warning", code="unknown_address", message=message,
                     remedy=say("Write the address as docs/reference/inquiry.md lists it."))


def _why_not(of: str, row: str, column: str) -> tuple[str, str] | None:
    if of not in KEYS:
        return "table", say("A report has no table {table}; it has {tables}.", table=of[:100], tables=", ".join(KEYS))
    parts = row.split("/")
    if of == "figures" and len(parts) == len(KEYS[of]) + 1 and parts[-1] in BOUNDS:
        parts.pop()
    if len(parts) != len(KEYS[of]):
        return "row", say("A row of {table} is written as {keys}.", table=of, keys="/".join(KEYS[of]))
    said = dict(zip(KEYS[of], parts, strict=True))
    if "country" in said and said["country"] not in COUNTRIES:
        return "row", say("“{value}” is no country's three letters.", value=said["country"][:100])
    if not (said["year"].isdecimal() and len(said["year"]) == 4):
        return "row", say("“{value}” is no year.", value=said["year"][:100])
    if column not in COLUMNS_OF[of]:
        return "column", say("Table {table} has no column {column}.", table=of, column=column[:100])
    return None


RULES = (without_benefits, benefits, in_kind, contributors, addresses)
