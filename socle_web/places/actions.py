"""Deeds to mandates: who may act for which country."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from socle_web.accounts import actions as accounts
from socle_web.accounts.models import Client, Invitation, User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.places.models import Country, Mandate


def invite(email: str, *, role: str, countries: Iterable[str] = (), by: User) -> tuple[Invitation, str]:
    """Invite somebody to act for ``countries``. The second value is the token of the link."""
    with deed():
        invitation, token = accounts.invite(email, role=role, by=by)
        give_countries(invitation.user, countries, by=by)
    return invitation, token


def give_token(name: str, *, countries: Iterable[str] = (), by: User, may_write: bool = True) -> tuple[Client, str]:
    """Let another system in for ``countries``. The second value is its token, which nobody can see again."""
    with deed():
        client, token = accounts.give_token(name, by=by, may_write=may_write)
        give_countries(client.user, countries, by=by)
    return client, token


def give_mandate(person: User, country: str, *, by: User, reason: str = "") -> None:
    _insist(person, by)
    with deed():
        if not Country.objects.filter(pk=country).exists():
            raise Refused(_("There is no such country."), code="unknown_country")
        _mandate, new = Mandate.objects.get_or_create(user=person, country_id=country, on_behalf_of="",
                                                      defaults={"given_by": by.username})
        if new:
            record("give_mandate", by=by.username, subject=("user", person.username), after={"country": country}, reason=reason)


def take_mandate(person: User, country: str, *, by: User, reason: str = "") -> None:
    _insist(person, by)
    with deed():
        gone, _kinds = Mandate.objects.filter(user=person, country_id=country, on_behalf_of="").delete()
        if gone:  # what is gone is not lent while it is gone (``Mandates.in_force``)
            record("take_mandate", by=by.username, subject=("user", person.username), before={"country": country}, reason=reason)


def give_countries(person: User, countries: Iterable[str], *, by: User, reason: str = "") -> None:
    """Let ``countries`` be all that ``person`` acts for: each that comes or goes is a deed."""
    with deed():
        before, after = own_countries(person), set(countries)
        for country in sorted(after - before):
            give_mandate(person, country, by=by, reason=reason)
        for country in sorted(before - after):
            take_mandate(person, country, by=by, reason=reason)


def own_countries(person: User) -> set[str]:
    """Those given to ``person`` for good; not those of a colleague who is absent."""
    return set(Mandate.objects.filter(user=person, on_behalf_of="").values_list("country_id", flat=True))


def lend_countries(deputy: User, countries: Iterable[str], *, since: date, until: date, absent: User, by: User) -> None:
    """Let ``deputy`` act for the countries of a colleague who is absent; by itself it ends after ``until``.

    Part of a deed that records it (``desk.actions.delegate``).
    """
    Mandate.objects.bulk_create(
        [Mandate(user=deputy, country_id=country, since=since, until=until, on_behalf_of=absent.username, given_by=by.username)
         for country in sorted(countries)], ignore_conflicts=True)


def take_lent_countries(deputy: User, *, absent: User, since: date, until: date) -> None:
    Mandate.objects.filter(user=deputy, on_behalf_of=absent.username, since=since, until=until).delete()


def _insist(person: User, by: User) -> None:
    if not may(by, "give_mandate"):
        raise Refused(_("Your role does not allow this."), remedy=_("An administrator can do it."), code="not_your_role")
    if person.pk == by.pk:
        raise Refused(_("Nobody changes their own access."), remedy=_("Ask another administrator."), code="own_access")
