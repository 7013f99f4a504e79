"""Documents: attached to evidence, handed out to those who may see them; and the template of a country."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socle_web.accounts.permissions import Person, may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.places.models import Country
from socle_web.places.permissions import acts_for
from socle_web.results import actions, files, papers
from socle_web.results.actions.attaching import LARGEST
from socle_web.results.permissions import visible
from socle_web.results.receiving import received
from socle_web.results.views.door import at_work, person
from socle_web.results.views.uploads import XLSX, file_answer, sees_files

#: A document is never a page of this site, whatever is in it.
ALONE = "default-src 'none'; sandbox"


def attaches(user: Person) -> bool:
    return may(user, "attach")


@at_work(methods=("POST",), when=attaches)
def attach(request: HttpRequest, pk: int) -> Any:
    user = person(request)
    entry = get_object_or_404(visible(user), pk=pk)
    try:
        sent = received(request, largest=LARGEST, remedy=_("Save it smaller, or split it."))
        made = actions.attach(entry, sent.read(), name=sent.name or "", declared=sent.content_type or "", by=user)
        messages.success(request, _("%(name)s is attached.") % {"name": made.name})
        for other in files.twins(made, user)[:3]:
            messages.info(request, _("The same file is attached to %(record)s too.") % {"record": f"evidence:{other.evidence}"})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("entry", pk)


@at_work(methods=("POST",), when=attaches)
def detach(request: HttpRequest, pk: int) -> Any:
    user = person(request)
    there = files.seen_by(user).filter(pk=pk, entry__in=visible(user)).first()
    if there is None:
        raise Http404
    try:
        actions.detach(there, by=user)
        messages.success(request, _("%(name)s was taken off.") % {"name": there.name})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("entry", there.entry_id)


@require_safe
def evidence(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A document: of published evidence for everyone, of a draft for who sees the draft."""
    there = files.seen_by(request.user).filter(pk=pk).select_related("entry").first()
    if there is None or there.name != name:
        if not request.user.is_authenticated:  # the same whether it is there or not
            return redirect_to_login(request.get_full_path())
        raise Http404
    try:
        answer = FileResponse(there.file.open("rb"), as_attachment=True, filename=there.name, content_type=there.media_type)
    except FileNotFoundError:
        raise Http404 from None
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    answer["Cache-Control"] = "no-cache" if files.is_published(there) else "private, no-store"
    return answer


@at_work(methods=("GET",), when=sees_files)
def template(request: HttpRequest, country: str) -> Any:
    """The workbook of a country with its records as they are now."""
    user = person(request)
    place = get_object_or_404(Country, pk=country)
    if not acts_for(user, place):
        raise PermissionDenied
    content, rows = papers.template(place.alpha3, place.name)
    with deed():
        record("export", by=user.username, subject=("template", place.alpha3), summary={"rows": rows})
    return file_answer(content, XLSX, f"{place.alpha3}.xlsx")
