"""A programme's records as the arithmetic needs them: small tables as they are, observations as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from socle.results.counting import Contributions, count
from socle.results.observations import Observations
from socle.tables import Book, Table


@dataclass(frozen=True)
class Chain:
    """The results chain of one programme. ``book`` holds every sheet but the observations."""

    book: Book
    observations: Observations

    @classmethod
    def of(cls, book: Book) -> Chain:
        return cls(book, Observations.of(book["observations"], book["impacts"]))

    def __getitem__(self, sheet: str) -> Table:
        return self.book[sheet]

    @cached_property
    def contributions(self) -> Contributions:
        """What each observation adds, as known today; reports on a country or a year all share it."""
        return count(self.observations)

    @cached_property
    def funded_by(self) -> Mapping[str, frozenset[str]]:
        """Projects by the partner that pays for them."""
        projects: dict[str, set[str]] = {}
        for partner, project in zip(self["funding"]["partner"], self["funding"]["project"], strict=True):
            if project:
                projects.setdefault(partner, set()).add(project)
        return {partner: frozenset(keys) for partner, keys in projects.items()}

    @cached_property
    def credited(self) -> Mapping[str, frozenset[str]]:
        """Projects that contributed, by change: those the change names and those with a contribution share."""
        projects: dict[str, set[str]] = {}
        for change, named in zip(self["changes"]["change"], self["changes"]["projects"], strict=True):
            projects.setdefault(change, set()).update(named or ())
        for change, project in zip(self["contributions"]["change"], self["contributions"]["project"], strict=True):
            projects.setdefault(change, set()).add(project)
        return {change: frozenset(keys) for change, keys in projects.items()}
