"""Money, in the currency it was given in."""

from __future__ import annotations

from django.db import models

from socle_web.results.models.fields import Exact
from socle_web.results.models.record import Record, Stated, code, is_year, may_refer, refers, text


class Funding(Record):
    """One grant at its latest status. No project: for the phase as a whole. No amount: not reported."""

    sheet = "funding"

    project = may_refer("results.Project", "funding")
    partner = refers("results.Partner", "funding")
    on = models.DateField()
    on_is_year = is_year()
    amount = Exact(null=True, blank=True)
    currency = code()
    status = code()
    source = text()

    class Meta(Record.Meta):
        indexes = (models.Index(fields=["on"], name="funding_on"),)


class BudgetLine(Stated):
    sheet = "budget"

    phase = refers("results.Phase", "budget")
    on = models.DateField()
    on_is_year = is_year()
    line = text()
    kind = code()
    amount = Exact(null=True, blank=True)
    currency = code()
    source = text()
