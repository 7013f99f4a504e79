"""Rows <-> the library's tables. Nothing else in the platform turns one into the other."""

from socle_web.results.bridge.arrays import observations
from socle_web.results.bridge.books import Brought, Row, differences, known_of, read_file
from socle_web.results.bridge.context import checked
from socle_web.results.bridge.entries import Texts, cells, facts, few, read, texts
from socle_web.results.bridge.nearby import nearby
from socle_web.results.bridge.reading import book, chain, one_moment
from socle_web.results.bridge.shape import shape
from socle_web.results.bridge.writing import Changed, Comparison, Progress, alone, compare, compare_few, write

__all__ = [
    "Brought", "Changed", "Comparison", "Progress", "Row", "Texts", "alone", "book", "cells", "chain", "checked",
    "compare", "compare_few", "differences", "facts", "few", "known_of", "nearby", "observations", "one_moment",
    "read", "read_file", "shape", "texts", "write",
]
