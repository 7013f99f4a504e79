"""Bringing a file: the list, the form, the preview, and what may be done to all of its rows at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from socle.errors import InputError
from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may
from socle_web.audit.refusals import Refused
from socle_web.places.models import Country
from socle_web.places.permissions import countries_of
from socle_web.results import actions, errands, jobs, papers, uploads
from socle_web.results.actions.uploading import LARGEST
from socle_web.results.models import Errand, State, Upload
from socle_web.results.receiving import received
from socle_web.results.views.door import at_work, person

A_PAGE = 200  # findings
UPLOADS = 50
MOST_MARKED = 60_000  # rows of a workbook that is sent back with its cells marked
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKED = (Upload.Stage.READY, Upload.Stage.TAKING, Upload.Stage.TAKEN)


def sees_files(user: Person) -> bool:
    return may(user, "import") or may(user, "verify")


def brings_files(user: Person) -> bool:
    return may(user, "import")


@at_work(methods=("GET", "HEAD"), when=sees_files)
def listed(request: HttpRequest) -> HttpResponse:
    user = person(request)
    page = Paginator(uploads.listed(user), UPLOADS).get_page(request.GET.get("page"))
    return render(request, "results/uploads.html", {
        "page": page, "brings": brings_files(user), "all": countries_of(user) is None, "countries": _own(user),
        "named": any(there.by != user.username for there in page.object_list)})


@at_work(when=brings_files)
def new(request: HttpRequest) -> HttpResponse:
    user, refused = person(request), None
    if request.method == "POST":
        try:
            sent = received(request, largest=LARGEST, remedy=_("Split it: a sheet a file, or a country a file."))
            return redirect("upload", jobs.bring(sent.read(), name=sent.name or "", by=user).pk)
        except Refused as refusal:
            refused = refusal
    shown = {"refused": refused, "countries": _own(user), "largest": LARGEST // 1_000_000}
    return render(request, "results/upload_new.html", shown, status=422 if refused else 200)


@at_work(methods=("GET", "HEAD"), when=sees_files)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    there = _there(user, pk)
    died = uploads.has_died(there)
    busy = there.stage in uploads.BUSY and not died
    if busy and request.htmx:  # type: ignore[attr-defined]
        return render(request, "results/_upload_progress.html", {"upload": there, "busy": True})
    errand = errands.on_its_way(there)
    if errand and errands.has_died(errand):
        errand = None
    if errand and request.htmx:  # type: ignore[attr-defined]
        return render(request, "results/_errand_progress.html", _of_errand(errand))
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    sheet, severity = request.GET.get("sheet", ""), request.GET.get("severity", "")
    found = uploads.findings(there, sheet=sheet, severity=severity)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    own = there.by == user.username and brings_files(user)
    states = uploads.states(there) if there.stage == Upload.Stage.TAKEN else {}
    return render(request, "results/upload.html", {
        "upload": there, "died": died, "busy": busy, "page": page, "sheet": sheet, "severity": severity,
        "sheets": sorted({row[1] for row in there.findings if row[1]}), "own": own,
        "states": [(State(state).label, number) for state, number in states.items()],
        "ready": own and (there.stage == Upload.Stage.READY or (died and there.stage == Upload.Stage.TAKING)),
        "twins": list(uploads.twins(there)[:5]), "deeds": {} if errand else errands.allowed(user, states, own=own),
        "done": errands.done(there) if states else [], **_of_errand(errand), **_refused(there, user, request.GET.get("why")),
        "marks": there.stage in MARKED and there.findings and there.total <= MOST_MARKED,
    })


@at_work(methods=("POST",), when=sees_files)
def do(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    there = _there(user, pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        if said := deed(there, user, request.POST.get("reason", "")):  # what was refused stands on the page
            messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("upload", pk)


@at_work(methods=("GET", "HEAD"), when=sees_files)
def findings_file(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    there, refused = _there(user, pk), None
    if "refused" in request.GET and (refused := errands.refused(there, user)) is None:
        raise Http404
    return file_answer(papers.findings_list(refused or there), "text/csv; charset=utf-8", f"{papers.stem(there)}-findings.csv")


@at_work(methods=("GET", "HEAD"), when=sees_files)
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    there = _there(person(request), pk)
    if there.stage not in MARKED or there.total > MOST_MARKED:
        raise Http404
    try:
        return file_answer(papers.marked_copy(there), XLSX, f"{papers.stem(there)}-marked.xlsx")
    except InputError as error:
        messages.error(request, str(error))
        return redirect("upload", pk)


def _there(user: User, pk: int) -> Upload:
    return get_object_or_404(uploads.uploads_of(user), pk=pk)


def _of_errand(errand: Errand | None) -> dict[str, object]:
    """What is on its way to all entries of the file."""
    return {} if errand is None else {"errand": errand, "under_way": errands.under_way(errand.deed), "share": errands.share(errand)}


def _refused(there: Upload, user: User, page: str | None) -> dict[str, object]:
    """What this person asked for last and what came of it, where it was not done."""
    refused = errands.refused(there, user)
    return {} if refused is None else {"refused": refused, "why": Paginator(errands.findings(refused), A_PAGE).get_page(page)}


def _own(user: User) -> list[Country]:
    """The countries that somebody who brings files acts for."""
    own = countries_of(user)
    return list(Country.objects.filter(pk__in=own)) if own and brings_files(user) else []


def _accept(there: Upload, user: User, _reason: str) -> str:
    jobs.accept(there, by=user)
    there.refresh_from_db(fields=["stage"])
    if there.stage != Upload.Stage.TAKEN:
        return _("The good rows are being taken over. You can leave this page.")
    return _("The good rows are drafts now. Submit them when they are complete.")


def _discard(there: Upload, user: User, _reason: str) -> str:
    actions.discard_upload(there, by=user)
    return _("The file was thrown away.")


def _again(there: Upload, user: User, _reason: str) -> str:
    jobs.look_again(there)
    return _("The work on this file was taken up again.")


def _to_all(deed: str) -> Callable[[Upload, User, str], str]:
    def ask(there: Upload, user: User, reason: str) -> str:
        errand = jobs.do_to_all(there, deed, by=user, reason=reason)
        if errand.stage == Errand.Stage.DONE:
            return errands.told(errand)
        return _("The work has begun. You can leave this page.") if errand.stage in errands.OPEN else ""

    return ask


DEEDS: dict[str, Callable[[Upload, User, str], str]] = {
    "accept": _accept, "discard": _discard, "again": _again, **{str(deed): _to_all(deed) for deed in errands.STATES},
}


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be kept, never a page of this site."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
