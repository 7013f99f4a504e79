"""What each observation adds to the figures, by the library's rule."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from pydantic import Field

from socle.errors import InputError
from socle_web.results import queries

ADDS = (int | None, Field(description="persons it adds to its period; null: nothing by itself (a baseline, superseded, no number)"))


def added(impacts: Collection[str]) -> dict[str, int]:
    """Persons that each observation of these impacts (by key) adds to its period; absent: one that adds nothing by itself
    (a baseline, one that is superseded, one without a number)."""
    try:
        scope = queries.report().scope
    except InputError:  # without a phase nothing is counted
        return {}
    observations, contributions = scope.chain.observations, scope.contributions
    wanted, keys = frozenset(impacts), scope.chain["impacts"]["impact"]
    there = np.fromiter((key in wanted for key in keys), dtype=bool, count=len(keys))
    counted = (contributions.achieved | contributions.potential) & there[observations.impact] & ~np.isnan(contributions.persons)
    return {observations.keys[row]: int(contributions.persons[row]) for row in np.flatnonzero(counted).tolist()}
