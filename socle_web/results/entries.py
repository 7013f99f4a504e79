"""Entries as people read them: in words, beside what is published, with what is missing and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle.tables import PROGRAMME, Kind
from socle_web.accounts.models import User
from socle_web.audit.models import Event
from socle_web.results import bridge
from socle_web.results.forms.choices import name_of, titles
from socle_web.results.models import OPEN, Entry
from socle_web.results.permissions import visible
from socle_web.results.scope import LEANS_ON
from socle_web.results.wording import field_name, in_words, sheet_name

MOST_EVENTS = 100
MOST_COMPANIONS = 50
WRITING = ("enter", "save", "catch_up")  # deeds that say other values


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of an entry; ``was`` is what is published now, None where the record is new."""

    column: str
    label: str
    text: str
    was: str | None

    @property
    def differs(self) -> bool:
        return self.was is not None and self.was != self.text


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to mend, and where."""

    label: str
    message: str
    remedy: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to an entry, and what it changed."""

    event: Event
    deed: str
    changed: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list."""

    entry: Entry
    name: str
    sheet: str
    new: bool


def named(entry: Entry) -> str:
    return entry.values.get("title") or name_of(entry.sheet, entry.values, entry.key or sheet_name(entry.sheet))


def lines(entries: Iterable[Entry], *, by: User) -> list[Line]:
    """Entries of a page, named; what they refer to is looked up once for all of them."""
    there = list(entries)
    known = _titles(there, by=by)
    out = []
    for entry in there:
        name = named(entry)
        for column, sheet in (("impact", "impacts"), ("change", "changes"), ("project", "projects"), ("partner", "partners")):
            key = entry.values.get(column)
            if key and (sheet, key) in known and entry.sheet in ("observations", "contributions", "funding"):
                name = name.replace(key, known[sheet, key], 1)
        out.append(Line(entry, name, sheet_name(entry.sheet), entry.before is None))
    return out


def compared(entry: Entry, *, by: User) -> list[Cell]:
    """Every column that says something, in words, beside what is published."""
    form, before = PROGRAMME[entry.sheet], entry.before
    known = _titles([entry], by=by)
    cells = []
    for column in form.columns:
        text, was = entry.values.get(column.name, ""), None if before is None else before.get(column.name, "")
        if not (text or was) or (column.name in form.key and column.kind is Kind.KEY):
            continue
        told = in_words(entry.sheet, column.name, text)
        before_told = None if was is None else in_words(entry.sheet, column.name, was)
        if column.refers:
            told = "; ".join(known.get((column.refers, one), one) for one in _parts(text))
            before_told = None if was is None else "; ".join(known.get((column.refers, one), one) for one in _parts(was))
        cells.append(Cell(column.name, field_name(entry.sheet, column.name), told, before_told))
    return cells


def missing(entry: Entry, findings: Iterable[Finding], severity: str) -> list[Missing]:
    """All of it at once, each with a link to its field."""
    edit = reverse("entry-edit", args=[entry.pk])
    found: dict[tuple[str | None, str], Missing] = {}
    for one in findings:
        if one.severity == severity:
            empty = one.code in ("needed", "required", "empty_required")
            label = field_name(entry.sheet, one.column) if one.column else ""
            found.setdefault((one.column, "" if empty else one.message), Missing(
                label, one.message, "" if empty else one.remedy, f"{edit}#id_{one.column}" if one.column else edit))
    return list(found.values())


def companions(user: User, entry: Entry) -> list[Line]:
    """Open entries that go with this one: what it leans on, and what leans on it."""
    where = Q(pk__in=[])
    leant_on = LEANS_ON.get(entry.sheet)
    if leant_on and entry.values.get(leant_on[0]):
        where |= Q(sheet=leant_on[1], key=entry.values[leant_on[0]])
    for sheet, (column, on) in LEANS_ON.items():
        if on == entry.sheet and entry.key:
            where |= Q(sheet=sheet, **{f"values__{column}": entry.key})
    if entry.key:
        where |= Q(sheet="evidence", values__record=entry.name_of_record)
    return lines(visible(user).filter(where, state__in=OPEN).exclude(pk=entry.pk).order_by("id")[:MOST_COMPANIONS], by=user)


def working_on(user: User, sheet: str, key: str) -> list[Line]:
    """What is on its way of a fact, or of what leans on it."""
    found = companions(user, Entry(sheet=sheet, key=key))
    own = visible(user).filter(sheet=sheet, key=key, state__in=OPEN)[:1]
    return [*lines(own, by=user), *found]


def happened(entry: Entry) -> list[Step]:
    """What was done to the entry, newest first: alone, with others, and when it became a fact."""
    about = Q(subject_kind="entry", subject_key=str(entry.pk))
    if entry.key:
        about |= Q(subject_kind=entry.sheet, subject_key=entry.key, deed="publish", at__gte=entry.entered_at)
    alone = list(Event.objects.filter(about).order_by("-id")[:MOST_EVENTS])
    among = Event.objects.filter(subject_kind="entries", at__gte=entry.entered_at).order_by("-id")[:MOST_EVENTS]
    together = [event for event in among if entry.pk in event.summary.get("entries", ())]
    events = sorted((*alone, *together), key=lambda event: event.id, reverse=True)
    return [Step(event, deed_name(event.deed), _changed(entry.sheet, event)) for event in events]


def as_read(entry: Entry, version: int) -> dict[str, str] | None:
    """The values of an entry at a version (its documents make versions, too), from the log; None where it does not tell."""
    events = Event.objects.filter(subject_kind="entry", subject_key=str(entry.pk), deed__in=WRITING).order_by("-id")[:MOST_EVENTS]
    return next((event.after for event in events if event.summary.get("version", version + 1) <= version), None)


def moved_on(entry: Entry) -> list[Cell]:
    """What is published otherwise now than when this change was begun."""
    if entry.before is None or not entry.is_open:
        return []
    fact = bridge.facts({entry.sheet: [entry.key]}).get((entry.sheet, entry.key), {})
    return [Cell(name, field_name(entry.sheet, name), in_words(entry.sheet, name, fact.get(name, "")),
                 in_words(entry.sheet, name, entry.before.get(name, "")))
            for name in PROGRAMME[entry.sheet].names if fact.get(name, "") != entry.before.get(name, "")]


def _changed(sheet: str, event: Event) -> tuple[Cell, ...]:
    """From what to what, for a save."""
    if event.deed not in WRITING or event.deed == "enter" or event.before is None or event.after is None:
        return ()
    return tuple(Cell(name, field_name(sheet, name), in_words(sheet, name, event.after.get(name, "")),
                      in_words(sheet, name, event.before.get(name, "")))
                 for name in PROGRAMME[sheet].names if event.after.get(name, "") != event.before.get(name, ""))


def deed_name(deed: str) -> str:
    """What was done, in words."""
    return {
        "enter": _("typed it"), "save": _("saved it"), "submit": _("submitted it"), "return": _("returned it"),
        "verify": _("verified it"), "publish": _("published it"), "withdraw": _("withdrew it"), "attach": _("attached a file"),
        "comment": _("wrote a comment"), "retract": _("took back a comment"), "accept": _("took it over from a workbook"),
        "catch_up": _("compared it with what is published now"),
    }.get(deed, deed)


def _titles(entries: Iterable[Entry], *, by: User) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for column in PROGRAMME[entry.sheet].columns:
            if column.refers:
                for values in (entry.values, entry.before or {}):
                    wanted.setdefault(column.refers, set()).update(_parts(values.get(column.name, "")))
    return titles(wanted, by=by)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
