"""Saying no: 404 with a sentence, 405 for a method that is not answered, 409 for what does not go with what is there, 422 with
everything that is wrong at once. Never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from socle.errors import Finding, InputError
from socle_web.audit.refusals import Refused
from socle_web.audit.shortage import Shortage, shortage
from socle_web.results.actions import Incomplete

log = logging.getLogger(__name__)
LONGEST_PATH = 200  # characters
PARTS = ("body", "file", "form")  # of what was sent, beside the address
METHODS = "GET, HEAD, OPTIONS"
#: What a rule of the house says no to, and with which status; the rest is 422: something in the request is to be mended.
STATUSES = {
    **dict.fromkeys(("forbidden", "out_of_scope", "not_yours"), 403),
    "unknown": 404,
    **dict.fromkeys(("stale", "open_already", "duplicate_key", "not_editable", "not_a_draft", "not_submitted", "locked",
                     "same_file", "too_many"), 409),
}


class Place(BaseModel):
    """Where it is wrong. What does not apply is absent."""

    parameter: str | None = Field(default=None, description="name of a parameter of the address, or of a part of what was sent")
    sheet: str | None = Field(default=None, description="sheet of the exchange form")
    row: int | None = Field(default=None, description="row of the sheet; of what was sent, the place in the list, from 1")
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


class Unreadable(Exception):
    """What was sent cannot be read at all."""

    def __init__(self, what: str, *, remedy: str, status: int, code: str) -> None:
        super().__init__(what)
        self.status, self.remedy, self.code = status, remedy, code


class Unkept(Exception):
    """Some rows of those that were sent are refused, so none of them is kept. ``refusals`` by place, from 1."""

    def __init__(self, refusals: Sequence[tuple[int, str, Refused]]) -> None:
        super().__init__(str(refusals))
        self.refusals = refusals


def refused(status: int, message: str, findings: Sequence[Wrong] = ()) -> JsonResponse:
    said = Refusal(message=message, findings=list(findings)).model_dump(exclude_none=True)
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def one(status: int, what: str, remedy: str, code: str, where: Place | None = None) -> JsonResponse:
    """A refusal for one reason."""
    return refused(status, what, [Wrong(what=what, where=where or Place(), remedy=remedy, code=code)])


def not_found(request: HttpRequest, error: Http404 | None = None) -> JsonResponse:
    sentence = str(error) if isinstance(error, Missing) else _("There is nothing at this address; /api/v1/ lists what there is.")
    return refused(404, sentence)


def not_allowed(request: HttpRequest, methods: str) -> JsonResponse:
    response = refused(405, _("This address answers {methods}.").format(methods=methods))
    response["Allow"] = methods
    return response


def input_error(request: HttpRequest, error: InputError) -> JsonResponse:
    return refused(422, error.what, [_wrong(finding) for finding in error.findings])


def rule(request: HttpRequest, error: Refused) -> JsonResponse:
    """A rule of the house; of what is not complete, all that is missing."""
    status = STATUSES.get(error.code, 422)
    if isinstance(error, Incomplete):
        return refused(status, error.what, [_wrong(finding) for finding in error.findings])
    return one(status, error.what, remedy_of(error), error.code)


def remedy_of(error: Refused) -> str:
    """Which entry a record is being worked on in is only for those who may see it."""
    if error.code == "open_already":
        return _("Look for it with GET /api/v1/entries?key=…; if it is not there, it is not yours: choose another key.")
    return error.remedy


def unkept(request: HttpRequest, error: Unkept) -> JsonResponse:
    statuses = {STATUSES.get(refusal.code, 422) for _place, _sheet, refusal in error.refusals}
    return refused(
        statuses.pop() if len(statuses) == 1 else 422,
        _("Nothing was kept: {n} of the rows cannot be.").format(n=len(error.refusals)),
        [Wrong(what=refusal.what, where=Place(sheet=sheet, row=place), remedy=remedy_of(refusal), code=refusal.code)
         for place, sheet, refusal in error.refusals],
    )


def unreadable(request: HttpRequest, error: HttpError) -> JsonResponse:
    cause = error.__cause__
    if isinstance(cause, Unreadable):
        return one(cause.status, str(cause), cause.remedy, cause.code)
    return one(error.status_code, _("The request cannot be read."), _("Send it whole, as the description says."), "not_readable")


def wrong_parameters(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """``asking.Asked`` says what is wrong with each parameter; of what was sent it is said here.
    An address that cannot be read is that of nothing."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return not_found(request)
    findings = [_wrong_part(one) if one["loc"][0] in PARTS else _wrong_parameter(one) for one in error.errors]
    return refused(422, " ".join(dict.fromkeys(finding.what for finding in findings)), findings)


def _wrong_parameter(one: dict[str, Any]) -> Wrong:
    return Wrong(what=one["ctx"]["what"], where=Place(parameter=str(one["loc"][-1]), value=one["ctx"].get("value")),
                 remedy=one["ctx"]["remedy"], code=one["type"])


def _wrong_part(one: dict[str, Any]) -> Wrong:
    """A finding of pydantic's about a part of what was sent, in our words."""
    path, limits = one["loc"][2:] or one["loc"][1:], one.get("ctx", {})
    name = ".".join(str(part) for part in path)[:LONGEST_PATH]
    place = Place(parameter=name, row=next((part + 1 for part in path if isinstance(part, int)), None))
    what, remedy = limits.get("what") or _("{name} cannot be read."), limits.get("remedy") or _("Send it as the description says.")
    match one["type"]:
        case "missing":
            what, remedy = _("{name} is missing."), _("Give it.")
        case "extra_forbidden":
            what, remedy = _("There is no {name} here."), _("Leave it out.")
        case "string_type":
            what, remedy = _("{name} is not a text."), _("Write it in quotation marks.")
        case "too_long":
            what, remedy = _("{name} is too long."), _("Send at most {n} at once.").format(n=limits["max_length"])
        case "string_too_long":
            what, remedy = _("{name} is too long."), _("Write at most {n} characters.").format(n=limits["max_length"])
        case "too_short" | "string_too_short":
            what, remedy = _("{name} is missing."), _("Give it.")
    return Wrong(what=what.format(name=name), where=place, remedy=remedy, code=one["type"])


def defect(request: HttpRequest, error: Exception) -> JsonResponse:
    """What the server is short of; otherwise Django answers 500 and logs the traceback, and the reader never sees it."""
    lacking = shortage(error)
    if lacking is None:
        raise error
    log.error("%s %s: the server is short of %s", request.method, request.path, lacking.name.lower(), exc_info=error)
    if lacking is Shortage.ROOM:
        answer = one(lacking.value, _("The server has no room left. Nothing was changed."),
                     _("Send it again later, and tell whoever runs this site that the disk is full."), "disk_full")
        answer["Retry-After"] = "600"
    else:
        answer = one(lacking.value, _("The server is busy with long work. Nothing was changed."),
                     _("Send it again in a moment."), "busy")
        answer["Retry-After"] = "10"
    return answer


def teach(api: NinjaAPI) -> None:
    """Let the interface answer errors in this way."""
    answers: dict[type[Exception], Any] = {
        Http404: not_found, InputError: input_error, ValidationError: wrong_parameters, Refused: rule, Unkept: unkept,
        HttpError: unreadable, Exception: defect,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _wrong(finding: Finding) -> Wrong:
    place = Place(sheet=finding.sheet, row=finding.row, column=finding.column, value=finding.value)
    return Wrong(what=finding.message, where=place, remedy=finding.remedy, code=finding.code)
