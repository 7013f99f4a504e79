"""Rows to the library and back: texts to schemes, a form of the studio to a projection."""

from socle_web.schemes.bridge.changing import Moved, ages_of, moved, set_ages
from socle_web.schemes.bridge.costing import Paper, economy_of, people_of, project
from socle_web.schemes.bridge.reading import Told, digest_of, read, scheme_of
from socle_web.schemes.bridge.trying import Tried, TriedCases, cases

__all__ = [
    "Moved", "Paper", "Told", "Tried", "TriedCases", "ages_of", "cases", "digest_of", "economy_of", "moved", "people_of", "project",
    "read", "scheme_of", "set_ages",
]
