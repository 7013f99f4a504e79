"""What the sources print, beside what the records give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socle.results import Report
from socle_web.pages.figures import Cell, Tables, of_record, why_record
from socle_web.results import queries as results
from socle_web.results.bridge import one_moment
from socle_web.results.models import Phase, Published


@dataclass(frozen=True)
class Compared:
    """A published figure beside the computed one: each with the address that explains it."""

    record: Published
    published: Cell
    computed: Cell
    difference: Cell
    verdict: str

    @property
    def source(self) -> str:
        return str(self.record.source)


def reconciliation() -> list[tuple[Phase, list[Compared]]]:
    """What the sources print about every phase, latest first, beside what the records give."""
    with one_moment():
        statements = _statements()
        return [(phase, _of_report(results.report(phase=phase.key), statements)) for phase in Phase.objects.order_by("-start")]


def compared(*, phase: str, year: int | None = None) -> list[Compared]:
    """The same for one report: a phase, or one of its years."""
    with one_moment():
        return _of_report(results.report(phase=phase, year=year), _statements())


def _statements() -> list[Published]:
    return list(Published.objects.select_related("phase").order_by("id"))


def _of_report(report: Report, statements: Sequence[Published]) -> list[Compared]:
    """The report takes the statements up in their order: the row and its record are told by their place, not by their key."""
    own = [one for one in statements if (one.phase is None or one.phase.key == report.phase)
           and not (one.year and report.year is not None and int(one.year) != report.year)]
    return [_compared(report, row, record) for row, record in zip(report.tables["reconciliation"], own, strict=True)]


def _compared(whole: Report, row: Mapping[str, Any], record: Published) -> Compared:
    year = int(record.year) if record.year else None if record.phase else whole.year
    report = whole if year == whole.year else results.report(phase=whole.phase, year=year)
    found = Tables(report).at(record.table, record.row)
    address = found.cell(record.column).address if found else why_record(record, "computed", phase=whole.phase)
    return Compared(record, of_record(record, "value"), Cell(row["computed"], address),
                    Cell(row["difference"], why_record(record, "difference", phase=whole.phase)), row["verdict"])
