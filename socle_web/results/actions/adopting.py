"""A verifier adopts what came from a file: it agrees with its source."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.results import bridge
from socle_web.results.models import BY_SHEET, Origin
from socle_web.results.permissions import require


def adopt(sheet: str, keys: Collection[str], *, by: User) -> int:
    """Mark imported facts as verified by ``by``; how many were. Those that are verified already stay as they are."""
    require(may(by, "adopt"), _("Your role does not adopt imported records."))
    model: Any = BY_SHEET[sheet]
    with deed():
        there = model.objects.filter(key__in=keys, origin=Origin.IMPORTED, verified_by="").exclude(entered_by=by.username)
        adopted = sorted(there.values_list("key", flat=True))
        require(bool(adopted), _("There is nothing here to adopt."), code="nothing_to_adopt")
        there.update(verified_by=by.username)
        record("adopt", by=by.username, subject=(sheet, adopted[0] if len(adopted) == 1 else f"{len(adopted)} records"),
               summary={"records": [f"{sheet}:{key}" for key in adopted]}, rows=_lines(sheet, adopted))
    return len(adopted)


def _lines(sheet: str, keys: Collection[str]) -> Iterator[object]:
    """What was adopted: the values stay what they were."""
    for (_sheet, key), values in bridge.facts({sheet: keys}).items():
        yield [sheet, key, values, values]
