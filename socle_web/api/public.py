"""What every address has in common: read only, open to all and from everywhere, in the reader's language, and the same until
the records change."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import condition

from socle import vocabulary
from socle_web.api.refusing import METHODS, not_allowed, not_found
from socle_web.results.queries import stamp

View = Callable[..., HttpResponseBase]
LICENCE = '</api/v1/about>; rel="license", </api/v1/openapi.json>; rel="service-desc", </api/v1/>; rel="service-doc"'


def public(view: View) -> View:
    """GET and HEAD; whoever has it already is told so (304); pages of any other site may read it."""
    remembered = condition(etag_func=_etag)(view)

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        spoken = language_of(request)
        with translation.override(spoken), vocabulary.speaking(spoken):
            response = _answer(request, *arguments, **named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        response["Link"] = LICENCE
        response.headers.setdefault("Content-Language", spoken)
        patch_vary_headers(response, ["Accept-Language"])
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def _answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={
                "Allow": METHODS, "Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "*",
                "Access-Control-Max-Age": "86400"})
        if request.method not in ("GET", "HEAD"):
            return not_allowed(request, METHODS)
        if "\x00" in request.path_info:  # no text of PostgreSQL holds it, so nothing is called so
            return not_found(request)
        given, request.method = request.method, "GET"  # to HEAD the server sends the answer to GET without its body
        try:
            return remembered(request, *arguments, **named)
        finally:
            request.method = given

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing can be written: the answer to POST is 405
    return answer


def language_of(request: HttpRequest) -> str:
    """The parameter ``lang``, or the best of those the reader accepts."""
    known = dict(settings.LANGUAGES)
    accepted = [code[:2] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])]
    return next((code for code in (request.GET.get("lang"), *accepted) if code in known), settings.LANGUAGE_CODE)


def _etag(request: HttpRequest, *_arguments: Any, **_named: Any) -> str:
    said = f"{stamp()} {translation.get_language()} {request.build_absolute_uri()} {_edition()}"
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


@cache
def _edition() -> str:
    """Changes when the code does, so that nobody keeps an answer of an older edition."""
    sha = sha256()
    for package in ("socle", "socle_web.coverage", "socle_web.results", "socle_web.api"):
        _add(sha, files(package))
    return sha.hexdigest()


def _add(sha: Any, place: Traversable) -> None:
    for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            _add(sha, entry)
        elif not entry.name.endswith((".pyc", ".po")):
            sha.update(entry.read_bytes())
