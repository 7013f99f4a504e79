"""Whom the law covers: by branch, group and route. Never mixed with who is covered in effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from socle.coverage.figure import Figure
from socle.coverage.series_inquiry import Found, Inquiry, Missing
from socle.coverage.series_made import Basis, made
from socle.coverage.series_people import Groups, Persons
from socle.coverage.series_said import legal_said, with_notes
from socle.coverage.union import union
from socle.vocabulary import BRANCHES, COVERAGE_GROUPS, LEGAL_ROUTES, say

ANY = "any"
_SEXES = ("total", "female", "male")


def legal_series(branch: str, route: str = ANY, group: str = "") -> str:
    """``legal_old_age``; of a route ``legal_old_age_non_contributory``; against a further group ``..._of_older_persons``."""
    return f"legal_{branch}" + (f"_{route}" if route != ANY else "") + (f"_of_{group}" if group else "")


def legal(inquiry: Inquiry, groups: Groups, missing: Missing, years: Iterable[int],
          wanted: frozenset[str] | None = None) -> Iterator[tuple[Figure, Basis]]:
    """Every figure of the sheet ``legal``; where ``any`` route is not stated, the bounds that the routes leave."""
    wanted_years = set(years)
    table = inquiry.book["legal"]
    places: dict[tuple[str, str, int, str, str], int] = {}
    rows = zip(table["country"], table["year"], table["branch"], table["group"], table["route"], table["sex"], strict=True)
    for place, (country, year, branch, group, route, sex) in enumerate(rows):
        if country == groups.country and year in wanted_years:
            places[branch, group, year, route, sex or "total"] = place
    first = _first_groups(places)
    stated = dict.fromkeys((branch, group, year, sex) for branch, group, year, _, sex in places)
    for branch, group, year, sex in sorted(stated, key=_order):
        suffix = "" if first[branch] == group else group
        against = Persons.of(groups.of(group, year, sex))
        for route in LEGAL_ROUTES:
            series = legal_series(branch, route, suffix)
            if wanted is None or series in wanted:
                counted = _of_route(inquiry, places, (branch, group, year, sex), route, against.upper)
                if counted is not None:
                    definition = with_notes(legal_said(branch, group, route), ())
                    yield from made(inquiry, missing, series=series, country=groups.country, sex=sex, year=year, persons=counted,
                                    against=against, family="legal", definition=definition)


def _of_route(inquiry: Inquiry, places: dict[tuple[str, str, int, str, str], int], about: tuple[str, str, int, str], route: str,
              at_most: float | None) -> Persons | None:
    branch, group, year, sex = about
    place = places.get((branch, group, year, route, sex))
    if place is not None:
        return Persons.of(_found(inquiry, place))
    if route != ANY:
        return None
    found = [_found(inquiry, places[branch, group, year, one, sex]) for one in LEGAL_ROUTES
             if one != ANY and (branch, group, year, one, sex) in places]
    sets = tuple(row for one in found for row in one.rows)
    note = say("From the routes: how many the law covers by several of them is not stated.") if len(found) > 1 else ""
    if any(one.value is None for one in found):
        return Persons(None, None, sets, (), tuple(key for one in found for key in one.missing))
    ends = union([one.value or 0.0 for one in found], at_most=at_most)
    return Persons(ends.lower, ends.lower if ends.is_exact else ends.upper, sets, (), (), (note,) if note else ())


def _found(inquiry: Inquiry, place: int) -> Found:
    value = inquiry.persons("legal", place)
    return Found(value, (("legal", place),), () if value is not None else (inquiry.record(("legal", place)),))


def _first_groups(places: Iterable[tuple[str, str, int, str, str]]) -> dict[str, str]:
    """Of each branch the group whose series bears its plain name: the first in the order of the vocabulary."""
    order = list(COVERAGE_GROUPS)
    found: dict[str, str] = {}
    for branch, group, *_ in places:
        if branch not in found or order.index(group) < order.index(found[branch]):
            found[branch] = group
    return found


def _order(one: tuple[str, str, int, str]) -> tuple[int, int, int, int]:
    branch, group, year, sex = one
    return list(BRANCHES).index(branch), list(COVERAGE_GROUPS).index(group), year, _SEXES.index(sex)
