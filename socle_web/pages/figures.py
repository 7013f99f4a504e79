"""Figures: every number of a report, with the address that says why it is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import TABLES, Report, TableSpec
from socle.vocabulary import number, percent
from socle_web.results.models import Record, Stated

#: A column of the printed table of impacts that is worked out from two others.
OVERLAP = "overlap"


@dataclass(frozen=True)
class Cell:
    """One figure and the address that explains it."""

    value: Any
    address: str


@dataclass(frozen=True)
class Row:
    """One row of a report's table; it knows which report it stands in, so that each of its cells has an address."""

    table: str
    values: Mapping[str, Any]
    report: Report

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    @property
    def spec(self) -> TableSpec:
        return TABLES[self.table]

    @property
    def key(self) -> str:
        return "/".join(_text(self.values[name]) for name in self.spec.keys)

    def cell(self, column: str) -> Cell:
        return Cell(self.values[column], self.address(column))

    def address(self, column: str) -> str:
        return why(self.report, self.table, self.key, column)


class Tables:
    """The tables of one report, as rows whose cells have addresses."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __getitem__(self, table: str) -> Sequence[Row]:
        return [Row(table, values, self.report) for values in self.report.tables[table]]

    def row(self, table: str, **keys: str) -> Row | None:
        return next((row for row in self[table] if all(row[name] == value for name, value in keys.items())), None)

    def at(self, table: str, key: str) -> Row | None:
        """The row whose key values joined by ``/`` are ``key``."""
        return next((row for row in self[table] if row.key == key), None) if table in self.report.tables else None

    def cell(self, table: str, column: str, **keys: str) -> Cell | None:
        """One figure; None where the report has no such row."""
        found = self.row(table, **keys)
        return found.cell(column) if found else None


def why(report: Report, table: str, row: str, column: str, *, country: str | None = None) -> str:
    """Address of the answer to "why this number?"; ``country`` narrows it to one country of the report."""
    asked = {"table": table, "row": row, "column": column, "phase": report.phase, "year": report.year,
             "country": country or report.country, "partner": report.partner, "as_of": report.as_of}
    return _asked(asked)


def of_record(record: Record, column: str) -> Cell:
    """A figure that stands in a record itself. ``identity`` tells apart what is stated several times under one key."""
    return Cell(getattr(record, column), why_record(record, column))


def of_list(value: int | None, records: str, **filters: Any) -> Cell:
    """How many of these ``records`` there are (``changes``, ``projects`` ...), or what they add up to."""
    return Cell(value, _asked({"list": records, **filters}))


def why_record(record: Record, column: str = "", *, phase: str = "") -> str:
    """Address of the reasons of a figure in a record, also of one that is worked out from it for a phase."""
    return _asked({"record": record.name_of_record, "column": column, "phase": phase, **_identity(record)})


def _identity(record: Record) -> dict[str, str]:
    return {"identity": record.identity} if isinstance(record, Stated) else {}


def _asked(asked: Mapping[str, Any]) -> str:
    return f"{reverse('why')}?{urlencode({name: value for name, value in asked.items() if value not in (None, '')}, safe='/:')}"


def in_the_language_spoken(report: Report) -> Report:
    """The same report, its warnings not yet said: a remembered report has said them in the language of whoever asked first."""
    return replace(report)


def overlapping(row: Row | Mapping[str, Any]) -> int | None:
    """How many of the persons of a row of impacts are counted under another impact too."""
    persons, once = row["persons"], row["persons_counted_once"]
    return None if persons is None or once is None else persons - once


@dataclass(frozen=True)
class Key:
    """A key figure: what it is a figure of, and what to know about it."""

    label: str
    cell: Cell | None
    note: str = ""
    ambition: Cell | None = None


def keys_of(tables: Tables, *, of_partner: bool = False) -> list[Key]:
    """The figures that stand at the head of a page about the programme, a country or a partner."""
    report = tables.report
    households = _("households counted as reported") if any(f.code == "households" for f in report.warnings) else ""
    persons = tables.cell("impacts", "persons", kind="all", branch="all")
    changes = tables.cell("changes_by_step", "changes", step="all")
    countries = tables.cell("changes_by_step", "countries", step="all")
    if report.country is None and report.partner is None:
        return [
            _with_published(tables, _("people whose social protection improved"), "people", "persons", persons, households),
            _or_nothing(_with_published(tables, _("institutional changes"), "steps", "changes", changes)),
            _or_nothing(Key(_("countries with a recorded change"), countries)),
            Key(_("participants in outputs, counted at each output"), tables.cell("outputs", "persons", kind="all")),
        ]
    keys = [Key(_("people whose social protection improved"), persons, households), Key(_("institutional changes"), changes)]
    if of_partner:
        return [*keys, Key(_("countries with a change"), countries)]
    potential = tables.cell("impacts", "potential", kind="all", branch="all")
    if potential is not None and potential.value is not None:
        keys.append(Key(_("people who could be reached (potential)"), potential))
    return keys


def _or_nothing(key: Key) -> Key:
    """A year of which no change is recorded is a year that is not reported: a printed total of several years may hold it."""
    return key if key.cell is None or key.cell.value != 0 else replace(key, cell=None)


def _with_published(tables: Tables, label: str, indicator: str, counts: str, recorded: Cell | None, note: str = "") -> Key:
    """The total next to its ambition where the phase has one; otherwise what the records say."""
    target = tables.row("targets", indicator=indicator, counts=counts)
    if target is None or target["total"] is None:
        return Key(label, recorded, note)
    of_phase = target["target"] is not None and not tables.report.year
    return Key(label, target.cell("total"), note, target.cell("target") if of_phase else None)


def written(value: Any) -> str:
    """A figure for people: shares in per cent, everything else grouped by thousands, in the language of the page."""
    if isinstance(value, float):
        return percent(value)
    if isinstance(value, int | Decimal):
        return number(value)
    return str(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
