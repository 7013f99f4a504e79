"""Questions about accounts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from socle_web.accounts.models import Client, User
from socle_web.accounts.tokens import digest_of, is_of

USED_EVERY = timedelta(minutes=5)  # how exactly the last use of a token is kept


def has_administrator() -> bool:
    return User.objects.filter(role="administrator", is_active=True).exists()


def people() -> QuerySet[User]:
    return User.objects.filter(is_client=False).order_by("-is_active", "first_name", "username")


def clients() -> QuerySet[Client]:
    return Client.objects.select_related("user").order_by("revoked_at", "user__username")


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
