"""The programme, who takes part, and what it set out to do."""

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
    refers,
    text,
    whole,
)


class Programme(Record):
    sheet = "programme"

    name = text()
    owner = text()
    summary = text()
    notice = text()
    source = text()


class Document(Record):
    sheet = "sources"

    title = text()
    publisher = text()
    on = day()
    on_is_year = is_year()
    licence = text()
    citation = text()
    disclaimer = text()
    url = text()


class Phase(Record):
    sheet = "phases"

    title = text()
    start = models.DateField()
    start_is_year = is_year()
    end = models.DateField()
    end_is_year = is_year()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_phase_ends_after_it_starts"),
        )


class PhaseCountry(Record):
    sheet = "countries"

    phase = refers("results.Phase", "countries")
    country = refers("places.Country", "phases")
    role = code()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["phase", "country"], name="a_country_is_listed_once_a_phase"),
        )


class Target(Record):
    sheet = "targets"

    phase = refers("results.Phase", "targets")
    indicator = code()
    counts = code()
    target = Exact(null=True, blank=True)
    source = text()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["phase", "indicator", "counts"], name="one_target_an_indicator_and_unit"),
        )


class Partner(Record):
    sheet = "partners"

    name = text()
    kind = code()


class Project(Record):
    sheet = "projects"

    title = text()
    kind = code()
    start = day()
    start_is_year = is_year()
    end = day()
    end_is_year = is_year()
    countries = models.ManyToManyField("places.Country", related_name="projects", blank=True)
    themes = Codes(blank=True, default="")


class Post(Record):
    """Posts, never persons."""

    sheet = "staff"

    title = text()
    place = code()
    country = may_refer("places.Country", "posts")
    contract = code()
    theme = code()
    posts = whole()
    on = day()
    on_is_year = is_year()
    source = text()

    class Meta(Record.Meta):
        constraints = (*Record.Meta.constraints, not_negative("posts", "posts_not_negative"))


class Published(Stated):
    sheet = "published"

    table = text()
    row = text()
    column = text()
    value = Exact(null=True, blank=True)
    source = text()
    phase = may_refer("results.Phase", "published")
    year = text()


class LeftOut(Record):
    sheet = "left_out"

    country = may_refer("places.Country", "left_out")
    on = day()
    on_is_year = is_year()
    kind = code()
    branch = code()
    persons = whole()
    title = text()
    reason = text()
    source = text()

    class Meta(Record.Meta):
        constraints = (
            *Record.Meta.constraints,
            not_negative("persons", "persons_left_out_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="what_is_left_out_says_why"),
        )
