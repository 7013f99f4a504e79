"""What bears the records out, what countries ratified, and what evaluations asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from socle_web.results.models.record import Record, code, day, is_year, may_refer, refers, text


class Evidence(Record):
    """``record`` is the SHEET:KEY it bears out: by name and never by key. ``documents``: those that everyone may read, where a
    question asked for them."""

    sheet = "evidence"
    documents: Sequence[Any] = ()

    record = models.TextField(db_index=True)
    title = text()
    kind = code()
    url = text()
    on = day()
    on_is_year = is_year()
    source = text()

    class Meta(Record.Meta):
        verbose_name_plural = "evidence"


class Ratification(Record):
    sheet = "ratifications"

    country = refers("places.Country", "ratifications")
    convention = text()
    on = day()
    on_is_year = is_year()
    status = code()
    parts = text()
    summary = text()
    source = text()


class Recommendation(Record):
    sheet = "recommendations"

    evaluation = text()
    criterion = text()
    title = text()
    summary = text()
    response = code()
    response_text = text()
    on = day()
    on_is_year = is_year()
    source = text()


class Action(Record):
    sheet = "actions"

    recommendation = may_refer("results.Recommendation", "actions")
    title = text()
    owner = text()
    due_on = models.DateField(null=True, blank=True, db_index=True)
    due_on_is_year = is_year()
    status = code()
    source = text()
