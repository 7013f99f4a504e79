"""Numerators and denominators: persons in at least one of several sets, and persons of a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from socle.coverage.options import Options
from socle.coverage.series_inquiry import Found, Inquiry, Member, Row, ages_of
from socle.coverage.union import union
from socle.tables import LAST_AGE, Population
from socle.vocabulary import say

WORKING_AGES = (15, 64)
#: Where the retirement age is not known and the population is asked.
RETIREMENT_AGE = 65


@dataclass(frozen=True, slots=True)
class Persons:
    """So many persons, from ``lower`` to ``upper``; None: cannot be said, for want of the cells ``missing``."""

    lower: float | None
    upper: float | None
    sets: tuple[Row, ...] = ()
    overlaps: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    consistent: bool = True
    unstated: tuple[str, str] | None = None  # two sets of which nobody says how many persons they share

    @property
    def is_exact(self) -> bool:
        return self.lower == self.upper

    @classmethod
    def of(cls, found: Found) -> Persons:
        return cls(found.value, found.value, found.rows, (), found.missing, (found.note,) if found.note else ())


def united(inquiry: Inquiry, members: Mapping[Member, Found], *, year: int, sex: str = "total", at_most: float | None = None,
           whole: bool = True) -> Persons:
    """Persons in at least one of the sets. ``whole`` is False where not everybody of the sets is meant: then only overlaps of
    nobody are taken, as those of both sexes are for one sex: where there is nobody, there is no woman."""
    rows = tuple(row for found in members.values() for row in found.rows)
    notes = tuple(dict.fromkeys(found.note for found in members.values() if found.note))
    missing = tuple(key for found in members.values() for key in found.missing if found.value is None)
    if any(found.value is None for found in members.values()):
        return Persons(None, None, rows, (), missing, notes)
    places = {member: place for place, member in enumerate(members)}
    stated, used = _stated(inquiry, places, year=year, sex=sex, whole=whole)
    sizes = [found.value or 0.0 for found in members.values()]
    found = union(sizes, stated, at_most=at_most)
    exact = found.is_exact
    return Persons(found.lower, found.lower if exact else found.upper, rows, used, (), notes, found.consistent,
                   None if exact else _unstated(list(members), sizes, stated))


def _stated(inquiry: Inquiry, places: Mapping[Member, int], *, year: int, sex: str,
            whole: bool) -> tuple[dict[frozenset[int], float], tuple[Row, ...]]:
    stated: dict[frozenset[int], float] = {}
    rows: dict[frozenset[int], tuple[Row, ...]] = {}

    known = places.keys()

    def told(of: str) -> dict[frozenset[int], tuple[float, Row]]:
        found: dict[frozenset[int], tuple[float, Row]] = {}
        for members, place in inquiry.overlaps.get((year, of), ()):
            if members <= known and (persons := inquiry.persons("overlaps", place)) is not None:
                found[frozenset(places[one] for one in members)] = (persons, ("overlaps", place))
        return found

    if len(places) < 2:
        return {}, ()
    of_all = told("total")
    if sex == "total":
        women, men = told("female"), told("male")
        for both in (one for one in women if one in men):
            stated[both] = women[both][0] + men[both][0]
            rows[both] = (women[both][1], men[both][1])
    else:
        of_all = {both: one for both, one in of_all.items() if one[0] == 0} | told(sex)
    for both, (persons, row) in of_all.items():
        stated[both], rows[both] = persons, (row,)
    if not whole:
        stated = {both: persons for both, persons in stated.items() if persons == 0}
    return stated, tuple(row for both in stated for row in rows[both])


def _unstated(members: list[Member], sizes: list[float], stated: Mapping[frozenset[int], float]) -> tuple[str, str] | None:
    """The largest two sets of which nothing is said."""
    largest = sorted((place for place, size in enumerate(sizes) if size > 0), key=lambda place: -sizes[place])[:40]
    for one, other in combinations(largest, 2):
        if frozenset((one, other)) not in stated:
            return members[one][1], members[other][1]
    return None


@dataclass(frozen=True)
class Groups:
    """The groups of a country that coverage is measured against: as the inquiry states them, or from the population."""

    inquiry: Inquiry
    country: str
    options: Options
    population: Population | None = None

    def of(self, group: str, year: int, sex: str) -> Found:
        stated = self.inquiry.stated(self.country, year, group, sex)
        if group == "women_giving_birth" and stated.value is None:
            other = self.inquiry.stated(self.country, year, group, "female" if sex == "total" else "total")
            stated = other if other.value is not None else stated
        if stated.value is not None:
            return stated
        ages = self.ages(group)
        return stated if ages is None else self._counted(*ages, year, sex) or stated

    def ages(self, group: str) -> tuple[int, int] | None:
        """First and last completed age of a group that the population can count."""
        children = ages_of(self.options.children) or (0, 17)
        return {"population": (0, LAST_AGE), "children": (children[0], children[1] or 17), "working_age": WORKING_AGES,
                "older_persons": (self.options.retirement_age or RETIREMENT_AGE, LAST_AGE)}.get(group)

    def of_ages(self, group: str, ages: str, year: int, sex: str) -> Found:
        """Those of a group who are of these ages, from the population."""
        whole, part = self.ages(group), ages_of(ages)
        if whole is not None and part is not None:
            first, last = max(whole[0], part[0]), min(whole[1], LAST_AGE if part[1] is None else part[1])
            if first <= last and (found := self._counted(first, last, year, sex)):
                return found
        return Found(None)

    def _counted(self, first: int, last: int, year: int, sex: str) -> Found | None:
        people = self.population
        if people is None or people.country != self.country or year not in people.years:
            return None
        persons = people.total(first=first, last=last, sex=None if sex == "total" else sex)[people.years.index(year)]
        ages = f"{first}+" if last >= LAST_AGE else f"{first}-{last}"
        return Found(float(persons), (("population", f"{self.country}/{year}/{ages}/{sex}"),), (),
                     say("The denominator is the population of ages {ages}: {source}.", ages=ages, source=people.source))


def less(whole: Found, part: Persons, notes: tuple[str, ...] = ()) -> Persons:
    """The persons of a group who are not of the part; never below nobody."""
    missing = (*(whole.missing if whole.value is None else ()), *part.missing)
    sets, told = (*whole.rows, *part.sets), (*((whole.note,) if whole.note else ()), *part.notes, *notes)
    if whole.value is None or part.lower is None or part.upper is None:
        return Persons(None, None, sets, part.overlaps, missing, told)
    return Persons(max(0.0, whole.value - part.upper), max(0.0, whole.value - part.lower), sets, part.overlaps, (), told,
                   part.consistent, part.unstated)
