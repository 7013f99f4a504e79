"""Who may come in: everybody to what is published, whoever works here to what is on its way. And how often one may ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from socle_web.accounts.gate import open_to_all
from socle_web.accounts.permissions import Person
from socle_web.accounts.sign_in import address_of
from socle_web.schemes.permissions import works

View = Callable[..., HttpResponse]
MOST = 300  # costings a minute from one address: a person who types fast asks a third of it
MINUTE = 60


def public(view: View) -> View:
    """A page for everybody: GET and HEAD only. Whoever is signed in may see more of their own; their copy is theirs."""

    @open_to_all
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        response = view(request, *arguments, **named)
        patch_cache_control(response, no_cache=True, **{"private" if request.user.is_authenticated else "public": True})
        return response

    return cast("View", answer)


def at_work(*, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), when: Callable[[Person], bool] = works
            ) -> Callable[[View], View]:
    """For who is signed in and whose role works here. Never kept by anything between here and the reader."""

    def around(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if "\x00" in request.path_info:
                raise Http404
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not when(request.user):
                raise PermissionDenied
            response = view(request, *arguments, **named)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return answer

    return around


def sparingly(view: View) -> View:
    """What takes some computing: not more than ``MOST`` times a minute from one address."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        minute = int(time.time()) // MINUTE
        name = f"costings-{address_of(request)}-{minute}"
        if cache.add(name, 1, 2 * MINUTE) or cache.incr(name) <= MOST:
            return view(request, *arguments, **named)
        response = render(request, "schemes/too_often.html", status=429)
        response["Retry-After"] = str(MINUTE - int(time.time()) % MINUTE)
        return response

    return answer


def file_answer(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file to be kept, never a page of this site."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
