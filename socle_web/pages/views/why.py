"""Why a number is what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import TABLES
from socle_web.pages import wording
from socle_web.pages.figures import written
from socle_web.pages.page import page, show
from socle_web.pages.queries.explaining import explanation

WORDS = ("table", "row", "column", "phase", "country", "partner")


@page
def why(request: HttpRequest) -> HttpResponse:
    asked: dict[str, Any] = {name: request.GET[name] for name in WORDS if request.GET.get(name)}
    if not {"table", "row", "column"} <= set(asked):
        raise Http404(_("Which figure? The address names a table, a row and a column."))
    if year := request.GET.get("year"):
        asked["year"] = _year(year)
    if as_of := request.GET.get("as_of"):
        asked["as_of"] = _day(as_of)
    told = explanation(**asked)
    report = told.report
    return show(request, "why", {
        "told": told,
        "value": None if told.why.value is None else written(told.why.value),
        "subject": wording.subject(told.why.table, told.why.row, told.why.column),
        "table": TABLES[told.why.table].title,
        "about": wording.about(report),
        "back": reverse("report", args=[report.phase, report.year] if report.year else [report.phase]),
    })


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise Http404(_("A year is written 2024."))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404(_("A day is written 2023-12-31.")) from error
