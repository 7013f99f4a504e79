"""A deed that somebody asked to be done to all entries of a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Errand(models.Model):
    """What was asked, by whom, and what became of it. Long ones are done as a job; a file has one at a time.

    ``total`` are the entries it is about; ``refusal`` and ``findings`` (whose row is the entry) are in the language of who asked.
    """

    class Deed(models.TextChoices):
        SUBMIT = "submit", _("Submit all")
        VERIFY = "verify", _("Verify all")
        RETURN = "return", _("Return all")
        PUBLISH = "publish", _("Publish all")

    class Stage(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DOING = "doing", _("being done")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        STOPPED = "stopped", _("stopped")

    upload = models.ForeignKey("results.Upload", models.PROTECT, related_name="errands")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    reason = models.TextField(blank=True, default="")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True, default="")
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["upload"], condition=Q(stage__in=("waiting", "doing")),
                                    name="one_errand_of_a_file_at_a_time"),
            models.CheckConstraint(condition=~Q(deed="return") | ~Q(reason=""), name="an_errand_to_return_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.deed} {self.upload_id}"
