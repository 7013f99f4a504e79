"""Whether the log is what was written: one walk over the chain, in the order of the ids, without holding it in memory."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from socle_web.audit import chain
from socle_web.audit.models import Event

AT_ONCE = 5_000
ENOUGH = 1_000  # breaks that are told one by one; who has more of them needs the copy that was kept elsewhere
PIECE = 1 << 20

INSTANT = {
    "sqlite": "replace(at, ' ', 'T') || CASE length(at) WHEN 19 THEN '.000000' ELSE '' END || '+00:00'",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'""",
}


@dataclass(frozen=True)
class Break:
    """One place where the log is not what was written. ``what`` is removed, inserted, reordered, rewritten, altered, emptied,
    attachment_missing, attachment_altered, attachment_alone or not_as_noted; ``event`` the id where it shows."""

    what: str
    event: int | None
    says: str


@dataclass(frozen=True)
class Verification:
    """What the walk found. ``events`` and ``head`` (the digest of the last event) are what to note outside the database."""

    events: int
    last: int | None
    head: str
    breaks: tuple[Break, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.breaks


def verify(*, head: str = "", count: int | None = None, progress: Callable[[int], None] | None = None) -> Verification:
    """Walk the chain. ``head`` and ``count`` are what an earlier verification ended with: only they can show that the newest
    events are gone."""
    given = _ids_given()
    walk = _Walk(noted_head=head, noted_count=count)
    with closing(_rows()) as rows:
        for row in rows:
            walk.step(row)
            if progress and walk.events % 100_000 == 0:
                progress(walk.events)
            if len(walk.breaks) >= ENOUGH:
                break
        else:
            walk.end(given)
            walk.breaks += _attachments(walk.attached)
    return Verification(walk.events, walk.last, walk.digest, tuple(walk.breaks))


class _Walk:
    def __init__(self, *, noted_head: str, noted_count: int | None) -> None:
        self.noted_head, self.noted_count, self.found = noted_head, noted_count, False
        self.events, self.last, self.digest = 0, None, ""
        self.attached: dict[str, int] = {}  # each attachment, and the first event that has it
        self.breaks: list[Break] = []

    def step(self, row: tuple[Any, ...]) -> None:
        id, at, actor, deed, kind, key, summary, before, after, reason, on_behalf_of, attachment, previous, digest = row
        if previous != self.digest:
            self.breaks.append(self._misplaced(id, previous))
        elif self.last is not None and id != self.last + 1 and connection.vendor == "sqlite":
            self.breaks.append(Break("removed", id, self._gone(self.last + 1, id - 1)))
        if not _says(digest, at, actor, deed, kind, key, summary, before, after, reason, on_behalf_of, attachment, previous):
            self.breaks.append(Break("altered", id, _("Event {id} does not say what it said.").format(id=id)))
        if attachment:
            self.attached.setdefault(attachment, id)
        self.events, self.last, self.digest = self.events + 1, id, digest
        if self.noted_count is not None:
            self.found = self.found or (self.events == self.noted_count and digest == (self.noted_head or digest))
        else:
            self.found = self.found or digest == self.noted_head

    def end(self, given: int) -> None:
        if given > (self.last or 0):
            self.breaks.append(Break("emptied" if self.last is None else "removed", self.last,
                                     self._gone((self.last or 0) + 1, given)))
        if (self.noted_head or self.noted_count) and not self.found:
            self.breaks.append(Break("not_as_noted", self.last, self._not_as_noted()))

    def _misplaced(self, id: int, previous: str) -> Break:
        """An event that does not follow the one that stands before it."""
        if not previous:
            return Break("inserted", id, _("Event {id} says it is the first, and is not.").format(id=id))
        named = Event.objects.filter(digest=previous).values_list("id", flat=True).first()
        if named is not None and named > id:
            return Break("reordered", id, _("Event {id} follows event {other}, which stands after it.").format(id=id, other=named))
        if named is not None:
            return Break("inserted", id, _("Event {id} follows event {other}; what stands between them was inserted or moved.")
                         .format(id=id, other=named))
        if id != (self.last or 0) + 1:
            return Break("removed", id, self._gone((self.last or 0) + 1, id - 1))
        return Break("rewritten", id, _("Event {id} follows an event that is not there: what stands before it was rewritten.")
                     .format(id=id))

    @staticmethod
    def _gone(first: int, last: int) -> str:
        if first == last:
            return _("Event {id} was removed.").format(id=first)
        return _("Events {first} to {last} were removed.").format(first=first, last=last)

    def _not_as_noted(self) -> str:
        if self.noted_count is not None and self.events < self.noted_count:
            return _("{noted} events were noted earlier, {events} are here: the newest were removed.").format(
                noted=self.noted_count, events=self.events)
        return _("No event has the digest that was noted earlier: the newest events were removed, or the log was written anew.")


def _says(digest: str, at: str, actor: str, deed: str, kind: str, key: str, summary: str, before: str | None, after: str | None,
          reason: str, on_behalf_of: str, attachment: str, previous: str) -> bool:
    try:
        for text in (summary, before, after):
            if text is not None and text != "{}":
                json.loads(text)  # only whole values are spliced, so that one text has one reading
        return digest == chain.digest(
            at=at, actor=actor, deed=deed, kind=kind, key=key, summary=summary, before=before, after=after, reason=reason,
            on_behalf_of=on_behalf_of, attachment=attachment, previous=previous)
    except (TypeError, ValueError):
        return False


def _rows() -> Generator[tuple[Any, ...], None, None]:
    """The events as they are stored, oldest first; on PostgreSQL by a cursor of the server."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT id, {INSTANT[connection.vendor]}, actor, deed, subject_kind, subject_key, summary, before, after, reason, "
            "on_behalf_of, attachment, previous, digest FROM audit_event ORDER BY id")
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _ids_given() -> int:
    """The highest id SQLite ever gave, which it takes back when a deed fails. (PostgreSQL does not take it back: no evidence.)"""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'")
        row = cursor.fetchone()
    return row[0] if row else 0


def _attachments(attached: dict[str, int]) -> Iterator[Break]:
    """Each attachment beside the event that has it. (Events were read first: what is written meanwhile is only more.)"""
    there = set()
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT digest, content FROM audit_attachment")
        while rows := cursor.fetchmany(1):
            for digest, content in rows:
                there.add(digest)
                if not _holds(digest, content):
                    yield Break("attachment_altered", attached.get(digest), _("The rows of event {id} are not what they were.")
                                .format(id=attached.get(digest)))
    for digest in attached.keys() - there:
        yield Break("attachment_missing", attached[digest], _("The rows of event {id} were removed.").format(id=attached[digest]))
    for digest in there - attached.keys():
        if not Event.objects.filter(attachment=digest).exists():
            yield Break("attachment_alone", None, _("Rows are kept of which no event speaks: {digest}").format(digest=digest))


def _holds(digest: str, content: bytes) -> bool:
    sha, unpack = sha256(), zlib.decompressobj()
    try:
        rest = bytes(content)
        while rest:
            sha.update(unpack.decompress(rest, PIECE))
            rest = unpack.unconsumed_tail
        sha.update(unpack.flush())
    except (zlib.error, TypeError):
        return False
    return unpack.eof and not unpack.unused_data and sha.hexdigest() == digest
