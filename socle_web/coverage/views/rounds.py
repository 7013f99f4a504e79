"""Inquiry rounds: the list, one with how far each country is, opening, asking, reminding, closing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may, person_of
from socle_web.audit.queries import history
from socle_web.audit.refusals import Refused
from socle_web.coverage import round_permissions as allowed
from socle_web.coverage import round_queries as queries
from socle_web.coverage.actions import reminding
from socle_web.coverage.actions import rounds as actions
from socle_web.coverage.models.rounds import Inquiry, Round
from socle_web.coverage.round_forms import AskingOne, Opening
from socle_web.schemes.views.door import at_work

STEPS = 50


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def listed(request: HttpRequest) -> HttpResponse:
    user, today = person_of(request), timezone.localdate()
    reviews = may(user, "verify")
    return render(request, "coverage/work/rounds.html", {
        "standings": queries.standings(user), "today": today, "plans": allowed.plans_rounds(user), "reviews": reviews,
        "waiting": queries.waiting_for(user, on=today) if may(user, "enter") and not allowed.plans_rounds(user) else [],
        "to_review": list(queries.to_review(user)) if reviews else []})


@at_work(when=allowed.plans_rounds)
def new(request: HttpRequest) -> HttpResponse:
    user, refused = person_of(request), None
    sent = request.POST if request.method == "POST" else None
    form = Opening(sent, on=timezone.localdate(), answered=queries.countries_answered())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_inquiry_round(**form.cleaned_data, by=user)
            messages.success(request, _("The round is open, and every country has its questionnaire."))
            return redirect("inquiry-round", made.pk)
        except Refused as refusal:
            refused = refusal
    return render(request, "coverage/work/round_new.html", {"form": form, "refused": refused},
                  status=422 if refused or form.errors else 200)


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    user, today = person_of(request), timezone.localdate()
    there = _there(user, pk)
    parts = queries.parts(there, user, on=today)
    plans = allowed.plans_rounds(user)
    return render(request, "coverage/work/round.html", {
        "round": there, "parts": parts, "late": sum(part.late is not None for part in parts), "today": today, "plans": plans,
        "asking": AskingOne(round=there) if plans and not there.is_closed else None,
        "steps": history("inquiry_round", str(there.pk), most=STEPS) if plans else []})


@at_work(methods=("POST",), when=allowed.plans_rounds)
def do(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there, deed = _there(user, pk), DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(request, there, user))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("inquiry-round", pk)


def remind(request: HttpRequest, inquiries: list[Inquiry], user: User) -> str:
    """What became of the mails, as a sentence."""
    done = reminding.remind_inquiries(inquiries, on=timezone.localdate(), by=user,
                                      address=lambda one: request.build_absolute_uri(reverse("inquiry", args=[one.pk])))
    told = [_("%(n)s mails were sent.") % {"n": sum(done.sent.values())}]
    for codes, words in ((done.already, _("Reminded today already: %(names)s.")),
                         (done.nobody, _("Nobody answers for: %(names)s.")),
                         (done.failed, _("The mails could not be sent: %(names)s."))):
        if codes:
            told.append(words % {"names": ", ".join(COUNTRIES[code].name() for code in codes)})
    return " ".join(told)


def _there(user: User, pk: int) -> Round:
    return get_object_or_404(allowed.visible_rounds(user), pk=pk)


def _remind(request: HttpRequest, there: Round, user: User) -> str:
    listed = there.inquiries.select_related("round", "country")
    return remind(request, [one for one in listed if allowed.may_remind(user, one)], user)


def _close(request: HttpRequest, there: Round, user: User) -> str:
    actions.close_inquiry_round(there, by=user, reason=request.POST.get("reason", ""))
    return _("The round is closed. What was submitted can still be validated and published.")


def _ask(request: HttpRequest, there: Round, user: User) -> str:
    made = actions.ask_country(there, request.POST.get("country", ""), by=user)
    return _("%(country)s is asked, and has its questionnaire.") % {"country": made.country.name}


DEEDS: dict[str, Callable[[HttpRequest, Round, User], str]] = {"remind": _remind, "close": _close, "ask": _ask}
