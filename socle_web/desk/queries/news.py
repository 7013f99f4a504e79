"""What happened to what concerns somebody, read from the log: nothing is stored twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.vocabulary import COUNTRIES, day
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.models import Event
from socle_web.desk import addresses
from socle_web.desk.models import Comment, Seen
from socle_web.desk.queries.people import names
from socle_web.desk.queries.titles import titles_for
from socle_web.desk.wording import Titles, title_of
from socle_web.places.permissions import countries_of
from socle_web.results.models import Entry
from socle_web.results.permissions import visible

EVENTS = 300         # of the log that are looked at, the latest
ENTRIES = 1_000      # of one deed to many that are looked at
COUNTED_FOR = 3_600  # seconds; the key changes with every event


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, and where it leads. ``reason``: why, in the words of whoever did it."""

    event: int
    at: datetime
    by: str
    deed: str
    says: str
    address: str = ""
    reason: str = ""
    on_behalf_of: str = ""


def news(person: User, *, since: int = 0, until: int | None = None, most: int = 100) -> list[News]:
    """What others did that concerns ``person``, the latest first: events after ``since``, up to ``until`` (within)."""
    if not person.plays.may or person.role == "administrator":
        return []
    found = Event.objects.filter(deed__in=TOLD, id__gt=since).exclude(actor=person.username)
    if until is not None:
        found = found.filter(id__lte=until)
    events = list(found.order_by("-id")[:EVENTS])
    if not events:
        return []
    said = {comment.pk: comment for comment in Comment.objects.filter(pk__in=[
        event.summary["comment"] for event in events if event.deed == "comment"])}
    entries = _entries(person, events)
    reader = Reader(person, countries_of(person), entries, said, names(event.actor for event in events),
                    titles_for(entries.values(), by=person))
    return [item for event in events if (item := _told(event, reader))][:most]


def seen(person: User) -> Seen | None:
    return Seen.objects.filter(person=person.username).first()


def last_event() -> int:
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def how_many(person: User) -> int:
    """News that were not read yet: one question, and the answer is remembered until the next event."""
    looked = Subquery(Seen.objects.filter(person=person.username).values("event")[:1])
    now = Event.objects.order_by("-id").annotate(looked=Coalesce(looked, Value(0))).values_list("id", "digest", "looked").first()
    if now is None or now[0] == now[2]:
        return 0
    key = f"desk-news-{person.pk}-{person.role}-{now[1]}-{now[2]}"
    return int(cache.get_or_set(key, lambda: len(news(person, since=now[2])), COUNTED_FOR) or 0)


def _entries(person: User, events: Iterable[Event]) -> Mapping[int, Entry]:
    """Those of the events that ``person`` may see."""
    wanted: set[int] = set()
    for event in events:
        wanted.update(_numbers(event))
    return {entry.pk: entry for entry in visible(person).filter(pk__in=wanted)} if wanted else {}


