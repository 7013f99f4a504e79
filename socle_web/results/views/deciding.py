"""Submit, withdraw, verify, return, publish: one entry, and those that go with it."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle_web.accounts.models import User
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Entry
from socle_web.results.permissions import visible
from socle_web.results.views.door import at_work, person
from socle_web.results.views.showing import entry_or_404

MOST_AT_ONCE = 500


@at_work(methods=("POST",))
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done is told by the name of the button."""
    by = person(request)
    entry = entry_or_404(by, pk)
    chosen = [entry, *visible(by).filter(pk__in=numbers(request, "with")).exclude(pk=pk)]
    decide(request, chosen, by=by)
    return redirect("entry", pk)


@at_work(methods=("POST",))
def catch_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare a change with what is published now."""
    by = person(request)
    try:
        actions.catch_up(entry_or_404(by, pk), by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This change is compared with what is published now. Look through it again."))
    return redirect("entry", pk)


def decide(request: HttpRequest, chosen: list[Entry], *, by: User) -> bool:
    """Do to the entries what the button says, and tell the person how it went."""
    sent, reason = request.POST, request.POST.get("reason", "")
    deed = next((name for name in ("submit", "verify", "return", "publish", "withdraw") if name in sent), "")
    try:
        if deed == "submit":
            actions.submit(chosen, by=by)
        elif deed == "verify":
            actions.verify(chosen, by=by)
        elif deed == "return":
            actions.send_back(chosen, by=by, reason=reason)
        elif deed == "publish":
            actions.publish(chosen, by=by)
        elif deed == "withdraw":
            actions.withdraw_all(chosen, by=by, reason=reason)
        else:
            return False
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    except IntegrityError:  # two people at the same moment: the database had the last word
        messages.error(request, _("Somebody else was quicker. Nothing was done; look again."))
        return False
    n = len(chosen)
    messages.success(request, {
        "submit": ngettext("Submitted. Somebody else verifies it now.", "%(n)d entries submitted.", n),
        "verify": ngettext("Verified.", "%(n)d entries verified.", n),
        "return": ngettext("Returned, with your reason.", "%(n)d entries returned, with your reason.", n),
        "publish": ngettext("Published: it counts now.", "%(n)d entries published: they count now.", n),
        "withdraw": ngettext("Withdrawn. It can still be read here.", "%(n)d entries withdrawn.", n),
    }[deed] % {"n": n})
    return True


def numbers(request: HttpRequest, name: str) -> list[int]:
    texts = request.POST.getlist(name)[:MOST_AT_ONCE]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18]
