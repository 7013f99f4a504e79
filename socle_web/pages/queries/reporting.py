"""The annual report: its phases and years, its figures, and the results behind them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from socle.vocabulary import COUNTRIES, REGIONS, fold
from socle_web.pages.figures import Tables
from socle_web.results import queries as results
from socle_web.results.models import Change, Partner, Phase, Programme

#: Beyond this many changes the report gives counts and points to the results browser.
IN_FULL = 400


@dataclass(frozen=True)
class PhaseYears:
    phase: Phase
    years: Sequence[int]


def phases() -> list[PhaseYears]:
    """Phases with their years, latest first. Years that have not begun are not offered."""
    return [PhaseYears(phase, [year for year in range(phase.end.year, phase.start.year - 1, -1) if year <= date.today().year])
            for phase in Phase.objects.order_by("-start")]


@dataclass(frozen=True)
class Annual:
    """``countries``: changes by region and country, with their text; empty when there are too many to read."""

    programme: Programme | None
    phase: Phase
    phases: Sequence[PhaseYears]
    tables: Tables
    countries: Sequence[tuple[str, Sequence[tuple[str, Sequence[Change]]]]]
    themes: Sequence[tuple[str, Sequence[Change]]]
    total: int
    partner_names: dict[str, str]


def annual(phase: str, *, year: int | None = None, as_of: date | None = None) -> Annual | None:
    """The report of a phase or of one of its years; None for a phase that is not there."""
    found = Phase.objects.filter(key=phase).first()
    if found is None:
        return None
    report = results.report(phase=phase, year=year, as_of=as_of)
    changes = Change.objects.filter(on__range=(report.period.start, report.period.end))
    if as_of is not None:
        changes = changes.filter(Q(recorded_on__lte=as_of) | Q(recorded_on__isnull=True, on__lte=as_of))
    total = changes.count()
    listed = list(changes.order_by("-on", "step", "id")[:IN_FULL]) if total <= IN_FULL else []
    return Annual(
        programme=Programme.objects.first(),
        phase=found,
        phases=phases(),
        tables=Tables(report),
        countries=_by_region(listed),
        themes=_by_theme(listed),
        total=total,
        partner_names=dict(Partner.objects.values_list("key", "name")),
    )


def _by_region(changes: Sequence[Change]) -> list[tuple[str, list[tuple[str, list[Change]]]]]:
    order = [*REGIONS, ""]
    by_country = sorted(changes, key=lambda change: (order.index(COUNTRIES[change.country_id].region or ""),
                                                     fold(COUNTRIES[change.country_id].name())))
    countries = [(country, list(group)) for country, group in groupby(by_country, key=lambda change: change.country_id)]
    return [(region, list(group)) for region, group in groupby(countries, key=lambda pair: COUNTRIES[pair[0]].region or "")]


def _by_theme(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    themes: dict[str, list[Change]] = {}
    for change in changes:
        for theme in change.themes:
            themes.setdefault(theme, []).append(change)
    return sorted(themes.items(), key=lambda pair: -len(pair[1]))
