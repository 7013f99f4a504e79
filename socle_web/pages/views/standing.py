"""The report as it stood at an instant. For who works here: what was public then is no secret, but it is not published now."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from socle.errors import InputError
from socle_web.accounts.permissions import may
from socle_web.audit.refusals import Refused
from socle_web.pages import files
from socle_web.pages.page import exported, show
from socle_web.pages.queries.standing import MOST, standing
from socle_web.results.models import Phase
from socle_web.results.trail import report_at

FORMATS = ("xlsx", "json", "pdf")


class Asked(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("As it stood on"), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Write a day and a time as 2026-11-20T14:00.")},
    )
    phase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages={
        "invalid_choice": gettext_lazy("There is no phase “%(value)s”.")})

    def __init__(self, sent: object) -> None:
        super().__init__(sent, label_suffix="")  # type: ignore[arg-type]
        phases = Phase.objects.order_by("-start").values_list("key", "title")
        self.fields["phase"].choices = [(key, title or key) for key, title in phases]  # type: ignore[attr-defined]


@never_cache
@login_required
@require_safe
def as_it_stood(request: HttpRequest) -> HttpResponse:
    """The figures that were others then; the whole report of then as a file (which the log remembers)."""
    if not (may(request.user, "enter") or may(request.user, "verify") or may(request.user, "see_audit")):
        raise PermissionDenied
    form = Asked(request.GET or None)
    shown = {"form": form, "formats": FORMATS}
    if form.is_valid():
        at, phase = form.cleaned_data["at"], form.cleaned_data["phase"]
        try:
            if (wanted := request.GET.get("format")) in FORMATS:
                return _file(request, str(wanted))
            found = standing(at, phase=phase)
            shown |= {"found": found, "moved": found.moved[:MOST], "more": len(found.moved) - MOST,
                      "asked": request.GET.urlencode()}
        except (InputError, Refused) as refused:
            form.add_error("at", str(refused))
    elif not request.GET:
        form = shown["form"] = Asked(None)
        form.initial = {"at": timezone.localtime().replace(second=0, microsecond=0)}
    return show(request, "standing", shown)


def _file(request: HttpRequest, wanted: str) -> HttpResponse:
    form = Asked(request.GET)
    form.full_clean()
    at, phase = form.cleaned_data["at"], form.cleaned_data["phase"]
    response = files.standing_file(wanted, report_at(at, phase=phase), name=_("report-%(phase)s-as-it-stood") % {"phase": phase})
    exported(request, kind="report", key=phase, format=wanted, as_it_stood=at.isoformat())
    return response
