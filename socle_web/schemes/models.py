"""Files that somebody brings (a scheme, an economy), version by version; and what was worked out with them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Kind(models.TextChoices):
    SCHEME = "scheme", _("scheme")
    ECONOMY = "economy", _("economy")


OPEN = (State.DRAFT, State.SUBMITTED, State.VERIFIED)
LARGEST = 1_000_000  # bytes of a file


class Versions(models.QuerySet["Version"]):
    def published(self) -> Versions:
        return self.filter(state=State.PUBLISHED)

    def current(self) -> Versions:
        """The published version of each file with the highest number."""
        later = Version.objects.filter(kind=models.OuterRef("kind"), country=models.OuterRef("country"), key=models.OuterRef("key"),
                                       state=State.PUBLISHED, number__gt=models.OuterRef("number"))
        return self.published().filter(~models.Exists(later))


class Version(models.Model):
    """One version of a file, its text exactly as it was brought: it may be broken as long as it is a draft.

    ``key`` is the scheme's ``id`` (empty as long as the text cannot be read), or ``economy``; ``names`` are its names by language.
    ``number`` counts the published versions of a file. ``saves`` goes up with every save: who saves another one than they read is
    told. ``typists``: everybody who had a hand in the text, as ``;owner;colleague;``.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SCHEME)
    country = models.ForeignKey("places.Country", models.PROTECT, related_name="versions")
    key = models.CharField(max_length=100, blank=True, default="")
    names = models.JSONField(default=dict)
    text = models.TextField()
    cases = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.PositiveIntegerField(null=True, blank=True)
    saves = models.PositiveIntegerField(default=1)
    imported = models.BooleanField(default=False)

    typists = models.TextField()
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=150, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=150, blank=True, default="")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True, default="")
    verified_by = models.CharField(max_length=150, blank=True, default="")
    verified_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Versions.as_manager()

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes = (
            models.Index(fields=["kind", "country", "key", "-number"], name="version_of_a_file"),
            models.Index(fields=["state", "-changed_at"], name="version_state"),
        )
        constraints = (
            models.UniqueConstraint(fields=["kind", "country", "key"], condition=Q(state__in=OPEN) & ~Q(key=""),
                                    name="a_file_has_one_open_version"),
            models.UniqueConstraint(fields=["kind", "country", "key", "number"], condition=Q(number__isnull=False),
                                    name="a_published_version_has_a_number_of_its_own"),
            models.CheckConstraint(condition=~Q(entered_by="") & ~Q(typists=""), name="a_version_names_who_typed_it"),
            models.CheckConstraint(condition=~Q(digest=""), name="a_version_has_a_digest"),
            models.CheckConstraint(
                condition=Q(verified_by="")
                | ~(Q(verified_by=F("entered_by")) | Q(verified_by=F("changed_by")) | Q(verified_by=F("submitted_by"))
                    | Q(typists__contains=Concat(Value(";"), F("verified_by"), Value(";")))),
                name="four_eyes_on_a_scheme",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.SUBMITTED), verified_by="") | Q(state=State.WITHDRAWN)
                | Q(imported=True, state=State.PUBLISHED)
                | (Q(state__in=(State.VERIFIED, State.PUBLISHED)) & ~Q(verified_by="") & ~Q(submitted_by="")),
                name="a_verified_version_was_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.PUBLISHED) & ~Q(published_by="") & ~Q(key="") & Q(number__isnull=False))
                | (~Q(state__in=(State.PUBLISHED, State.WITHDRAWN)) & Q(published_by="", number__isnull=True))
                | Q(state=State.WITHDRAWN),
                name="a_published_version_was_published_by_somebody",
            ),
            models.CheckConstraint(condition=Q(returned_by="") | ~Q(returned_reason=""), name="a_returned_version_says_why"),
        )

    def __str__(self) -> str:
        return self.name_of_file

    @property
    def name_of_file(self) -> str:
        return f"{self.country_id}/{self.key or '?'}" + (f"@{self.number}" if self.number else "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def hands(self) -> tuple[str, ...]:
        """Who had a hand in the text."""
        return tuple(self.typists.strip(";").split(";"))

    @property
    def file_name(self) -> str:
        return f"{self.key or 'scheme'}.toml" if self.kind == Kind.SCHEME else f"{self.country_id.lower()}-economy.toml"


class Scenario(models.Model):
    """What somebody worked out in the studio: the files as they were, and what was changed in them.

    Never changed: another scenario is another row. ``parameters`` is the form of the studio as it was sent. ``key`` is what the
    address of a scenario is made of; it tells nothing. What it costs is worked out whenever somebody looks.
    """

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    country = models.ForeignKey("places.Country", models.PROTECT, related_name="scenarios")
    parameters = models.JSONField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    shared_by = models.CharField(max_length=150, blank=True, default="")
    shared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=150, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["country", "-shared_at"], name="scenario_shared"),)
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(author=""), name="a_scenario_has_a_name_and_an_author"),
            models.CheckConstraint(condition=Q(shared_at__isnull=True, shared_by="")
                                   | (Q(shared_at__isnull=False) & ~Q(shared_by="")),
                                   name="a_shared_scenario_was_shared_by_somebody"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None and self.withdrawn_at is None


class Part(models.Model):
    """A file of a scenario, as it was: its text stays though the draft goes on."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="parts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="parts")
    digest = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["scenario", "version"], name="a_file_is_once_in_a_scenario"),)

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.version_id}"
