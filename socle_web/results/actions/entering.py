"""Typing: an entry is begun, saved and withdrawn. Whatever was typed is kept, complete or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from socle.tables import PROGRAMME, Kind
from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.results import bridge
from socle_web.results.models import BY_SHEET, OPEN, Entry, State, Typing
from socle_web.results.permissions import in_scope, may_edit, may_enter, may_withdraw, require, stood_in_for
from socle_web.results.scope import Scope, scope

LONGEST_TEXT = 20_000  # characters in one cell
LETTERS = {
    "partners": "partner", "projects": "project", "outputs": "o", "changes": "c", "impacts": "i", "observations": "obs",
    "evidence": "e", "recommendations": "rec", "actions": "a",
}


class Stale(Refused):
    """Somebody saved the entry since it was read. ``mine`` and ``theirs`` are both there; neither is lost."""

    def __init__(self, entry: Entry, mine: bridge.Texts) -> None:
        super().__init__(
            _("%(who)s saved this entry while you were typing.") % {"who": entry.changed_by},
            remedy=_("Both versions are below: choose, field by field, what is right."), code="stale",
        )
        self.entry = entry
        self.mine = mine

    @property
    def theirs(self) -> Mapping[str, str]:
        values: Mapping[str, str] = self.entry.values
        return values


def enter(sheet: str, values: Mapping[str, str], *, by: User, on_behalf_of: str = "") -> Entry:
    """Begin a new record."""
    require(may_enter(by, sheet), _("Your role does not enter such records."))
    with deed():
        typed = clean(sheet, values)
        entry = begun(sheet, typed, by=by, at=timezone.now())
        _refuse_a_second(entry)
        entry.save()
        record("enter", by=by.username, subject=subject(entry), after=typed, summary=named(entry),
               on_behalf_of=on_behalf_of or stood_in_for(by, entry.countries, entry.project))
    return entry


def change(sheet: str, key: str, values: Mapping[str, str], *, by: User, on_behalf_of: str = "") -> Entry:
    """Begin a change of a fact. The fact stays as it is until the change is published."""
    require(may_enter(by, sheet), _("Your role does not enter such records."))
    if sheet == "observations":
        raise Refused(_("An observation is never changed."), code="append_only",
                      remedy=_("Enter a new observation that supersedes it, and say why."))
    with deed():
        before = bridge.facts({sheet: [key]}).get((sheet, key))
        require(before is not None, _("There is no such record."), code="unknown")
        require(in_scope(by, sheet, scope(sheet, before or {}, key=key)), out_of_scope(), code="out_of_scope")
        typed = _identified(sheet, clean(sheet, {**(before or {}), **values}), before or {})
        entry = begun(sheet, typed, by=by, at=timezone.now(), key=key, before=before)
        _refuse_a_second(entry)
        entry.save()
        record("enter", by=by.username, subject=subject(entry), before=before, after=typed, summary=named(entry),
               on_behalf_of=on_behalf_of or stood_in_for(by, entry.countries, entry.project))
    return entry


def save(entry: Entry, values: Mapping[str, str], *, version: int, by: User, on_behalf_of: str = "") -> Entry:
    """Save what was typed over ``version``. Raises ``Stale`` when that is no longer the version that is there."""
    with deed():
        there = Entry.objects.select_for_update().get(pk=entry.pk)
        require(may_edit(by, there), _("You cannot edit this entry now."), code="not_editable")
        typed = clean(there.sheet, values)
        if there.before is not None:
            typed = _identified(there.sheet, typed, there.before)
        elif _own_key(there.sheet):
            typed[PROGRAMME[there.sheet].key[0]] = there.key
        if there.version != version:
            raise Stale(there, typed)
        before = there.values
        if typed == before:
            return there
        whose = _whose(there.sheet, typed, key=there.key, before=there.before)
        _refuse_out_of_scope(by, there.sheet, whose)
        there.values = typed
        there.countries, there.project, there.on = whose.countries, whose.project, whose.on
        there.key = there.key if _own_key(there.sheet) or there.before is not None else _composed(there.sheet, typed)
        touched(there, by=by)
        _refuse_a_second(there)
        there.save()
        Typing.objects.filter(person=by.username, place=f"entry/{there.pk}").delete()
        record("save", by=by.username, subject=subject(there), before=before, after=typed, summary=named(there),
               on_behalf_of=on_behalf_of or stood_in_for(by, there.countries, there.project))
    return there


def withdraw(entry: Entry, *, by: User, reason: str = "") -> Entry:
    """Take an entry back. It stays, to be read; its record may be entered anew."""
    with deed():
        there = Entry.objects.select_for_update().get(pk=entry.pk)
        require(may_withdraw(by, there), _("You cannot withdraw this entry."), code="not_yours")
        require(there.state != State.VERIFIED or bool(reason.strip()), _("A reason is needed."), code="reason_needed",
                remedy=_("It is verified already: say why it is withdrawn."))
        before = there.state
        there.state, there.verified_by, there.verified_at = State.WITHDRAWN, "", None
        there.save()
        record("withdraw", by=by.username, subject=subject(there), reason=reason,
               summary=named(there) | {"from": before, "to": there.state},
               on_behalf_of=stood_in_for(by, there.countries, there.project))
    return there


def withdraw_all(entries: Iterable[Entry], *, by: User, reason: str = "") -> list[Entry]:
    """Take entries back: all of them, or none."""
    with deed():
        return [withdraw(entry, by=by, reason=reason) for entry in entries]


def keep_typing(person: User, place: str, values: Mapping[str, str], *, version: int = 0) -> None:
    """Keep what is being typed. No deed: nothing has happened yet, and nobody else sees it."""
    typed = {str(name)[:100]: str(text)[:LONGEST_TEXT].replace("\x00", "") for name, text in list(values.items())[:100]}
    Typing.objects.update_or_create(person=person.username, place=place[:400], defaults={"values": typed, "version": version})


def begun(
    sheet: str, typed: bridge.Texts, *, by: User, at: datetime, key: str = "", before: bridge.Texts | None = None
) -> Entry:
    """An entry that is not saved yet, with a key of its own. Raises ``Refused`` where it is not in the hands of ``by``."""
    whose = _whose(sheet, typed, key=key, before=before)
    if not key and _own_key(sheet):
        name = PROGRAMME[sheet].key[0]
        key = typed[name] = typed.get(name) or new_key(sheet, whose)
        whose = scope(sheet, typed, key=key)
    _refuse_out_of_scope(by, sheet, whose)
    countries, typists = cast("Any", whose.countries), cast("Any", (by.username,))
    return Entry(
        sheet=sheet, key=key or _composed(sheet, typed), values=typed, before=before, countries=countries, project=whose.project,
        on=whose.on, typists=typists, entered_by=by.username, entered_at=at, changed_by=by.username, changed_at=at,
    )


def touched(entry: Entry, *, by: User) -> None:
    """Who changes what an entry says, or the documents behind it, had a hand in it. Not saved yet."""
    entry.version += 1
    entry.changed_by, entry.changed_at = by.username, timezone.now()
    entry.typists = tuple(dict.fromkeys((*entry.typists, by.username)))


def clean(sheet: str, values: Mapping[str, str]) -> bridge.Texts:
    """The cells of the sheet's columns, trimmed; the rest is not kept. Raises ``Refused`` for texts beyond all bounds."""
    typed: bridge.Texts = {}
    for name in PROGRAMME[sheet].names:
        text = str(values.get(name) or "").replace("\x00", "").strip()
        if len(text) > LONGEST_TEXT:
            raise Refused(_("%(column)s is longer than %(n)s characters.") % {"column": name, "n": LONGEST_TEXT},
                          remedy=_("Shorten it, or attach the text as evidence."), code="too_long")
        if text:
            typed[name] = text
    return typed


