"""One record and what surrounds it: a change, an impact, a project, a partner, a theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Prefetch, Q

from socle_web.pages.figures import Cell, Tables
from socle_web.pages.queries.impacts import ImpactHistory, with_histories
from socle_web.pages.queries.remembering import remembered
from socle_web.results import queries as results
from socle_web.results.models import (
    Change,
    Contribution,
    Evidence,
    Funding,
    Impact,
    Output,
    Partner,
    Phase,
    Post,
    Project,
    Record,
)

#: How many results a page lists before it points to the results browser.
MOST = 60


@dataclass(frozen=True)
class ChangeFile:
    """``projects``: each with the share it is credited with, None where no share is reported."""

    change: Change
    projects: Sequence[tuple[Project, Contribution | None]]
    impacts: Sequence[ImpactHistory]
    evidence: Sequence[Evidence]


def change_file(key: str) -> ChangeFile | None:
    change = Change.objects.filter(key=key).prefetch_related(
        "partners", "projects", "outputs", Prefetch("contributions", Contribution.objects.select_related("project"))).first()
    if change is None:
        return None
    return ChangeFile(change, _through(change), with_histories(Impact.objects.filter(change=change).order_by("id")),
                      evidence_of(change))


@dataclass(frozen=True)
class ImpactFile:
    """``counted``: the country's total of the same kind and branch in each phase, of which the impact is part."""

    history: ImpactHistory
    evidence: Sequence[Evidence]
    counted: Sequence[tuple[Phase, Cell]]


def impact_file(key: str) -> ImpactFile | None:
    history = next(iter(with_histories(Impact.objects.filter(key=key))), None)
    if history is None:
        return None
    evidence = evidence_of(history.impact, *history.observations, *filter(None, [history.impact.change]))
    return ImpactFile(history, evidence, list(_counted(history)))


def _counted(history: ImpactHistory) -> Iterator[tuple[Phase, Cell]]:
    impact = history.impact
    for phase in Phase.objects.order_by("-start"):
        if any(phase.start <= one.on <= phase.end for one in history.achieved):
            tables = Tables(results.report(phase=phase.key, country=impact.country_id))
            if cell := tables.cell("impacts", "persons", kind=impact.kind, branch=impact.branch or "all"):
                yield phase, cell


@dataclass(frozen=True)
class ProjectFile:
    project: Project
    funding: Sequence[Funding]
    outputs: Sequence[Output]
    changes: Sequence[tuple[Change, Contribution | None]]
    evidence: Sequence[Evidence]


def project_file(key: str) -> ProjectFile | None:
    project = Project.objects.filter(key=key).prefetch_related("countries").first()
    if project is None:
        return None
    shares = {one.change_id: one for one in Contribution.objects.filter(project=project, share__isnull=False)}
    changes = Change.objects.filter(Q(projects=project) | Q(contributions__project=project)).distinct().order_by("-on", "id")
    return ProjectFile(
        project=project,
        funding=list(Funding.objects.filter(project=project).select_related("partner").order_by("-on", "id")),
        outputs=list(Output.objects.filter(project=project).order_by("-on", "id")),
        changes=[(change, shares.get(change.pk)) for change in changes],
        evidence=evidence_of(project),
    )


@dataclass(frozen=True)
class Credit:
    """A change the partner's money contributed to: through which projects, with which shares."""

    change: Change
    projects: Sequence[tuple[Project, Contribution | None]]
    impacts: Sequence[ImpactHistory]


@dataclass(frozen=True)
class PartnerFile:
    """``figures`` has one set of tables for each phase in which the partner took part, latest first."""

    partner: Partner
    figures: Sequence[tuple[Phase, Tables]]
    funding: Sequence[Funding]
    projects: Sequence[Project]
    credits: Sequence[Credit]
    more: bool


