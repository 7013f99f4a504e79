"""The table of countries follows the vocabulary."""

from __future__ import annotations

from typing import Any

from socle import vocabulary


def fill(apps: Any, schema_editor: object = None) -> None:
    """Add the countries that are not there, made-up ones too. For migrations, and for whoever is about to write records of them."""
    country = apps.get_model("places", "Country")
    listed = (*vocabulary.COUNTRIES.values(), *vocabulary.made_up_countries())
    country.objects.bulk_create(
        (country(alpha3=c.alpha3, region=c.region or "") for c in listed), ignore_conflicts=True
    )
