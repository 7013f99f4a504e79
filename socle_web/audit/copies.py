"""The log as a file: lines of JSON that anybody can verify, or a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.db.models import QuerySet

from socle.tables import escaped
from socle_web.audit.chain import canonical, instant
from socle_web.audit.models import Event

COLUMNS = ("event", "at", "by", "on_behalf_of", "deed", "kind", "key", "reason", "summary", "before", "after", "attachment",
           "previous", "digest")
AT_ONCE = 2_000


def document(event: Event) -> dict[str, Any]:
    """What the digest of an event is the digest of, as canonical JSON."""
    return {
        "actor": event.actor, "after": event.after, "at": instant(event.at), "attachment": event.attachment,
        "before": event.before, "deed": event.deed, "on_behalf_of": event.on_behalf_of, "previous": event.previous,
        "reason": event.reason, "subject": [event.subject_kind, event.subject_key], "summary": event.summary,
    }


def line(event: Event) -> str:
    return canonical({"event": event.id, "digest": event.digest, "says": document(event)})


def lines(events: QuerySet[Event]) -> Iterator[str]:
    """A line an event, oldest first: SHA-256 of the canonical JSON of ``says`` is its ``digest``."""
    for event in events.order_by("id").iterator(chunk_size=AT_ONCE):
        yield f"{line(event)}\n"


def table(events: QuerySet[Event]) -> Iterator[str]:
    """The lines of a CSV file, newest first. No text of it is taken for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for event in events.iterator(chunk_size=AT_ONCE):
        yield _taken(text)
        writer.writerow([
            event.id, instant(event.at), *map(escaped, (event.actor, event.on_behalf_of, event.deed, event.subject_kind,
            event.subject_key, event.reason)), canonical(event.summary),
            *("" if values is None else canonical(values) for values in (event.before, event.after)),
            event.attachment, event.previous, event.digest,
        ])
    yield _taken(text)


def sentence(event: Event) -> str:
    who = f"{event.actor} ({event.on_behalf_of})" if event.on_behalf_of else event.actor
    why = f" – {event.reason}" if event.reason else ""
    return f"{event.id}  {event.at:%Y-%m-%d %H:%M:%S}  {who}: {event.deed} {event.subject_kind}:{event.subject_key}{why}"


def _taken(text: StringIO) -> str:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written
