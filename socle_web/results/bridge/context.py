"""Rows that are on their way among the facts they touch: what speaks against them is often not among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, cast

from socle import results
from socle.errors import Finding
from socle.tables import PROGRAMME, Book, Known, Table
from socle_web.results.bridge.entries import few
from socle_web.results.bridge.shape import MOST_ASKED, shape
from socle_web.results.models import BY_SHEET, Contribution, Observation


class Everything(frozenset[str]):
    """The keys of a sheet nobody lists: whether one is there was asked when the rows were read."""

    def __contains__(self, key: object) -> bool:
        return True


#: What ``among_facts`` brings whole is asked there; the rest may be in the database.
ELSEWHERE: Known = {sheet: Everything() for sheet in BY_SHEET if sheet not in ("impacts", "phases")}


def checked(book: Book) -> tuple[Finding, ...]:
    """What the check of a whole book says of these rows, in the light of the facts."""
    return tuple(f for f in results.check(among_facts(book), known=ELSEWHERE) if f.row is not None)


def among_facts(book: Book) -> Book:
    """The rows with all phases, the impacts and changes they speak of, and all observations of those impacts. Facts have no row
    numbers and come first; a fact that a row would replace is left out. As many questions however many rows there are (by 500)."""
    observed, reaching, shared = book["observations"], book["impacts"], book["contributions"]
    impacts = {*observed["impact"], *reaching.keys} - {None}
    corrected = {*observed["supersedes"]} - {None, *observed.keys}
    impacts |= set(_asked(Observation, "impact__key", key__in=corrected))
    there = few("impacts", impacts)
    changes = {*reaching["change"], *there["change"], *shared["change"], *book["changes"].keys} - {None}
    facts = {
        "phases": few("phases", BY_SHEET["phases"].objects.values_list("key", flat=True)),  # type: ignore[attr-defined]
        "impacts": there,
        "changes": few("changes", changes),
        "observations": few("observations", _asked(Observation, "key", impact__key__in=impacts)),
        "contributions": few("contributions", _asked(Contribution, "key", change__key__in={*shared["change"]} - {None})),
    }
    return Book(PROGRAMME, {table.sheet.name: _together(facts.get(table.sheet.name), table) for table in book})


def _together(facts: Table | None, table: Table) -> Table:
    if facts is None or not len(facts):
        return table
    form = shape(table.sheet.name)
    mine = set(form.identities(table))
    facts = facts.where(identity not in mine for identity in form.identities(facts))
    columns = {name: [*facts[name], *table[name]] for name in table.sheet.names}
    return replace(table, columns=columns, numbers=cast("list[int]", [*[None] * len(facts), *table.numbers]))


def _asked(model: Any, column: str, **among: Collection[str]) -> Iterable[str]:
    ((condition, keys),) = among.items()
    wanted = sorted(keys)
    for start in range(0, len(wanted), MOST_ASKED):
        yield from model.objects.filter(**{condition: wanted[start : start + MOST_ASKED]}).values_list(column, flat=True)

