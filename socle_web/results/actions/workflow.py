"""From draft to fact: submitted, verified by somebody else, published; or returned with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle.tables import Book, Parsed
from socle_web.accounts.deputies import deputised
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.results import bridge
from socle_web.results.actions.entering import named, out_of_scope, subject
from socle_web.results.actions.loading import contradictions
from socle_web.results.likeness import alike
from socle_web.results.locks import refuse_locked_entries
from socle_web.results.models import BY_SHEET, Entry, Origin, State
from socle_web.results.permissions import asking, may_enter, require, stood_in_for, typed
from socle_web.results.pulse import Heard, nobody, part
from socle_web.results.rejections import against_a_rejection
from socle_web.results.scope import held
from socle_web.results.whose import Whose

#: What a fact needs beyond the columns without which a row cannot be read: who reads it must understand and trust it.
NEEDED = {
    "partners": ("name", "kind"), "projects": ("title", "kind", "countries"), "funding": ("status", "source"),
    "outputs": ("on", "kind", "title"), "changes": ("title", "source"), "contributions": ("share", "source"),
    "impacts": ("branch", "title", "source"), "observations": ("persons", "source"), "evidence": ("title", "kind"),
    "ratifications": ("source",), "recommendations": ("title", "source"),
    "actions": ("recommendation", "title", "owner", "due_on", "status"),
}
LONGEST_REASON = 5_000


class Incomplete(Refused):
    """Something is missing or wrong: ``findings``, whose ``row`` is the place of the entry among those given, from 1."""

    def __init__(self, what: str, findings: Iterable[Finding], *, code: str = "incomplete") -> None:
        self.findings = tuple(findings)
        super().__init__(what, remedy=" ".join(f"{f.message} {f.remedy}".strip() for f in self.findings[:5]), code=code)


def examine(entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """All that is missing, wrong or remarkable about entries, as the check of a file would say it."""
    return (*_examined(entries)[1], *alike(entries), *against_a_rejection(entries))


def submit(entries: Iterable[Entry], *, by: User, on_behalf_of: str = "", heard: Heard = nobody) -> list[Entry]:
    """Hand drafts to the verifier. Raises ``Incomplete`` with everything that is still missing."""
    with deed():
        there = _locked_rows(entries, part(heard, 0, 0.2))
        _see_whose(there)
        asked = asking(by)
        for entry in there:
            require(may(by, "submit") and may_enter(by, entry.sheet), _("Your role does not submit such entries."))
            require(entry.state == State.DRAFT, _("Only a draft is submitted."), code="not_a_draft")
            nobodys = not held(entry).settled and typed(by, entry)  # what it lacks is told first
            require(nobodys or asked(entry.sheet, held(entry)), out_of_scope(), code="out_of_scope")
        heard(0.5)
        wrong = [f for f in _examined(there)[1] if f.severity == "error"]
        heard(0.8)
        if wrong:
            raise Incomplete(_("Something is missing before this can be submitted."), wrong)
        for entry in there:
            require(asked(entry.sheet, held(entry)), out_of_scope(), code="out_of_scope")
        refuse_locked_entries(there)
        _write(there, part(heard, 0.85, 1), state=State.SUBMITTED, submitted_by=by.username, submitted_at=timezone.now())
        absent = stood_in_for(by, {code for entry in there for code in entry.countries}, there[0].project) if there else ""
        return _done("submit", there, State.DRAFT, by=by, on_behalf_of=on_behalf_of or absent)


def send_back(entries: Iterable[Entry], *, by: User, reason: str, heard: Heard = nobody) -> list[Entry]:
    """Return entries to whoever typed them, saying why."""
    reason = reason_said(reason)
    with deed():
        there = _locked_rows(entries, part(heard, 0, 0.5))
        for entry in there:
            require(may(by, "return"), _("Your role does not return entries."))
            require(entry.state in (State.SUBMITTED, State.VERIFIED), _("Only what was submitted is returned."),
                    code="not_submitted")
        before = {entry.pk: entry.state for entry in there}
        _write(there, part(heard, 0.5, 1), state=State.DRAFT, verified_by="", verified_at=None, returned_by=by.username,
               returned_at=timezone.now(), reason=reason)
        return _done("return", there, before, by=by, reason=reason, on_behalf_of=deputised(by, "return"))


def verify(entries: Iterable[Entry], *, by: User, heard: Heard = nobody) -> list[Entry]:
    """Say that entries agree with their evidence. Never by somebody who typed them; the database refuses it too."""
    with deed():
        there = _locked_rows(entries, part(heard, 0, 0.5))
        for entry in there:
            require(may(by, "verify"), _("Your role does not verify."))
            require(entry.state == State.SUBMITTED, _("Only what was submitted is verified."), code="not_submitted")
            require(not typed(by, entry), _("You typed this entry yourself."), code="four_eyes",
                    remedy=_("Somebody else has to verify it."))
        refuse_locked_entries(there)
        _write(there, part(heard, 0.5, 1), state=State.VERIFIED, verified_by=by.username, verified_at=timezone.now())
        return _done("verify", there, State.SUBMITTED, by=by, on_behalf_of=deputised(by, "verify"))


def publish(entries: Iterable[Entry], *, by: User, heard: Heard = nobody) -> list[Entry]:
    """Make verified entries facts: all of them or none. What they refer to must be a fact, or among them."""
    with deed():
        there = _locked_rows(entries, part(heard, 0, 0.3))
        for entry in there:
            require(may(by, "publish"), _("Your role does not publish."))
            require(entry.state == State.VERIFIED, _("Only what was verified is published."), code="not_verified")
        parsed, findings = _examined(there, facts_only=True)
        wrong = [f for f in findings if f.severity == "error"]
        if wrong:
            raise Incomplete(_("This cannot be published yet."), wrong)
        refuse_locked_entries(there)
        heard(0.46)
        before = bridge.facts({s: [e.key for e in es] for s, es in groupby(sorted(there, key=_sheet), key=_sheet)})
        _refuse_changed_facts(there, before)
        heard(0.5)
        comparisons = bridge.compare_few(parsed.book)
        against = contradictions(parsed.book, comparisons)
        if against:
            raise Incomplete(_("This contradicts what is published."), against, code="contradiction")
        heard(0.53)
        bridge.write(comparisons)
        _sign(parsed.book, there)
        _write(there, part(heard, 0.68, 0.84), state=State.PUBLISHED, published_by=by.username, published_at=timezone.now())
        after = bridge.facts({s: [e.key for e in es] for s, es in groupby(sorted(there, key=_sheet), key=_sheet)})
        _tell_published(there, before, after, by=by)
    return there


def _examined(entries: Sequence[Entry], *, facts_only: bool = False) -> tuple[Parsed, tuple[Finding, ...]]:
    parsed = bridge.read(entries, facts_only=facts_only)
    return parsed, (*parsed.findings, *_needed(entries), *bridge.checked(parsed.book))


def _needed(entries: Sequence[Entry]) -> Iterator[Finding]:
    for place, entry in enumerate(entries, start=1):
        for name in NEEDED.get(entry.sheet, ()):
            if name == "persons" and entry.values.get("supersedes"):
                continue  # a number that was wrong, with none to put in its place: not reported
            if not entry.values.get(name):
                yield Finding("error", entry.sheet, place, name, None, "needed", _("The cell is empty."),
                              _("Fill in %(column)s.") % {"column": name})
        if entry.sheet == "outputs" and not (entry.values.get("country") or entry.values.get("project")):
            yield Finding("error", entry.sheet, place, "country", None, "needed", _("The cell is empty."),
                          _("Say the country or the project."))
        rejected = entry.sheet == "recommendations" and entry.values.get("response") == "rejected"
        if rejected and not entry.values.get("response_text"):
            yield Finding("error", entry.sheet, place, "response_text", None, "needed", _("A rejection has no reason."),
                          _("Say why the recommendation is rejected."))


def _refuse_changed_facts(entries: Sequence[Entry], facts: dict[tuple[str, str], bridge.Texts]) -> None:
    for entry in entries:
        fact = facts.get((entry.sheet, entry.key))
        if fact != entry.before:
            raise Refused(
                _("%(record)s has changed since this entry was begun.") % {"record": entry.name_of_record}, code="stale",
                remedy=_("Return the entry, so that it can be compared with what is published now."),
            )


def _sign(book: Book, entries: Sequence[Entry]) -> None:
    """Write into the facts who entered and who verified them."""
    people = {(e.sheet, place): (e.entered_by, e.verified_by) for place, e in enumerate(entries, start=1)}
    for table in book:
        form = bridge.shape(table.sheet.name)
        rows = sorted(zip((people[table.sheet.name, n] for n in table.numbers), form.identities(table), strict=True))
        for (entered_by, verified_by), group in groupby(rows, key=lambda row: row[0]):
            identities = [identity for _, identity in group]
            for start in range(0, len(identities), 500):
                form.model.objects.filter(**{f"{form.identity}__in": identities[start : start + 500]}).update(  # type: ignore[attr-defined]
                    origin=Origin.ENTERED, entered_by=entered_by, verified_by=verified_by
                )


def _tell_published(
    entries: Sequence[Entry], before: dict[tuple[str, str], bridge.Texts], after: dict[tuple[str, str], bridge.Texts], *, by: User
) -> None:
    """One event: of the record itself where it is one, with a line a record where they are many."""
    said = {"entries": [entry.pk for entry in entries], "records": [entry.name_of_record for entry in entries[:100]],
            "verified_by": sorted({entry.verified_by for entry in entries}),
            "entered_by": sorted({entry.entered_by for entry in entries})}
    keys = [(entry.sheet, entry.key) for entry in entries]
    if len(entries) == 1:
        record("publish", by=by.username, subject=keys[0], before=before.get(keys[0]), after=after[keys[0]], summary=said)
    elif entries:
        record("publish", by=by.username, subject=("entries", _batch(entries)), summary=said,
               rows=([sheet, key, before.get((sheet, key)), after[sheet, key]] for sheet, key in keys))


def _done(
    name: str, entries: list[Entry], before: str | Mapping[int, str], *, by: User, reason: str = "", on_behalf_of: str = ""
) -> list[Entry]:
    """``before`` is the state they come from; where they come from several, that of each."""
    if entries:
        one = len(entries) == 1
        came = before if isinstance(before, str) else _by_state(before)
        said: dict[str, object] = {"from": came, "to": entries[0].state, "entries": [entry.pk for entry in entries]}
        record(name, by=by.username, subject=subject(entries[0]) if one else ("entries", _batch(entries)), reason=reason,
               on_behalf_of=on_behalf_of, summary=said | (named(entries[0]) if one else {}))
    return entries


def _by_state(before: Mapping[int, str]) -> object:
    states = sorted(set(before.values()))
    return states[0] if len(states) == 1 else {state: [pk for pk, was in before.items() if was == state] for state in states}


def _write(entries: Sequence[Entry], heard: Heard, **values: Any) -> None:
    """The same values into all of these entries."""
    for entry in entries:
        for name, value in values.items():
            setattr(entry, name, value)
    keys = [entry.pk for entry in entries]
    for start in range(0, len(keys), 500):
        Entry.objects.filter(pk__in=keys[start : start + 500]).update(**values)
        heard(start / len(keys))


def _see_whose(entries: Sequence[Entry]) -> None:
    """In whose hands they are now: what they lean on may have moved to another country since they were saved."""
    rows = [bridge.Row(entry.sheet, 0, entry.key, entry.values, entry.before) for entry in entries]
    whose, moved = Whose(rows), []
    for entry, row in zip(entries, rows, strict=True):
        then, now = whose.row(row)
        countries = tuple(dict.fromkeys((*then.countries, *now.countries)))
        if (countries, now.project or then.project) != (tuple(entry.countries), entry.project):
            entry.countries, entry.project = cast("Any", countries), now.project or then.project
            moved.append(entry)
    Entry.objects.bulk_update(moved, ["countries", "project"], batch_size=500)


def _locked_rows(entries: Iterable[Entry], heard: Heard) -> list[Entry]:
    """The entries as they are now, in the order of the form: what others refer to first."""
    wanted = [entry.pk for entry in entries]
    found: list[Entry] = []
    for start in range(0, len(wanted), 500):
        found += Entry.objects.select_for_update().filter(pk__in=wanted[start : start + 500])
        heard(start / len(wanted))
    require(bool(found), _("No entry is chosen."), code="nothing_chosen", remedy=_("Choose at least one."))
    return in_order(found)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """In the order of the form, as their places are counted."""
    order = {sheet: place for place, sheet in enumerate(BY_SHEET)}
    return sorted(entries, key=lambda entry: (order[entry.sheet], entry.pk))


def _batch(entries: Sequence[Entry]) -> str:
    return f"{entries[0].pk}-{entries[-1].pk}"


def reason_said(reason: str) -> str:
    require(bool(reason.strip()), _("A reason is needed."), code="reason_needed",
            remedy=_("Say what should be corrected, and why."))
    return reason.strip()[:LONGEST_REASON]


def _sheet(entry: Entry) -> str:
    return entry.sheet
