"""Who may come in, and what happens to what was typed by somebody whose session has ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from socle.tables import PROGRAMME
from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may, person_of
from socle_web.results.models import BY_SHEET
from socle_web.results.wording import field_name

View = Callable[..., HttpResponse]
KEPT = "kept_typing"
LONGEST = 200_000  # characters that are kept for somebody who has to sign in again
WORKERS = ("enter", "verify", "publish", "respond", "update_action")


def works(user: Person) -> bool:
    return any(may(user, deed) for deed in WORKERS)


def at_work(
    *, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), when: Callable[[Person], bool] = works
) -> Callable[[View], View]:
    """For who is signed in and whose role works here. Never kept by anything between here and the reader.

    A form that is sent after the session ended is kept until the same person has signed in again.
    """

    def around(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if "\x00" in request.path_info:
                raise Http404
            if not request.user.is_authenticated:
                if request.method == "POST":
                    keep(request)
                return redirect_to_login(_back(request) if "GET" in methods else _from(request))
            if not when(request.user):
                raise PermissionDenied
            response = view(request, *arguments, **named)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return answer

    return around


def keep(request: HttpRequest) -> None:
    """Keep what an ended session sent, under the name of who typed it."""
    sent = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    if sent.get("typist") and sum(len(text) for texts in sent.values() for text in texts) <= LONGEST:
        request.session[KEPT] = {"path": urlsplit(_back(request)).path, "sent": sent}


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer valid: who signed in again elsewhere finds what they typed in it, to be sent once more.
    Everybody else, whose cookies may be gone, is told, shown what they typed, and led back."""
    page = _back(request)
    if request.user.is_authenticated and request.POST.get("typist") == request.user.get_username():
        keep(request)
        return redirect(page)
    ours = url_has_allowed_host_and_scheme(request.headers.get("Referer", ""), allowed_hosts={request.get_host()})
    back = page if request.POST.get("page") else urlsplit(request.headers["Referer"]).path if ours else "/"
    return render(request, "results/not_sent.html", {"back": back, "typed": _typed(request) if ours else ()}, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form of the workbench brought, as its person reads it. A password is in no such form."""
    sheet = request.POST.get("sheet", "")
    if sheet not in BY_SHEET or not request.POST.get("typist"):
        return []
    sent = {name: [text for text in request.POST.getlist(name) if text] for name in PROGRAMME[sheet].names}
    return [(field_name(sheet, name), "; ".join(texts)) for name, texts in sent.items() if texts]


def kept(request: HttpRequest) -> Any:
    """What this person sent to this page while their session had ended, once. Somebody else's is thrown away."""
    there = request.session.get(KEPT)
    if request.method != "GET" or not there or there.get("path") != request.path:
        return None
    del request.session[KEPT]
    if there["sent"].get("typist", [""])[0] != person(request).username:
        return None
    sent = request.POST.copy()
    for name, texts in there["sent"].items():
        sent.setlist(name, texts)
    return sent


def person(request: HttpRequest) -> User:
    return person_of(request)


def _back(request: HttpRequest) -> str:
    """Where to come back to: the page that was asked for, or the page of the form that was sent."""
    if request.method == "GET":
        return request.get_full_path()
    back = request.POST.get("page", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/") else request.path


def _from(request: HttpRequest) -> str:
    """The page whose button was pressed: what only takes forms cannot be come back to."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return urlsplit(page).path
    return reverse("work")
