"""A deputy for my absence."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from socle_web.accounts.permissions import person_of
from socle_web.audit.refusals import Refused
from socle_web.desk import actions
from socle_web.desk.forms import Leaving, Reason
from socle_web.desk.models import Absence
from socle_web.desk.permissions import for_who_may
from socle_web.desk.queries.people import absences_of, names, standing_in_for


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_may("delegate")
def absence(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = Leaving(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            actions.delegate(form.able[told["deputy"]], since=told["since"], until=told["until"], by=person)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your deputy acts for you in that time, and reads so on their desk."))
            return redirect("desk-absence")
    today = timezone.localdate()
    own, bridged = absences_of(person), standing_in_for(person, on=today)
    return render(request, "desk/absence.html", {
        "form": form, "own": own, "bridged": bridged, "today": today,
        "names": names({one.deputy for one in own} | {one.person for one in bridged})}, status=422 if form.errors else 200)


@require_POST
@for_who_may("delegate")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, or one's own deputyship; those of others are not there."""
    person = person_of(request)
    there = get_object_or_404(Absence, Q(person=person.username) | Q(deputy=person.username), pk=pk)
    form = Reason(request.POST)
    try:
        actions.end_delegation(there, by=person, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The delegation has ended."))
    return redirect("desk-absence")
