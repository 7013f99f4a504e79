"""The same figures as files: a workbook whose cells can be followed, a document."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse

from socle import reports
from socle.costing import Projection
from socle.errors import InputError
from socle_web.schemes import outcome, queries
from socle_web.schemes import permissions as allowed
from socle_web.schemes.studio import Question
from socle_web.schemes.views.door import file_answer, public, sparingly
from socle_web.schemes.views.scenarios import MOST
from socle_web.schemes.views.studio import asked_of, question_of

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@public
@sparingly
def of_studio(request: HttpRequest, format: str) -> HttpResponse:
    """What the studio shows; the question is in the address."""
    asked = asked_of(request)[1]
    if asked is None:
        raise Http404
    return _file([(asked, "")], format, f"costing-{asked.country.lower()}")


@public
@sparingly
def of_scenario(request: HttpRequest, key: str, format: str) -> HttpResponse:
    scenario = queries.scenario(key)
    if scenario is None or not allowed.may_see_scenario(request.user, scenario):
        raise Http404
    return _file([(question_of(scenario), scenario.name)], format, f"costing-{scenario.country_id.lower()}")


@public
@sparingly
def of_scenarios(request: HttpRequest, format: str) -> HttpResponse:
    """Several scenarios in one file."""
    keys = list(dict.fromkeys(one[:40] for one in request.GET.getlist("c")))[:MOST]
    chosen = [one for one in queries.scenarios(keys) if allowed.may_see_scenario(request.user, one)]
    return _file([(question_of(one), one.name) for one in chosen], format, "scenarios")


def _file(asked: Sequence[tuple[Question, str]], format: str, name: str) -> HttpResponse:
    if format not in FORMATS:
        raise Http404
    try:
        projections = [outcome.project(question, scenario=scenario) for question, scenario in asked if question.chosen]
    except InputError as error:
        raise Http404(str(error)) from error
    if not projections:
        raise Http404
    return file_answer(_content(projections, format), FORMATS[format], f"{name}.{format}")


def _content(projections: Sequence[Projection], format: str) -> bytes:
    if format == "xlsx":
        return reports.costing.cost_workbook(projections)
    return reports.render(reports.costing.cost_document(projections), "docx")
