"""How far somebody has read. No deed: nothing has happened to anything."""

from __future__ import annotations

from django.utils import timezone

from socle_web.accounts.models import User
from socle_web.desk.models import Seen


def look(person: User, *, event: int, language: str = "") -> None:
    """``person`` has read the news until ``event`` (within). ``language``: that of the page, and of the mails from then on."""
    Seen.objects.update_or_create(
        person=person.username, defaults={"event": event, "at": timezone.now(), **({"language": language} if language else {})})
