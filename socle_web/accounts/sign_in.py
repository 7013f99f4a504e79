"""What django-allauth asks of a site: by invitation only, and every sign-in in the log."""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from socle_web.accounts.models import User
from socle_web.accounts.permissions import person_of
from socle_web.audit.actions import deed, record

NOTICED = {  # a mail to the person -> the deed in the log
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "account/email/password_reset": "password_reset",
    "mfa/email/totp_activated": "mfa_added",
    "mfa/email/totp_deactivated": "mfa_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
    "socialaccount/email/account_connected": "single_sign_on_added",
}


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. Behind a proxy of ours it is what that proxy added, which is the last: the rest is hearsay."""
    if settings.BEHIND_PROXY and (told := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return str(told).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk; to one's own account where there is no desk work."""
        return reverse("desk" if {"enter", "verify"} & person_of(request).plays.may else "me")

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who signed in a moment ago is not asked for the password once more."""
        signed_in = get_authentication_records(self.request, self.request.user)
        return not signed_in or time.time() - signed_in[-1]["at"] > REAUTHENTICATION_TIMEOUT

    def post_login(self, request: HttpRequest, user: User, **hints: Any) -> HttpResponse:
        with deed():
            record("sign_in", by=user.username, subject=("user", user.username))
        return cast(HttpResponse, super().post_login(request, user, **hints))

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            with deed():
                record("sign_out", by=request.user.username, subject=("user", request.user.username))
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: User, context: dict[str, Any] | None = None,
                               email: str | None = None) -> None:
        if template_prefix in NOTICED:
            with deed():
                record(NOTICED[template_prefix], by=user.username, subject=("user", user.username))
        super().send_notification_mail(template_prefix, user, context, email)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any) -> None:
        """Not that one has signed in or out: that can be seen."""
        if message_template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, message_template, *rest, **more)


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OpenID Connect opens no account: who comes that way was invited under the address their organisation vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
