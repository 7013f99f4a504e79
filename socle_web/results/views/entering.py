"""Typing a record: a new one, a change of a fact, a draft; and two people at one record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.tables import PROGRAMME
from socle_web.accounts.models import User
from socle_web.audit.refusals import Refused
from socle_web.results import actions, bridge
from socle_web.results.consequences import consequence_of
from socle_web.results.entries import as_read, companions
from socle_web.results.forms import FIRST, GROUPS, RecordForm
from socle_web.results.models import OPEN, Entry, State, Typing
from socle_web.results.permissions import ENTERED, in_scope, may_edit, may_enter
from socle_web.results.scope import scope
from socle_web.results.views.door import at_work, kept, person
from socle_web.results.views.once import keep_changes, mark, once
from socle_web.results.views.showing import entry_or_404
from socle_web.results.wording import ABOUT, field_name, in_words, sheet_name

ORDER = ("changes", "impacts", "observations", "contributions", "outputs", "evidence", "ratifications", "projects", "funding",
         "partners", "recommendations", "actions")


@at_work(methods=("GET", "HEAD"))
def choose(request: HttpRequest) -> HttpResponse:
    """What would you like to enter?"""
    offered = [(sheet, sheet_name(sheet), ABOUT[sheet]) for sheet in ORDER if may_enter(request.user, sheet)]
    return render(request, "results/choose.html", {"offered": offered, "asked": request.GET.urlencode()})


@at_work()
def new(request: HttpRequest, sheet: str) -> HttpResponse:
    """A new record; of an impact also the first number, in the same save."""
    by = person(request)
    if sheet not in GROUPS:
        raise Http404
    if not may_enter(by, sheet):
        raise PermissionDenied
    place = f"{sheet}/new"
    sent = request.POST if request.method == "POST" else kept(request)
    typing = _typing(by, place)
    form = RecordForm(sheet, by=by, values=_prefilled(request, sheet), sent=_taken(request, sent, typing))
    first = RecordForm("observations", by=by, sent=_taken(request, sent, typing), prefix="first", groups=[FIRST]) \
        if sheet == "impacts" else None
    shown: dict[str, Any] = {"title": _("New: %(what)s") % {"what": sheet_name(sheet)}, "place": place, "sheet": sheet,
                             "form": form, "first": first, "version": 0, "typing": typing, "after_signing_in": _kept(request, sent),
                             "once": mark(request)}
    if request.method != "POST" or "consequence" in request.POST:
        return _page(request, shown)
    try:
        made, again = once(request, lambda: actions.begin(
            sheet, form.texts(), first.texts() if first and first.is_touched else None, by=by))
    except Refused as refused:
        return _page(request, shown, refused=refused)
    Typing.objects.filter(person=by.username, place=place).delete()
    return _again(request, made, [form, first], by=by) if again else _then(request, made, by=by)


@at_work()
def change(request: HttpRequest, sheet: str, key: str) -> HttpResponse:
    """A change of a fact; of an observation, a new one that supersedes it."""
    by = person(request)
    if sheet not in ENTERED or sheet not in GROUPS:
        raise Http404
    if not may_enter(by, sheet):
        raise PermissionDenied
    fact = bridge.facts({sheet: [key]}).get((sheet, key))
    if fact is None:
        raise Http404
    if not in_scope(by, sheet, scope(sheet, fact, key=key)):
        raise PermissionDenied
    there = Entry.objects.filter(sheet=sheet, key=key, state__in=OPEN).first()
    if there is not None:
        messages.info(request, _("This record is already being worked on: here it is."))
        return redirect("entry", there.pk)
    supersedes = sheet == "observations"
    place, values = f"{sheet}/{key}", dict(fact)
    if supersedes:
        values |= {"supersedes": key, "reason": "", "recorded_on": ""}
        values.pop("observation", None)
    sent = request.POST if request.method == "POST" else kept(request)
    typing = _typing(by, place)
    fixed = () if supersedes else PROGRAMME[sheet].key
    form = RecordForm(sheet, by=by, values=values, sent=_taken(request, sent, typing), fixed=fixed)
    title = _("Correct an observation") if supersedes else _("Change: %(what)s") % {"what": sheet_name(sheet)}
    shown = {"title": title, "place": place, "sheet": sheet, "form": form, "first": None, "version": 0, "typing": typing,
             "fact": key, "key": "" if supersedes else key, "after_signing_in": _kept(request, sent), "once": mark(request)}
    if request.method != "POST" or "consequence" in request.POST:
        return _page(request, shown)
    try:
        made, again = once(request, lambda: [
            actions.enter(sheet, form.texts(), by=by) if supersedes else actions.change(sheet, key, form.texts(), by=by)])
    except Refused as refused:
        return _page(request, shown, refused=refused)
    Typing.objects.filter(person=by.username, place=place).delete()
    return _again(request, made, [form], by=by) if again else _then(request, made, by=by)


@at_work()
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    entry = entry_or_404(by, pk)
    if not may_edit(by, entry):
        messages.info(request, _("This entry cannot be edited now."))
        return redirect("entry", pk)
    if "mine" in request.POST:
        return _settled(request, entry, by=by)
    place = f"entry/{pk}"
    sent = request.POST if request.method == "POST" else kept(request)
    typing = _typing(by, place)
    fixed = PROGRAMME[entry.sheet].key if entry.before is not None else ()
    form = RecordForm(entry.sheet, by=by, values=entry.values, sent=_taken(request, sent, typing),
                      findings=() if sent else actions.examine([entry]), fixed=fixed)
    shown = {"title": _("Edit: %(what)s") % {"what": sheet_name(entry.sheet)}, "place": place, "sheet": entry.sheet,
             "form": form, "first": None, "version": entry.version, "typing": typing, "entry": entry, "key": entry.key,
             "after_signing_in": _kept(request, sent)}
    if request.method != "POST" or "consequence" in request.POST:
        return _page(request, shown)
    try:
        made = actions.save(entry, form.texts(), version=_version(request), by=by)
    except actions.Stale as stale:
        return _both(request, entry, stale, by=by)
    except Refused as refused:
        return _page(request, shown, refused=refused)
    Typing.objects.filter(person=by.username, place=place).delete()
    return _then(request, [made], by=by)


def _then(request: HttpRequest, made: list[Entry], *, by: User) -> HttpResponse:
    """After saving: the page of the entry; with “submit”, handed to the verifier if nothing is missing."""
    request.session["saved"] = True  # the browser's own copy may go
    if "submit" in request.POST:
        try:
            handed = actions.submit(_complete_with(made, by=by), by=by)
        except Refused as refused:
            messages.warning(request, _("Saved, and not submitted: %(why)s") % {"why": refused.what})
        else:
            n = len(handed)
            messages.success(request, ngettext("Submitted. Somebody else verifies it now.",
                                               "%(n)d entries submitted. Somebody else verifies them now.", n) % {"n": n})
    else:
        messages.success(request, _("Saved as a draft."))
    return redirect("entry", made[0].pk)


def _again(request: HttpRequest, made: list[Entry], forms: list[RecordForm | None], *, by: User) -> HttpResponse:
    """After a form that had been saved before: nothing is made twice, and what was typed since is not lost."""
    if keep_changes(request, made, forms):
        messages.info(request, _("This form had been saved before. What you typed since then is here; it is not saved yet."))
        return redirect(f"{reverse('entry-edit', args=[made[0].pk])}?typed=1")
    if "submit" in request.POST and made[0].state == State.DRAFT:
        return _then(request, made, by=by)
    messages.info(request, _("This form had been saved before: here is what it made."))
    return redirect("entry", made[0].pk)


def _complete_with(made: list[Entry], *, by: User) -> list[Entry]:
    """What was saved, and the drafts that go with it and lack nothing: a number is not verified without its impact."""
    known = {entry.pk for entry in made}
    beside = [line.entry for line in companions(by, made[0]) if line.entry.pk not in known and may_edit(by, line.entry)]
    lacking = {finding.row for finding in actions.examine([*made, *beside]) if finding.severity == "error"}
    return [*made, *(entry for place, entry in enumerate(beside, start=len(made) + 1) if place not in lacking)]


def _page(request: HttpRequest, shown: Mapping[str, Any], *, refused: Refused | None = None) -> HttpResponse:
    """The form. Asked without scripts, or by the button, it also says what the entry would change."""
    said = None
    if "consequence" in request.POST:
        first = shown["first"]
        said = consequence_of(shown["sheet"], shown["form"].texts(), first=first.texts() if first and first.is_touched else None,
                              key=shown.get("key", ""), by=person(request))
    return render(request, "results/form.html", {**shown, "refused": refused, "said": said, "counts": shown["sheet"] in
                  ("impacts", "observations", "changes")}, status=422 if refused else 200)


def _both(request: HttpRequest, entry: Entry, stale: actions.Stale, *, by: User) -> HttpResponse:
    """Both versions side by side; mine is chosen where I typed something, theirs where I did not. Mine is kept until I choose."""
    actions.keep_typing(by, f"entry/{entry.pk}", stale.mine, version=stale.entry.version)
    form = PROGRAMME[entry.sheet]
    names = [name for name in form.names if (name in stale.mine or name in stale.theirs) and name not in form.key]
    read = as_read(entry, _version(request))
    rows = [{"column": name, "label": field_name(entry.sheet, name), "mine": stale.mine.get(name, ""),
             "theirs": stale.theirs.get(name, ""), "mine_told": in_words(entry.sheet, name, stale.mine.get(name, "")),
             "theirs_told": in_words(entry.sheet, name, stale.theirs.get(name, "")),
             "differs": stale.mine.get(name, "") != stale.theirs.get(name, ""),
             "touched": read is None or stale.mine.get(name, "") != read.get(name, "")} for name in names]
    return render(request, "results/stale.html", {"entry": stale.entry, "stale": stale, "rows": rows,
                                                  "differing": sum(1 for row in rows if row["differs"])}, status=409)


def _settled(request: HttpRequest, entry: Entry, *, by: User) -> HttpResponse:
    """Save the choice between two versions over the one that was shown."""
    values = dict(entry.values)
    for name in PROGRAMME[entry.sheet].names:
        chosen = request.POST.get(f"choice-{name}")
        if chosen in ("mine", "theirs"):
            values[name] = request.POST.get(f"{chosen}-{name}", "")
    try:
        made = actions.save(entry, values, version=_version(request), by=by)
    except actions.Stale as stale:
        return _both(request, entry, stale, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("entry", entry.pk)
    Typing.objects.filter(person=by.username, place=f"entry/{entry.pk}").delete()
    messages.success(request, _("Saved. What you did not choose is still in the history."))
    return redirect("entry", made.pk)


def _prefilled(request: HttpRequest, sheet: str) -> dict[str, str]:
    """What a link brought along: the country, the change, the impact."""
    return {name: request.GET[name][:2_000].replace("\x00", "") for name in PROGRAMME[sheet].names if request.GET.get(name)}


def _typing(by: User, place: str) -> Typing | None:
    return Typing.objects.filter(person=by.username, place=place).first()


def _taken(request: HttpRequest, sent: Any, typing: Typing | None) -> Any:
    """What the form is filled with: what was sent, or what was typed and not saved when the person asks for it."""
    if sent is not None:
        return sent
    if typing is None or "typed" not in request.GET:
        return None
    there = request.POST.copy()
    for name, text in typing.values.items():
        there.setlist(name, text.split("\x1f"))
    return there


def _kept(request: HttpRequest, sent: Any) -> bool:
    return request.method != "POST" and sent is not None


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
