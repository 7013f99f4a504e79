"""Rows <-> the library's tables. Nothing else in the platform turns one into the other."""

from socle_web.results.bridge.arrays import observations
from socle_web.results.bridge.entries import Texts, cells, facts, few, read, texts
from socle_web.results.bridge.reading import book, chain, one_moment
from socle_web.results.bridge.shape import shape
from socle_web.results.bridge.writing import Changed, Comparison, Progress, alone, compare, compare_few, write

__all__ = [
    "Changed", "Comparison", "Progress", "Texts", "alone", "book", "cells", "chain", "compare", "compare_few", "facts", "few",
    "observations", "one_moment", "read", "shape", "texts", "write",
]
