"""What people at the desk say and arrange. Records of the programme are named by kind and key, people by their username."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from socle_web.results.models.fields import Codes


class Comment(models.Model):
    """A remark under an entry or a record. Never changed: who takes it back hides it, and says so."""

    kind = models.CharField(max_length=40)
    key = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField()
    mentions = Codes(blank=True, default="")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retraction = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["kind", "key"], name="comment_subject"),)
        constraints = (
            models.CheckConstraint(condition=~Q(by="") & ~Q(text=""), name="a_comment_says_something_and_by_whom"),
            models.CheckConstraint(condition=Q(retraction="") | Q(retracted_at__isnull=False),
                                   name="a_note_belongs_to_a_retraction"),
        )

    def __str__(self) -> str:
        return f"{self.by}: {self.kind}:{self.key}"


class Seen(models.Model):
    """How far somebody has read the news: the last event that was there, and in which language."""

    person = models.CharField(max_length=150, unique=True)
    event = models.PositiveBigIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True, default="")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


class Reminder(models.Model):
    """A mail that was sent. One a person and day."""

    person = models.CharField(max_length=150)
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_person_and_day"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"


class Absences(models.QuerySet["Absence"]):
    def on(self, day: object) -> Absences:
        """Those that hold on a day, both ends within."""
        return self.filter(ended_at=None, since__lte=day, until__gte=day)


class Absence(models.Model):
    """Somebody is away, and a deputy acts. It begins and ends by its dates."""

    person = models.CharField(max_length=150)
    deputy = models.CharField(max_length=150)
    since = models.DateField()
    until = models.DateField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Absences.as_manager()

    class Meta:
        ordering = ("-since", "-id")
        indexes = (models.Index(fields=["person"], name="absence_person"), models.Index(fields=["deputy"], name="absence_deputy"))
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="an_absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_stands_in_for_themselves"),
            models.CheckConstraint(condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                                   name="an_end_names_who_ended_it"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.since} - {self.until}, {self.deputy}"


class Round(models.Model):
    """A reporting round: what is reported (from ``start`` to ``end``), from when and until when."""

    title = models.CharField(max_length=200)
    start = models.DateField()
    end = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-due_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_round_reports_a_period"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="a_round_is_due_after_it_opens"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(made_by=""), name="a_round_has_a_title_and_who_planned_it"),
            models.CheckConstraint(condition=Q(closed_at=None, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                                   name="a_closed_round_names_who_closed_it"),
        )

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """A country's part of a round, and who answers for it (nobody yet: empty)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="duties")
    country = models.ForeignKey("places.Country", models.PROTECT, related_name="+")
    owner = models.CharField(max_length=150, blank=True, default="")
    done_by = models.CharField(max_length=150, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    reopened = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("country_id",)
        verbose_name_plural = "duties"
        constraints = (
            models.UniqueConstraint(fields=["round", "country"], name="one_duty_a_round_and_country"),
            models.CheckConstraint(condition=Q(done_at=None, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                                   name="what_is_complete_names_who_said_so"),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.country_id}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
