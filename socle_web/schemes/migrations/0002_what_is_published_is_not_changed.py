"""The database itself keeps what was published, and what a scenario was worked out with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def refuse(table: str, columns: Sequence[str], *, name: str, message: str, when: str = "") -> migrations.RunPython:
    """No row of ``table`` (for which ``when`` holds) changes ``columns``."""
    of = ", ".join(f'"{column}"' for column in columns)

    def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        postgresql = editor.connection.vendor == "postgresql"
        differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
        holds = " AND ".join(filter(None, [when, "(" + " OR ".join(f'OLD."{c}" {differs} NEW."{c}"' for c in columns) + ")"]))
        if postgresql:
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$", params=None)
            editor.execute(f'CREATE TRIGGER {name} BEFORE UPDATE OF {of} ON "{table}" FOR EACH ROW WHEN ({holds}) '
                           f"EXECUTE FUNCTION {name}()", params=None)
        else:
            editor.execute(f'CREATE TRIGGER {name} BEFORE UPDATE OF {of} ON "{table}" FOR EACH ROW WHEN {holds} '
                           f"BEGIN SELECT RAISE(ABORT, '{message}'); END", params=None)

    def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)

    return migrations.RunPython(create, drop)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial")]
    operations = [
        refuse("schemes_version", ("kind", "country_id", "key", "names", "text", "cases", "digest", "number", "typists", "entered_by"),
               name="a_published_version_is_never_changed", message="A published version is never changed.",
               when="OLD.state = 'published'"),
        refuse("schemes_scenario", ("key", "name", "note", "country_id", "parameters", "author", "at"),
               name="a_scenario_is_never_changed", message="A scenario is never changed."),
        refuse("schemes_part", ("scenario_id", "version_id", "digest", "text"),
               name="a_part_of_a_scenario_is_never_changed", message="A part of a scenario is never changed."),
    ]
