"""A row for each country of the vocabulary. When the vocabulary gains one, a new migration calls ``fill`` again."""

from django.db import migrations

from socle import vocabulary


def fill(apps, schema_editor):
    Country = apps.get_model("places", "Country")
    Country.objects.bulk_create(
        (Country(alpha3=c.alpha3, region=c.region) for c in vocabulary.COUNTRIES.values()), ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
