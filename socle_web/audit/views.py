"""The log, for those who may read it: what was done, and the history of a record."""

from __future__ import annotations

from datetime import datetime, time
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from socle_web.audit import actions, copies, queries
from socle_web.audit.forms import AtInstant, LogFilter
from socle_web.audit.models import Event
from socle_web.audit.permissions import READ, readers_of_the_record, readers_only
from socle_web.audit.queries import Step
from socle_web.audit.wording import differences, told

A_PAGE = 50
A_HISTORY = 200

for_the_reader_only = cache_control(private=True, no_store=True)


@require_safe
@readers_only
@for_the_reader_only
def log(request: HttpRequest) -> HttpResponse:
    form = LogFilter(request.GET, deeds=queries.deeds())
    events, older, newer = _part(queries.log(**form.asked), form.cleaned_data.get("older"), form.cleaned_data.get("newer"))
    address = urlencode(form.words)
    return render(request, "audit/log.html", {
        "form": form,
        "shown": [told(Step(event, event.before, event.after)) for event in events],
        "words": form.words,
        "older": f"?{address}&older={older}" if older else "",
        "newer": f"?{address}&newer={newer}" if newer else "",
    })


@require_POST
@readers_only
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all its pages. That it was taken is itself recorded, and not part of it."""
    form = LogFilter(request.POST, deeds=queries.deeds())
    asked = form.asked
    with actions.deed():
        event = actions.record("export", by=request.user.get_username(), subject=("log", "csv"), summary=form.words)
    found = queries.log(**asked).filter(id__lt=event.id)
    answer = StreamingHttpResponse(copies.table(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-{event.at:%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@readers_of_the_record
@for_the_reader_only
def record(request: HttpRequest, sheet: str, key: str) -> HttpResponse:
    """The history of a record and, for an instant that is asked for, what it said then."""
    if "\x00" in sheet + key:
        raise Http404
    steps = queries.history(sheet, key, most=A_HISTORY)
    if not steps:
        raise Http404
    form = AtInstant(request.GET, label_suffix="")
    at: datetime | None = form.cleaned_data.get("at") if form.is_valid() else None
    if at and len(request.GET["at"]) == len("2023-12-31"):
        at = datetime.combine(at, time.max, at.tzinfo)  # a day is all of it
    values = queries.as_of(sheet, key, at) if at else None
    return render(request, "audit/record.html", {
        "sheet": sheet, "key": key, "form": form, "at": at,
        "values": [(one.name, one.became) for one in differences(None, values)],
        "was_there": values is not None,
        "shown": [told(step) for step in steps],
        "reads_the_log": request.user.has_perm(READ),
        "cut": A_HISTORY if len(steps) == A_HISTORY else 0,
    })


def _part(found: QuerySet[Event], older: int | None, newer: int | None) -> tuple[list[Event], int, int]:
    """One page, and the ids beyond which the next ones begin (0: there is none). No page is reached by counting."""
    if newer is not None:
        events = list(found.filter(id__gt=newer).order_by("id")[: A_PAGE + 1])
        more, events = len(events) > A_PAGE, events[:A_PAGE][::-1]
        return events, events[-1].id if events else 0, events[0].id if more else 0
    events = list((found.filter(id__lt=older) if older else found)[: A_PAGE + 1])
    more, events = len(events) > A_PAGE, events[:A_PAGE]
    return events, events[-1].id if more else 0, events[0].id if older and events else 0
