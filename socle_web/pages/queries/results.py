"""What the filters of the results browser can offer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models.functions import ExtractYear

from socle_web.results import queries as results
from socle_web.results.models import Change, Observation, Partner

_offers = results.Remembered(most=1)


@dataclass(frozen=True)
class Offered:
    """Countries, years and partners that have records."""

    countries: list[str]
    years: list[int]
    partners: list[tuple[str, str]]


def offered() -> Offered:
    """Asked once, until the records change: finding the years reads every observation."""
    return _offers.get((connection.settings_dict["NAME"], results.stamp()), _offered)


def _offered() -> Offered:
    years: set[int] = set()
    for model in (Change, Observation):
        years |= set(model.objects.order_by().annotate(year_of=ExtractYear("on")).values_list("year_of", flat=True).distinct())
    return Offered(
        countries=list(results.countries_with_results().values_list("pk", flat=True)),
        years=sorted(years, reverse=True),
        partners=[(key, name or key) for key, name in Partner.objects.order_by("name").values_list("key", "name")],
    )
