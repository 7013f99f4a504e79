"""A row for each country of the vocabulary, so that records can refer to it."""

from __future__ import annotations

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
