"""Writing the log."""

from __future__ import annotations

from collections.abc import Mapping

from socle_web.audit.models import Event


def record(
    deed: str, *, by: str, subject: tuple[str, str], summary: Mapping[str, object] | None = None, reason: str = ""
) -> Event:
    """Write down that ``by`` did ``deed`` to ``subject`` (kind, key). Call it in the transaction of the deed."""
    kind, key = subject
    return Event.objects.create(
        actor=by, deed=deed, subject_kind=kind, subject_key=key, summary=dict(summary or {}), reason=reason
    )
