from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_the_log_is_asked")]
    operations = [migrations.AddIndex("event", models.Index(fields=["subject_kind", "id"], name="event_kind"))]
