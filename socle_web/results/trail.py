"""The records as the log tells them: what was loaded and published, until an instant. No table of facts is asked.

A total that is computed from here and one that is computed from the facts are the same: the log and the facts hold each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from socle import results
from socle.tables import PROGRAMME, Book, RawSheet, Sheet, parse
from socle.vocabulary import language
from socle_web.audit.models import Event
from socle_web.audit.queries import tellings
from socle_web.audit.refusals import Refused
from socle_web.results.queries import Remembered

FACTUAL = ("load", "publish")  # the deeds that make facts

_reports = Remembered(most=4)


def book(*, at: datetime | None = None) -> Book:
    """Every record as it was at an instant (as it is, where none is given), as if it had been read from a file.

    Raises ``Refused`` where the log does not tell what it takes: it was begun after the records.
    """
    sheets: dict[str, dict[tuple[str, ...], Mapping[str, str]]] = {sheet.name: {} for sheet in PROGRAMME}
    for told in tellings(until=at, deeds=FACTUAL):
        if told.after is not None:
            sheets[told.kind][_identity(PROGRAMME[told.kind], told.after)] = told.after
    parsed = parse(PROGRAMME, [_raw(PROGRAMME[name], tuple(rows.values())) for name, rows in sheets.items() if rows])
    if parsed.errors and any(sheets.values()):
        raise Refused(_("The log does not tell all that was there at that instant."), code="untold",
                      remedy=_("Ask for a later one."))
    return parsed.book


def report_at(
    at: datetime,
    *,
    phase: str | None = None,
    year: int | None = None,
    country: str | None = None,
    partner: str | None = None,
    as_of: date | None = None,
) -> results.Report:
    """The report as it was published at an instant, from the log alone."""
    asked = {"phase": phase, "year": year, "country": country, "partner": partner, "as_of": as_of}
    last = Event.objects.filter(at__lte=at, deed__in=FACTUAL).order_by("-id").values_list("digest", flat=True).first()

    def compute() -> results.Report:
        return results.report(results.Chain.of(book(at=at)), **asked)  # type: ignore[arg-type]

    return _reports.get((last, language(), *asked.values()), compute)


def _identity(sheet: Sheet, values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(values.get(name, "") for name in sheet.identity)


def _raw(sheet: Sheet, rows: Collection[Mapping[str, str]]) -> RawSheet:
    cells: Sequence[Sequence[object]] = [[row.get(name, "") for name in sheet.names] for row in rows]
    return RawSheet(sheet.name, sheet.names, cells, range(2, len(cells) + 2))
