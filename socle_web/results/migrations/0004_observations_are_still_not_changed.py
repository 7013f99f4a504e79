"""SQLite rebuilt the table when it gained columns, and lost the trigger of 0002."""

from typing import Any

from django.db import migrations

from socle_web.audit.triggers import refuse_update

NAME = "an_observation_is_superseded_never_changed"
FACTS = (
    "key", "impact_id", "on", "on_is_year", "measure", "persons", "women", "men", "unit", "status", "recorded_on",
    "recorded_on_is_year", "supersedes_id", "reason", "source",
)


def drop(apps: Any, editor: Any) -> None:
    editor.execute(
        f"DROP FUNCTION IF EXISTS {NAME}() CASCADE" if editor.connection.vendor == "postgresql" else f"DROP TRIGGER IF EXISTS {NAME}",
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("results", "0003_entries")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        refuse_update(
            "results_observation", name=NAME, message="An observation is superseded, never changed.", columns=FACTS
        ),
    ]
