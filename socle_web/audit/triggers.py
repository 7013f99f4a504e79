"""Migrations that make the database itself refuse.

SQLite drops the triggers of a table that a later migration rebuilds: such a migration must call the operation again
(a test looks whether the triggers are there).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def refuse_update(table: str, *, name: str, message: str, columns: Sequence[str] = ()) -> migrations.RunPython:
    """An operation after which no statement may change ``columns`` (all, when none is named) of ``table``."""
    return _refuse("UPDATE", table, name, message, columns)


def refuse_delete(table: str, *, name: str, message: str) -> migrations.RunPython:
    """An operation after which no statement may delete a row of ``table``, and on PostgreSQL none may truncate it."""
    return _refuse("DELETE", table, name, message)


def _refuse(verb: str, table: str, name: str, message: str, columns: Sequence[str] = ()) -> migrations.RunPython:
    of = f"OF {', '.join(chr(34) + c + chr(34) for c in columns)}" if columns else ""

    on_postgresql = "DELETE OR TRUNCATE" if verb == "DELETE" else verb

    def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
                params=None,
            )
            editor.execute(
                f'CREATE TRIGGER {name} BEFORE {on_postgresql} {of} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {name}()',
                params=None,
            )
        else:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} {of} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{message}'); END",
                params=None,
            )

    def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)

    return migrations.RunPython(create, drop)
