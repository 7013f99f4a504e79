"""The report as it stood at an instant, beside the report of now: rebuilt from the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from socle.results import TABLES, Report
from socle_web.pages.wording import subject
from socle_web.results import queries
from socle_web.results.trail import report_at

MOST = 500  # rows on one page


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that was another one. None: there was, or is, no such figure, or it was not reported."""

    table: str
    subject: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Standing:
    then: Report
    moved: tuple[Moved, ...]


def standing(at: datetime, *, phase: str) -> Standing:
    """Raises ``InputError`` where the phase was not there, ``Refused`` where the log was begun after the records."""
    then, now = report_at(at, phase=phase), queries.report(phase=phase)
    return Standing(then, tuple(_moved(then, now)))


def _moved(then: Report, now: Report) -> Iterator[Moved]:
    for name, spec in TABLES.items():
        if name == "reconciliation":
            continue
        before, after = _figures(then, name), _figures(now, name)
        for place in dict.fromkeys((*before, *after)):
            if before.get(place) != after.get(place):
                row, column = place
                yield Moved(spec.title, subject(name, row, column), before.get(place), after.get(place))


def _figures(report: Report, table: str) -> dict[tuple[str, str], Any]:
    spec = TABLES[table]
    return {("/".join(row[key] or "" for key in spec.keys), column): row[column]
            for row in report.tables[table] for column in spec.figures}
