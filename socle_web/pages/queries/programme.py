"""The programme at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from socle.vocabulary import COUNTRIES, fold
from socle_web.pages.figures import Cell, Tables, why
from socle_web.results import queries as results
from socle_web.results.models import Change, Phase, Programme

LATEST = 6


@dataclass(frozen=True)
class CountryRow:
    """How many changes a country achieved in the period of a report; the cell's address is its own report's."""

    country: str
    cell: Cell

    @property
    def name(self) -> str:
        return COUNTRIES[self.country].name()

    @property
    def region(self) -> str | None:
        return COUNTRIES[self.country].region


@dataclass(frozen=True)
class Glance:
    programme: Programme | None
    phase: Phase | None
    tables: Tables | None
    countries: Sequence[CountryRow]
    latest: Sequence[Change]


def glance() -> Glance:
    """The programme, its latest phase and that phase's figures."""
    phase = Phase.objects.order_by("start", "end").last()
    if phase is None:
        return Glance(Programme.objects.first(), None, None, (), ())
    tables = Tables(results.report(phase=phase.key))
    return Glance(
        programme=Programme.objects.first(),
        phase=phase,
        tables=tables,
        countries=changes_by_country(tables),
        latest=list(Change.objects.order_by("-on", "country", "id")[:LATEST]),
    )


def changes_by_country(tables: Tables) -> list[CountryRow]:
    """Countries with a change, by name."""
    counts: Counter[str] = Counter()
    for row in tables["country_results"]:
        counts[row["country"]] += row["changes"]
    rows = [CountryRow(country, Cell(changes, why(tables.report, "changes_by_step", "all", "changes", country=country)))
            for country, changes in counts.items()]
    return sorted(rows, key=lambda row: fold(row.name))
