"""Who may read the log. Which roles that is, the room upstairs says (``accounts``), by the name of the permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

READ = "audit.view_event"

View = Callable[..., HttpResponseBase]


def readers_only(view: View) -> View:
    """For those who may read the log. Who is not signed in is asked to; everybody else is refused."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm(READ):
            raise PermissionDenied
        return view(request, *arguments, **named)

    return answer
