"""The page of an entry: what it says beside what is published, what is missing, what happened, and what one may do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from socle_web.accounts.models import User
from socle_web.results import actions
from socle_web.results.entries import companions, compared, happened, lines, missing, moved_on
from socle_web.results.models import Entry, State
from socle_web.results.permissions import may_edit, may_publish, may_return, may_verify, may_withdraw, typed, visible
from socle_web.results.views.door import at_work, person


def entry_or_404(user: User, pk: int) -> Entry:
    """What somebody may not see does not exist for them."""
    found = visible(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@at_work(methods=("GET", "HEAD"))
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    there = entry_or_404(by, pk)
    findings = actions.examine([there]) if there.is_open else ()
    may = {
        "edit": may_edit(by, there), "submit": may_edit(by, there), "withdraw": may_withdraw(by, there),
        "verify": may_verify(by, there), "return": may_return(by, there), "publish": may_publish(by, there),
    }
    return render(request, "results/entry.html", {
        "entry": there, "name": lines([there])[0].name, "rows": compared(there),
        "errors": missing(there, findings, "error"), "warnings": missing(there, findings, "warning"),
        "steps": happened(there), "moved": moved_on(there),
        "companions": companions(by, there), "saved": request.session.pop("saved", False),
        "may": may, "deciding": any(may.values()), "own": there.state == State.SUBMITTED and typed(by, there),
        "desk": _has_comments(),
    })


def _has_comments() -> bool:
    try:
        get_template("results/_entry_comments.html")
    except TemplateDoesNotExist:
        return False
    return True
