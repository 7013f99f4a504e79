"""Who may do what at the desk, and who may see what a remark is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from socle_web.accounts.deputies import answers
from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, allows, may, permit, predicate
from socle_web.accounts.roles import ROLES
from socle_web.desk.models import Absence, Duty
from socle_web.places.permissions import acts_for
from socle_web.results.models import BY_SHEET, Entry
from socle_web.results.permissions import in_scope, stood_in_for, visible
from socle_web.results.scope import held, scope_of

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """For whoever signed in; nothing between here and the reader keeps the page."""
    return never_cache(login_required(view))


def for_who_may(*deeds: str) -> Callable[[View], View]:
    """For whose role holds one of ``deeds``."""

    def around(view: View) -> View:
        @signed_in
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not any(may(request.user, deed) for deed in deeds):
                raise PermissionDenied
            return view(request, *arguments, **named)

        return answer

    return around


def may_see_subject(user: Person, kind: str, key: str) -> bool:
    """Whether ``user`` may see what is said about an entry, or about a record in whose hands it is."""
    if not (isinstance(user, User) and user.is_active) or user.role in ("reader", "administrator"):
        return False
    if kind == "entry":
        return key.isascii() and key.isdigit() and len(key) < 19 and visible(user).filter(pk=int(key)).exists()
    model: Any = BY_SHEET.get(kind)
    return model is not None and model.objects.filter(key=key).exists() and in_scope(user, kind, scope_of(kind, key))


def on_behalf_of(user: User, kind: str, key: str) -> str:
    """The absent colleague for whom ``user`` speaks of an entry or a record; "" where it is their own."""
    entry = Entry.objects.filter(pk=int(key)).first() if kind == "entry" else None
    whose = held(entry) if entry else scope_of(kind, key)
    return stood_in_for(user, whose.countries, whose.project)


@answers
def stands_in(user: User, deed: str) -> str:
    """The absent colleague for whom ``user`` does a deed everywhere: there is no mandate that says so."""
    absent = Absence.objects.on(timezone.localdate()).filter(deputy=user.username).values("person")
    able = [role.code for role in ROLES.values() if role.everywhere and deed in role.may]
    found = User.objects.filter(username__in=absent, role__in=able).order_by("username")
    return found.values_list("username", flat=True).first() or ""


def may_comment(user: Person, kind: str, key: str) -> bool:
    return may(user, "comment") and may_see_subject(user, kind, key)


def could_stand_in(deputy: User, absent: User) -> bool:
    """A deputy's role does all that the absent one's does."""
    return (deputy.is_active and not deputy.is_client and deputy.pk != absent.pk
            and ROLES[absent.role].may <= ROLES[deputy.role].may)


def may_complete(user: Person, duty: Duty) -> bool:
    """The focal point of the country says that its round is complete; the manager may, too."""
    return may(user, "plan_round") or (may(user, "complete_round") and acts_for(user, duty.country_id))


permit("desk.comment", allows("comment"))
permit("desk.delegate", allows("delegate"))
permit("desk.plan_round", allows("plan_round"))
permit("desk.see_board", allows("see_board"))
permit("desk.see_evaluation", allows("update_action"))
permit("desk.complete_round", predicate(may_complete))
