"""Writing the log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock

from django.db import connection, transaction
from django.utils import timezone

from socle_web.audit import chain
from socle_web.audit.models import Attachment, Event

_queue = RLock()


@contextmanager
def deed() -> Iterator[None]:
    """What is done inside happens whole or not at all, and while nobody else does anything: deeds come one after another,
    and the last event tells whether anything happened. A deed within a deed is part of it."""
    with _turn(), transaction.atomic():
        alone()
        yield


def _turn() -> AbstractContextManager[object]:
    """SQLite makes whoever waits ask again and again, and may forget one of many: threads of one process queue here instead.
    (Two processes still meet in the database; who holds it already does not queue.)"""
    return _queue if connection.vendor == "sqlite" and not connection.in_atomic_block else nullcontext()


def alone() -> None:
    """Until the transaction ends nobody else does a deed. (On SQLite a transaction already has the database to itself.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('socle_web.deed'))")


def record(
    deed: str,
    *,
    by: str,
    subject: tuple[str, str],
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    summary: Mapping[str, object] | None = None,
    reason: str = "",
    on_behalf_of: str = "",
    rows: Iterable[object] | bytes | None = None,
) -> Event:
    """Write down that ``by`` did ``deed`` to ``subject`` (kind, key), inside a ``deed()``.

    ``before`` and ``after`` are the values of the record. A deed to many records gives ``rows``, a line for each:
    ``[kind, key, before, after]``; where values are lists, a line ``[kind, [names of the values]]`` comes first.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is recorded inside the deed it speaks of.")
    alone()
    texts = {"summary": chain.canonical(dict(summary or {})), "before": None if before is None else chain.canonical(before),
             "after": None if after is None else chain.canonical(after)}
    kind, key = subject
    at, attachment = timezone.now(), "" if rows is None else _attached(rows)
    previous = Event.objects.order_by("-id").values_list("digest", flat=True).first() or ""
    return Event.objects.create(
        at=at, actor=by, deed=deed, subject_kind=kind, subject_key=key, reason=reason, on_behalf_of=on_behalf_of,
        attachment=attachment, previous=previous,
        digest=chain.digest(at=chain.instant(at), actor=by, deed=deed, kind=kind, key=key, reason=reason, on_behalf_of=on_behalf_of,
                            attachment=attachment, previous=previous, **texts),  # type: ignore[arg-type]
        **{name: None if text is None else json.loads(text) for name, text in texts.items()},
    )


def _attached(rows: Iterable[object] | bytes) -> str:
    digest, content = chain.packed(rows)
    if not Attachment.objects.filter(pk=digest).exists():
        Attachment.objects.create(digest=digest, content=content)
    return digest
