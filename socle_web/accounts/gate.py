"""What stands between signing in and working: the second factor of certain roles, and the end of an idle session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from socle_web.accounts.models import User

RENEWED_EVERY = 600  # seconds; a session of somebody who works is written this often, not at every request
OPEN = ("account_", "mfa_", "openid_connect_", "socialaccount_")  # what must be reached to sign in, set up, and leave


def open_to_all(view: Any) -> Any:
    """Mark a view that shows everybody the same: it never asks who is there."""
    view.open_to_all = True
    return view


class Gate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        shared = "public" in response.headers.get("Cache-Control", "")
        if request.session.accessed and not shared and SESSION_KEY in request.session:
            self._renew(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: object, kwargs: object) -> HttpResponseBase | None:
        """Whose role asks for a second factor is led to set one up before anything else."""
        if settings.SOCLE_MFA != "required" or settings.SESSION_COOKIE_NAME not in request.COOKIES or is_open(request, view):
            return None
        user = request.user
        if not (isinstance(user, User) and user.is_active and user.plays.two_factors) or has_second_factor(user):
            return None
        messages.info(request, _("Your role asks for a second factor. Set it up once, with an application on your telephone."))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    def _renew(self, request: HttpRequest) -> None:
        now = int(time.time())
        if now - request.session.get("renewed", 0) > RENEWED_EVERY:
            request.session["renewed"] = now


def is_open(request: HttpRequest, view: Any) -> bool:
    name = (request.resolver_match.url_name if request.resolver_match else "") or ""
    if request.path_info.startswith("/api/"):  # asks for a token, never who signed in
        return True
    return bool(getattr(view, "open_to_all", False)) or name.startswith(OPEN)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())
