"""Why a number: the library's answer, with a title, an address, an origin and the evidence for every record it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import Line, Report, Why, why
from socle.vocabulary import AGGREGATE_COUNTS, AGGREGATE_INDICATORS, BUDGET_KINDS, COUNTRIES, INDICATORS, MEASURES, Period, period
from socle_web.pages.figures import written
from socle_web.results import queries as results
from socle_web.results.models import Evidence, Observation, Origin, Record

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
    """A record behind a figure, as a reader meets it; ``own_note``: the note is the record's own words."""

    title: Title
    value: Decimal | int | None
    note: str
    source: str
    imported: bool
    evidence: Sequence[Evidence]
    own_note: bool = False

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
    answer = why(report, table=table, row=row, column=column)
    shown = [*answer.counted[:SHOWN], *answer.left_out[:SHOWN]]
    records = results.named(line.record for line in shown)
    _with_related(records.values())
    borne_out = {line.record: [line.record, *_behind(records.get(line.record))] for line in shown}
    evidence = results.evidence_for(record for some in borne_out.values() for record in some)
    told = [_told(line, records.get(line.record), [one for name in borne_out[line.record] for one in evidence.get(name, ())])
            for line in shown]
    middle = min(len(answer.counted), SHOWN)
    return Explanation(answer, report, told[:middle], told[middle:])


def _with_related(records: Iterable[Record]) -> None:
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
}


def _behind(record: Any) -> list[str]:
    """Records whose evidence also bears this one out: the impact that was observed, and the change that made it possible."""
    if not isinstance(record, Observation):
        return []
    change = record.impact.change
    return [record.impact.name_of_record, *([change.name_of_record] if change else [])]


def _told(line: Line, record: Any, evidence: Sequence[Evidence]) -> Told:
    if record is None:
        return Told(Title(line.record, own=False), line.value, line.note, "", imported=True, evidence=evidence)
    title = TITLES.get(line.sheet, lambda one: Title(one.key))(record)
    return Told(title, line.value, line.note, getattr(record, "source", ""), record.origin == Origin.IMPORTED, evidence,
                own_note=line.sheet == "left_out")


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


def _budget(one: Any) -> Title:
    return Title(one.line, after=f" ({BUDGET_KINDS[one.kind].label().lower()}, {period(one.period('on'))})")


TITLES: Mapping[str, Callable[[Any], Title]] = {
    "observations": _observation,
    "changes": _change,
    "impacts": lambda one: Title(one.title or one.key, reverse("impact", args=[one.key])),
    "projects": lambda one: Title(one.title or one.key, reverse("project", args=[one.key])),
    "partners": lambda one: Title(one.name or one.key, reverse("partner", args=[one.key])),
    "funding": _funding,
    "outputs": _output,
    "left_out": _left_out,
    "aggregates": _aggregate,
    "targets": _target,
    "budget": _budget,
}
