"""Rows <-> the library's tables. Nothing else in the platform turns one into the other."""

from socle_web.results.bridge.arrays import observations
from socle_web.results.bridge.reading import book, chain, one_moment
from socle_web.results.bridge.writing import Changed, Comparison, Progress, alone, compare, compare_few, write

__all__ = [
    "Changed", "Comparison", "Progress", "alone", "book", "chain", "compare", "compare_few", "observations", "one_moment", "write",
]
