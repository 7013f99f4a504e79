"""What people type or upload before it is a fact: the entry, its states, and who may not verify it.

The tables of facts hold what was imported or published. Whatever is on its way there waits here, exactly as it was typed
(it may be incomplete, or wrong, and is kept all the same).
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from socle_web.places.models import Mandates
from socle_web.results.models.fields import Codes
from socle_web.results.models.record import Origin


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.DRAFT, State.SUBMITTED, State.VERIFIED)


class PrivateFiles(FileSystemStorage):
    """Outside the web root; a view hands the files out to those who may see them."""

    @property
    def location(self) -> str:
        return str(Path(settings.PRIVATE_FILES).absolute())  # as the settings say now: tests have a folder each


def private_files() -> PrivateFiles:
    return PrivateFiles(file_permissions_mode=0o600, directory_permissions_mode=0o700)


class Entry(models.Model):
    """A record on its way to be a fact.

    ``values``: the columns of the sheet, as text, exactly as typed. ``before``: the fact it would replace, as it was when
    the entry was begun (None: it is new). ``version`` goes up with every save: who saves another one than they read is told.
    ``countries`` and ``project`` say in whose hands it is. ``typists``: everybody who had a hand in the values.
    """

    sheet = models.CharField(max_length=40)
    key = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    countries = Codes(blank=True, default="")
    project = models.TextField(blank=True, default="")
    on = models.DateField(null=True, blank=True)
    upload = models.ForeignKey("results.Upload", models.PROTECT, null=True, blank=True, related_name="entries")

    typists = Codes()
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=150, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=150, blank=True, default="")
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    verified_by = models.CharField(max_length=150, blank=True, default="")
    verified_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-changed_at", "-id")
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=["state", "-changed_at"], name="entry_state"),
            models.Index(fields=["sheet", "key"], name="entry_record"),
            models.Index(fields=["entered_by", "state"], name="entry_entered_by"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["sheet", "key"], condition=Q(state__in=OPEN) & ~Q(key=""), name="a_record_has_one_open_entry"
            ),
            models.CheckConstraint(condition=~Q(entered_by="") & ~Q(typists=""), name="an_entry_names_who_typed_it"),
            models.CheckConstraint(
                condition=Q(verified_by="")
                | ~(
                    Q(verified_by=F("entered_by")) | Q(verified_by=F("changed_by")) | Q(verified_by=F("submitted_by"))
                    | Q(typists__contains=Concat(Value(";"), F("verified_by"), Value(";")))
                ),
                name="four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.WITHDRAWN, State.SUBMITTED), verified_by="")
                | (Q(state__in=(State.VERIFIED, State.PUBLISHED)) & ~Q(verified_by="") & ~Q(submitted_by="")),
                name="verified_means_that_somebody_verified_it",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.PUBLISHED) & ~Q(published_by="")) | (~Q(state=State.PUBLISHED) & Q(published_by="")),
                name="published_means_that_somebody_published_it",
            ),
            models.CheckConstraint(
                condition=Q(returned_by="") | ~Q(reason=""), name="a_return_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.name_of_record

    @property
    def name_of_record(self) -> str:
        return f"{self.sheet}:{self.key}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def origin(self) -> str:
        return Origin.ENTERED


class Typing(models.Model):
    """What somebody has typed and not saved yet, kept every few seconds. No deed: nobody else sees it.

    ``place`` is the form it was typed in (``changes/new``, ``entry/12``).
    """

    person = models.CharField(max_length=150)
    place = models.CharField(max_length=400)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "place"], name="one_typing_a_person_and_form"),)


class Lock(models.Model):
    """From ``start`` to ``end`` (in one country, or in all) nothing is submitted, verified, published or loaded."""

    start = models.DateField()
    end = models.DateField()
    country = models.ForeignKey("places.Country", models.PROTECT, null=True, blank=True, related_name="locks")
    locked_by = models.CharField(max_length=150)
    locked_at = models.DateTimeField()
    reason = models.TextField()
    unlocked_by = models.CharField(max_length=150, blank=True, default="")
    unlocked_at = models.DateTimeField(null=True, blank=True)
    unlock_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-start", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_lock_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_lock_says_why"),
            models.CheckConstraint(condition=Q(unlocked_by="") | ~Q(unlock_reason=""), name="an_unlocking_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.start} - {self.end}"


class ProjectMandate(models.Model):
    """Who may act for a project. ``on_behalf_of``: the colleague whose absence it bridges, from ``since`` to ``until``."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="project_mandates")
    project = models.ForeignKey("results.Project", models.CASCADE, related_name="mandates")
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    on_behalf_of = models.TextField(blank=True, default="")

    what = "project"
    objects = Mandates.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "project"], condition=Q(on_behalf_of=""),
                                    name="one_mandate_a_person_and_project"),
            models.UniqueConstraint(fields=["user", "project", "on_behalf_of", "since"], condition=~Q(on_behalf_of=""),
                                    name="one_mandate_a_deputy_project_and_absence"),
            models.CheckConstraint(condition=Q(on_behalf_of="") | Q(since__isnull=False, until__isnull=False),
                                   name="a_deputy_acts_for_a_project_for_a_time"),
        )


class Upload(models.Model):
    """A workbook that somebody brought: read as a job, looked through, then taken over as entries or thrown away.

    ``done`` and ``total`` are rows; ``preview`` and ``findings`` are what the job found.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        READY = "ready", _("ready to look through")
        TAKING = "taking", _("being taken over")
        TAKEN = "taken", _("taken over")
        DISCARDED = "discarded", _("thrown away")
        FAILED = "failed", _("not readable")

    name = models.TextField()
    file = models.FileField(storage=private_files, upload_to="uploads/%Y/%m/")
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    preview = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    refusal = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class EvidenceFile(models.Model):
    """The document behind a row of ``evidence``. The name on disk is not the name it was sent under."""

    entry = models.ForeignKey("results.Entry", models.PROTECT, null=True, blank=True, related_name="files")
    evidence = models.TextField(db_index=True)
    name = models.TextField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(storage=private_files, upload_to="evidence/%Y/%m/")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

