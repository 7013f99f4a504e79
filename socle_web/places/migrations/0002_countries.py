from django.db import migrations

from socle_web.places.filling import fill


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
