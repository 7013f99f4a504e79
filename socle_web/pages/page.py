"""What every page has in common: read only, open to all, in the reader's language, and the same until the records change.

Whoever is signed in sees what they may do beside it; their copy is their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

import socle
from socle.errors import InputError
from socle_web.accounts.gate import open_to_all
from socle_web.audit.actions import deed, record
from socle_web.audit.queries import latest
from socle_web.pages.queries.imprint import imprint
from socle_web.results.queries import stamp

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A public page: GET and HEAD only; whoever has it already is told so; what does not exist is a page not found."""

    @open_to_all
    @require_safe
    @condition(etag_func=_etag)
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if "\x00" in request.path_info:  # no text of PostgreSQL holds it, so nothing is called so
            raise Http404
        try:
            response = view(request, *arguments, **named)
        except InputError as error:
            raise Http404(str(error)) from error
        patch_cache_control(response, no_cache=True, **{"private" if request.user.is_authenticated else "public": True})
        return response

    return cast("View", answer)


def show(request: HttpRequest, template: str, shown: Mapping[str, Any] | None = None) -> HttpResponse:
    """Render a page. ``english`` marks the content of records, which is written in English, on pages in another language."""
    english = SafeString("" if get_language() == "en" else ' lang="en"')
    return render(request, f"pages/{template}.html", {"english": english, "imprint": imprint(), **(shown or {})})


def exported(request: HttpRequest, *, kind: str, key: str, **what: object) -> None:
    """The log remembers who took a copy, where that is somebody. (Readers are nobody, and what is published is theirs.)"""
    if request.user.is_authenticated and request.method == "GET":
        with deed():
            record("export", by=request.user.get_username(), subject=(kind, key), summary=what)


def _etag(request: HttpRequest, *_arguments: Any, **_named: Any) -> str:
    said = f"{stamp()} {get_language()} {timezone.localdate()} {request.get_full_path()} {_edition()} {_reader(request)}"
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


def _reader(request: HttpRequest) -> str:
    """Whoever is signed in sees what they may do, which any deed may change."""
    return f"{request.user.pk} {latest()}" if request.user.is_authenticated else ""


@cache
def _edition() -> float:
    """Changes when the code does: the pages, and what they count and say."""
    return max(file.stat().st_mtime for package in (Path(socle.__file__).parent, Path(__file__).parents[1])
               for file in package.rglob("*") if file.is_file())
