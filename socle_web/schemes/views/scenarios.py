"""Scenarios: kept, shown, shared, compared."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from socle_web.accounts.permissions import person_of
from socle_web.audit.refusals import Refused
from socle_web.schemes import actions, comparing, queries
from socle_web.schemes import permissions as allowed
from socle_web.schemes.forms import Keeping
from socle_web.schemes.models import Scenario
from socle_web.schemes.views.door import at_work, public, sparingly
from socle_web.schemes.views.studio import NO_ECONOMY, answer, asked_of, question_of

MOST = 5  # side by side


@at_work()
def new(request: HttpRequest) -> HttpResponse:
    """Keep what the studio shows; the question is in the address."""
    asked = asked_of(request)[1]
    if asked is None or not asked.chosen:
        return redirect("studio")
    form, user = Keeping(request.POST or None), person_of(request)
    if request.method == "POST" and form.is_valid():
        economy = asked.economy
        fixed = {"start": [str(asked.start)], "end": [str(asked.end)], "economy": [str(economy.pk) if economy else NO_ECONOMY]}
        try:
            kept = actions.save_scenario(
                form.cleaned_data["name"], note=form.cleaned_data["note"], country=asked.country, by=user,
                versions=[*(one.version for one in asked.chosen), *([economy] if economy else [])],
                parameters={**asked.query, **fixed})
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Kept. Only you and your colleagues see it, until it is shared."))
            return redirect("scenario", kept.key)
    answered, refused_why = answer(asked)
    return render(request, "schemes/keep.html", {"form": form, "asked": asked, "outcome": answered, "refused": refused_why,
                                                 "address": asked.address})


@public
@sparingly
def scenario(request: HttpRequest, key: str) -> HttpResponse:
    there = _there(request, key)
    asked = question_of(there)
    answered, refused = answer(asked, scenario=there.name)
    return render(request, "schemes/scenario.html", {
        "scenario": there, "asked": asked, "outcome": answered, "refused": refused, "address": asked.address,
        "shares": allowed.may_share(request.user, there), "takes_back": allowed.may_take_back(request.user, there)})


@at_work(methods=("POST",))
def do(request: HttpRequest, key: str) -> HttpResponse:
    user, there = person_of(request), _there(request, key)
    try:
        if "share" in request.POST:
            actions.share_scenario(there, by=user)
            messages.success(request, _("Everybody sees it now, on the page of the country too."))
        elif "take-back" in request.POST:
            actions.take_back_scenario(there, by=user, reason=request.POST.get("reason", ""))
            messages.success(request, _("Taken back. Only you and your colleagues see it."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("scenario", key)


@public
@sparingly
def compare(request: HttpRequest) -> HttpResponse:
    """Up to five scenarios side by side."""
    keys = list(dict.fromkeys(one[:40] for one in request.GET.getlist("c") if one))
    chosen = [one for one in queries.scenarios(keys[:MOST]) if allowed.may_see_scenario(request.user, one)]
    answers = [(one, *answer(question_of(one), scenario=one.name)) for one in chosen]
    offered = queries.offered(request.user, [one.country_id for one in chosen])
    return render(request, "schemes/compare.html", {
        "compared": comparing.side_by_side([(one, found) for one, found, _error in answers if found is not None]),
        "refused": [(one, error) for one, _found, error in answers if error is not None], "too_many": len(keys) > MOST,
        "most": MOST, "offered": [(one, one in chosen) for one in offered]})


def _there(request: HttpRequest, key: str) -> Scenario:
    found = queries.scenario(key)
    if found is None or not allowed.may_see_scenario(request.user, found):
        raise Http404
    return found
