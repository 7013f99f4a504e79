"""Numerators and denominators: persons in at least one of several sets, and persons of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from socle.coverage.options import Options
from socle.coverage.series_inquiry import Found, Inquiry, Member, Row, ages_of
from socle.coverage.union import Union, union
from socle.tables import LAST_AGE, Population
from socle.vocabulary import say

WORKING_AGES = (15, 64)
#: Where the retirement age is not known and the population is asked.
RETIREMENT_AGE = 65
#: Of so many sets that are not meant whole, every choice is tried.
_MOST_PARTIAL = 4


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
           everybody: Mapping[Member, Found] | None = None) -> Persons:
    """Persons in at least one of the sets. ``everybody``: the same sets whole, where not all their persons may be meant. Overlaps
    are of whole sets: one holds where its sets are whole, or where it is nobody; beyond that, the union of the parts is at most
    that of the whole sets, and at least that less everybody who is left out."""
    rows = tuple(row for found in members.values() for row in found.rows)
    notes = tuple(dict.fromkeys(found.note for found in members.values() if found.note))
    missing = tuple(key for found in members.values() for key in found.missing if found.value is None)
    if any(found.value is None for found in members.values()):
        return Persons(None, None, rows, (), missing, notes)
    places = {member: place for place, member in enumerate(members)}
    stated = _stated(inquiry, places, year=year, sex=sex)
    known = {both: persons for both, (persons, _) in stated.items()}
    sizes = [found.value or 0.0 for found in members.values()]
    full = [found.value for found in (everybody or members).values()]
    holding = {both: persons for both, persons in known.items() if persons == 0 or all(sizes[one] == full[one] for one in both)}
    found, used = union(sizes, holding, at_most=at_most), set(holding)
    if len(holding) < len(known):
        narrower = _within(found, known, sizes, full)
        found, used = narrower or found, set(known) if narrower else used
    exact = found.is_exact
    return Persons(found.lower, found.lower if exact else found.upper, rows, tuple(row for both in stated if both in used
                                                                                  for row in stated[both][1]),
                   (), notes, found.consistent, None if exact else _unstated(list(members), sizes, known))


def _within(parts: Union, known: Mapping[frozenset[int], float], sizes: list[float], full: Sequence[float | None]) -> Union | None:
    """The union of the parts, by those of whole sets; None where this says nothing more. Some sets are a lower bound without the
    others: those that would take more off than they add are left out, so that another set never lowers it."""
    left_out = [size - part for size, part in zip(full, sizes, strict=True) if size is not None]
    partial = [one for one, persons in enumerate(left_out) if persons > 0]
    if not parts.consistent or len(left_out) < len(sizes) or min(left_out) < 0 or len(partial) > _MOST_PARTIAL:
        return None
    lower, upper = parts.lower, parts.upper
    for without in (one for some in range(len(partial) + 1) for one in combinations(partial, some)):
        whole = union([0.0 if one in without else size or 0.0 for one, size in enumerate(full)],
                      {both: persons for both, persons in known.items() if both.isdisjoint(without)})
        if not whole.consistent:
            return None
        lower = max(lower, whole.lower - sum(left_out[one] for one in partial if one not in without))
        upper = upper if without else min(upper, whole.upper)
    return Union(lower, upper) if lower <= upper and (lower, upper) != (parts.lower, parts.upper) else None


def _stated(inquiry: Inquiry, places: Mapping[Member, int], *, year: int,
            sex: str) -> dict[frozenset[int], tuple[float, tuple[Row, ...]]]:
    """The overlaps of these sets, with the rows that say so. Of both sexes, women and men, two give the third."""
    known = places.keys()

    def told(of: str) -> dict[frozenset[int], tuple[float, tuple[Row, ...]]]:
        found: dict[frozenset[int], tuple[float, tuple[Row, ...]]] = {}
        for members, place in inquiry.overlaps.get((year, of), ()):
            if members <= known and (persons := inquiry.persons("overlaps", place)) is not None:
                found[frozenset(places[one] for one in members)] = (persons, (("overlaps", place),))
        return found

    if len(places) < 2:
        return {}
    of_all = told("total")
    if sex == "total":
        women, men = told("female"), told("male")
        return {both: (women[both][0] + men[both][0], women[both][1] + men[both][1]) for both in women if both in men} | of_all
    others = told("male" if sex == "female" else "female")
    rest = {both: (of_all[both][0] - one[0], of_all[both][1] + one[1]) for both, one in others.items()
            if both in of_all and of_all[both][0] >= one[0]}
    return rest | {both: one for both, one in of_all.items() if one[0] == 0} | told(sex)


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
