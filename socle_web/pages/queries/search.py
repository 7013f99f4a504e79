"""Search: countries and themes by their names in any language, records by the words they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from socle.vocabulary import COUNTRIES, COVERAGE_SERIES, LANGUAGES, THEMES, Code, fold
from socle.vocabulary import Country as Place
from socle_web.results.models import Change, Impact, Partner, Project

M = TypeVar("M", bound=Model)
MOST = 20
WORDS = 8


@dataclass(frozen=True)
class Found:
    countries: Sequence[Place]
    themes: Sequence[Code]
    changes: Sequence[Change]
    impacts: Sequence[Impact]
    projects: Sequence[Project]
    partners: Sequence[Partner]
    series: Sequence[Code]

    @property
    def total(self) -> int:
        return sum(len(found) for found in vars(self).values())


def search(asked: str) -> Found:
    """What has every word of ``asked``, at most twenty of a kind."""
    words = asked.split()[:WORDS]
    if not words:
        return Found((), (), (), (), (), (), ())
    return Found(
        countries=_countries(asked),
        themes=_themes(asked),
        changes=_with(Change.objects.order_by("-on", "id"), words, "title", "summary", "key"),
        impacts=_with(Impact.objects.order_by("-id"), words, "title", "scheme", "key"),
        projects=_with(Project.objects.order_by("title", "id"), words, "title", "key"),
        partners=_with(Partner.objects.order_by("name", "id"), words, "name", "key"),
        series=_series(asked),
    )


def _themes(asked: str) -> list[Code]:
    key = fold(asked)
    return [theme for theme in THEMES.values() if key and any(key in fold(theme.labels[lang]) for lang in LANGUAGES)]


def _series(asked: str) -> list[Code]:
    """Series of coverage by their words, or by their code."""
    words = fold(asked).split()
    return [one for one in COVERAGE_SERIES.values() if words and any(
        all(word in fold(f"{one.labels[lang]} {one.code}") for word in words) for lang in LANGUAGES)]


def _countries(asked: str) -> list[Place]:
    key = fold(asked)
    if not key:
        return []
    exact = [place for place in COUNTRIES.values() if key in (fold(place.alpha3), fold(place.alpha2), *map(fold, place.aliases))]
    within = [place for place in COUNTRIES.values() if len(key) > 2 and any(key in fold(name) for name in place.names.values())]
    return sorted({place.alpha3: place for place in (*exact, *within)}.values(), key=lambda place: fold(place.name()))[:MOST]


def _with(records: QuerySet[M], words: Sequence[str], *columns: str) -> list[M]:
    for word in words:
        where = Q()
        for column in columns:
            where |= Q(**{f"{column}__icontains": word})
        records = records.filter(where)
    return list(records[:MOST])