def new_key(sheet: str, whose: Scope) -> str:
    """A short identifier that nobody has to think of: ``NPL-2024-c3``. Call it inside a deed."""
    place = whose.countries[0] if len(whose.countries) == 1 else ""
    stem = "-".join(part for part in (place, str(whose.on.year) if whose.on else "", LETTERS.get(sheet, "r")) if part)
    taken = {
        *BY_SHEET[sheet].objects.filter(key__startswith=stem).values_list("key", flat=True),  # type: ignore[attr-defined]
        *Entry.objects.filter(sheet=sheet, key__startswith=stem).values_list("key", flat=True),
    }
    number = len(taken) + 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def subject(entry: Entry) -> tuple[str, str]:
    return "entry", str(entry.pk)


def named(entry: Entry) -> dict[str, object]:
    """What an event says of the entry it speaks of."""
    return {"record": entry.name_of_record, "countries": list(entry.countries), "version": entry.version}


def _whose(sheet: str, typed: Mapping[str, str], *, key: str, before: Mapping[str, str] | None) -> Scope:
    """In whose hands an entry is. A change of a fact stays with those who acted for it, whatever it would become."""
    now = scope(sheet, typed, key=key)
    if before is None:
        return now
    then = scope(sheet, before, key=key)
    return Scope(tuple(dict.fromkeys((*then.countries, *now.countries))), now.project or then.project, now.on or then.on,
                 now.speaks_of or then.speaks_of)


def out_of_scope() -> str:
    return _("This record belongs to a country or project that you do not act for.")


def _refuse_out_of_scope(by: User, sheet: str, whose: Scope) -> None:
    if whose.settled:
        require(in_scope(by, sheet, whose), out_of_scope(), code="out_of_scope",
                remedy=_("Ask the administrator for a mandate, or hand the figure to a colleague who has one."))


def _refuse_a_second(entry: Entry) -> None:
    """A record has one open entry; a key that a fact has already needs ``change``."""
    if not entry.key:
        return
    other = Entry.objects.filter(sheet=entry.sheet, key=entry.key, state__in=OPEN).exclude(pk=entry.pk).first()
    if other is not None:
        raise Refused(_("%(record)s is already being worked on.") % {"record": entry.name_of_record}, code="open_already",
                      remedy=_("Open entry %(n)s instead.") % {"n": other.pk})
    if entry.before is None and BY_SHEET[entry.sheet].objects.filter(key=entry.key).exists():  # type: ignore[attr-defined]
        raise Refused(_("%(record)s is there already.") % {"record": entry.name_of_record}, code="duplicate_key",
                      remedy=_("Open it and change it there, or give yours a key of its own."))


def _identified(sheet: str, typed: bridge.Texts, before: Mapping[str, str]) -> bridge.Texts:
    """What was typed, but for what identifies the record: with another key, or another source, it would be another record."""
    fixed = PROGRAMME[sheet].identity
    return {name: text for name, text in typed.items() if name not in fixed} | {n: before[n] for n in fixed if n in before}


def _own_key(sheet: str) -> bool:
    """Whether the first column is an identifier that means nothing else."""
    form = PROGRAMME[sheet]
    return len(form.key) == 1 and form.column(form.key[0]).kind is Kind.KEY


def _composed(sheet: str, typed: Mapping[str, str]) -> str:
    """The key that the typed cells make; nothing while one of them is missing or unread."""
    table = bridge.read([Entry(sheet=sheet, values=dict(typed))]).book[sheet]
    return table.keys[0] if len(table) else ""
