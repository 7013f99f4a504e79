from django.db import migrations

from socle_web.audit.triggers import refuse_update


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [refuse_update("audit_event", name="an_event_is_never_changed", message="An event is never changed.")]
