"""People and systems, and the countries they act for; and what one's own account is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socle_web.accounts.actions import deactivate, give_role, revoke_token
from socle_web.accounts.gate import has_second_factor
from socle_web.accounts.models import Client, Invitation, User
from socle_web.accounts.permissions import may, person_of
from socle_web.audit.refusals import Refused
from socle_web.places import actions, queries
from socle_web.places.forms import Closing, GivingRole, GivingToken, Inviting, Scoped

View = Callable[..., HttpResponse]


def for_who_may(what: str) -> Callable[[View], View]:
    """Signed in, with a role that holds the deed; never kept by anything between here and the reader."""

    def around(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not may(request.user, what):
                raise PermissionDenied
            return view(request, *arguments, **named)

        return answer

    return around


@never_cache
@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    shown = {"person": user, "mandates": queries.mandates_of(user), "second": has_second_factor(user)}
    return render(request, "places/me.html", shown)


@for_who_may("invite")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "places/people.html", {"people": queries.people_and_countries()})


@for_who_may("invite")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = Inviting(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(**form.cleaned_data, by=person_of(request))
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            _mail(request, invitation, token)
            return redirect("person", invitation.user.username)
    return render(request, "places/invite.html", {"form": form})


@for_who_may("give_role")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person; which of the forms was sent is told by the name of its button."""
    if "\x00" in username:
        raise Http404
    shown = get_object_or_404(User.objects.filter(is_client=False), username=username)
    by = person_of(request)
    sent = request.POST
    role = GivingRole(sent if "give-role" in sent else None, initial={"role": shown.role})
    scope = Scoped(sent if "give-countries" in sent else None,
                   initial={"countries": sorted(actions.own_countries(shown))})
    closing = Closing(sent if "close" in sent else None)
    try:
        if role.is_bound and role.is_valid():
            give_role(shown, role.cleaned_data["role"], by=by, reason=role.cleaned_data["reason"])
        elif scope.is_bound and scope.is_valid():
            actions.give_countries(shown, scope.cleaned_data["countries"], by=by)
        elif closing.is_bound and closing.is_valid():
            deactivate(shown, by=by, reason=closing.cleaned_data["reason"])
        elif "invite-again" in sent:
            invitation, token = actions.invite(shown.email, role=shown.role, countries=actions.own_countries(shown), by=by)
            _mail(request, invitation, token)
            return redirect("person", username)
        else:
            return render(request, "places/person.html", {"person": shown, "role": role, "scope": scope, "closing": closing})
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("person", username)


@for_who_may("give_token")
@require_http_methods(["GET", "HEAD", "POST"])
def systems(request: HttpRequest) -> HttpResponse:
    """Other systems; the token of a new one is shown in the answer to the form, and never again."""
    form = GivingToken(request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        client, token = actions.give_token(form.cleaned_data["name"], countries=form.cleaned_data["countries"],
                                           may_write=form.cleaned_data["may_write"], by=person_of(request))
        form, shown = GivingToken(), {"token": token, "made": client}
    return render(request, "places/systems.html", {"form": form, "clients": queries.clients_and_countries(), **shown})


@for_who_may("give_token")
@require_POST
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    revoke_token(get_object_or_404(Client, pk=key), by=person_of(request))
    messages.success(request, _("That token no longer works."))
    return redirect("systems")


def _mail(request: HttpRequest, invitation: Invitation, token: str) -> None:
    link = request.build_absolute_uri(reverse("account_invitation", args=[token]))
    told = {"link": link, "invitation": invitation, "role": invitation.user.plays}
    try:
        send_mail(_("Socle: an invitation"), render_to_string("places/invitation.txt", told), settings.DEFAULT_FROM_EMAIL,
                  [invitation.user.email])
    except (OSError, SMTPException):
        messages.error(request, _("The invitation was made, but the mail could not be sent. Invite again when mail works."))
    else:
        messages.success(request, _("The invitation was sent."))