def partner_file(key: str) -> PartnerFile | None:
    partner = Partner.objects.filter(key=key).first()
    if partner is None:
        return None
    funding = list(Funding.objects.filter(partner=partner).select_related("project").order_by("-on", "id"))
    paid = {row.project_id for row in funding if row.project_id}
    changes = list(Change.objects.filter(results.credited_to(key)).order_by("-on", "id").prefetch_related(
        Prefetch("projects", Project.objects.filter(pk__in=paid)),
        Prefetch("contributions", Contribution.objects.filter(project__in=paid).select_related("project")))[:MOST + 1])
    impacts: dict[int | None, list[ImpactHistory]] = {}
    for history in with_histories(Impact.objects.filter(change__in=changes).order_by("id")):
        impacts.setdefault(history.impact.change_id, []).append(history)
    return PartnerFile(
        partner=partner,
        figures=_figures(key, [change.on for change in changes] + [row.on for row in funding]),
        funding=funding,
        projects=list(Project.objects.filter(pk__in=paid).order_by("title", "id")),
        credits=[Credit(change, _through(change), impacts.get(change.pk, ())) for change in changes[:MOST]],
        more=len(changes) > MOST,
    )


def _through(change: Change) -> list[tuple[Project, Contribution | None]]:
    """Projects that contributed, by what was prefetched with the change: those it names and those with a share."""
    credited: dict[int, tuple[Project, Contribution | None]] = {project.pk: (project, None) for project in change.projects.all()}
    credited |= {one.project_id: (one.project, None if one.share is None else one) for one in change.contributions.all()}
    return list(credited.values())


def _figures(partner: str, days: Sequence[object]) -> list[tuple[Phase, Tables]]:
    return [(phase, Tables(results.report(phase=phase.key, partner=partner)))
            for phase in Phase.objects.order_by("-start") if any(phase.start <= day <= phase.end for day in days)]  # type: ignore[operator]


@dataclass(frozen=True)
class PartnerListed:
    partner: Partner
    projects: int
    changes: int


@remembered
def partners() -> list[tuple[str, list[PartnerListed]]]:
    """Every partner by kind, with its projects and the changes they contributed to."""
    paid: dict[int, set[int]] = {}
    for partner_id, project_id in Funding.objects.filter(project__isnull=False).order_by().values_list("partner", "project"):
        paid.setdefault(partner_id, set()).add(project_id)
    led_to: dict[int, set[int]] = {}
    through = (Change.projects.through.objects.values_list("project", "change"),
               Contribution.objects.values_list("project", "change"))
    for pairs in through:
        for project_id, change_id in pairs:
            led_to.setdefault(project_id, set()).add(change_id)
    named: dict[int, set[int]] = {}
    for partner_id, change_id in Change.partners.through.objects.values_list("partner", "change"):
        named.setdefault(partner_id, set()).add(change_id)
    listed = []
    for partner in Partner.objects.order_by("kind", "name", "key"):
        projects = paid.get(partner.pk, set())
        changes = named.get(partner.pk, set()).union(*(led_to.get(project, set()) for project in projects))
        listed.append(PartnerListed(partner, len(projects), len(changes)))
    return [(kind, list(group)) for kind, group in groupby(listed, key=lambda row: row.partner.kind)]


@dataclass(frozen=True)
class ThemeFile:
    """``total`` changes, of which the latest are listed."""

    total: int
    changes: Sequence[Change]
    impacts: Sequence[ImpactHistory]
    projects: Sequence[Project]
    posts: Sequence[Post]


def theme_file(code: str) -> ThemeFile:
    changes = Change.objects.filter(themes__contains=f";{code};").order_by("-on", "country", "id")
    return ThemeFile(
        total=changes.count(),
        changes=list(changes[:MOST]),
        impacts=with_histories(Impact.objects.filter(change__themes__contains=f";{code};").order_by("-id")[:MOST]),
        projects=list(Project.objects.filter(themes__contains=f";{code};").order_by("title", "id")),
        posts=list(Post.objects.filter(theme=code)),
    )


@remembered
def changes_by_theme() -> dict[str, int]:
    """How many changes are recorded under each theme; one change may have several."""
    combinations = Change.objects.order_by().values_list("themes").annotate(Count("pk"))
    counts: Counter[str] = Counter()
    for themes, changes in combinations:
        counts.update(dict.fromkeys(themes, changes))
    return counts


def evidence_of(*records: Record) -> list[Evidence]:
    """What bears the records out, in one query."""
    found = results.evidence_for(record.name_of_record for record in records)
    return [one for some in found.values() for one in some]
