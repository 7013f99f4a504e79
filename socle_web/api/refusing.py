"""Saying no: 404 with a sentence, 405 for what would write, 422 with everything that is wrong at once. Never a traceback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

from socle.errors import Finding, InputError

METHODS = "GET, HEAD, OPTIONS"


class Place(BaseModel):
    """Where it is wrong. What does not apply is absent."""

    parameter: str | None = Field(default=None, description="name of a parameter of the address")
    sheet: str | None = Field(default=None, description="sheet of the exchange form")
    row: int | None = Field(default=None, description="row of the sheet")
    column: str | None = Field(default=None, description="column of the sheet")
    value: str | None = Field(default=None, description="what was given")


class Wrong(BaseModel):
    """One thing to mend."""

    what: str = Field(description="what is wrong, in a sentence")
    where: Place
    remedy: str = Field(description="how to mend it, in a sentence")
    code: str = Field(description="stable word for this kind of finding")


class Refusal(BaseModel):
    """Why there is no answer."""

    message: str = Field(description="a sentence")
    findings: list[Wrong] = Field(description="everything to mend; empty when there is nothing of that kind")


class Missing(Http404):
    """Nothing of that name; the sentence says so."""


def refused(status: int, message: str, findings: Sequence[Wrong] = ()) -> JsonResponse:
    said = Refusal(message=message, findings=list(findings)).model_dump(exclude_none=True)
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest, error: Http404 | None = None) -> JsonResponse:
    sentence = str(error) if isinstance(error, Missing) else _("There is nothing at this address; /api/v1/ lists what there is.")
    return refused(404, sentence)


def not_allowed(request: HttpRequest) -> JsonResponse:
    response = refused(405, _("This interface is read only: it answers {methods}.").format(methods=METHODS))
    response["Allow"] = METHODS
    return response


def input_error(request: HttpRequest, error: InputError) -> JsonResponse:
    return refused(422, error.what, [_wrong(finding) for finding in error.findings])


def wrong_parameters(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """``asking.Asked`` says what is wrong with each parameter."""
    findings = [
        Wrong(
            what=one["ctx"]["what"],
            where=Place(parameter=str(one["loc"][-1]), value=one["ctx"]["value"]),
            remedy=one["ctx"]["remedy"],
            code=one["type"],
        )
        for one in error.errors
    ]
    return refused(422, " ".join(finding.what for finding in findings), findings)


def defect(request: HttpRequest, error: Exception) -> NoReturn:
    """Django answers 500 and logs the traceback; the reader never sees it."""
    raise error


def teach(api: NinjaAPI) -> None:
    """Let the interface answer errors in this way."""
    answers: dict[type[Exception], Any] = {
        Http404: not_found, InputError: input_error, ValidationError: wrong_parameters, Exception: defect,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _wrong(finding: Finding) -> Wrong:
    place = Place(sheet=finding.sheet, row=finding.row, column=finding.column, value=finding.value)
    return Wrong(what=finding.message, where=place, remedy=finding.remedy, code=finding.code)