def _numbers(event: Event) -> list[int]:
    if event.subject_kind == "entry" and event.subject_key.isdigit():
        return [int(event.subject_key)]
    listed = event.summary.get("entries", [])
    return listed[:ENTRIES] if isinstance(listed, list) else []


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what is needed to tell them what happened."""

    person: User
    own: Collection[str] | None
    entries: Mapping[int, Entry]
    said: Mapping[int, Comment]
    names: Mapping[str, str]
    titles: Titles

    def typed(self, event: Event) -> list[Entry]:
        name = self.person.username
        return [entry for entry in self.shown(event) if name in entry.typists or name == entry.submitted_by]

    def shown(self, event: Event) -> list[Entry]:
        return [self.entries[n] for n in _numbers(event) if n in self.entries]


def _told(event: Event, reader: Reader) -> News | None:
    found = _TELLERS[event.deed](event, reader)
    if found is None:
        return None
    says, address, reason = found
    return News(event.pk, event.at, event.actor, event.deed, says, address, reason, event.on_behalf_of)


Words = tuple[str, str, str]  # says, address, reason


def _of_comment(event: Event, reader: Reader) -> Words | None:
    comment = reader.said.get(event.summary["comment"])
    if comment is None or comment.retracted_at:
        return None
    named = reader.person.username in comment.mentions
    if not named and not reader.typed(event):
        return None
    words = _("%(who)s mentions you: %(what)s") if named else _("%(who)s comments: %(what)s")
    there = reader.shown(event)
    what = _named(there, reader) if there else event.subject_key
    address = addresses.subject(event.subject_kind, event.subject_key)
    return words % {"who": _who(event, reader), "what": what}, address, comment.text


def _of_entries(event: Event, reader: Reader) -> Words | None:
    """To whoever typed it; to verifiers what was submitted, to managers what was verified."""
    concerned = reader.typed(event)
    next_one = {"submit": "verify", "verify": "publish"}.get(event.deed)
    if not concerned and next_one and may(reader.person, next_one):
        concerned = reader.shown(event)
    if not concerned:
        return None
    n = len(concerned)
    says = _DONE[event.deed](n) % {"who": _who(event, reader), "what": _named(concerned, reader), "n": n}
    return says, addresses.entry(concerned[0].pk) if n == 1 else addresses.entries(), event.reason


def _of_absence(event: Event, reader: Reader) -> Words | None:
    if reader.person.username not in (event.summary.get("deputy"), event.subject_key):
        return None
    words = _("%(who)s ended the delegation")
    if event.deed == "delegate":
        words = _("%(who)s asks you to act from %(since)s to %(until)s")
    told = {name: day(date.fromisoformat(event.summary[name])) for name in ("since", "until")}
    return words % {"who": _who(event, reader), **told}, addresses.absence(), event.reason


def _of_round(event: Event, reader: Reader) -> Words | None:
    codes = event.summary.get("countries", [])
    if event.deed != "close_round" and reader.own is not None and not set(reader.own).intersection(codes):
        return None
    if event.deed == "change_owner" and reader.person.username not in (event.summary.get("to"), event.summary.get("from")):
        return None
    where = ", ".join(COUNTRIES[code].name() for code in codes[:5] if code in COUNTRIES)
    told = {"who": _who(event, reader), "what": (event.after or {}).get("title", ""), "where": where}
    return _ROUND[event.deed]() % told, addresses.round(event.subject_key), event.reason


def _who(event: Event, reader: Reader) -> str:
    return reader.names.get(event.actor, event.actor)


def _named(entries: list[Entry], reader: Reader) -> str:
    return title_of(entries[0].sheet, entries[0].values, entries[0].key, reader.titles)


_DONE: Mapping[str, Any] = {
    "submit": lambda n: ngettext("%(who)s submitted: %(what)s", "%(who)s submitted %(n)s entries", n),
    "return": lambda n: ngettext("%(who)s returned: %(what)s", "%(who)s returned %(n)s entries", n),
    "verify": lambda n: ngettext("%(who)s verified: %(what)s", "%(who)s verified %(n)s entries", n),
    "publish": lambda n: ngettext("%(who)s published: %(what)s", "%(who)s published %(n)s entries", n),
}
_ROUND: Mapping[str, Any] = {
    "plan_round": lambda: _("%(who)s planned a reporting round: %(what)s"),
    "change_owner": lambda: _("%(who)s changed who answers for %(where)s in a round"),
    "complete_round": lambda: _("%(who)s says that %(where)s is complete"),
    "reopen_round": lambda: _("%(who)s reopened the round of %(where)s"),
    "close_round": lambda: _("%(who)s closed a reporting round"),
}
_TELLERS: Mapping[str, Callable[[Event, Reader], Words | None]] = {
    "comment": _of_comment,
    **dict.fromkeys(_DONE, _of_entries),
    **dict.fromkeys(_ROUND, _of_round),
    **dict.fromkeys(("delegate", "end_delegation"), _of_absence),
}
TOLD = tuple(_TELLERS)
