from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_the_chain_is_kept")]
    operations = [
        migrations.AddIndex("event", models.Index(fields=["actor", "id"], name="event_actor")),
        migrations.AddIndex("event", models.Index(fields=["deed", "id"], name="event_deed")),
        migrations.AddIndex("event", models.Index(fields=["at"], name="event_at")),
    ]
