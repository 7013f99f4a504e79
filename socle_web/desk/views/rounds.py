"""The calendar of reporting rounds."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socle.vocabulary import COUNTRIES
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may, person_of
from socle_web.audit.refusals import Refused
from socle_web.desk import actions, dates
from socle_web.desk.forms import Completing, Owning, Planning, Reason
from socle_web.desk.models import Duty, Round
from socle_web.desk.permissions import for_who_may
from socle_web.desk.queries import rounds as queries
from socle_web.places.permissions import countries_of

WORKING = ("enter", "verify", "plan_round")


@require_safe
@for_who_may(*WORKING)
def calendar(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    return render(request, "desk/calendar.html", {
        "rounds": queries.standings(countries_of(person)), "today": today, "late": queries.late_of(countries_of(person), on=today)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_may("plan_round")
def plan(request: HttpRequest) -> HttpResponse:
    form = Planning(request.POST if request.method == "POST" else None, on=timezone.localdate())
    if form.is_bound and form.is_valid():
        try:
            there = actions.plan_round(**form.cleaned_data, owners=form.owners, by=person_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The round is planned; every country reads it on its desk from the day it opens."))
            return redirect("desk-round", there.pk)
    return render(request, "desk/plan.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@for_who_may(*WORKING)
def round(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    shown = queries.progress(_round_of(person, pk), on=timezone.localdate())
    return render(request, "desk/round.html", {"shown": shown, "today": timezone.localdate(), "form": Reason()})


@require_POST
@for_who_may("plan_round")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = person_of(request), Reason(request.POST)
    try:
        actions.close_round(_round_of(person, pk), by=person, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The round is closed."))
    return redirect("desk-round", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_may(*WORKING)
def duty(request: HttpRequest, pk: int, country: str) -> HttpResponse:
    """One country's part. Which form was sent is told by the name of its button."""
    person = person_of(request)
    there = _duty_of(person, pk, country)
    able = queries.answerers()
    sent = request.POST
    owning = Owning(sent if "own" in sent else None, country=country, able=able, initial={"owner": there.owner})
    completing, reopening = Completing(sent if "complete" in sent else None), Reason(sent if "reopen" in sent else None)
    try:
        if owning.is_bound and owning.is_valid():
            actions.change_owner(there, owning.cleaned_data["owner"], by=person)
        elif completing.is_bound and completing.is_valid():
            actions.complete_round(there, by=person, note=completing.cleaned_data["note"])
        elif reopening.is_bound and reopening.is_valid():
            actions.reopen_round(there, by=person, reason=reopening.cleaned_data["reason"])
        else:
            today = timezone.localdate()
            return render(request, "desk/duty.html", {
                "duty": there, "missing": queries.missing(there, on=today), "owning": owning, "completing": completing,
                "reopening": reopening, "today": today, "names": able.names,
                "may_complete": person.has_perm("desk.complete_round", there), "may_plan": may(person, "plan_round")})
    except Refused as refused:
        if refused.code == "refused":
            raise PermissionDenied from refused
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("desk-duty", pk, country)


@require_safe
@for_who_may(*WORKING)
def download(request: HttpRequest) -> HttpResponse:
    """The due dates, for the calendar on somebody's telephone."""
    person = person_of(request)
    told = dates.written(queries.rounds_of(countries_of(person)), site=request.get_host(),
                         address=lambda key: request.build_absolute_uri(reverse("desk-round", args=(key,))))
    return HttpResponse(told, content_type="text/calendar; charset=utf-8",
                        headers={"Content-Disposition": 'attachment; filename="socle.ics"'})


def _round_of(person: User, pk: int) -> Round:
    return get_object_or_404(queries.rounds_of(countries_of(person)), pk=pk)


def _duty_of(person: User, pk: int, country: str) -> Duty:
    own = countries_of(person)
    if country not in (COUNTRIES if own is None else own):
        raise Http404
    return get_object_or_404(get_object_or_404(Round, pk=pk).duties.select_related("country"), country=country)
