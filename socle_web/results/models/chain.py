"""Outputs, the changes they led to, and what the changes mean for people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from socle_web.results.models.fields import Codes, Exact
from socle_web.results.models.record import (
    Record,
    Stated,
    code,
    day,
    is_year,
    may_refer,
    not_negative,
    of_all,
    refers,
    text,
    whole,
)


class Output(Record):
    sheet = "outputs"

    project = may_refer("results.Project", "outputs")
    country = may_refer("places.Country", "outputs")
    on = day()
    on_is_year = is_year()
    kind = code()
    title = text()
    persons = whole()
    women = whole()
    men = whole()
    constituency = code()
    source = text()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            not_negative("persons", "persons_trained_not_negative"),
            not_negative("women", "women_trained_not_negative"),
            not_negative("men", "men_trained_not_negative"),
        )


class Change(Record):
    """``on``: the last day of the day or year it was achieved (column ``year`` of the form)."""

    sheet = "changes"

    country = refers("places.Country", "changes", db_index=False)
    on = models.DateField()
    on_is_year = is_year()
    step = models.CharField(max_length=1)
    branches = Codes(blank=True, default="")
    themes = Codes(blank=True, default="")
    principles = Codes(blank=True, default="")
    partners = models.ManyToManyField("results.Partner", related_name="changes", blank=True)
    projects = models.ManyToManyField("results.Project", related_name="changes", blank=True)
    outputs = models.ManyToManyField("results.Output", related_name="changes", blank=True)
    title = text()
    summary = text()
    recorded_on = day()
    recorded_on_is_year = is_year()
    source = text()

    class Meta(Record.Meta):
        indexes = (
            models.Index(fields=["country", "on"], name="change_country_on"),
            models.Index(fields=["on"], name="change_on"),
            models.Index(fields=["step", "on"], name="change_step_on"),
        )
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=["1", "2", "3"]), name="a_change_is_at_step_1_2_or_3"),
        )


class Contribution(Record):
    sheet = "contributions"

    change = refers("results.Change", "contributions", db_index=False)
    project = refers("results.Project", "contributions")
    share = models.FloatField(null=True, blank=True)
    source = text()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["change", "project"], name="a_project_contributes_once_to_a_change"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1), name="share_between_0_and_1"
            ),
        )


class Impact(Record):
    sheet = "impacts"

    country = refers("places.Country", "impacts", db_index=False)
    change = may_refer("results.Change", "impacts")
    kind = code()
    branch = code()
    scheme = text()
    title = text()
    expected = whole()
    expected_on = day()
    expected_on_is_year = is_year()
    population = text()
    source = text()

    class Meta(Record.Meta):
        indexes = (models.Index(fields=["country", "kind"], name="impact_country_kind"),)
        constraints = (*Record.Meta.constraints, not_negative("expected", "persons_expected_not_negative"))


class Observation(Record):
    """Append-only: a trigger refuses to change it. A mistake is superseded by a later observation that says why."""

    sheet = "observations"

    impact = refers("results.Impact", "observations")
    on = models.DateField()
    on_is_year = is_year()
    measure = code()
    persons = whole()
    women = whole()
    men = whole()
    unit = code()
    status = code()
    recorded_on = day()
    recorded_on_is_year = is_year()
    supersedes = may_refer("results.Observation", "superseded_by", db_index=False)
    reason = text()
    source = text()

    class Meta(Record.Meta):
        indexes = (
            models.Index(fields=["supersedes"], condition=Q(supersedes__isnull=False), name="observation_supersedes"),
        )
        constraints = (
            *Record.Meta.constraints,
            not_negative("persons", "persons_not_negative"),
            not_negative("women", "women_not_negative"),
            not_negative("men", "men_not_negative"),
            of_all("women", "women_are_no_more_than_all"),
            of_all("men", "men_are_no_more_than_all"),
            models.CheckConstraint(condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="nothing_corrects_itself"
            ),
        )


class Aggregate(Stated):
    """A published total whose records are not (all) here."""

    sheet = "aggregates"

    phase = refers("results.Phase", "aggregates")
    indicator = code()
    start = models.DateField()
    start_is_year = is_year()
    end = models.DateField()
    end_is_year = is_year()
    counts = code()
    value = Exact(null=True, blank=True)
    currency = code()
    recorded_on = day()
    recorded_on_is_year = is_year()
    source = text()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="an_aggregate_ends_after_it_starts"),
        )
