"""The register of announced policy measures, after the ILO Social Protection Monitor."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from socle import vocabulary

#: The dimensions a measure is counted by, and the list each draws from.
DIMENSIONS = {
    "scheme_type": vocabulary.MEASURE_SCHEME_TYPES, "component": vocabulary.MEASURE_COMPONENTS,
    "function": vocabulary.MEASURE_FUNCTIONS, "direction": vocabulary.MEASURE_DIRECTIONS, "kind": vocabulary.MEASURE_KINDS,
    "measure_type": vocabulary.MEASURE_TYPES,
}


def _one_of(column: str) -> Q:
    return Q(**{f"{column}__in": list(DIMENSIONS[column])})


class MeasureState(models.TextChoices):
    ENTERED = "entered", _("entered")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Measure(models.Model):
    """An announced decision that changes how a system works. ``announced_on`` is a day or a year as written; ``year`` its year.

    A published measure is not changed: who finds an error withdraws it with a reason and enters it again.
    """

    country = models.ForeignKey("places.Country", models.PROTECT, related_name="measures")
    announced_on = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, default="")
    scheme = models.CharField(max_length=300, blank=True, default="")
    scheme_type = models.CharField(max_length=40)
    component = models.CharField(max_length=40)
    function = models.CharField(max_length=40)
    direction = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    measure_type = models.CharField(max_length=40)
    source = models.TextField()
    url = models.URLField(max_length=1_000, blank=True, default="")

    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.ENTERED)
    saves = models.PositiveIntegerField(default=1)
    typists = models.TextField()
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()
    verified_by = models.CharField(max_length=150, blank=True, default="")
    verified_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-announced_on", "-id")
        indexes = (
            models.Index(fields=["state", "-announced_on"], name="measure_announced"),
            models.Index(fields=["country", "year"], name="measure_of_a_country"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(source="") & ~Q(entered_by="") & ~Q(typists=""),
                                   name="a_measure_has_a_title_a_source_and_who_typed_it"),
            models.CheckConstraint(
                condition=Q(verified_by="") | ~(Q(verified_by=F("entered_by")) | Q(verified_by=F("changed_by"))
                                                | Q(typists__contains=Concat(Value(";"), F("verified_by"), Value(";")))),
                name="four_eyes_on_a_measure"),
            models.CheckConstraint(
                condition=Q(state=MeasureState.ENTERED, verified_by="", published_by="") | Q(state=MeasureState.WITHDRAWN)
                | (Q(state=MeasureState.VERIFIED, published_by="") & ~Q(verified_by=""))
                | (Q(state=MeasureState.PUBLISHED) & ~Q(verified_by="") & ~Q(published_by="")),
                name="a_published_measure_was_verified_and_published_by_somebody"),
            models.CheckConstraint(condition=~Q(state=MeasureState.WITHDRAWN) | ~Q(reason=""),
                                   name="a_withdrawn_measure_says_why"),
            models.CheckConstraint(
                condition=Q(direction="expansion", measure_type__in=vocabulary.MEASURE_TYPES.group("expansion"))
                | Q(direction="contraction", measure_type__in=vocabulary.MEASURE_TYPES.group("contraction")),
                name="a_type_of_measure_has_its_direction"),
            *(models.CheckConstraint(condition=_one_of(column), name=f"a_measure_has_a_known_{column}")
              for column in ("scheme_type", "component", "function", "kind")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def hands(self) -> tuple[str, ...]:
        return tuple(self.typists.strip(";").split(";"))
