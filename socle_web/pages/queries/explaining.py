"""Why a number: the library's answer, with a title, an address, an origin and the evidence for every record it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import Line, Report, Why, why
from socle.vocabulary import AGGREGATE_COUNTS, AGGREGATE_INDICATORS, BUDGET_KINDS, COUNTRIES, INDICATORS, MEASURES, Period, period
from socle_web.pages import wording
from socle_web.pages.figures import OVERLAP, overlapping, why_record, written
from socle_web.results import queries as results
from socle_web.results.models import BY_SHEET, Evidence, Observation, Origin, Record

SHOWN = 200


@dataclass(frozen=True)
class Title:
    """``words`` of a record, with what the page says ``before`` and ``after`` them; ``own``: they are the record's own words."""

    words: str
    address: str = ""
    before: str = ""
    after: str = ""
    own: bool = True


@dataclass(frozen=True)
class Told:
    """A record behind a figure, as a reader meets it; ``own_note``: the note is the record's own words. ``address`` says why the
    record's own figure is what it is; ``of_record``: it is one record, which has an origin and evidence."""

    title: Title
    value: Decimal | int | None
    note: str
    source: str
    imported: bool
    evidence: Sequence[Evidence]
    own_note: bool = False
    verified_by: str = ""
    address: str = ""
    of_record: bool = True

    @property
    def written(self) -> str:
        return "" if self.value is None else written(self.value)


@dataclass(frozen=True)
class Explanation:
    why: Why
    report: Report
    counted: Sequence[Told]
    left_out: Sequence[Told]

    @property
    def counted_total(self) -> int:
        return len(self.why.counted)

    @property
    def more(self) -> int:
        return max(0, len(self.why.counted) - SHOWN)

    @property
    def more_left_out(self) -> int:
        return max(0, len(self.why.left_out) - SHOWN)


def explanation(*, table: str, row: str, column: str, phase: str | None = None, year: int | None = None, country: str | None = None,
                partner: str | None = None, as_of: date | None = None) -> Explanation:
    """Take one figure of one report apart. Raises InputError for a figure that is not there."""
    report = results.report(phase=phase, year=year, country=country, partner=partner, as_of=as_of)
    answer = _answer(report, table, row, column)
    shown = [*answer.counted[:SHOWN], *answer.left_out[:SHOWN]]
    records = results.named(line.record for line in shown) | _stated(shown, currency=row.rpartition("/")[2])
    told = tell([(line, records.get(line.record)) for line in shown])
    middle = min(len(answer.counted), SHOWN)
    return Explanation(answer, report, told[:middle], told[middle:])


def _answer(report: Report, table: str, row: str, column: str) -> Why:
    """The library's answer; the overlap is told by what is counted once, of which it is the rest."""
    if (table, column) != ("impacts", OVERLAP):
        return why(report, table=table, row=row, column=column)
    once = why(report, table=table, row=row, column="persons_counted_once")
    found = next(one for one in report.tables[table] if f"{one['kind']}/{one['branch']}" == row)
    return replace(once, column=OVERLAP, value=overlapping(found), rule=_(
        "All persons, less those counted once: how many are counted under another impact that reaches the same people."))


def _stated(lines: Iterable[Line], *, currency: str) -> dict[str, Record]:
    """What is stated several times under one key, in the currency of the figure it stands behind."""
    found: dict[str, Record] = {}
    for sheet in ("aggregates", "budget"):
        keys = {line.key for line in lines if line.sheet == sheet}
        model: Any = BY_SHEET[sheet]
        for one in model.objects.filter(key__in=keys).order_by("id") if keys else ():
            if one.name_of_record not in found or one.currency == currency:
                found[one.name_of_record] = one
    return found


def tell(lines: Sequence[tuple[Line, Record | None]]) -> list[Told]:
    """Lines as a reader meets them, in a constant number of queries."""
    with_related(record for _line, record in lines if record is not None)
    borne_out = [names_of_evidence(line.record, record) for line, record in lines]
    evidence = results.evidence_for(name for names in borne_out for name in names)
    return [_told(line, record, [one for name in names for one in evidence.get(name, ())])
            for (line, record), names in zip(lines, borne_out, strict=True)]


def names_of_evidence(name: str, record: Record | None) -> list[str]:
    """Whose evidence bears a record out: its own, and that of what it observes."""
    return [name, *_behind(record)]


def title_of(record: Record) -> Title:
    """A record in words, and where it is read. What it refers to is there already (``with_related``)."""
    return TITLES.get(record.sheet, lambda one: Title(one.key, own=False))(record)


def with_related(records: Iterable[Record]) -> None:
    """What the titles name besides the record itself: one query a sheet and relation."""
    by_sheet: dict[str, list[Record]] = {}
    for record in records:
        by_sheet.setdefault(record.sheet, []).append(record)
    for sheet, relations in RELATED.items():
        if sheet in by_sheet:
            prefetch_related_objects(by_sheet[sheet], *relations)


