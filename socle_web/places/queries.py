"""Questions about who acts for which country."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from socle.vocabulary import REGIONS, fold
from socle_web.accounts.models import Client, User
from socle_web.accounts.queries import clients, people
from socle_web.places.models import Country, Mandate


def people_and_countries() -> QuerySet[User]:
    return people().prefetch_related(_mandates("mandates"), "invitations")


def clients_and_countries() -> QuerySet[Client]:
    return clients().prefetch_related(_mandates("user__mandates"))


def countries_by_region() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Every country under its region, in the reader's language: (region, (code, name) ...)."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for country in Country.objects.all():
        regions.setdefault(country.region, []).append((country.alpha3, country.name))
    order = {code: place for place, code in enumerate(REGIONS)}
    return [(REGIONS[region].label() if region else "", sorted(listed, key=lambda pair: fold(pair[1])))
            for region, listed in sorted(regions.items(), key=lambda pair: order.get(pair[0], len(order)))]


def mandates_of(user: User) -> QuerySet[Mandate]:
    """Those given for good; what a colleague's absence lends is on the desk."""
    return Mandate.objects.filter(user=user, on_behalf_of="").select_related("country")


def _mandates(path: str) -> Prefetch[str]:
    return Prefetch(path, Mandate.objects.filter(on_behalf_of="").select_related("country"))
