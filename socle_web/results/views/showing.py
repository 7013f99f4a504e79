"""The page of an entry: what it says beside what is published, what is missing, what happened, and what one may do."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from socle.vocabulary import COUNTRIES
from socle_web.accounts.models import User
from socle_web.places.models import Country
from socle_web.results import actions
from socle_web.results.entries import companions, compared, happened, lines, missing, moved_on, working_on
from socle_web.results.forms.choices import titles
from socle_web.results.models import BY_SHEET, Entry, State
from socle_web.results.permissions import may_edit, may_publish, may_return, may_verify, may_withdraw, typed, visible
from socle_web.results.views.door import at_work, person


def entry_or_404(user: User, pk: int) -> Entry:
    """What somebody may not see does not exist for them."""
    found = visible(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


PAGES_OF = ("changes", "impacts", "observations", "projects", "outputs", "partners", "ratifications", "funding", "recommendations",
            "actions")


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
        "entry": there, "name": lines([there], by=by)[0].name, "rows": compared(there, by=by),
        "errors": missing(there, findings, "error"), "warnings": missing(there, findings, "warning"),
        "steps": happened(there), "moved": moved_on(there),
        "companions": companions(by, there), "saved": request.session.pop("saved", False),
        "may": may, "deciding": any(may.values()), "own": there.state == State.SUBMITTED and typed(by, there),
        "desk": _is_there("results/_entry_comments.html"),
    })


@at_work(methods=("GET", "HEAD"))
def beside(request: HttpRequest, sheet: str, key: str) -> HttpResponse:
    """What this person may do about a published record: where the link leads that everybody sees beside it."""
    by = person(request)
    models: dict[str, Any] = {"countries": Country, **{name: BY_SHEET[name] for name in PAGES_OF}}
    if sheet not in models:
        raise Http404
    record = get_object_or_404(models[sheet], pk=key) if sheet == "countries" else get_object_or_404(models[sheet], key=key)
    name = COUNTRIES[key].name() if sheet == "countries" else titles({sheet: [key]}, by=by)[sheet, key]
    return render(request, "results/beside.html", {
        "record": record, "name": name, "sheet": sheet,
        "history": sheet != "countries" and by.has_perm("audit.view_history", cast("Any", (sheet, key))),
        "lines": [] if sheet == "countries" else working_on(by, sheet, key),
        "desk": sheet != "countries" and _is_there("results/_record_comments.html"),
    })


def _is_there(template: str) -> bool:
    """Whether the room upstairs says something on this page."""
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
