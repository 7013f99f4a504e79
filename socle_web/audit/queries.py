"""Questions to the log: what was done, what happened to a record, and what it said at an instant."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from socle_web.audit.chain import canonical
from socle_web.audit.models import Attachment, Event

Values = Mapping[str, Any]

DEEDS = """WITH RECURSIVE known(deed) AS (
    SELECT min(deed) FROM audit_event
    UNION ALL SELECT (SELECT min(deed) FROM audit_event WHERE deed > known.deed) FROM known WHERE known.deed IS NOT NULL
) SELECT deed FROM known WHERE deed IS NOT NULL ORDER BY deed"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the event ``event`` (its id) says of one record: the values before it, and after."""

    event: int
    deed: str
    kind: str
    key: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Step:
    """What one event did to one record. ``None``: the record was not there before, or is not there after."""

    event: Event
    before: Values | None
    after: Values | None

    @property
    def tells(self) -> bool:
        """Whether the event says anything of the values; a comment or a lock does not."""
        return self.before is not None or self.after is not None


def log(
    *, by: str = "", deed: str = "", kind: str = "", key: str = "", since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Event]:
    """Events, newest first; each filter that is given holds. ``since`` is within, ``until`` is not."""
    given = {"actor": by, "deed": deed, "subject_kind": kind, "subject_key": key, "at__gte": since, "at__lt": until}
    return Event.objects.filter(**{name: value for name, value in given.items() if value}).order_by("-id")


def latest() -> int:
    """The number of the newest event; 0 where there is none."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def deeds() -> list[str]:
    """Every word for a deed that was recorded. (One step of the index a word, however many events there are.)"""
    with connection.cursor() as cursor:
        cursor.execute(DEEDS)
        return [deed for (deed,) in cursor.fetchall()]


def history(
    kind: str, key: str, *, until: datetime | None = None, deeds: Collection[str] | None = None, most: int | None = None
) -> list[Step]:
    """What happened to a record, newest first, until an instant (within). ``deeds``: only these."""
    found = {digest: told for digest, content in _contents() if (told := _told(content, kind, key))}
    own = _events(until, deeds).filter(subject_kind=kind, subject_key=key).order_by("-id")[:most]
    loads = _events(until, deeds).exclude(attachment="").filter(attachment__in=list(found)).order_by("-id")[:most]
    events = {event.id: event for event in (*own, *loads)}  # two questions, for which there is an index each
    newest = sorted(events.values(), key=lambda event: event.id, reverse=True)[:most]
    return [Step(event, *found[event.attachment]) if event.attachment in found else Step(event, event.before, event.after)
            for event in newest]


def as_of(kind: str, key: str, at: datetime, *, deeds: Collection[str] | None = None) -> Values | None:
    """The values of a record as they were at an instant, from the log alone; None if it was not there."""
    return next((step.after for step in history(kind, key, until=at, deeds=deeds) if step.tells), None)


def records_as_of(
    at: datetime, *, kinds: Collection[str] | None = None, deeds: Collection[str] | None = None
) -> dict[tuple[str, str], Values]:
    """Every record as it was at an instant, from the log alone: (kind, key) -> values."""
    there: dict[tuple[str, str], Values] = {}
    for told in tellings(until=at, deeds=deeds):
        if kinds is None or told.kind in kinds:
            if told.after is None:
                there.pop((told.kind, told.key), None)
            else:
                there[told.kind, told.key] = told.after
    return there


def tellings(*, until: datetime | None = None, deeds: Collection[str] | None = None) -> Iterator[Told]:
    """All that the log says of the values of records, oldest first, until an instant (within)."""
    for event in _events(until, deeds).order_by("id").iterator(chunk_size=2_000):
        if event.before is not None or event.after is not None:
            yield Told(event.pk, event.deed, event.subject_kind, event.subject_key, event.before, event.after)
        elif event.attachment:
            rows = _rows(zlib.decompress(Attachment.objects.get(pk=event.attachment).content))
            yield from (Told(event.pk, event.deed, *row) for row in rows)


def _events(until: datetime | None, deeds: Collection[str] | None) -> QuerySet[Event]:
    found = Event.objects.all()
    if until is not None:
        found = found.filter(at__lte=until)
    return found if deeds is None else found.filter(deed__in=deeds)


def _contents() -> Iterator[tuple[str, bytes]]:
    """The documents of the deeds that were done to many records, one in memory at a time."""
    for digest, content in Attachment.objects.values_list("digest", "content").iterator(chunk_size=1):
        yield digest, zlib.decompress(content)


def _told(content: bytes, kind: str, key: str) -> tuple[Values | None, Values | None] | None:
    """What a document says of one record: looked for as bytes, so that only its own lines are read."""
    lines = list(_lines(content, f"[{canonical(kind)},{canonical(key)},"))
    if not lines:
        return None
    names = next((line[1] for line in _lines(content, f"[{canonical(kind)},[")), ())
    return _named(names, lines[0][2]), _named(names, lines[-1][3])


def _lines(content: bytes, beginning: str) -> Iterator[list[Any]]:
    wanted = beginning.encode()
    at = 0 if content.startswith(wanted) else content.find(b"\n" + wanted) + 1
    while at > 0 or (at == 0 and content.startswith(wanted)):
        end = content.find(b"\n", at)
        yield json.loads(content[at : end if end >= 0 else None])
        at = content.find(b"\n" + wanted, end if end >= 0 else len(content)) + 1
        if at == 0:
            return


def _rows(content: bytes) -> Iterator[tuple[str, str, Values | None, Values | None]]:
    names: dict[str, Sequence[str]] = {}
    for line in content.splitlines():
        row = json.loads(line)
        if len(row) == 2:
            names[row[0]] = row[1]
        else:
            known = names.get(row[0], ())
            yield row[0], row[1], _named(known, row[2]), _named(known, row[3])


def _named(names: Sequence[str], values: Any) -> Values | None:
    return dict(zip(names, values, strict=True)) if isinstance(values, list) else values
