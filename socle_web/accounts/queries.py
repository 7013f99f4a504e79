"""Questions about accounts."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils import timezone

from socle_web.accounts.models import Client, User
from socle_web.accounts.tokens import digest_of, is_of

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
           ("Linux", "Linux"))
USED_EVERY = timedelta(minutes=5)  # how exactly the last use of a token is kept


def has_administrator() -> bool:
    return User.objects.filter(role="administrator", is_active=True).exists()


def people() -> QuerySet[User]:
    return User.objects.filter(is_client=False).order_by("-is_active", "first_name", "username")


def clients() -> QuerySet[Client]:
    return Client.objects.select_related("user").order_by("revoked_at", "user__username")


def sessions_of(user: User) -> list[UserSession]:
    """Where somebody is signed in, the latest first; each says its ``device`` in words."""
    found: list[UserSession] = UserSession.objects.purge_and_list(user)
    for session in found:
        session.device = device_of(session.user_agent)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def device_of(user_agent: str) -> str:
    """"Firefox, Windows", as far as a browser says; what it says of itself otherwise."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:60] or "?"


def authenticate_token(text: str) -> User | None:
    """The system whose token this is (its ``client`` says whether it may write); None for anything else."""
    found = Client.objects.select_related("user").filter(digest=digest_of(text)).first()
    if not is_of(text, found.digest if found else digest_of("nobody's")) or found is None:
        return None
    if found.revoked_at is not None or not found.user.is_active:
        return None
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > USED_EVERY:
        Client.objects.filter(pk=found.pk).update(last_used_at=now)
    found.user.client = found
    return found.user
