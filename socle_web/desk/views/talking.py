"""Remarks: made and taken back from the page of what they are about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from socle_web.accounts.permissions import person_of
from socle_web.audit.refusals import Refused
from socle_web.desk import actions, addresses
from socle_web.desk.forms import Commenting, Retracting
from socle_web.desk.models import Comment
from socle_web.desk.permissions import for_who_may


@require_POST
@for_who_may("comment")
def comment(request: HttpRequest) -> HttpResponse:
    form = Commenting(request.POST)
    if not form.is_valid():
        messages.error(request, _("The comment is empty or too long."))
        return redirect(_back(request))
    kind, key = form.cleaned_data["kind"], form.cleaned_data["key"]
    try:
        said = actions.comment(kind, key, form.cleaned_data["text"], by=person_of(request))
    except Refused as refused:
        if refused.code == "unknown":
            return render(request, "desk/refused.html", {"refused": refused}, status=404)
        shown = {"refused": refused, "typed": form.cleaned_data["text"], "back": _back(request)}
        return render(request, "desk/refused.html", shown, status=422)
    if said.not_told:
        messages.warning(request, _("Not told, because nobody of that name may see this: %(names)s") % {
            "names": ", ".join(f"@{name}" for name in said.not_told)})
    return redirect(f"{_back(request, kind, key)}#comment-{said.comment.pk}")


@require_POST
@for_who_may("comment")
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own only: those of others are not there."""
    by = person_of(request)
    there = get_object_or_404(Comment, pk=pk, by=by.username)
    form = Retracting(request.POST)
    try:
        actions.retract(there, by=by, note=form.cleaned_data["note"] if form.is_valid() else "")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{_back(request, there.kind, there.key)}#comment-{there.pk}")


def _back(request: HttpRequest, kind: str = "", key: str = "") -> str:
    """The page the form was on, where it is one of ours."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return addresses.subject(kind, key) or addresses.desk()
