"""Inquiry rounds: what countries are asked about a year, what they bring, what is found in it and said about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _


class Round(models.Model):
    """One inquiry of several countries about a year."""

    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    due_on = models.DateField()
    note = models.TextField(blank=True, default="")
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-due_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="an_inquiry_is_due_after_it_opens"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(opened_by=""),
                                   name="an_inquiry_round_has_a_title_and_who_opened_it"),
            models.CheckConstraint(condition=Q(closed_at=None, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                                   name="a_closed_inquiry_round_names_who_closed_it"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class InquiryState(models.TextChoices):
    PREFILLED = "prefilled", _("prefilled")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    QUERIED = "queried", _("queried")
    VALIDATED = "validated", _("validated")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


FILLED = (InquiryState.PREFILLED, InquiryState.DRAFT, InquiryState.QUERIED)  # in the hands of the country
LOCKED = (InquiryState.VALIDATED, InquiryState.PUBLISHED)


class Inquiry(models.Model):
    """The answer of one country in a round. What it says is in its deliveries.

    ``saves`` goes up with every file that is taken over: who brings one made over another save is told. ``typists``: everybody who
    brought or submitted something, as ``;owner;colleague;``. ``before``: what it is compared with. ``digest``: of what it says
    now. ``edition``: its figures, once they are published.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="inquiries")
    country = models.ForeignKey("places.Country", models.PROTECT, related_name="inquiries")
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="after")
    state = models.CharField(max_length=10, choices=InquiryState.choices, default=InquiryState.PREFILLED)
    digest = models.CharField(max_length=64)
    saves = models.PositiveIntegerField(default=1)
    typists = models.TextField(default=";")
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150, blank=True, default="")
    changed_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=150, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True)
    queried_by = models.CharField(max_length=150, blank=True, default="")
    queried_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.CharField(max_length=150, blank=True, default="")
    validated_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    edition = models.ForeignKey("coverage.Edition", models.PROTECT, null=True, blank=True, related_name="inquiries")
    withdrawn_by = models.CharField(max_length=150, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("country_id", "-id")
        verbose_name_plural = "inquiries"
        indexes = (models.Index(fields=["country", "state"], name="inquiry_of_a_country"),)
        constraints = (
            models.UniqueConstraint(fields=["round", "country"], condition=~Q(state=InquiryState.WITHDRAWN),
                                    name="a_country_has_one_inquiry_a_round"),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(opened_by=""), name="an_inquiry_has_a_digest_and_who_opened_it"),
            models.CheckConstraint(
                condition=Q(validated_by="")
                | ~(Q(validated_by=F("changed_by")) | Q(validated_by=F("submitted_by"))
                    | Q(typists__contains=Concat(Value(";"), F("validated_by"), Value(";")))),
                name="four_eyes_on_an_inquiry"),
            models.CheckConstraint(
                condition=Q(state__in=(*FILLED, InquiryState.SUBMITTED), validated_by="", published_by="")
                | (Q(state=InquiryState.VALIDATED, published_by="") & ~Q(validated_by="") & ~Q(submitted_by=""))
                | (Q(state=InquiryState.PUBLISHED) & ~Q(validated_by="") & ~Q(published_by="") & ~Q(submitted_by=""))
                | Q(state=InquiryState.WITHDRAWN),
                name="a_validated_inquiry_was_validated_by_somebody"),
            models.CheckConstraint(condition=~Q(state=InquiryState.SUBMITTED) | ~Q(submitted_by=""),
                                   name="a_submitted_inquiry_was_submitted_by_somebody"),
            models.CheckConstraint(condition=~Q(state=InquiryState.QUERIED) | ~Q(queried_by=""),
                                   name="a_queried_inquiry_was_queried_by_somebody"),
            models.CheckConstraint(condition=~Q(state=InquiryState.WITHDRAWN) | (~Q(withdrawn_by="") & ~Q(reason="")),
                                   name="a_withdrawn_inquiry_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.round_id}: {self.country_id}"

    @property
    def hands(self) -> tuple[str, ...]:
        """Who brought or submitted something."""
        return tuple(name for name in self.typists.split(";") if name)

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED


class Delivery(models.Model):
    """What somebody brought for an inquiry, whatever its errors. Never changed.

    ``over``: the save it was made over; ``save``: the one it became. None: a colleague had saved in between, and it was not taken
    over (yet). The first delivery is the prefilled questionnaire.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="deliveries")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    over = models.PositiveIntegerField()
    save_number = models.PositiveIntegerField(null=True, blank=True)
    unread = models.JSONField(default=list)  # what could not be read at all: findings, as they were told
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "save_number"], condition=Q(save_number__isnull=False),
                                    name="a_save_of_an_inquiry_is_one_delivery"),
            models.CheckConstraint(condition=~Q(by="") & ~Q(digest=""), name="a_delivery_has_a_digest_and_who_brought_it"),
        )

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.name}"


class Sheet(models.Model):
    """A sheet as it was brought: its header and rows as CSV, and the numbers its rows had in the file. Never changed."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="sheets")
    name = models.CharField(max_length=100)
    text = models.TextField()
    numbers = models.JSONField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.name}"


class Thread(models.Model):
    """A finding, or what a reviewer asks about a cell; and what is said about it.

    ``mark`` is what a finding is recognised by when a file is brought again: its code, its sheet, its column and the key of its
    row.
    """

    class Kind(models.TextChoices):
        ERROR = "error", _("error")
        WARNING = "warning", _("warning")
        QUERY = "query", _("query")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        RESOLVED = "resolved", _("resolved")
        ACCEPTED = "accepted", _("accepted")

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=60)
    sheet = models.CharField(max_length=100, blank=True, default="")
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=100, blank=True, default="")
    value = models.TextField(blank=True, default="")
    message = models.TextField()
    remedy = models.TextField(blank=True, default="")
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True, default="")
    opened_by = models.CharField(max_length=150, blank=True, default="")
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["inquiry", "state"], name="thread_of_an_inquiry"),)
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "mark"], name="a_finding_has_one_thread"),
            models.CheckConstraint(condition=~Q(state="accepted") | (Q(kind="warning") & ~Q(reason="") & ~Q(closed_by="")),
                                   name="only_a_warning_is_accepted_with_a_reason_by_somebody"),
            models.CheckConstraint(condition=~Q(kind="query") | ~Q(opened_by=""), name="a_query_names_who_asks"),
            models.CheckConstraint(condition=~Q(message=""), name="a_thread_says_what_it_is_about"),
        )

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.code} {self.sheet} {self.row or ''}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.ANSWERED)


class Remark(models.Model):
    """Something said in a thread. Never changed."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="remarks")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(by="") & ~Q(text=""), name="a_remark_says_something_and_by_whom"),)

    def __str__(self) -> str:
        return f"{self.by}: {self.thread_id}"


class InquiryReminder(models.Model):
    """Mails that were sent about an inquiry: once a day."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="reminders")
    day = models.DateField()
    sent_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["inquiry", "day"], name="one_reminder_an_inquiry_and_day"),
                       models.CheckConstraint(condition=~Q(by=""), name="a_reminder_names_who_sent_it"))

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.day}"
