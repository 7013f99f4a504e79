"""An inquiry: its state, what is found in it and said about it, its sheets, what differs from last time, a file brought."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.errors import Finding, InputError
from socle_web.accounts.models import User
from socle_web.accounts.permissions import person_of
from socle_web.audit.queries import history
from socle_web.audit.refusals import Refused
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage import inquiry_wording as wording
from socle_web.coverage import round_permissions as allowed
from socle_web.coverage import round_queries as queries
from socle_web.coverage.actions import bringing, inquiries, threads
from socle_web.coverage.models.rounds import Delivery, Inquiry, Thread
from socle_web.coverage.round_forms import Bringing, Querying
from socle_web.coverage.views.rounds import remind
from socle_web.schemes.queries import compared as lines_compared
from socle_web.schemes.views.door import at_work, file_answer

A_PAGE = 50  # threads
ROWS = 200  # of a sheet
STEPS = 100
SHOWS = ("open", "accepted", "resolved", "all")
LONGEST_COMPARED = 200_000  # characters
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there = _there(user, pk)
    sheet, show = request.GET.get("sheet", ""), request.GET.get("show", "")
    show = show if show in SHOWS else "open"
    page = Paginator(queries.threads_of(there, sheet=sheet, show=show), A_PAGE).get_page(request.GET.get("page"))
    brings = allowed.may_bring(user, there)
    counts = queries.open_counts(there)
    return render(request, "coverage/work/inquiry.html", {
        "inquiry": there, "round": there.round, "page": page, "sheet": sheet, "show": show, "shows": wording.shows(),
        "tallies": queries.tallies(there), "counts": counts, "brings": brings,
        "next": wording.what_next(there, counts, on=timezone.localdate()),
        "said": [(thread, *_may(user, there, thread)) for thread in page.object_list], "does": _deeds(user, there),
        "had_a_hand": allowed.had_a_hand(user, there), "queries": allowed.may_query(user, there),
        "deliveries": queries.deliveries_of(there), "today": timezone.localdate(), "who": user.username,
        "steps": history("inquiry", str(there.pk), most=STEPS)})


@at_work(when=allowed.works_on_inquiries)
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there = _there(user, pk)
    if not allowed.may_bring(user, there):
        messages.error(request, _("No file is brought for this inquiry now."))
        return redirect("inquiry", pk)
    form, refused = Bringing(request.POST or None, request.FILES or None), None
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            sent = request.FILES.get("file")
            if sent is None:
                raise Refused(_("No file was chosen."), remedy=_("Choose one, and send it again."), code="no_file")
            if (sent.size or 0) > bringing.LARGEST:
                raise Refused(_("The file has more than %(n)s million bytes.") % {"n": bringing.LARGEST // 1_000_000},
                              code="too_large", remedy=_("Bring the sheets of the form only."))
            taken = bringing.bring_inquiry(there, sent.read(), name=sent.name or "", saves=_number(request, "saves"), by=user)
            messages.success(request, _told(taken))
            return redirect("inquiry", pk)
        except bringing.Stale as stale:
            messages.error(request, str(stale))
            return _two(request, stale.inquiry, stale.delivery, status=409)
        except Refused as refusal:
            refused = refusal
        except InputError as wrong:
            refused, findings = Refused(wrong.what, remedy=wrong.remedy, code="unreadable"), wrong.findings
        form = Bringing()
    return render(request, "coverage/work/bring.html", {
        "inquiry": there, "round": there.round, "form": form, "refused": refused, "findings": _beside(findings),
        "largest": bringing.LARGEST // 1_000_000}, status=422 if refused else 200)


@at_work(when=allowed.works_on_inquiries)
def brought(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """A file that was kept apart, because a colleague had saved: beside what is there; and taken over."""
    user = person_of(request)
    there = _there(user, pk)
    mine = get_object_or_404(there.deliveries.filter(save_number__isnull=True), pk=delivery)
    if request.method == "POST":
        try:
            messages.success(request, _told(bringing.take_over(mine, saves=_number(request, "saves"), by=user)))
            return redirect("inquiry", pk)
        except bringing.Stale as stale:
            messages.error(request, str(stale))
            return _two(request, stale.inquiry, mine, status=409)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("inquiry", pk)
    return _two(request, there, mine)


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to fill in; where a row cannot be read, every row as it was brought with what is wrong marked."""
    there = _there(person_of(request), pk)
    found = [Finding("error" if one.kind == Thread.Kind.ERROR else "warning", one.sheet or None, one.row, one.column or None,
                     one.value or None, one.code, one.message, one.remedy)
             for one in there.threads.filter(state__in=(Thread.State.OPEN, Thread.State.ANSWERED))]
    content = bridge.workbook(there, found, explained=wording.explained(there))
    return file_answer(content, XLSX, f"inquiry-{there.country_id.lower()}-{there.round.year}.xlsx")


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def sheet(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A sheet as it was brought, with what is found and asked beside its rows."""
    user = person_of(request)
    there = _there(user, pk)
    found = bridge.sheets_now(there).get(name)
    if found is None:
        raise Http404
    wanted = request.GET.get("page") or _page_of(found.numbers, request.GET.get("row", ""))
    page = Paginator(found.numbers, ROWS).get_page(wanted)
    said = list(queries.threads_of(there, sheet=name, show="all").exclude(state=Thread.State.RESOLVED))
    header, lines = queries.lines_of(found, said, first=(page.number - 1) * ROWS, most=ROWS)
    return render(request, "coverage/work/sheet.html", {
        "inquiry": there, "round": there.round, "name": name, "header": header, "lines": lines, "page": page,
        "elsewhere": [one for one in said if one.row is None], "queries": allowed.may_query(user, there),
        "names": list(bridge.sheets_now(there))})


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_inquiries)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    there = _there(person_of(request), pk)
    return render(request, "coverage/work/compare.html", {
        "inquiry": there, "round": there.round, "before": there.before, "sheets": queries.compared(there)})


@at_work(when=allowed.works_on_inquiries)
def query(request: HttpRequest, pk: int) -> HttpResponse:
    """A reviewer asks about a cell, and hands the inquiry back."""
    user = person_of(request)
    there = _there(user, pk)
    if not allowed.may_query(user, there):
        messages.error(request, _("Only what was submitted is queried, by who reviews."))
        return redirect("inquiry", pk)
    cell = {name: request.GET.get(name, "") for name in ("sheet", "row", "column")}
    form, refused = Querying(request.POST if request.method == "POST" else None, initial=cell), None
    if request.method == "POST" and form.is_valid():
        try:
            threads.query_inquiry(there, [form.asked()], by=user)
            messages.success(request, _("Asked. The inquiry is the country's again until it is submitted."))
            return redirect("inquiry", pk)
        except Refused as refusal:
            refused = refusal
    return render(request, "coverage/work/query.html", {"inquiry": there, "round": there.round, "form": form, "refused": refused},
                  status=422 if refused or form.errors else 200)


@at_work(methods=("POST",), when=allowed.works_on_inquiries)
def thread(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    user = person_of(request)
    there = _there(user, pk)
    said = get_object_or_404(there.threads, pk=key)
    deed = SAYING.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(said, user, request.POST.get("text", ""), "alike" in request.POST))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('inquiry', args=[pk])}?show=all&sheet={said.sheet or '-'}#thread-{said.pk}")


@at_work(methods=("POST",), when=allowed.works_on_inquiries)
def do(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there, name = _there(user, pk), request.POST.get("deed", "")
    if name not in (*DEEDS, "remind"):
        raise Http404
    try:
        if name == "remind":
            messages.success(request, remind(request, [there], user))
        else:
            messages.success(request, DEEDS[name](there, user, request.POST.get("reason", "")))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("inquiry", pk)


def _there(user: User, pk: int) -> Inquiry:
    return get_object_or_404(
        allowed.visible_inquiries(user).select_related("country", "round", "before__round", "edition"), pk=pk)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _page_of(numbers: list[int], row: str) -> int:
    """The page on which a row stands."""
    wanted = int(row) if row.isascii() and row.isdigit() and len(row) < 10 else 0
    return numbers.index(wanted) // ROWS + 1 if wanted in numbers else 1


def _two(request: HttpRequest, there: Inquiry, mine: Delivery, *, status: int = 200) -> HttpResponse:
    """What was brought beside what is there, sheet by sheet."""
    sheets = {one.name: one for one in mine.sheets.all()}
    differing = [(name, lines_compared(was, now) if len(was) + len(now) <= LONGEST_COMPARED else None)
                 for name, was, now in queries.differing(bridge.sheets_now(there), sheets)]
    user = person_of(request)
    return render(request, "coverage/work/stale.html", {
        "inquiry": there, "round": there.round, "delivery": mine, "differing": differing,
        "takes": mine.by == user.username and allowed.may_bring(user, there)}, status=status)


def _told(taken: bringing.Taken) -> str:
    if taken.errors:
        return _("Brought and kept: %(errors)s, %(warnings)s. Each stands below with its place and remedy.") % {
            "errors": ngettext("%(n)s error", "%(n)s errors", taken.errors) % {"n": taken.errors},
            "warnings": ngettext("%(n)s warning", "%(n)s warnings", taken.warnings) % {"n": taken.warnings}}
    if taken.warnings:
        return ngettext("Brought, without an error. %(n)s warning wants an answer.",
                        "Brought, without an error. %(n)s warnings want an answer.", taken.warnings) % {"n": taken.warnings}
    return _("Brought. Nothing is wrong with it.")


def _beside(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What an unreadable file says in more than the one sentence above it."""
    return findings if len(findings) > 1 else ()


def _may(user: User, inquiry: Inquiry, said: Thread) -> tuple[bool, bool, bool, bool]:
    return (said.is_open and allowed.may_speak(user, inquiry), allowed.may_accept(user, inquiry, said),
            allowed.may_settle(user, inquiry, said), allowed.may_ask_again(user, inquiry, said))


def _deeds(user: User, inquiry: Inquiry) -> list[str]:
    rules: dict[str, Callable[[User, Inquiry], bool]] = {
        "submit": allowed.may_submit, "validate": allowed.may_validate, "publish": allowed.may_publish,
        "withdraw": allowed.may_withdraw, "remind": allowed.may_remind}
    return [name for name, rule in rules.items() if rule(user, inquiry)]


def _submit(inquiry: Inquiry, user: User, _reason: str) -> str:
    inquiries.submit_inquiry(inquiry, by=user)
    return _("Submitted. A reviewer reads it now.")


def _validate(inquiry: Inquiry, user: User, _reason: str) -> str:
    inquiries.validate_inquiry(inquiry, by=user)
    return _("Validated, and locked.")


def _publish(inquiry: Inquiry, user: User, _reason: str) -> str:
    edition = inquiries.publish_inquiry(inquiry, by=user).edition
    return _("Published: %(edition)s.") % {"edition": edition}


def _withdraw(inquiry: Inquiry, user: User, reason: str) -> str:
    inquiries.withdraw_inquiry(inquiry, by=user, reason=reason)
    return _("Withdrawn. It can still be read here.")


DEEDS: dict[str, Callable[[Inquiry, User, str], str]] = {
    "submit": _submit, "validate": _validate, "publish": _publish, "withdraw": _withdraw,
}


def _say(said: Thread, user: User, text: str, _alike: bool) -> str:
    threads.say(said, text, by=user)
    return _("Said.")


def _accept(said: Thread, user: User, text: str, alike: bool) -> str:
    threads.accept(said, text, by=user, alike=alike)
    return _("Accepted, with your reason.")


def _settle(said: Thread, user: User, _text: str, _alike: bool) -> str:
    threads.settle(said, by=user)
    return _("Settled.")


def _again(said: Thread, user: User, text: str, _alike: bool) -> str:
    threads.ask_again(said, text, by=user)
    return _("Asked again.")


SAYING: dict[str, Callable[[Thread, User, str, bool], str]] = {"say": _say, "accept": _accept, "settle": _settle, "again": _again}

