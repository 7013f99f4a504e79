"""What the addresses for other systems have in common: a token, never a cookie; so often a minute and no oftener; nothing kept
by anybody in between; and a deed is done once."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import wraps
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja.parser import Parser
from ninja.security import HttpBearer

from socle import vocabulary
from socle_web.accounts.models import User
from socle_web.accounts.queries import authenticate_token
from socle_web.api.limiting import wait_after_a_wrong_token, wait_for
from socle_web.api.public import View, language_of
from socle_web.api.refusing import Unreadable, defect, not_allowed, not_found, one
from socle_web.api.repeating import once
from socle_web.results.actions.attaching import LARGEST

SAFE = ("GET", "HEAD")
DOES_NOTHING = frozenset({"check"})  # operations of POST that leave everything as it is
TAKES_FILES = frozenset({"attach"})
FORM = "multipart/form-data"
MOST_AROUND = 100_000  # bytes of a form beside the file in it


class Token(HttpBearer):
    """A token that an administrator gave to a system; it is shown once."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """``private`` has looked at it already. Without ``private`` nobody gets in."""
        return getattr(request, "caller", None)


class Reading(Parser):
    """JSON, and nothing that could not be written down again."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Unreadable(_("The request is not JSON."), remedy=_("Send it as application/json."), status=415, code="not_json")
        try:
            said = json.loads(request.body, parse_constant=_no_number)
            if b"\\u" in request.body:
                json.dumps(said, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Unreadable(_("The request is not JSON."), remedy=_("Send JSON in UTF-8: {why}").format(why=_why(error)),
                             status=400, code="not_json") from error
        return said


def private(view: View, *, methods: Collection[str], operations: Collection[str]) -> View:
    """``view`` for who has a token. ``operations`` are its names; ``methods`` what it answers."""
    allowed = ", ".join(sorted({*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS"}))

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        spoken = language_of(request)
        with translation.override(spoken), vocabulary.speaking(spoken):
            try:
                response = _answer(request, *arguments, **named)
            except RequestDataTooBig:
                response = too_large()
            except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
                response = one(400, _("The request cannot be read."), _("Send it whole, as the description says."), "not_readable")
            except (DatabaseError, OSError) as error:
                response = defect(request, error)
        response.headers.setdefault("Content-Language", spoken)
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        response["Cache-Control"] = "private, no-store"
        return response

    def _answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": allowed})
        if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
            return not_allowed(request, allowed)
        refusal = _let_in(request)
        if refusal is not None:
            return refusal
        if "\x00" in request.path_info:
            return not_found(request)
        return _do(request, lambda: cast(HttpResponse, view(request, *arguments, **named)))

    def _do(request: HttpRequest, view: Any) -> HttpResponseBase:
        if request.method in SAFE:
            given, request.method = request.method, "GET"
            try:
                return cast(HttpResponseBase, view())
            finally:
                request.method = given
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if length.isdecimal() and int(length) > LARGEST + MOST_AROUND:
            return too_large()
        if (request.content_type == FORM) is not bool(TAKES_FILES.intersection(operations)):
            return one(415, _("What was sent is of another kind."), _("Send files as multipart/form-data, and the rest as JSON."),
                       "kind")
        if request.method != "POST" or DOES_NOTHING.intersection(operations):
            return cast(HttpResponseBase, view())
        return once(request, caller(request).client, view)

    def _let_in(request: HttpRequest) -> HttpResponse | None:
        """Who asks, noted as ``request.caller``; or why they are not let in. Which token is wrong, and why, is not said."""
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        user = authenticate_token(token.strip()) if kind.lower() == "bearer" and token.strip() else None
        if user is None:
            wait = wait_after_a_wrong_token(request) if token else 0
            return _too_often(wait) if wait else _unknown()
        writes = request.method not in SAFE
        if wait := wait_for(user, writes=writes):
            return _too_often(wait)
        if writes and not user.client.may_write and not DOES_NOTHING.intersection(operations):
            return one(403, _("This token only reads."), _("Ask the administrator for one that may write."), "read_only")
        request.caller = user  # type: ignore[attr-defined]
        return None

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    return answer


def caller(request: HttpRequest) -> User:
    """The system that asks."""
    return cast(User, request.caller)  # type: ignore[attr-defined]


def _unknown() -> HttpResponse:
    response = one(401, _("This address needs a token."),
                   _("Send “Authorization: Bearer …” with a token that the administrator gave you."), "token")
    response["WWW-Authenticate"] = "Bearer"
    return response


def too_large() -> HttpResponse:
    return one(413, _("The request is too large."), _("Send less at once."), "too_large")


def _too_often(wait: int) -> HttpResponse:
    response = one(429, _("That is too often."), _("Wait {n} seconds.").format(n=wait), "too_often")
    response["Retry-After"] = str(wait)
    return response


def _no_number(text: str) -> float:
    raise ValueError(text)


def _why(error: Exception) -> str:
    return str(error)[:200] if not isinstance(error, UnicodeError) else "UTF-8"

