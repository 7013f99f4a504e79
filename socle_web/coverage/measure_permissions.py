"""Who may see, enter, verify and publish a policy measure."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may
from socle_web.coverage.models.measures import Measure, MeasureState
from socle_web.places.permissions import acts_for, countries_of


def visible_measures(user: Person) -> QuerySet[Measure]:
    """What is published; and what is on its way in the countries ``user`` works for."""
    public = Q(state=MeasureState.PUBLISHED)
    if not works_on_measures(user):
        return Measure.objects.filter(public)
    own = countries_of(user)
    return Measure.objects.all() if own is None else Measure.objects.filter(public | Q(country__in=own))


def works_on_measures(user: Person) -> bool:
    return any(may(user, deed) for deed in ("enter", "verify", "publish"))


def may_enter_measure(user: Person, country: str | None = None) -> bool:
    return may(user, "enter") and (country is None or acts_for(user, country))


def may_edit_measure(user: Person, measure: Measure) -> bool:
    return measure.state == MeasureState.ENTERED and may_enter_measure(user, measure.country_id)


def may_verify_measure(user: Person, measure: Measure) -> bool:
    """Never by somebody who had a hand in it."""
    return (may(user, "verify") and measure.state == MeasureState.ENTERED and isinstance(user, User)
            and user.username not in measure.hands)


def may_publish_measure(user: Person, measure: Measure) -> bool:
    return may(user, "publish") and measure.state == MeasureState.VERIFIED


def may_withdraw_measure(user: Person, measure: Measure) -> bool:
    """What is on its way: whoever enters for the country. What is published: who publishes."""
    if measure.state == MeasureState.PUBLISHED:
        return may(user, "publish")
    on_its_way = measure.state in (MeasureState.ENTERED, MeasureState.VERIFIED)
    return on_its_way and may(user, "withdraw") and acts_for(user, measure.country_id)
