"""What is being typed: kept every few seconds, and what it would change, said while it is typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime

from socle_web.accounts.models import User
from socle_web.results import actions
from socle_web.results.consequences import consequence_of
from socle_web.results.forms import FIRST, GROUPS, RecordForm
from socle_web.results.models import Entry, Typing
from socle_web.results.permissions import may_enter, visible
from socle_web.results.views.door import at_work, person, works

OURS = ("csrfmiddlewaretoken", "place", "page", "typist", "version", "sheet", "once")


@at_work(methods=("POST",))
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the form as it stands. No deed: nobody else sees it."""
    by, place = person(request), request.POST.get("place", "")
    version = request.POST.get("version", "")
    if not place:
        return JsonResponse({"kept": False}, status=400)
    entry, _key = _about(by, request.POST.get("sheet", ""), place)
    if entry is not None and version != str(entry.version):  # on its way while the form was saved, or somebody else saved
        return JsonResponse({"kept": False, "at": ""}, status=409)
    typed = {name: "\x1f".join(request.POST.getlist(name)) for name in request.POST if name not in OURS}
    actions.keep_typing(by, place, typed, version=entry.version if entry else 0)
    return JsonResponse({"kept": True, "at": localtime().strftime("%H:%M")})


@at_work(methods=("POST",))
def drop(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed and not saved."""
    Typing.objects.filter(person=person(request).username, place=request.POST.get("place", "")[:400]).delete()
    page = request.POST.get("page", "")
    return redirect(page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "work")


@at_work(methods=("POST",), when=works)
def consequence(request: HttpRequest) -> HttpResponse:
    """A few sentences, put beside the form while it is typed."""
    by, sheet = person(request), request.POST.get("sheet", "")
    if sheet not in GROUPS or not may_enter(by, sheet):
        return HttpResponse(status=204)
    entry, key = _about(by, sheet, request.POST.get("place", ""))
    form = RecordForm(sheet, by=by, values=entry.values if entry else None, sent=request.POST)
    first = RecordForm("observations", by=by, sent=request.POST, prefix="first", groups=[FIRST]) if sheet == "impacts" else None
    said = consequence_of(sheet, form.texts(), first=first.texts() if first and first.is_touched else None, key=key, by=by)
    return render(request, "results/_consequence.html", {"said": said})


def _about(by: User, sheet: str, place: str) -> tuple[Entry | None, str]:
    """The entry that is being edited, if it is one, and the key of the record it speaks of. A correction is a record of its own."""
    kind, _slash, name = place.partition("/")
    if kind == "entry":
        number = name if name.isascii() and name.isdigit() and len(name) < 18 else "0"
        entry = visible(by).filter(pk=int(number), sheet=sheet).first()
        return entry, entry.key if entry else ""
    return None, name if kind == sheet and name != "new" and sheet != "observations" else ""
