"""Who may see, write, check and publish a scheme; and whose scenario it is."""

from __future__ import annotations

from django.db.models import Q

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may, permit, predicate
from socle_web.audit.refusals import Refused
from socle_web.places.permissions import acts_for, countries_of
from socle_web.schemes.models import OPEN, Scenario, State, Version, Versions

WORKING = ("enter", "verify", "publish")


def works(user: Person) -> bool:
    return any(may(user, deed) for deed in WORKING)


def visible(user: Person) -> Versions:
    """What is published, and what is on its way in the countries ``user`` acts for. Nobody else's drafts exist for them."""
    everything = Version.objects.all()
    if not works(user):
        return everything.published()
    own = countries_of(user)
    return everything if own is None else everything.filter(Q(state=State.PUBLISHED) | Q(country__in=own))


def in_hands(user: Person) -> Versions:
    """What ``user`` may work on."""
    own = countries_of(user) if works(user) else set()
    return Version.objects.all() if own is None else Version.objects.filter(country__in=own)


def may_write(user: Person, country: str | None = None) -> bool:
    return may(user, "enter") and (country is None or acts_for(user, country))


def may_edit(user: Person, version: Version) -> bool:
    return version.state == State.DRAFT and may_write(user, version.country_id)


def may_submit(user: Person, version: Version) -> bool:
    return version.state == State.DRAFT and may(user, "submit") and acts_for(user, version.country_id)


def wrote(user: Person, version: Version) -> bool:
    """Whether ``user`` had a hand in the text: who did never verifies it."""
    hands = {*version.hands, version.entered_by, version.changed_by, version.submitted_by}
    return isinstance(user, User) and user.username in hands


def may_verify(user: Person, version: Version) -> bool:
    return may(user, "verify") and version.state == State.SUBMITTED and not wrote(user, version)


def may_return(user: Person, version: Version) -> bool:
    return may(user, "return") and version.state in (State.SUBMITTED, State.VERIFIED)


def may_publish(user: Person, version: Version) -> bool:
    return may(user, "publish") and version.state == State.VERIFIED


def may_withdraw(user: Person, version: Version) -> bool:
    """What is on its way: whoever acts for it. What is published: who publishes."""
    if version.state == State.PUBLISHED:
        return may(user, "publish") and not version.imported
    return version.state in OPEN and may(user, "withdraw") and acts_for(user, version.country_id)


def may_see_scenario(user: Person, scenario: Scenario) -> bool:
    """A shared one is open to all; the others are for their author, and for whoever acts for the country."""
    if scenario.is_shared:
        return True
    return isinstance(user, User) and user.is_active and (
        scenario.author == user.username or (works(user) and acts_for(user, scenario.country_id)))


def may_share(user: Person, scenario: Scenario) -> bool:
    return (isinstance(user, User) and may_write(user, scenario.country_id) and scenario.shared_at is None
            and scenario.withdrawn_at is None)


def may_take_back(user: Person, scenario: Scenario) -> bool:
    own = isinstance(user, User) and scenario.author == user.username
    return scenario.withdrawn_at is None and works(user) and (own or may(user, "publish"))


def require(allowed: bool, what: str, *, remedy: str = "", code: str = "forbidden") -> None:
    if not allowed:
        raise Refused(what, remedy=remedy, code=code)


permit("schemes.work", predicate(works))
permit("schemes.write", predicate(lambda user: may_write(user)))
