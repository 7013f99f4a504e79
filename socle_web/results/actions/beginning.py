"""A new record, and what is typed with it on the same page: both are kept, or neither."""

from __future__ import annotations

from collections.abc import Mapping

from socle_web.accounts.models import User
from socle_web.audit.actions import deed
from socle_web.results.actions.entering import enter
from socle_web.results.models import Entry


def begin(sheet: str, values: Mapping[str, str], first: Mapping[str, str] | None = None, *, by: User) -> list[Entry]:
    """Begin a record; of an impact with ``first``, the first number observed, which shares its source."""
    with deed():
        made = [enter(sheet, values, by=by)]
        if first is not None:
            made.append(enter("observations", {"source": values.get("source", ""), **first, "impact": made[0].key}, by=by))
    return made
