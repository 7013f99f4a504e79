"""The log. Nothing in it is changed or deleted: the models refuse, the database refuses, and the chain would show it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from socle_web.audit.chain import Written


class KeptRows(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__}: never changed.")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__}: never deleted.")

    delete.queryset_only = True  # type: ignore[attr-defined]


class Kept(models.Model):
    """What is written once."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__}: never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__}: never deleted.")


class Attachment(Kept):
    """The rows of a deed that was done to many records: a compressed document, named by the digest of what it says."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class Event(Kept):
    """One deed. ``subject_kind`` and ``subject_key`` name what it was done to; ``before`` and ``after`` are the values of that
    record, ``summary`` says what else there is to say; ``digest`` covers all of it and the event before (``audit.chain``)."""

    at = models.DateTimeField()
    actor = models.TextField()
    deed = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.TextField()
    summary = Written(default=dict)
    before = Written(null=True)
    after = Written(null=True)
    reason = models.TextField(blank=True)
    on_behalf_of = models.TextField(blank=True)
    attachment = models.CharField(max_length=64, blank=True)  # the digest of an Attachment
    previous = models.CharField(max_length=64, blank=True)    # the digest of the event before; none for the first
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["subject_kind", "subject_key"], name="event_subject"),
            models.Index(fields=["id"], condition=~models.Q(attachment=""), name="event_with_rows"),
            models.Index(fields=["subject_kind", "id"], name="event_kind"),
            models.Index(fields=["actor", "id"], name="event_actor"),
            models.Index(fields=["deed", "id"], name="event_deed"),
            models.Index(fields=["at"], name="event_at"),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(actor=""), name="an_event_names_who_did_it"),
            models.CheckConstraint(condition=~models.Q(deed=""), name="an_event_names_the_deed"),
            models.CheckConstraint(condition=~models.Q(digest=""), name="an_event_is_chained"),
            models.UniqueConstraint(fields=["previous"], name="the_chain_does_not_fork"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.deed} {self.subject_kind} {self.subject_key}"
