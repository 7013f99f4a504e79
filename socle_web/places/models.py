"""A row for each country of the vocabulary, so that records can refer to it; and who may act for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from socle import vocabulary


class Country(models.Model):
    """Its names are the vocabulary's, in the reader's language."""

    alpha3 = models.CharField(primary_key=True, max_length=3)
    region = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ("alpha3",)
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return vocabulary.COUNTRIES[self.alpha3].name()

    @property
    def region_name(self) -> str:
        return vocabulary.code_list("REGIONS")[self.region].label() if self.region else ""


class Mandates(models.QuerySet[Any]):
    """Of countries here, of projects upstairs."""

    def in_force(self, *, on: date | None = None) -> Mandates:
        """Those that hold on a day (today): one given for an absence begins and ends by itself, and holds while who is absent has
        what they lent."""
        day, what = on or timezone.localdate(), self.model.what
        theirs = self.model._default_manager.filter(on_behalf_of="", user__username=models.OuterRef("on_behalf_of"),
                                                    **{what: models.OuterRef(what)})
        there = self.filter(models.Q(on_behalf_of="") | models.Exists(theirs))
        return there.filter(models.Q(since=None) | models.Q(since__lte=day), models.Q(until=None) | models.Q(until__gte=day))


class Mandate(models.Model):
    """Somebody may act for a country. What they may do there is their role's.

    ``on_behalf_of``: the colleague whose absence it bridges, from ``since`` to ``until`` (both within).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="mandates")
    given_by = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    on_behalf_of = models.TextField(blank=True, default="")

    what = "country"
    objects = Mandates.as_manager()

    class Meta:
        ordering = ("country_id",)
        constraints = (
            models.UniqueConstraint(fields=["user", "country", "on_behalf_of", "since"], condition=~models.Q(on_behalf_of=""),
                                    name="one_mandate_a_deputy_country_and_absence"),
            models.UniqueConstraint(fields=["user", "country"], condition=models.Q(on_behalf_of=""),
                                    name="one_mandate_a_person_and_country"),
            models.CheckConstraint(condition=models.Q(on_behalf_of="") | models.Q(since__isnull=False, until__isnull=False),
                                   name="a_deputy_acts_for_a_time"),
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                                   name="a_mandate_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(given_by=""), name="a_mandate_names_who_gave_it"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.country_id}"