RELATED: Mapping[str, Sequence[str]] = {
    "observations": ("impact__change",),
    "funding": ("project", "partner"),
    "outputs": ("project",),
    "contributions": ("change", "project"),
    "published": ("phase",),
    "budget": ("phase",),
    "targets": ("phase",),
    "aggregates": ("phase",),
    "actions": ("recommendation",),
    "staff": ("country",),
}

#: The figure of a record that a reader would ask about first.
MAIN: Mapping[str, str] = {"observations": "persons", "funding": "amount", "outputs": "persons", "left_out": "persons",
                           "aggregates": "value", "targets": "target", "budget": "amount", "published": "value",
                           "contributions": "share", "staff": "posts"}


def _behind(record: Any) -> list[str]:
    """Records whose evidence also bears this one out: the impact that was observed, and the change that made it possible."""
    if not isinstance(record, Observation):
        return []
    change = record.impact.change
    return [record.impact.name_of_record, *([change.name_of_record] if change else [])]


def _told(line: Line, record: Any, evidence: Sequence[Evidence]) -> Told:
    if record is None:
        return Told(Title(line.record, own=False), line.value, line.note, "", imported=True, evidence=evidence)
    return Told(title_of(record), line.value, line.note, getattr(record, "source", ""), record.origin == Origin.IMPORTED, evidence,
                own_note=line.sheet == "left_out", verified_by=record.verified_by,
                address=why_record(record, MAIN.get(line.sheet, "")))


def _observation(one: Any) -> Title:
    impact = one.impact
    told = [period(one.period("on")), *([MEASURES[one.measure].label().lower()] if one.measure else [])]
    return Title(impact.title or impact.scheme or impact.key, f"{reverse('impact', args=[impact.key])}#{one.key}",
                 before=f"{COUNTRIES[impact.country_id].name()}: ", after=f" ({', '.join(told)})")


def _change(one: Any) -> Title:
    return Title(one.title or one.key, reverse("change", args=[one.key]), before=f"{COUNTRIES[one.country_id].name()}: ")


def _funding(one: Any) -> Title:
    after = f" ({period(one.period('on'))})"
    partner = one.partner.name or one.partner.key
    if one.project is None:
        return Title(partner, reverse("partner", args=[one.partner.key]), after=f": {_('the phase as a whole')}{after}")
    return Title(f"{partner}: {one.project.title or one.project.key}", reverse("project", args=[one.project.key]), after=after)


def _output(one: Any) -> Title:
    place = (reverse("project", args=[one.project.key]) if one.project
             else reverse("country", args=[one.country_id]) if one.country_id else "")
    return Title(one.title or one.key, f"{place}#{one.key}" if place else "")


def _left_out(one: Any) -> Title:
    return Title(one.title or one.key, f"{reverse('country', args=[one.country_id])}#left-out" if one.country_id else "")


def _aggregate(one: Any) -> Title:
    years = Period(one.period("start").start, one.period("end").end)
    return Title(_("Published total: %(indicator)s, %(counts)s, %(when)s") % {
        "indicator": AGGREGATE_INDICATORS[one.indicator].label(), "counts": AGGREGATE_COUNTS[one.counts].label(),
        "when": period(years)}, own=False)


def _target(one: Any) -> Title:
    return Title(_("Ambition: %(indicator)s, %(counts)s") % {
        "indicator": INDICATORS[one.indicator].label(), "counts": AGGREGATE_COUNTS[one.counts].label()}, own=False)


def _published(one: Any) -> Title:
    return Title(wording.subject(one.table, one.row, one.column), reverse("reconciliation"), own=False)


def _contribution(one: Any) -> Title:
    return Title(one.project.title or one.project.key, reverse("project", args=[one.project.key]),
                 after=f" ({one.change.title or one.change.key})")


def _budget(one: Any) -> Title:
    return Title(one.line, after=f" ({BUDGET_KINDS[one.kind].label().lower()}, {period(one.period('on'))})")


TITLES: Mapping[str, Callable[[Any], Title]] = {
    "observations": _observation,
    "changes": _change,
    "impacts": lambda one: Title(one.title or one.key, reverse("impact", args=[one.key])),
    "phases": lambda one: Title(one.title or one.key, reverse("report", args=[one.key])),
    "projects": lambda one: Title(one.title or one.key, reverse("project", args=[one.key])),
    "partners": lambda one: Title(one.name or one.key, reverse("partner", args=[one.key])),
    "funding": _funding,
    "outputs": _output,
    "left_out": _left_out,
    "aggregates": _aggregate,
    "targets": _target,
    "budget": _budget,
    "published": _published,
    "contributions": _contribution,
    "staff": lambda one: Title(one.title or one.key, f"{reverse('team')}#{one.key}"),
    "actions": lambda one: Title(one.title or one.key,
                                 f"{reverse('evaluation')}#{one.recommendation.key}" if one.recommendation else ""),
}
