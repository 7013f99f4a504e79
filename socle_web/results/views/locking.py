"""Periods that were reported on are locked, and unlocked with a reason."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.vocabulary import COUNTRIES, fold
from socle_web.accounts.permissions import may
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Lock
from socle_web.results.views.door import at_work, person

MOST = 200


class Locking(forms.Form):
    start = forms.DateField(label=gettext_lazy("From"), input_formats=["%Y-%m-%d"],
                            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    end = forms.DateField(label=gettext_lazy("To"), input_formats=["%Y-%m-%d"],
                          widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=2_000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, sent: object = None) -> None:
        super().__init__(sent, label_suffix="")  # type: ignore[arg-type]
        named = sorted(((code, one.name()) for code, one in COUNTRIES.items()), key=lambda pair: fold(pair[1]))
        self.fields["country"].choices = [("", _("All countries")), *named]  # type: ignore[attr-defined]


@at_work()
def locks(request: HttpRequest) -> HttpResponse:
    """Everybody who works here sees what is locked and why; who may, locks."""
    user = person(request)
    form = Locking(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked: dict[str, date | str] = form.cleaned_data
        try:
            actions.lock(asked["start"], asked["end"], country=asked["country"], reason=asked["reason"], by=user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Locked."))
            return redirect("work-locks")
    found = Lock.objects.select_related("country")
    return render(request, "results/locks.html", {
        "form": form, "held": found.filter(unlocked_by="")[:MOST],
        "past": found.exclude(unlocked_by="").order_by("-unlocked_at")[:MOST],
        "may_lock": may(user, "lock"), "may_unlock": may(user, "unlock"),
    })


@at_work(methods=("POST",))
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Lock, pk=pk)
    try:
        actions.unlock(held, by=person(request), reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Unlocked."))
    return redirect("work-locks")
