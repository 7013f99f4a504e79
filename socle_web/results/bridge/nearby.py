"""The few facts that a number typed now can touch."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from socle.tables import PROGRAMME, Book
from socle_web.results.bridge.entries import few
from socle_web.results.models import Impact, Observation


def nearby(impacts: Collection[str], populations: Collection[str] = ()) -> Book:
    """These impacts, those that reach the same people, and all their observations. As many questions however many there are."""
    there = set(Impact.objects.filter(key__in=impacts).exclude(population="").values_list("population", flat=True))
    touched = Q(key__in=impacts) | Q(population__in={*populations, *there} - {""})
    near = list(Impact.objects.filter(touched).values_list("key", flat=True))
    observed = list(Observation.objects.filter(impact__key__in=near).values_list("key", flat=True))
    return Book(PROGRAMME, {"impacts": few("impacts", near), "observations": few("observations", observed)})
