"""Why a figure that stands in a record is what it is: what the record says, and where it counts or does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from socle.errors import InputError
from socle.results import PARTS, TABLES, why
from socle.vocabulary import money
from socle_web.pages import wording
from socle_web.pages.figures import Cell, Row, Tables, written
from socle_web.pages.queries.describing import Fact, facts
from socle_web.pages.queries.explaining import Title, names_of_evidence, title_of, with_related
from socle_web.pages.queries.reconciling import Compared, compared
from socle_web.results import queries as results
from socle_web.results.models import BY_SHEET, Evidence, Observation, Phase, Published, Record

#: The figures of each sheet that can be asked why.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "observations": ("persons", "women", "men"), "impacts": ("expected",), "outputs": ("persons", "women", "men"),
    "funding": ("amount",), "budget": ("amount",), "contributions": ("share",), "staff": ("posts",), "left_out": ("persons",),
    "targets": ("target",), "aggregates": ("value",), "published": ("value", "computed", "difference"),
    "changes": (), "projects": (), "partners": (), "actions": (),
}
#: Tables of a report whose rows name the records of a sheet.
NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "outputs": ("outputs",), "funding": ("funding_by_year", "funding_by_partner", "funding_gap"), "budget": ("funding_gap",),
    "targets": ("targets", "changes_by_step"), "changes": ("changes_by_step", "changes_by_year", "targets"),
    "projects": ("funding_by_year",), "aggregates": ("targets", "changes_by_year", "impacts_by_year", "funding_by_year"),
}


@dataclass(frozen=True)
class Place:
    """One figure of a phase's report in which a record counts."""

    phase: Phase
    table: str
    subject: str
    cell: Cell


@dataclass(frozen=True)
class Part:
    """What an observation adds to its country's total in a phase (None: nothing by itself), or why it does not count."""

    phase: Phase
    value: object
    note: str
    counts: bool

    @property
    def written(self) -> str:
        return "" if self.value is None else written(self.value)


@dataclass(frozen=True)
class Recorded:
    """A figure of a record. ``later`` supersedes it, ``earlier`` is what it supersedes."""

    record: Record
    column: str
    value: str | None
    title: Title
    facts: Sequence[Fact]
    evidence: Sequence[Evidence]
    places: Sequence[Place]
    parts: Sequence[Part]
    later: Observation | None
    earlier: Observation | None
    compared: Sequence[tuple[Phase, Compared]]


def recorded(name: str, *, column: str = "", identity: str = "", phase: str = "") -> Recorded:
    """The figure in ``column`` of a record (``SHEET:KEY``). Raises InputError for one that is not there."""
    record = _record(name, identity)
    if column and column not in FIGURES[record.sheet]:
        raise _not_there(column)
    with_related([record])
    of_people = isinstance(record, Observation)
    beside = _beside(record, phase) if isinstance(record, Published) else []
    evidence = results.evidence_for(names_of_evidence(name, record))
    return Recorded(
        record=record, column=column, value=_value(record, column, beside), title=title_of(record), facts=facts(record),
        evidence=[one for some in evidence.values() for one in some],
        places=list(_of_observation(record, column) if of_people else _added(record, beside) if column == "computed"
                    else _named(record, column)),
        parts=list(_parts(record, column)) if of_people else [],
        later=record.superseded_by.order_by("id").first() if of_people else None,
        earlier=record.supersedes if of_people else None,
        compared=beside,
    )


def _record(name: str, identity: str) -> Any:
    sheet, _colon, key = name.partition(":")
    model: Any = BY_SHEET[sheet] if sheet in FIGURES else None
    told_apart = {"identity": identity} if identity and hasattr(model, "identity") else {}
    found = list(model.objects.filter(key=key, **told_apart)[:2]) if model else []
    if len(found) != 1:  # none, or stated several times: the address has to say which
        raise _not_there(name)
    return found[0]


def _not_there(what: str) -> InputError:
    return InputError(_("There is no such figure."), where={"value": what}, remedy=_("Select a figure on a page."))


def _value(record: Any, column: str, beside: Sequence[tuple[Phase, Compared]]) -> str | None:
    """The figure as the pages write it; a record without one counts as one."""
    if not column:
        return written(1)
    if column in ("computed", "difference"):
        value = getattr(beside[0][1], column).value if beside else None
    else:
        value = getattr(record, column)
    if value is None:
        return None
    return money(value, record.currency) if column == "amount" and record.currency else written(value)


