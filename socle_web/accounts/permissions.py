"""Who may do what. Where (for which country, for which project) is asked in the rooms upstairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from socle_web.accounts.models import User
from socle_web.accounts.roles import DEEDS, ROLES

Person = AbstractBaseUser | AnonymousUser


def may(user: Person, deed: str) -> bool:
    """Whether the role of ``user`` holds ``deed`` (one of ``roles.DEEDS``). Nobody who is not signed in, or was closed, may."""
    if deed not in DEEDS:
        raise ValueError(f"No deed is called {deed!r}.")
    return isinstance(user, User) and user.is_active and deed in ROLES[user.role].may


def person_of(request: HttpRequest) -> User:
    """Who is signed in, where a view has made sure that somebody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_signed_in(user: Person) -> bool:
    return isinstance(user, User) and user.is_active


def predicate(statement: Callable[..., bool], name: str | None = None) -> Any:
    """``statement`` as a predicate of ``rules``, to be joined with others: ``allows("enter") & predicate(acts_for)``."""
    return rules.predicate(statement, name=name)  # type: ignore[no-untyped-call]


def allows(deed: str) -> Any:
    return predicate(lambda user: may(user, deed), f"may {deed}")


def permit(permission: str, when: Any) -> None:
    """Name a permission that ``user.has_perm`` and templates may ask for."""
    rules.add_perm(permission, when)  # type: ignore[no-untyped-call]


permit("audit.view_event", allows("see_audit"))
permit("accounts.view_people", allows("invite"))
permit("accounts.invite", allows("invite"))
permit("accounts.give_role", allows("give_role"))
permit("accounts.give_mandate", allows("give_mandate"))
permit("accounts.give_token", allows("give_token"))
permit("accounts.view_own", predicate(is_signed_in))
