"""What is done about a recommendation that was rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from socle.errors import Finding
from socle_web.results.models import OPEN, Entry, Recommendation


def against_a_rejection(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A warning for each action on a recommendation that is rejected, or is on its way to be. Two questions, however many."""
    places = {place: entry.values for place, entry in enumerate(entries, start=1)
              if entry.sheet == "actions" and entry.values.get("status") != "dropped"}
    asked = {values.get("recommendation", "") for values in places.values()} - {""}
    if not asked:
        return
    rejected = {*Recommendation.objects.filter(key__in=asked, response="rejected").values_list("key", flat=True),
                *Entry.objects.filter(sheet="recommendations", key__in=asked, state__in=OPEN, values__response="rejected")
                .values_list("key", flat=True)}
    for place, values in places.items():
        if (key := values.get("recommendation", "")) in rejected:
            yield Finding("warning", "actions", place, "recommendation", key, "rejected", _("This recommendation is rejected."),
                          _("Answer it otherwise first, or say that the action is dropped."))