def _beside(record: Published, phase: str) -> list[tuple[Phase, Compared]]:
    """The computed figures it is held against: of the phase that is asked for, or of each phase it speaks of."""
    phases = Phase.objects.order_by("-start")
    return [(one, found) for one in (phases.filter(key=phase) if phase else phases)
            for found in compared(phase=one.key) if found.record.pk == record.pk]


def _of_observation(record: Observation, column: str) -> Iterator[Place]:
    """The totals of the programme that an observation in force is part of, from the narrowest to the widest."""
    impact = record.impact
    if record.measure == "baseline" or record.superseded_by.exists():
        return
    shown = "potential" if record.status == "potential" else column or "persons"
    keys = [("impacts", f"{impact.kind}/{impact.branch}"), ("impacts", f"{impact.kind}/all"), ("impacts", "all/all"),
            ("impacts_by_year", f"{impact.kind}/{record.on.year}")]
    for phase in _phases(record):
        tables = Tables(results.report(phase=phase.key))
        rows = [found for table, key in keys if (found := tables.at(table, key))]
        rows += [row for row in tables["targets"] if row["counts"] == "persons" and impact.kind in _leaves(row["indicator"])]
        for row in rows:
            name = "total" if row.table == "targets" else shown
            if name in row.values and row[name] is not None and not (shown != "persons" and row.table == "targets"):
                yield _place(phase, row, name)


def _parts(record: Observation, column: str) -> Iterator[Part]:
    impact = record.impact
    shown = "potential" if record.status == "potential" else column or "persons"
    for phase in _phases(record):
        report = results.report(phase=phase.key, country=impact.country_id)
        row = f"{impact.kind}/{impact.branch or 'all'}"
        if Tables(report).at("impacts", row) is None:
            continue
        answer = why(report, table="impacts", row=row, column=shown)
        for lines, counts in ((answer.counted, True), (answer.left_out, False)):
            yield from (Part(phase, line.value, line.note, counts) for line in lines if line.record == record.name_of_record)


def _named(record: Any, column: str) -> Iterator[Place]:
    """The rows of each phase's report that name the record."""
    for phase in Phase.objects.order_by("-start"):
        tables = Tables(results.report(phase=phase.key))
        for table in NAMED_IN.get(record.sheet, ()):
            for row in tables[table]:
                name = _column(record, table, row, column)
                if name in row.values and row[name] is not None and record.name_of_record in row["records"]:
                    yield _place(phase, row, name)


def _added(record: Published, beside: Sequence[tuple[Phase, Compared]]) -> Iterator[Place]:
    """The rows whose figures add up to that of several years."""
    wanted = dict(zip(TABLES[record.table].keys, record.row.split("/"), strict=True))
    first, _dash, last = wanted.pop("year", "").partition("-")
    for phase, _compared in beside if last else ():
        for row in Tables(results.report(phase=phase.key))[record.table]:
            within = first <= row["year"][:4] and row["year"][-4:] <= last
            if within and row[record.column] is not None and all((row[name] or "") == value for name, value in wanted.items()):
                yield _place(phase, row, record.column)


def _column(record: Any, table: str, row: Row, column: str) -> str:
    """The figure of a table's row in which a record counts; empty: none."""
    currency = getattr(record, "currency", "")
    if currency and "currency" in row.values and row["currency"] != currency:
        return ""
    if record.sheet == "changes":
        return "achieved" if table == "targets" else "changes"
    named = {"aggregates": "without_records", "funding": "mobilised" if table == "funding_gap" else "amount",
             "budget": getattr(record, "kind", ""), "projects": "projects", "targets": "target"}
    return named.get(record.sheet, column or "number")


def _place(phase: Phase, row: Row, column: str) -> Place:
    return Place(phase, row.spec.title, wording.subject(row.table, row.key, column), row.cell(column))


def _phases(record: Observation) -> list[Phase]:
    return list(Phase.objects.filter(start__lte=record.on, end__gte=record.on).order_by("-start"))


def _leaves(indicator: str) -> set[str]:
    parts = PARTS.get(indicator)
    return {indicator} if parts is None else set().union(*(_leaves(part) for part in parts))

