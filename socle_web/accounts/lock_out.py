"""Who guesses passwords is locked out for a while, whether the account exists or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from socle_web.accounts.models import User
from socle_web.accounts.sign_in import address_of
from socle_web.audit.actions import deed, record
from socle_web.audit.models import Event

LOGGED_AN_HOUR = 100  # the log is kept for ever: who tries many names does not fill it
VISITOR = "a visitor"
Credentials = dict[str, Any]


def named(request: HttpRequest | None, credentials: Credentials | None = None) -> str:
    """The address somebody signs in with, in lower case; of a user name, the address of that account."""
    said = credentials or {}
    if said.get("email"):
        return str(said["email"]).strip().lower()[:255]
    if said.get("username"):
        found = User.objects.filter(username=said["username"]).values_list("email", flat=True).first()
        return (found or str(said["username"])).lower()[:255]
    return (request.POST.get("login", "") if request else "").strip().lower()[:255]


class Watching(AxesDatabaseHandler):  # type: ignore[misc]
    """Says in the log that somebody fails, and that somebody was locked out; not every attempt."""

    def user_login_failed(self, sender: object, credentials: Credentials, request: HttpRequest | None = None, **more: Any) -> None:
        super().user_login_failed(sender, credentials, request, **more)
        failures = getattr(request, "axes_failures_since_start", 0)
        if request is None or failures not in {1, settings.AXES_FAILURE_LIMIT}:
            return
        name = "locked_out" if failures == settings.AXES_FAILURE_LIMIT else "sign_in_failed"
        known = User.objects.filter(email__iexact=named(request, credentials)).values_list("username", flat=True).first()
        with deed():
            recent = Event.objects.filter(deed=name, at__gte=timezone.now() - timedelta(hours=1)).count()
            if recent < LOGGED_AN_HOUR:
                record(name, by=VISITOR, subject=("user", known or "unknown"))


def say_locked_out(request: HttpRequest, original: HttpResponse | None = None,
                   credentials: Credentials | None = None) -> HttpResponse:
    """A page that says until when, and not whether there is such an account."""
    response = render(request, "accounts/locked_out.html", {"until": _until(request, credentials)}, status=429)
    response.headers["Cache-Control"] = "no-store"
    return response


def _until(request: HttpRequest, credentials: Credentials | None) -> datetime:
    tried = AccessAttempt.objects.filter(username=named(request, credentials), ip_address=address_of(request))
    last = tried.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return (last or timezone.now()) + settings.AXES_COOLOFF_TIME
