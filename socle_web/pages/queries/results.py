"""What the filters of the results browser can offer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import ExtractYear

from socle_web.pages.queries.remembering import remembered
from socle_web.results import queries as results
from socle_web.results.models import Change, Observation, Partner


@dataclass(frozen=True)
class Offered:
    """Countries, years and partners that have records."""

    countries: list[str]
    years: list[int]
    partners: list[tuple[str, str]]


@remembered
def offered() -> Offered:
    """Finding the years reads every observation."""
    years: set[int] = set()
    for model in (Change, Observation):
        years |= set(model.objects.order_by().annotate(year_of=ExtractYear("on")).values_list("year_of", flat=True).distinct())
    return Offered(
        countries=list(results.countries_with_results().values_list("pk", flat=True)),
        years=sorted(years, reverse=True),
        partners=[(key, name or key) for key, name in Partner.objects.order_by("name").values_list("key", "name")],
    )
