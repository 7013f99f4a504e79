"""The log. A database trigger refuses changes; the model refuses deletion."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class KeptForever(models.QuerySet["Event"]):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError("An event is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("An event is never deleted.")

    delete.queryset_only = True  # type: ignore[attr-defined]


class Event(models.Model):
    """One deed. ``subject_kind`` and ``subject_key`` name what it was done to; ``summary`` says what changed."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.TextField()
    deed = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.TextField()
    summary = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    objects = KeptForever.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["subject_kind", "subject_key"], name="event_subject"),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(actor=""), name="an_event_names_who_did_it"),
            models.CheckConstraint(condition=~models.Q(deed=""), name="an_event_names_the_deed"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.deed} {self.subject_kind} {self.subject_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An event is never deleted.")
