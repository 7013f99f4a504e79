"""One number for an indicator, from the records alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from socle.results.observations import Bools
from socle.results.scope import Scope
from socle.results.specification import PARTS
from socle.vocabulary import Period


def leaves(indicator: str) -> frozenset[str]:
    """The indicators that an indicator adds up: itself, or its parts' parts."""
    parts = PARTS.get(indicator)
    return frozenset({indicator}) if parts is None else frozenset().union(*(leaves(part) for part in parts))


def counted(scope: Scope, indicator: str, counts: str, *, period: Period, currency: str | None = None) -> Decimal | int | None:
    """What the records of ``period`` say: a number of countries, changes, persons or projects, or an amount of money.

    None where the records report nothing, or where the indicator has nothing of that kind to count.
    """
    if indicator == "new_projects":
        return len(new_projects(scope, period)) if counts == "projects" else None
    if indicator == "new_funding":
        return total(_amounts(scope, period, currency)) if counts == "money" else None
    names = leaves(indicator)
    changes = scope.chain["changes"]
    if any(name.startswith("step") for name in names):
        rows = [row for row in scope.changes_in(period) if f"step{changes['step'][row]}" in names]
        if counts == "changes":
            return len(rows)
        return len({changes["country"][row] for row in rows}) if counts == "countries" else None
    impacts = scope.chain["impacts"]
    of_kind = np.array([kind in names for kind in impacts["kind"]], dtype=bool)
    observations = scope.chain.observations
    if not len(observations):
        return None if counts == "persons" else 0
    rows_mask: Bools = scope.observed_in(period) & scope.contributions.achieved & of_kind[observations.impact]
    if counts == "persons":
        return whole(scope.contributions.persons[rows_mask])
    of = set(observations.impact[rows_mask & (np.nan_to_num(scope.contributions.persons) > 0)].tolist())
    return len({impacts["country" if counts == "countries" else "change"][row] for row in of} - {None})


def new_projects(scope: Scope, period: Period) -> list[int]:
    """Rows of the projects that start in the period."""
    return [row for row, start in enumerate(scope.chain["projects"]["start"])
            if start is not None and period.start <= start.start <= period.end
            and (scope.as_of is None or start.start <= scope.as_of)]


def _amounts(scope: Scope, period: Period, currency: str | None) -> Iterable[object]:
    funding = scope.chain["funding"]
    return [funding["amount"][row] for row in range(len(funding))
            if period.start <= funding["on"][row].end <= period.end and scope.knows(funding["on"][row])
            and funding["currency"][row] == currency]


def total(amounts: Iterable[object]) -> Decimal | None:
    """Sum of what is reported; None when nothing is."""
    known = [amount for amount in amounts if isinstance(amount, Decimal)]
    return sum(known, Decimal(0)) if known else None


def whole(figures: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int | None:
    """Sum of what is reported, as a whole number; None when nothing is."""
    known = figures[~np.isnan(figures)]
    return int(known.astype(np.int64).sum()) if len(known) else None
