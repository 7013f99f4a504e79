"""For which countries somebody may act."""

from __future__ import annotations

from collections.abc import Collection

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, permit, predicate
from socle_web.accounts.roles import ROLES
from socle_web.places.models import Country, Mandate

SCOPED = frozenset({"contributor", "focal_point"})


def countries_of(user: Person) -> set[str] | None:
    """Codes of the countries ``user`` acts for; None is every country. Readers and administrators act for none."""
    if not (isinstance(user, User) and user.is_active):
        return set()
    if ROLES[user.role].everywhere:
        return None
    if user.role not in SCOPED:
        return set()
    return set(Mandate.objects.filter(user=user).in_force().values_list("country_id", flat=True))


def acting_for(user: Person, countries: Collection[str]) -> str:
    """Whom ``user`` stands in for when acting for ``countries``: an absent colleague, or nobody ("")."""
    if not (isinstance(user, User) and user.role in SCOPED and countries):
        return ""
    held = Mandate.objects.filter(user=user, country__in=countries).in_force().values_list("country_id", "on_behalf_of")
    own = {country for country, absent in held if not absent}
    return next((absent for country, absent in sorted(held) if absent and country not in own), "")


def acts_for(user: Person, country: Country | str | None) -> bool:
    """Whether ``country`` is one of those ``user`` acts for. Of a record without a country: only who acts for every country."""
    own = countries_of(user)
    code = country.alpha3 if isinstance(country, Country) else country
    return own is None or code in own


permit("places.act_for", predicate(acts_for))
