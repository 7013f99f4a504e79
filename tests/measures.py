"""A published policy measure for the tests. What it says is made up."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from socle_web.coverage.actions import measures as actions
from socle_web.coverage.models import Measure

MEASURE = actions.Announced("KEN", "2024-06-30", "A pension for all above 70", "non_contributory", "old_age", "pensions", "expansion",
                            "structural", "introduce_scheme", "A test, page 9", summary="Everybody above 70.")


def bring() -> None:
    """The measure of the examples of addresses: number 1. Nothing twice."""
    if Measure.objects.filter(pk=1).exists():
        return
    told = asdict(MEASURE)
    now = timezone.now()
    Measure.objects.create(pk=1, country_id=told.pop("country"), year=2024, state="published", typists=";a test;", entered_by="a test",
                           entered_at=now, changed_by="a test", changed_at=now, verified_by="another test", verified_at=now,
                           published_by="a third test", published_at=now, **told)
