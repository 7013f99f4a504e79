"""Editions of values. An edition restates the past: figures of two editions are compared, and never joined without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from socle.errors import Finding, InputError
from socle.tables import Values, together
from socle.vocabulary import say

RESTATED_COLUMNS = ("series", "area", "sex", "year", "breakdown", "status", "before", "after", "change")


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of one edition against the same of another. ``status``: restated, added (only in the newer), removed (only in the
    older). ``change`` in points, None where one of them is missing."""

    series: str
    area: str
    sex: str
    year: int
    breakdown: str
    status: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before

    def as_row(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in RESTATED_COLUMNS}
        return {name: float(one) if isinstance(one, Decimal) else one for name, one in found.items()}


def of_vintage(values: Values, vintage: str | None = None) -> Values:
    """The rows of one edition. Raises ``InputError`` where there are several and none is named, or where the one that is named is
    not there."""
    told = values.vintages
    if vintage is not None:
        if vintage not in told and told != ("",):
            raise InputError(say("There is no edition {name}.", name=vintage), where={"column": "vintage", "value": vintage},
                             remedy=say("There are: {names}.", names=_named(told)))
        return values if told in (("",), (vintage,)) else values.take(values.vintage.equals(vintage))
    if len(told) > 1:
        raise _mixed(told)
    return values


def joined(parts: Sequence[Values]) -> Values:
    """Several tables of one edition as one; one table stays as it is. Raises ``InputError`` where they are of different editions,
    and for every row that two of them have."""
    if not parts:
        raise InputError(say("There are no values."), remedy=say("Name a file of values."))
    if len(parts) == 1:
        return parts[0]
    told = tuple(dict.fromkeys(name for part in parts for name in part.vintages))
    if len(told) > 1:
        raise _mixed(told)
    found = together(parts)
    order = np.argsort(found.identity, kind="stable")
    twice = order[1:][np.diff(found.identity[order]) == 0].tolist()
    if twice:
        raise InputError(say("Files have the same rows."), findings=[
            Finding("error", None, found.numbers[row] if found.numbers else None, "series", _key(found, row), "duplicate_key",
                    say("“{key}” is in two of the files.", key=_key(found, row)), say("Name each row in one file only."))
            for row in sorted(twice)[:1000]])
    return found


def compare_editions(older: Values, newer: Values) -> tuple[Restated, ...]:
    """What an edition says differently from the one before, in the order of the older; what both say alike is left out.

    12.5 and 12.50 are alike. An area or year that only one of them has is added or removed.
    """
    before, after = _by_key(older), _by_key(newer)
    found = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if key in before and key in after and one == other:
            continue
        status = "restated" if key in before and key in after else "added" if key in after else "removed"
        found.append(Restated(*key, status, one, other))
    return tuple(found)


def _by_key(values: Values) -> Mapping[tuple[str, str, str, int, str], Decimal | None]:
    if len(values.vintages) > 1:
        raise _mixed(values.vintages)
    return dict(zip(zip(values.series, values.geo, values.sex, values.year.tolist(), values.breakdown, strict=True), values.value,
                    strict=True))


def _mixed(told: Sequence[str]) -> InputError:
    message = say("Values are of several editions: {names}.", names=_named(told))
    remedy = say("Name one with vintage; an edition restates the past, and two are not joined.")
    finding = Finding("error", None, None, "vintage", _named(told), "vintages_mixed", message, remedy)
    return InputError(message, remedy=remedy, findings=[finding])


def _named(told: Sequence[str]) -> str:
    return ", ".join(name or say("one that is not named") for name in told)


def _key(values: Values, row: int) -> str:
    parts = values.series[row], values.geo[row], str(values.year[row]), values.sex[row], values.breakdown[row]
    return "/".join(filter(None, parts))
