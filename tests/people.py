"""People of the tests: one of each role, two who act for Kenya, a stranger from Nepal. Names are made up of their roles."""

from __future__ import annotations

from socle_web.accounts.models import User
from socle_web.places.models import Country, Mandate

CAST = {
    "reader": ("reader", ()),
    "owner": ("contributor", ("KEN",)),
    "colleague": ("contributor", ("KEN",)),
    "focal": ("focal_point", ("KEN", "MWI")),
    "stranger": ("contributor", ("NPL",)),
    "verifier": ("verifier", ()),
    "second_verifier": ("verifier", ()),
    "manager": ("programme_manager", ()),
    "administrator": ("administrator", ()),
}


def person(name: str, role: str = "", countries: tuple[str, ...] = ()) -> User:
    """Somebody with a role (that of ``CAST`` by default), made once."""
    there = User.objects.filter(username=name).first()
    if there is not None:
        return there
    role, countries = (role, countries) if role else CAST[name]
    user = User.objects.create_user(name, f"{name}@example.org", f"a long password of {name}", role=role)
    for code in countries:
        Mandate.objects.create(user=user, country=Country.objects.get(pk=code), given_by="administrator")
    return user
