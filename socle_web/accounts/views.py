"""Pages about roles, invitations and sessions. Those of signing in are allauth's, in our frame."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socle_web.accounts.actions import accept_invitation, open_invitation
from socle_web.accounts.forms import Accepting
from socle_web.accounts.gate import open_to_all
from socle_web.accounts.permissions import person_of
from socle_web.accounts.queries import sessions_of
from socle_web.accounts.roles import ROLES
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused


@open_to_all
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/roles.html", {"roles": ROLES.values()})


@open_to_all
@require_safe
def role(request: HttpRequest, code: str) -> HttpResponse:
    if code not in ROLES:
        raise Http404
    return render(request, "accounts/role.html", {"role": ROLES[code], "roles": ROLES.values()})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invited = open_invitation(token)
        form = Accepting(request.POST or None, user=invited.user)
        if request.method == "POST" and form.is_valid():
            user = accept_invitation(token, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
            if not isinstance(request.user, AnonymousUser):
                request.session.flush()  # somebody else sat here before
                request.user = AnonymousUser()
            response: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user, email=user.email))
            return response
    except Refused as refused:
        return render(request, "accounts/refused.html", {"title": _("Invitation"), "refused": refused}, status=404)
    return render(request, "accounts/invitation.html", {"form": form, "invited": invited})


@never_cache
@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/sessions.html", {"sessions": sessions_of(person_of(request))})


@login_required
@require_POST
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own sessions; those of others are not there."""
    user = person_of(request)
    session = get_object_or_404(UserSession, pk=key, user=user)
    with deed():
        session.end()
        record("end_session", by=user.username, subject=("user", user.username))
    messages.success(request, _("That session has ended."))
    return redirect("sessions")
