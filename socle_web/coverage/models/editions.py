"""Editions: the figures of coverage as they were published on a day, by a country or by an international source.

A later edition restates the past; it never changes what an earlier one said. Figures of two editions are never joined in silence.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class EditionKind(models.TextChoices):
    INTERNATIONAL = "international", _("international")
    NATIONAL = "national", _("national")


class Family(models.TextChoices):
    """What a value is about. Health is never inside 1.3.1, what the law covers never mixed with who is covered in effect."""

    SDG = "sdg", _("SDG indicator 1.3.1")
    CONTRIBUTORS = "contributors", _("active contributors")
    HEALTH = "health", _("health protection")
    LEGAL = "legal", _("legal coverage")
    SPENDING = "spending", _("expenditure and receipts")
    ADEQUACY = "adequacy", _("adequacy")


class Editions(models.QuerySet["Edition"]):
    def public(self) -> Editions:
        return self.filter(withdrawn_by="")

    def latest_national(self) -> Editions:
        """Of each country the national edition that was released last."""
        later = Edition.objects.public().filter(kind=EditionKind.NATIONAL, country=OuterRef("country")).filter(
            Q(released_on__gt=OuterRef("released_on")) | Q(released_on=OuterRef("released_on"), pk__gt=OuterRef("pk")))
        return self.public().filter(~Exists(later), kind=EditionKind.NATIONAL)


class Edition(models.Model):
    """``digest``: SHA-256 of its values as they were released. ``notice``: under which licence the source gives them.
    A national edition is one country's; whatever is made up is marked, and stays out of the averages of the world."""

    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=EditionKind.choices)
    country = models.ForeignKey("places.Country", models.PROTECT, null=True, blank=True, related_name="editions")
    made_up = models.BooleanField(default=False)
    source = models.TextField()
    notice = models.TextField(blank=True, default="")
    released_on = models.DateField()
    loaded_by = models.CharField(max_length=150)
    loaded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    withdrawn_by = models.CharField(max_length=150, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")

    objects = Editions.as_manager()

    class Meta:
        ordering = ("-released_on", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(key="") & ~Q(title="") & ~Q(source="") & ~Q(loaded_by="") & ~Q(digest=""),
                                   name="an_edition_has_a_key_a_title_a_source_and_a_digest"),
            models.CheckConstraint(condition=Q(kind=EditionKind.NATIONAL, country__isnull=False)
                                   | Q(kind=EditionKind.INTERNATIONAL, country__isnull=True),
                                   name="a_national_edition_is_one_countrys"),
            models.CheckConstraint(condition=Q(withdrawn_by="", withdrawn_at__isnull=True)
                                   | (~Q(withdrawn_by="") & ~Q(reason="") & Q(withdrawn_at__isnull=False)),
                                   name="a_withdrawn_edition_says_why"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_national(self) -> bool:
        return self.kind == EditionKind.NATIONAL


class Value(models.Model):
    """One figure of an edition. ``value`` in ``unit`` (per cent, or the code of a currency); None: cannot be said, never 0;
    ``printed``: its digits as the source has them. ``numerator`` and ``denominator`` in persons (of spending: in ``unit``'s
    currency). ``weight``: persons, where the source gives it. ``item``: the scheme, benefit or function of spending and adequacy.
    ``records``: the rows of the inquiry behind it, as ``sheet:key``; they are the lines of the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="values")
    country = models.ForeignKey("places.Country", models.PROTECT, related_name="coverage_values")
    family = models.CharField(max_length=15, choices=Family.choices, default=Family.SDG)
    series = models.CharField(max_length=60)
    item = models.CharField(max_length=100, blank=True, default="")
    year = models.SmallIntegerField()
    sex = models.CharField(max_length=10, default="total")
    age_group = models.CharField(max_length=40, default="total")
    disability = models.CharField(max_length=10, default="total")
    area = models.CharField(max_length=10, default="total")
    value = models.DecimalField(max_digits=32, decimal_places=12, null=True, blank=True)
    printed = models.CharField(max_length=60, blank=True, default="")
    unit = models.CharField(max_length=20, default="percent")
    numerator = models.DecimalField(max_digits=32, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=32, decimal_places=6, null=True, blank=True)
    weight = models.DecimalField(max_digits=32, decimal_places=6, null=True, blank=True)
    bound = models.CharField(max_length=10, default="exact")
    status = models.CharField(max_length=15, default="reported")
    nature = models.CharField(max_length=20, blank=True, default="")
    source = models.TextField(blank=True, default="")
    footnote = models.TextField(blank=True, default="")
    records = models.JSONField(default=list, blank=True)
    definition = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("country", "family", "series", "item", "year", "sex", "age_group", "disability", "area", "bound")
        indexes = (
            models.Index(fields=["edition", "series", "year"], name="value_of_an_edition"),
            models.Index(fields=["country", "series"], name="value_of_a_country"),
        )
        constraints = (
            models.UniqueConstraint(fields=["edition", "country", "family", "series", "item", "year", "sex", "age_group",
                                            "disability", "area", "bound"], name="an_edition_says_a_figure_once"),
            models.CheckConstraint(condition=Q(bound__in=("exact", "lower", "upper")), name="a_value_is_exact_or_a_bound"),
            models.CheckConstraint(condition=Q(sex__in=("total", "female", "male")), name="a_value_is_of_a_known_sex"),
            models.CheckConstraint(condition=~Q(series=""), name="a_value_is_of_a_series"),
            models.CheckConstraint(condition=Q(numerator__isnull=True) | Q(numerator__gte=0), name="nobody_is_less_than_no_person"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(unit__gt=""), name="a_value_has_a_unit"),
        )

    def __str__(self) -> str:
        return f"{self.country_id} {self.series} {self.sex} {self.year}"

    @property
    def is_estimated(self) -> bool:
        return self.status == "estimated" or self.nature in ("E", "M")


class Line(models.Model):
    """A row of the inquiry as it was when the edition was released: what a figure was counted from."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=30)
    key = models.CharField(max_length=300)
    place = models.PositiveIntegerField()
    cells = models.JSONField()

    class Meta:
        ordering = ("sheet", "place")
        constraints = (models.UniqueConstraint(fields=["edition", "sheet", "key"], name="an_edition_has_a_row_once"),)

    def __str__(self) -> str:
        return f"{self.sheet}:{self.key}"
