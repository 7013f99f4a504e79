"""Operations after which the database itself keeps what was brought, what was said, and what is validated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LOCKED = "('validated', 'published')"
FINAL = "('validated', 'published', 'withdrawn')"


def refuse_when(table: str, *, on: str, name: str, message: str, when: str, columns: Sequence[str] = ()) -> migrations.RunPython:
    """No statement ``on`` (INSERT, UPDATE, DELETE) a row of ``table`` for which ``when`` holds. ``when`` says OLD and NEW, and may
    ask other tables; ``{differs}`` is the operator that tells values apart, None among them."""
    of = f"OF {', '.join(chr(34) + c + chr(34) for c in columns)}" if columns else ""

    def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        postgresql = editor.connection.vendor == "postgresql"
        holds = when.format(differs="IS DISTINCT FROM" if postgresql else "IS NOT")
        if postgresql:
            row = "OLD" if on == "DELETE" else "NEW"
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {holds} THEN "
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
                params=None)
            editor.execute(f'CREATE TRIGGER {name} BEFORE {on} {of} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
                           params=None)
        else:
            editor.execute(f'CREATE TRIGGER {name} BEFORE {on} {of} ON "{table}" FOR EACH ROW WHEN {holds} '
                           f"BEGIN SELECT RAISE(ABORT, '{message}'); END", params=None)

    def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)

    return migrations.RunPython(create, drop)


def changed(columns: Sequence[str]) -> str:
    return "(" + " OR ".join(f'OLD."{column}" {{differs}} NEW."{column}"' for column in columns) + ")"


def locked(inquiry: str) -> str:
    """The inquiry with this key is locked."""
    return f"EXISTS (SELECT 1 FROM coverage_inquiry WHERE id = {inquiry} AND state IN {LOCKED})"
