"""A row for each country of the vocabulary, so that records can refer to it; and who may act for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

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


class Mandate(models.Model):
    """Somebody may act for a country. What they may do there is their role's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="mandates")
    given_by = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("country_id",)
        constraints = (
            models.UniqueConstraint(fields=["user", "country"], name="one_mandate_a_person_and_country"),
            models.CheckConstraint(condition=~models.Q(given_by=""), name="a_mandate_names_who_gave_it"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.country_id}"
