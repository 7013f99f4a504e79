"""Events say from what to what, and each carries the digest of the one before. Those that are there are chained."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from socle_web.audit import chain
from socle_web.audit.triggers import refuse_update

unguarded = refuse_update("audit_event", name="an_event_is_never_changed", message="An event is never changed.")


def chained(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    Event = apps.get_model("audit", "Event")
    previous = ""
    for event in Event.objects.order_by("id").iterator(chunk_size=2_000):
        digest = chain.digest(
            at=chain.instant(event.at), actor=event.actor, deed=event.deed, kind=event.subject_kind, key=event.subject_key, before=None,
            after=None, summary=chain.canonical(event.summary), reason=event.reason, on_behalf_of="", attachment="",
            previous=previous,
        )
        Event.objects.filter(pk=event.pk).update(summary=event.summary, previous=previous, digest=digest)
        previous = digest


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_events_are_not_changed")]
    operations = [
        migrations.RunPython(unguarded.reverse_code, unguarded.code),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.AlterField("event", "at", models.DateTimeField()),
        migrations.AlterField("event", "summary", chain.Written(default=dict)),
        migrations.AddField("event", "before", chain.Written(null=True)),
        migrations.AddField("event", "after", chain.Written(null=True)),
        migrations.AddField("event", "on_behalf_of", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("event", "attachment", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("event", "previous", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("event", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RunPython(chained, migrations.RunPython.noop),
    ]
