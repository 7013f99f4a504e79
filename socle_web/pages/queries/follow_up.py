"""What evaluations recommended and what became of it; who works on the programme; what the sources print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from socle.results import Report
from socle_web.pages.figures import Cell, Tables
from socle_web.results import queries as results
from socle_web.results.models import Action, Phase, Post, Published, Recommendation


@dataclass(frozen=True)
class FollowUp:
    """``undated``: actions still open without a due date; nobody can say whether they are overdue."""

    evaluations: Sequence[tuple[str, Sequence[Recommendation]]]
    overdue: Sequence[Action]
    undated: int


def follow_up(*, today: date) -> FollowUp:
    recommendations = Recommendation.objects.order_by("-on", "evaluation", "id").prefetch_related(
        Prefetch("actions", Action.objects.order_by("due_on", "id")))
    return FollowUp(
        evaluations=[(name, list(group)) for name, group in groupby(recommendations, key=lambda one: one.evaluation)],
        overdue=list(results.overdue(on=today)),
        undated=Action.objects.filter(due_on__isnull=True).exclude(status__in=results.SETTLED).count(),
    )


@dataclass(frozen=True)
class Team:
    """``places``: posts by place (headquarters, field, empty for not reported, None for all) and contract; a number that is None
    is not reported."""

    posts: Sequence[Post]
    contracts: Sequence[str]
    places: Sequence[tuple[str | None, Sequence[int | None]]]
    countries: dict[str, int]


def team() -> Team:
    posts = list(Post.objects.order_by("place", "country", "id"))
    contracts = sorted({post.contract for post in posts if post.contract}, key=("regular_budget", "technical_cooperation").index)
    places = [place for place in ("headquarters", "field", "") if any(post.place == place for post in posts)]
    countries: dict[str, int] = {}
    for post in posts:
        if post.country_id:
            countries[post.country_id] = countries.get(post.country_id, 0) + (post.posts or 0)
    return Team(
        posts=posts,
        contracts=contracts,
        places=[(place, [_posts(posts, place, contract) for contract in (*contracts, None)])
                for place in (*places, *([None] if len(places) > 1 else []))],
        countries=countries,
    )


def _posts(posts: Sequence[Post], place: str | None, contract: str | None) -> int | None:
    found = [post.posts for post in posts
             if place in (None, post.place) and contract in (None, post.contract) and post.posts is not None]
    return sum(found) if found else None


@dataclass(frozen=True)
class Compared:
    """A published figure beside the computed one. ``address`` explains the computed figure."""

    table: str
    row: str
    column: str
    published: Decimal | None
    computed: Cell
    difference: Decimal | None
    verdict: str
    source: str


def reconciliation() -> list[tuple[Phase, list[Compared]]]:
    """What the sources print about every phase, latest first, beside what the records give."""
    years = {(one.table, one.row, one.column, one.source): one.year for one in Published.objects.all()}
    out = []
    for phase in Phase.objects.order_by("-start"):
        whole = results.report(phase=phase.key)
        out.append((phase, [_compared(whole, row, years) for row in whole.tables["reconciliation"]]))
    return out


def _compared(whole: Report, row: Mapping[str, Any], years: Mapping[tuple[str, str, str, str], str]) -> Compared:
    year = years.get((row["table"], row["row"], row["column"], row["source"] or ""))
    report = results.report(phase=whole.phase, year=int(year)) if year else whole
    found = Tables(report).at(row["table"], row["row"])
    address = found.cell(row["column"]).address if found else reverse("report", args=[whole.phase])
    return Compared(row["table"], row["row"], row["column"], row["published"], Cell(row["computed"], address), row["difference"],
                    row["verdict"], row["source"] or "")
