"""What every record has in common, and the words its columns are written in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from socle.vocabulary import Period


class Origin(models.TextChoices):
    IMPORTED = "imported"
    ENTERED = "entered"


class Record(models.Model):
    """One row of one sheet. ``key`` is what follows the colon in ``SHEET:KEY``; ``id`` never leaves the database.

    What was typed here says who typed and who verified it, and they are two (four eyes, held by the database). What came
    from a file was typed by nobody here; ``verified_by`` is then the verifier who adopted it, if one has.

    A day or year ``x`` is kept as a day (the last of its period; the first for ``start``) and ``x_is_year``.
    """

    sheet: ClassVar[str]

    key = models.TextField(unique=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, db_default=Origin.IMPORTED, default=Origin.IMPORTED)
    entered_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    verified_by = models.CharField(max_length=150, blank=True, default="", db_default="")

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("id",)
        constraints: ClassVar[Any] = (
            models.CheckConstraint(
                condition=Q(origin="imported") | (~Q(entered_by="") & ~Q(verified_by="")),
                name="%(class)s_entered_here_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(verified_by="") | ~Q(verified_by=F("entered_by")), name="%(class)s_four_eyes"
            ),
        )

    def __str__(self) -> str:
        return self.name_of_record

    @property
    def name_of_record(self) -> str:
        return f"{self.sheet}:{self.key}"

    def period(self, column: str) -> Period | None:
        """The day or year in ``column``; None: not reported."""
        day = getattr(self, column)
        if day is None:
            return None
        return Period.parse(str(day.year) if getattr(self, f"{column}_is_year") else day)


class Stated(Record):
    """A record that may be stated several times under one key (by two sources, say): ``identity`` tells them apart."""

    key = models.TextField(db_index=True)
    identity = models.CharField(max_length=32, unique=True)

    class Meta(Record.Meta):
        abstract = True


def text() -> Any:
    """Empty: not reported."""
    return models.TextField(blank=True, default="")


def code() -> Any:
    return models.CharField(max_length=40, blank=True, default="")


def day() -> Any:
    return models.DateField(null=True, blank=True)


def is_year() -> Any:
    return models.BooleanField(default=False)


def whole() -> Any:
    """Empty is not zero."""
    return models.BigIntegerField(null=True, blank=True)


def refers(to: str, related: str, **options: Any) -> Any:
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name=related, **options)


def may_refer(to: str, related: str, **options: Any) -> Any:
    return refers(to, related, null=True, blank=True, **options)


def not_negative(column: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0}), name=name)


def of_all(part: str, name: str) -> models.CheckConstraint:
    """``part`` (women, men) is no more than ``persons``."""
    unknown = Q(**{f"{part}__isnull": True}) | Q(persons__isnull=True)
    return models.CheckConstraint(condition=unknown | Q(**{f"{part}__lte": F("persons")}), name=name)
