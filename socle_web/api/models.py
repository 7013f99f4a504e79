"""What the interface remembers of the systems that write: how often they asked, and what they were answered."""

from __future__ import annotations

from django.db import models


class Answered(models.Model):
    """The answer to a deed that was done, by the key its sender gave it: whoever sends it again is told the same."""

    client = models.ForeignKey("accounts.Client", models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of what was asked
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["client", "key"], name="a_key_is_answered_once"),)

    def __str__(self) -> str:
        return f"{self.client}: {self.key}"


class Spent(models.Model):
    """How many times somebody asked in one minute. One row a name; those of past minutes are swept out."""

    name = models.CharField(max_length=100, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "spent"

    def __str__(self) -> str:
        return f"{self.name}: {self.times}"
