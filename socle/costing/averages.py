"""Averages over countries: weighted by GDP, unweighted and median, always all three, and what one country does to each.

The same study of 57 countries is quoted with 4.2% of GDP (unweighted) and 2.1% (of their combined GDP): an average says its kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Weighted: the sum of the amounts over the sum of the GDPs. Median: of an even number, the mean of the two in the middle.
KINDS = ("weighted", "unweighted", "median")


def averages(shares: Floats, weights: Floats) -> Mapping[str, Floats]:
    """By kind, over the first axis (countries). ``shares`` and ``weights`` (GDP in one currency, not negative) have one shape.

    NaN: not known. A country whose share is not known is in no average; one whose weight is not known, in no weighted one.
    Where nothing is known the average is NaN.
    """
    return {kind: average(shares, weights, kind) for kind in KINDS}


def average(shares: Floats, weights: Floats, kind: str) -> Floats:
    """One kind of ``averages``."""
    known = ~np.isnan(shares)
    if kind == "weighted":
        known &= ~np.isnan(weights)
        weight = np.where(known, weights, 0.0)
        return _quotient((np.where(known, shares, 0.0) * weight).sum(axis=0), weight.sum(axis=0))
    if kind == "unweighted":
        return _quotient(np.where(known, shares, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64))
    if kind != "median":
        raise ValueError(f"{kind} is not one of {KINDS}")
    ordered = np.sort(shares, axis=0)  # NaN comes last
    count = known.sum(axis=0)
    if not len(ordered):
        return np.full(shares.shape[1:], np.nan)
    places = [np.clip(place, 0, len(ordered) - 1)[np.newaxis] for place in ((count - 1) // 2, count // 2)]
    lower, upper = (np.take_along_axis(ordered, place, axis=0)[0] for place in places)
    return np.where(count > 0, lower + (upper - lower) / 2, np.nan)


@dataclass(frozen=True, slots=True)
class Influence:
    """What leaving one country out does to an average, by year."""

    country: str
    kind: str
    with_it: Floats
    without: Floats

    @property
    def difference(self) -> Floats:
        """Below zero: without the country the average is lower."""
        return self.without - self.with_it


def influences(countries: Sequence[str], shares: Floats, weights: Floats) -> tuple[Influence, ...]:
    """Leave one country out, each in turn, for each kind; the most influential first (largest absolute difference in any year)."""
    whole = averages(shares, weights)
    found = [Influence(country, kind, whole[kind], average(rest, rest_weights, kind))
             for place, country in enumerate(countries)
             for rest, rest_weights in [(np.delete(shares, place, axis=0), np.delete(weights, place, axis=0))]
             for kind in KINDS]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -_largest(one.difference), one.country)))


def _largest(differences: Floats) -> float:
    known = np.abs(differences[~np.isnan(differences)])
    return float(known.max()) if known.size else -1.0


def _quotient(above: Floats, below: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / below, np.nan)
