"""Why a number is what it is: a figure of a report, a figure that stands in a record, or a number of records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.results import TABLES
from socle_web.pages import rules, wording
from socle_web.pages.figures import written
from socle_web.pages.page import page, show
from socle_web.pages.queries.explaining import explanation
from socle_web.pages.queries.recorded import recorded
from socle_web.pages.queries.tallying import tally

WORDS = ("table", "row", "column", "phase", "country", "partner")
OF_RECORD = ("column", "identity", "phase")
OF_LIST = ("country", "region", "step", "kind", "branch", "theme", "partner", "phase", "place", "contract", "verdict")


@page
def why(request: HttpRequest) -> HttpResponse:
    if name := _text(request, "record"):
        return _of_record(request, name)
    if records := _text(request, "list"):
        return _of_list(request, records)
    return _of_report(request)


def _of_report(request: HttpRequest) -> HttpResponse:
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


def _of_record(request: HttpRequest, name: str) -> HttpResponse:
    told = recorded(name, **{word: _text(request, word) for word in OF_RECORD})
    return show(request, "why_record", {
        "told": told,
        "record": told.record,
        "subject": rules.recorded_name(told.record.sheet, told.column),
        "rule": rules.rule_of_record(told.record.sheet, told.column),
        "compared": [(phase, wording.VERDICTS[one.verdict], one) for phase, one in told.compared],
    })


def _of_list(request: HttpRequest, records: str) -> HttpResponse:
    """A year and a day that cannot be read are refused before anything is counted."""
    asked = {word: text for word in OF_LIST if (text := _text(request, word))}
    if year := _text(request, "year"):
        asked["year"] = str(_year(year))
    if as_of := _text(request, "as_of"):
        asked["as_of"] = _day(as_of).isoformat()
    found = tally(records, asked)
    return show(request, "why_list", {
        "told": found,
        "value": None if found.total is None else written(found.total),
        "subject": wording.tally_name(records),
        "about": wording.filters(asked),
    })


def _text(request: HttpRequest, word: str) -> str:
    """What the address says; no text of a record holds a NUL."""
    return request.GET.get(word, "").replace("\0", "")


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise Http404(_("A year is written 2024."))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404(_("A day is written 2023-12-31.")) from error
