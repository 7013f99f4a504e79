"""News: what others did that concerns me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from socle_web.accounts.permissions import person_of
from socle_web.desk import actions
from socle_web.desk.permissions import signed_in
from socle_web.desk.queries.news import last_event, news, seen


@require_safe
@signed_in
def read(request: HttpRequest) -> HttpResponse:
    """What is new above, what was read already below."""
    person = person_of(request)
    looked, now = seen(person), last_event()
    until = looked.event if looked else 0
    return render(request, "desk/news.html", {
        "fresh": news(person, since=until, until=now), "read": news(person, until=until, most=30) if until else [], "now": now,
        "looked": looked})


@require_POST
@signed_in
def look(request: HttpRequest) -> HttpResponse:
    """What was on the page is read; what came since is not."""
    sent = request.POST.get("until", "")
    if sent.isascii() and sent.isdigit() and len(sent) < 19:
        actions.look(person_of(request), event=min(int(sent), last_event()), language=get_language() or "")
    return redirect("desk-news")
