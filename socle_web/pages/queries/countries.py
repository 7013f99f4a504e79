"""One country: what changed, what it means for people, who helped, what is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q

from socle.vocabulary import COUNTRIES, fold
from socle.vocabulary import Country as Place
from socle_web.pages.figures import Tables
from socle_web.pages.queries.impacts import ImpactHistory, with_histories
from socle_web.results import queries as results
from socle_web.results.models import (
    Change,
    Impact,
    LeftOut,
    Output,
    Partner,
    Phase,
    PhaseCountry,
    Post,
    Project,
    Ratification,
)

#: How many changes the timeline shows before it points to the results browser.
MOST = 200


@dataclass(frozen=True)
class Dossier:
    """``figures`` has one set of tables for each phase in which something is recorded, latest first."""

    place: Place
    today: date
    roles: Sequence[PhaseCountry]
    figures: Sequence[tuple[Phase, Tables]]
    timeline: Sequence[tuple[int, Sequence[Change]]]
    more: bool
    impacts: Sequence[ImpactHistory]
    outputs: Sequence[Output]
    running: Sequence[Project]
    finished: Sequence[Project]
    partners: Sequence[Partner]
    ratifications: Sequence[Ratification]
    posts: Sequence[Post]
    left_out: Sequence[LeftOut]

    @property
    def planned(self) -> list[ImpactHistory]:
        """Impacts that are expected, or so far only potential."""
        return [history for history in self.impacts if history.is_planned(self.today)]

    @property
    def sources(self) -> list[str]:
        """Every source its records name, once."""
        changes = [change for _year, changes in self.timeline for change in changes]
        sheets = (changes, self.outputs, self.ratifications, self.posts, self.left_out)
        named = {record.source for records in sheets for record in records}
        named |= {source for history in self.impacts for source in history.sources}
        return sorted(filter(None, named))

    @property
    def is_empty(self) -> bool:
        return not (self.timeline or self.impacts or self.outputs or self.running or self.finished or self.ratifications
                    or self.posts or self.left_out or self.roles)


def dossier(alpha3: str, *, today: date) -> Dossier | None:
    """Everything recorded about a country; None for a code that is no country's."""
    if alpha3 not in COUNTRIES:
        return None
    changes = list(Change.objects.filter(country=alpha3).order_by("-on", "id").prefetch_related(
        Prefetch("impacts", Impact.objects.order_by("id")))[:MOST + 1])
    projects = list(Project.objects.filter(countries=alpha3).order_by("start", "id"))
    impacts = with_histories(Impact.objects.filter(country=alpha3).order_by("-id")[:MOST])
    return Dossier(
        place=COUNTRIES[alpha3],
        today=today,
        roles=list(PhaseCountry.objects.filter(country=alpha3).select_related("phase").order_by("-phase__start")),
        figures=_figures(alpha3, changes, impacts),
        timeline=[(year, list(group)) for year, group in groupby(changes[:MOST], key=lambda change: change.on.year)],
        more=len(changes) > MOST,
        impacts=impacts,
        outputs=list(Output.objects.filter(country=alpha3).select_related("project").order_by("-on", "id")),
        running=[project for project in projects if project.end is None or project.end >= today],
        finished=[project for project in projects if project.end is not None and project.end < today],
        partners=list(Partner.objects.filter(
            Q(funding__project__countries=alpha3) | Q(changes__country=alpha3)).distinct().order_by("name")),
        ratifications=list(Ratification.objects.filter(country=alpha3).order_by("convention")),
        posts=list(Post.objects.filter(country=alpha3)),
        left_out=list(LeftOut.objects.filter(country=alpha3)),
    )


def _figures(alpha3: str, changes: Sequence[Change], impacts: Sequence[ImpactHistory]) -> list[tuple[Phase, Tables]]:
    days = [change.on for change in changes] + [observation.on for history in impacts for observation in history.observations]
    return [
        (phase, Tables(results.report(phase=phase.key, country=alpha3)))
        for phase in Phase.objects.order_by("-start")
        if any(phase.start <= day <= phase.end for day in days)
    ]


@dataclass(frozen=True)
class Listed:
    """A country in the index, with how many results are recorded."""

    place: Place
    changes: int
    impacts: int


def index() -> dict[str, list[Listed]]:
    """Countries with records, by region."""
    changes = Counter(dict(Change.objects.order_by().values_list("country").annotate(Count("pk"))))
    impacts = Counter(dict(Impact.objects.order_by().values_list("country").annotate(Count("pk"))))
    named = set(changes) | set(impacts) | set(PhaseCountry.objects.values_list("country", flat=True))
    listed = sorted((Listed(COUNTRIES[code], changes[code], impacts[code]) for code in named),
                    key=lambda row: fold(row.place.name()))
    by_region: dict[str, list[Listed]] = {}
    for row in listed:
        by_region.setdefault(row.place.region or "", []).append(row)
    return by_region
