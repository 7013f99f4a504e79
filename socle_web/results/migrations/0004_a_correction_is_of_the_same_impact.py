"""What a correction corrects is an observation of the same impact; and no observation is removed. The database says so itself.

Facts that break the rule already stay; nothing new does.
"""

from typing import Any

from django.db import migrations

from socle_web.audit.triggers import refuse_delete

SAME = "a_correction_is_of_the_same_impact"
SAYS = "A correction is of the same impact as what it corrects."
OTHER = 'SELECT 1 FROM "results_observation" AS other WHERE other.id = NEW.supersedes_id AND other.impact_id <> NEW.impact_id'


def create(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {SAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS ({OTHER}) THEN RAISE EXCEPTION '{SAYS}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$", params=None)
        editor.execute(
            f'CREATE CONSTRAINT TRIGGER {SAME} AFTER INSERT ON "results_observation" DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW '
            f"WHEN (NEW.supersedes_id IS NOT NULL) EXECUTE FUNCTION {SAME}()", params=None)
    else:
        editor.execute(
            f'CREATE TRIGGER {SAME} AFTER INSERT ON "results_observation" WHEN NEW.supersedes_id IS NOT NULL AND EXISTS ({OTHER}) '
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END", params=None)


def drop(apps: Any, editor: Any) -> None:
    editor.execute(f"DROP FUNCTION {SAME}() CASCADE" if editor.connection.vendor == "postgresql" else f"DROP TRIGGER {SAME}", params=None)


class Migration(migrations.Migration):
    dependencies = [("results", "0003_entries")]
    operations = [
        migrations.RunPython(create, drop),
        refuse_delete(
            "results_observation", name="an_observation_is_never_removed", message="An observation is superseded, never removed."
        ),
    ]
