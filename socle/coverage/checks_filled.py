"""A scheme of the inventory that is one of the catalogue: what is empty is filled from there, what differs is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from socle.coverage.checks_asked import Findings, at
from socle.schemes import Scheme
from socle.tables import Book, Table
from socle.vocabulary import SCHEME_KINDS, Period, say


def filled(book: Book, schemes: Sequence[Scheme]) -> Book:
    """The book with the empty cells of its inventory filled from the schemes whose ids it names. The kind of a scheme cannot be
    told from a scheme file: whether contributions entitle is filled in with the benefits."""
    known = {scheme.id: scheme for scheme in schemes}
    inventory, benefits = book["schemes"], book["benefits"]
    if not known or known.keys().isdisjoint(inventory["scheme"]):
        return book
    columns = {name: list(values) for name, values in inventory.columns.items()}
    for place, key in enumerate(inventory["scheme"]):
        if key in known:
            for name, value in _said(known[key]).items():
                if not columns[name][place]:
                    columns[name][place] = value
    entitled = [known[scheme].contributory if told is None and scheme in known else told
                for scheme, told in zip(benefits["scheme"], benefits["contributory"], strict=True)]
    return Book(book.form, {
        **book.tables,
        "schemes": Table(inventory.sheet, columns, inventory.numbers, inventory.absent),
        "benefits": Table(benefits.sheet, {**benefits.columns, "contributory": entitled}, benefits.numbers, benefits.absent),
    })


def differences(book: Book, schemes: Sequence[Scheme]) -> Findings:
    """What the inventory says otherwise than the catalogue."""
    known = {scheme.id: scheme for scheme in schemes}
    table = book["schemes"]
    for place, key in enumerate(table["scheme"]):
        if key in known:
            scheme = known[key]
            for column, other in _otherwise(table, place, scheme).items():
                yield at(table, place, column, severity="warning", code="differs_from_scheme",
                         message=say("The catalogue says otherwise of {scheme}: {other}.", scheme=key, other=other),
                         remedy=say("Leave the cell empty to take it from there, or correct one of the two."))


def _said(scheme: Scheme) -> dict[str, Any]:
    since = min((law.since for law in scheme.laws), default=min((one.since for one in scheme.eligibility), default=None))
    return {
        "name": scheme.name.get("en") or next(iter(scheme.name.values()), None),
        "institution": scheme.institution or None,
        "functions": (scheme.branch,),
        "legal_basis": "; ".join(law.title for law in scheme.laws) or None,
        "since": None if since is None else Period.parse(since),
    }


def _otherwise(table: Table, place: int, scheme: Scheme) -> dict[str, str]:
    """By column, what the catalogue says."""
    row = {name: values[place] for name, values in table.columns.items()}
    said, found = _said(scheme), {}
    if row["country"] != scheme.country:
        found["country"] = scheme.country
    if row["name"] and row["name"].casefold() not in {name.casefold() for name in scheme.name.values()}:
        found["name"] = said["name"]
    if row["institution"] and scheme.institution and row["institution"].casefold() != scheme.institution.casefold():
        found["institution"] = scheme.institution
    group = SCHEME_KINDS[row["kind"]].group if row["kind"] in SCHEME_KINDS else None
    if group in ("contributory", "non_contributory") and (group == "contributory") != scheme.contributory:
        found["kind"] = say("contributory") if scheme.contributory else say("not contributory")
    if row["functions"] and scheme.branch not in row["functions"]:
        found["functions"] = scheme.branch
    titles = [law.title for law in scheme.laws]
    if row["legal_basis"] and titles and not any(title.casefold() in row["legal_basis"].casefold() for title in titles):
        found["legal_basis"] = said["legal_basis"]
    if row["since"] and said["since"] and not (row["since"].start <= said["since"].start <= row["since"].end):
        found["since"] = said["since"].text
    return found
