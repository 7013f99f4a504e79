"""What somebody with the keys of the database could do to the log."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connection

from socle_web.audit import chain
from socle_web.audit.models import Event

TABLES = ("audit_event", "audit_attachment")


@contextmanager
def triggers_lifted():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", TABLES)
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield cursor
            for _, sql in triggers:
                cursor.execute(sql)


def tamper(sql, *values):
    with triggers_lifted() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


COPIED = ("at", "actor", "deed", "subject_kind", "subject_key", "summary", "before", "after", "reason", "on_behalf_of", "attachment")


def insert_after(id, *, at_id, **changed):
    """An event of somebody's own making between others, its digest right in itself."""
    there = Event.objects.get(pk=id)
    made = {name: getattr(there, name) for name in COPIED} | {"previous": there.digest} | changed
    texts = {name: None if made[name] is None else chain.canonical(made[name]) for name in ("summary", "before", "after")}
    digest = chain.digest(
        at=chain.instant(made["at"]), actor=made["actor"], deed=made["deed"], kind=made["subject_kind"], key=made["subject_key"],
        reason=made["reason"], on_behalf_of=made["on_behalf_of"], attachment=made["attachment"], previous=made["previous"], **texts)
    Event.objects.create(id=at_id, digest=digest, **made)
