"""What evaluations recommended and what became of it; who works on the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from socle_web.pages.figures import Cell, of_list
from socle_web.results import queries as results
from socle_web.results.models import Action, Post, Recommendation

#: In an address: what is not reported.
UNKNOWN = "unknown"


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
        undated=undated().count(),
    )


def undated() -> QuerySet[Action]:
    """Actions still open without a due date."""
    return Action.objects.filter(due_on__isnull=True).exclude(status__in=results.SETTLED)


@dataclass(frozen=True)
class Team:
    """``places``: posts by place (headquarters, field, empty for not reported, None for all) and contract; a cell whose value is
    None is not reported."""

    posts: Sequence[Post]
    contracts: Sequence[str]
    places: Sequence[tuple[str | None, Sequence[Cell]]]
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


def _posts(posts: Sequence[Post], place: str | None, contract: str | None) -> Cell:
    found = [post.posts for post in posts
             if place in (None, post.place) and contract in (None, post.contract) and post.posts is not None]
    return of_list(sum(found) if found else None, "staff", place=UNKNOWN if place == "" else place, contract=contract)
