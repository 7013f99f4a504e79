"""People at the desk: how they are called, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from socle_web.accounts.models import User
from socle_web.desk.models import Absence
from socle_web.desk.permissions import could_stand_in


def names(usernames: Iterable[str]) -> dict[str, str]:
    """What colleagues call them, in one query; whoever is no longer there keeps the username."""
    return {user.username: user.name for user in User.objects.filter(username__in={name for name in usernames if name})}


def standing_in_for(person: User, *, on: date) -> list[Absence]:
    """The absences that ``person`` bridges now."""
    return list(Absence.objects.on(on).filter(deputy=person.username).order_by("until", "pk"))


def absences_of(person: User) -> list[Absence]:
    return list(Absence.objects.filter(person=person.username))


def possible_deputies(person: User) -> list[User]:
    found = User.objects.filter(is_active=True, is_client=False).exclude(pk=person.pk).order_by("first_name", "username")
    return [user for user in found if could_stand_in(user, person)]
