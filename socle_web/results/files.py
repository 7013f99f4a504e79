"""Questions about the documents behind evidence."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from socle_web.accounts.permissions import Person
from socle_web.results.models import EvidenceFile, State
from socle_web.results.permissions import visible


def seen_by(user: Person) -> QuerySet[EvidenceFile]:
    """Those of published evidence, and those of the entries ``user`` may see."""
    return EvidenceFile.objects.filter(Q(entry__state=State.PUBLISHED) | Q(entry__in=visible(user)))


def of_published(evidence: str) -> QuerySet[EvidenceFile]:
    """The documents everyone may read of the evidence with this key."""
    return EvidenceFile.objects.filter(evidence=evidence, entry__state=State.PUBLISHED)


def is_published(file: EvidenceFile) -> bool:
    return file.entry is not None and file.entry.state == State.PUBLISHED


def twins(file: EvidenceFile, user: Person) -> QuerySet[EvidenceFile]:
    """The same document elsewhere, as far as ``user`` may know of it."""
    return seen_by(user).filter(digest=file.digest).exclude(pk=file.pk)
