"""A new form is saved once: a second click, or Save after Back, leads to what it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from secrets import token_urlsafe

from django.http import HttpRequest

from socle.tables import PROGRAMME
from socle_web.audit.actions import deed
from socle_web.results import actions
from socle_web.results.forms import RecordForm
from socle_web.results.models import Entry
from socle_web.results.permissions import may_edit, visible
from socle_web.results.views.door import person

MADE = "made"
REMEMBERED = 50


def mark(request: HttpRequest) -> str:
    """What tells this form from every other one; the same when it is shown again."""
    return request.POST.get("once", "")[:40] or token_urlsafe(12)


def once(request: HttpRequest, make: Callable[[], list[Entry]]) -> tuple[list[Entry], bool]:
    """What ``make`` makes, or what this form made before; and whether it did. Deeds happen one after another, so that the
    second of two clicks at a time reads what the first one left."""
    asked = request.POST.get("once", "")[:40]
    if not asked:
        return make(), False
    with deed():
        session = request.session
        there = type(session)(session.session_key).get(MADE, {})
        made = list(visible(person(request)).filter(pk__in=there.get(asked, ())).order_by("pk"))
        before = bool(made)
        made = made or make()
        session[MADE] = dict([*there.items(), (asked, [entry.pk for entry in made])][-REMEMBERED:])
        session.save()
    return made, before


def keep_changes(request: HttpRequest, made: Sequence[Entry], forms: Sequence[RecordForm | None]) -> bool:
    """Keep what was typed since the form was saved, beside what it made. Whether there is something to save in the first entry."""
    by, first = person(request), False
    for entry, form in zip(made, forms, strict=False):
        if form is None or not may_edit(by, entry):
            continue
        typed = {name: text for name, text in form.texts().items() if name in form.fields}
        if _differs(entry.sheet, typed, entry.values):
            prefix = f"{form.prefix}-" if form.prefix else ""
            actions.keep_typing(by, f"entry/{entry.pk}", {
                name: "\x1f".join(request.POST.getlist(prefix + name)) for name in form.fields}, version=entry.version)
            first = first or entry is made[0]
    return first


def _differs(sheet: str, typed: Mapping[str, str], saved: Mapping[str, str]) -> bool:
    """Whether other things were typed than were saved. A key that was given where none was typed is no other one."""
    return any(saved.get(name, "") != text for name, text in typed.items() if text or name not in PROGRAMME[sheet].key)
