from django.db import migrations, models

from socle_web.audit.triggers import refuse_delete, refuse_update


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_events_are_chained")]
    operations = [
        migrations.AddIndex(
            "event", models.Index(fields=["id"], condition=~models.Q(attachment=""), name="event_with_rows")),
        migrations.AddConstraint(
            "event", models.CheckConstraint(condition=~models.Q(digest=""), name="an_event_is_chained")),
        migrations.AddConstraint("event", models.UniqueConstraint(fields=["previous"], name="the_chain_does_not_fork")),
        refuse_update("audit_event", name="an_event_is_never_changed", message="An event is never changed."),
        refuse_delete("audit_event", name="an_event_is_never_deleted", message="An event is never deleted."),
        refuse_update("audit_attachment", name="an_attachment_is_never_changed", message="An attachment is never changed."),
        refuse_delete("audit_attachment", name="an_attachment_is_never_deleted", message="An attachment is never deleted."),
    ]
