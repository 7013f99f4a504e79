"""Questions about the records."""

from __future__ import annotations


def forget() -> None:
    """Forget the reports computed so far."""
