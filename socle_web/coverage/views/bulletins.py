"""The statistical bulletin of a country as a file: of an edition for everybody, of an inquiry for who works on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from socle import reports
from socle.errors import InputError
from socle.reports import Document
from socle_web.audit.actions import deed, record
from socle_web.coverage import bulletins, choosing
from socle_web.coverage.round_permissions import visible_inquiries, works_on_inquiries
from socle_web.schemes.views.door import at_work, file_answer, public, sparingly

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
         "html": "text/html; charset=utf-8"}


@public
@sparingly
def country(request: HttpRequest, alpha3: str, year: int, format: str) -> HttpResponse:
    """``edition`` in the address: which one; without it the country's latest."""
    asked = request.GET.get("edition", "")[:100]
    choice = choosing.choose_for(alpha3, "" if "\x00" in asked else asked, choosing.editions())
    edition = choice.edition if choice is not None else None
    if format not in TYPES or edition is None or edition.country_id != alpha3:
        raise Http404
    paper = bulletins.of_edition(edition, year=year)
    if paper is None:
        raise Http404
    return _file(request, paper, format, name=f"bulletin-{alpha3}-{year}", key=edition.key, year=year)


@at_work(methods=("GET", "HEAD"), when=works_on_inquiries)
@sparingly
def inquiry(request: HttpRequest, pk: int, year: int, format: str) -> HttpResponse:
    there = get_object_or_404(visible_inquiries(request.user).select_related("round", "country"), pk=pk)
    if format not in TYPES:
        raise Http404
    try:
        paper = bulletins.of_inquiry(there, year=year) if bulletins.has_bulletin(there) else None
    except InputError as wrong:
        messages.error(request, str(wrong))
        return redirect("inquiry", pk)
    if paper is None:
        if year != there.round.year:
            raise Http404
        messages.error(request, _("There is nothing to make a bulletin of: this inquiry has no figures of %(year)s yet.")
                       % {"year": year})
        return redirect("inquiry", pk)
    return _file(request, paper, format, name=f"bulletin-{there.country_id}-{year}", key=f"inquiry-{pk}", year=year)


def _file(request: HttpRequest, paper: Document, format: str, *, name: str, key: str, year: int) -> HttpResponse:
    """The log remembers who took a copy, where that is somebody."""
    content = reports.render(paper, format)
    if request.user.is_authenticated and request.method == "GET":
        with deed():
            record("export", by=request.user.get_username(), subject=("bulletin", key), summary={"format": format, "year": year})
    return file_answer(content, TYPES[format], f"{name}.{format}")
