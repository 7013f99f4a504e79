from django.db import migrations

from socle_web.audit.triggers import refuse_update

FACTS = (
    "key", "impact_id", "on", "on_is_year", "measure", "persons", "women", "men", "unit", "status", "recorded_on",
    "recorded_on_is_year", "supersedes_id", "reason", "source",
)


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial"), ("audit", "0002_events_are_not_changed")]
    operations = [
        refuse_update(
            "results_observation",
            name="an_observation_is_superseded_never_changed",
            message="An observation is superseded, never changed.",
            columns=FACTS,
        )
    ]
