"""What is on its way: brought, edited, checked against its cases, handed on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may, person_of
from socle_web.audit.queries import history
from socle_web.audit.refusals import Refused
from socle_web.schemes import actions, bridge, queries
from socle_web.schemes import permissions as allowed
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.forms import Beginning, Drafting
from socle_web.schemes.models import Kind, Version
from socle_web.schemes.views.door import at_work, file_answer
from socle_web.schemes.views.reading import TOML, label_of
from socle_web.schemes.views.shown import cases_of, lines, sections

A_PAGE = 50
STEPS = 50  # of the history that are shown


def writes(user: Person) -> bool:
    return may(user, "enter")


@at_work(methods=("GET", "HEAD"))
def work(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    page = Paginator(queries.on_their_way(user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "schemes/work.html", {
        "page": page, "writes": writes(user), "withdrawn": list(queries.withdrawn(user)[:A_PAGE]),
        "scenarios": list(queries.scenarios_of(user, [user.username])[:A_PAGE])})


@at_work(when=writes)
def new(request: HttpRequest) -> HttpResponse:
    user, refused = person_of(request), None
    form = Beginning(request.POST or None, request.FILES or None, user=user, initial={"country": request.GET.get("country", "")})
    if request.method == "POST":
        if form.is_valid():
            try:
                begun = actions.enter(form.typed(), country=form.cleaned_data["country"], kind=form.cleaned_data["kind"], by=user)
                return redirect("scheme-draft", begun.pk)
            except Refused as refusal:
                refused = refusal
        else:
            refused = Refused(_("Something is missing."), remedy=_("See beside the fields."))
    return render(request, "schemes/new.html", {"form": form, "refused": refused}, status=422 if refused else 200)


@at_work(methods=("GET", "HEAD"))
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    version = _there(user, pk)
    told = bridge.read(version.text, kind=version.kind)
    shown, elsewhere = lines(version.text, told.findings)
    return render(request, "schemes/draft.html", {
        "version": version, "scheme": told.scheme, "sections": sections(told.scheme) if told.scheme else None, "told": told,
        "label": label_of(version, told.scheme) if version.kind == Kind.SCHEME else _("Economy of the country"), "lines": shown,
        "elsewhere": elsewhere, "wrong": [line for line in shown if line.findings],
        "errors": sum(finding.severity == "error" for finding in told.findings),
        "tried": cases_of(version) if told.is_sound and version.kind == Kind.SCHEME else None,
        "steps": history(version.kind, str(version.pk), most=STEPS), "does": list(_deeds(user, version)),
        "edits": allowed.may_edit(user, version), "wrote": allowed.wrote(user, version),
        "current": queries.published(version.country_id, version.key, kind=version.kind) if version.key else None})


@at_work(when=writes)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, refused = person_of(request), None
    version = _there(user, pk)
    if not allowed.may_edit(user, version):
        messages.error(request, _("This version is not a draft of yours: it cannot be edited now."))
        return redirect("scheme-draft", pk)
    form = Drafting(request.POST or None, request.FILES or None,
                    initial={"text": version.text, "cases": version.cases, "note": version.note})
    if request.method == "POST":
        try:
            actions.save(version, form.typed(), saves=_saves(request), by=user)
            messages.success(request, _("Saved as a draft."))
            return redirect("scheme-draft", pk)
        except actions.Stale as stale:
            return _two_texts(request, stale)
        except Refused as refusal:
            refused = refusal
    told = bridge.read(version.text, kind=version.kind)
    return render(request, "schemes/edit.html", {
        "version": version, "form": form, "refused": refused, "label": label_of(version, told.scheme),
        "findings": told.findings if request.method != "POST" else ()}, status=422 if refused else 200)


@at_work(methods=("POST",))
def do(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    version = _there(user, pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(version, user, request.POST.get("reason", "")))
    except actions.Incomplete as refused:
        messages.error(request, refused.what)
        for finding in refused.findings[:10]:
            messages.error(request, str(finding))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("scheme-draft", pk)


@at_work(methods=("POST",), when=writes)
def change(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """Begin a new version of what is published."""
    user = person_of(request)
    published = queries.published(country, key)
    if published is None:
        raise Http404
    try:
        return redirect("scheme-edit", actions.change(published, by=user).pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("scheme-work")


@at_work(methods=("GET", "HEAD"))
def download(request: HttpRequest, pk: int) -> HttpResponse:
    version = _there(person_of(request), pk)
    return file_answer(version.text, TOML, version.file_name)


def _there(user: User, pk: int) -> Version:
    return get_object_or_404(allowed.in_hands(user).select_related("country"), pk=pk)


def _saves(request: HttpRequest) -> int:
    text = request.POST.get("saves", "")
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _two_texts(request: HttpRequest, stale: actions.Stale) -> HttpResponse:
    """Mine and theirs: what differs line by line, and a form that holds mine and is saved over theirs."""
    mine: Typed = stale.mine
    form = Drafting(initial={"text": mine.text, "cases": mine.cases, "note": mine.note})
    return render(request, "schemes/stale.html", {
        "version": stale.version, "stale": stale, "form": form, "lines": queries.compared(stale.version.text, mine.text),
        "cases": queries.compared(stale.version.cases, mine.cases)}, status=409)


def _submit(version: Version, user: User, _reason: str) -> str:
    actions.submit(version, by=user)
    return _("Submitted.")


def _return(version: Version, user: User, reason: str) -> str:
    actions.send_back(version, by=user, reason=reason)
    return _("Returned, with your reason.")


def _verify(version: Version, user: User, _reason: str) -> str:
    actions.verify(version, by=user)
    return _("Verified.")


def _publish(version: Version, user: User, _reason: str) -> str:
    number = actions.publish(version, by=user).number
    return _("Published as version %(n)s.") % {"n": number}


def _withdraw(version: Version, user: User, reason: str) -> str:
    actions.withdraw(version, by=user, reason=reason)
    return _("Withdrawn. It can still be read here.")


DEEDS: dict[str, Callable[[Version, User, str], str]] = {
    "submit": _submit, "return": _return, "verify": _verify, "publish": _publish, "withdraw": _withdraw,
}


def _deeds(user: User, version: Version) -> list[str]:
    """What this person may do to the version now."""
    rules = {"submit": allowed.may_submit, "verify": allowed.may_verify, "publish": allowed.may_publish,
             "return": allowed.may_return, "withdraw": allowed.may_withdraw}
    return [name for name, rule in rules.items() if rule(user, version)]


