"""Who may read the log. Which roles that is, the room upstairs says (``accounts``), by the name of the permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

READ = "audit.view_event"
HISTORY = "audit.view_history"  # of one record: asked with its kind and key

View = Callable[..., HttpResponseBase]


def readers_only(view: View) -> View:
    """For those who may read the log. Who is not signed in is asked to; everybody else is refused."""
    return _only(view, lambda user, **_named: user.has_perm(READ))


def readers_of_the_record(view: View) -> View:
    """For them, and for those who may read the history of this one record."""
    return _only(view, lambda user, sheet, key: user.has_perm(READ) or user.has_perm(HISTORY, (sheet, key)))


def _only(view: View, may: Callable[..., bool]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may(request.user, **named):
            raise PermissionDenied
        return view(request, **named)

    return answer
