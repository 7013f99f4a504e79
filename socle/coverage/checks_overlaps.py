"""Persons who are in several schemes or benefits at once, and whom the law covers."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from socle.coverage.checks_asked import Asked, Findings, at
from socle.coverage.series_inquiry import ACTIVE, AFFILIATED
from socle.errors import Finding
from socle.vocabulary import LEGAL_ROUTES, say

#: The nearest keys are looked for so often: a wrong column has thousands of unknown ones.
MOST_GUESSES = 50
#: Of more sets at once, every combination of one less is not looked up.
MOST_SETS = 20


def between(asked: Asked) -> Findings:
    """Two keys or more, each once, each of a scheme or a benefit."""
    table = asked.table("overlaps")
    known = asked.inquiry.schemes.keys() | asked.inquiry.benefits.keys()
    near: dict[str, str] = {}
    for place, text in enumerate(table["between"]):
        keys = _keys(text)
        unknown = [key for key in keys if key not in known]
        if unknown:
            key = unknown[0]
            if key not in near:
                guesses = get_close_matches(key[:100], sorted(known), n=1) if len(near) < MOST_GUESSES else []
                near[key] = say("Did you mean {near}?", near=guesses[0]) if guesses else (
                    say("Add it to sheet schemes or benefits, or correct the key."))
            yield at(table, place, "between", severity="error", code="unknown_reference",
                     message=say("There is no scheme and no benefit “{value}”.", value=key[:100]), remedy=near[key])
        elif len(keys) < 2 or len(set(keys)) < len(keys):
            yield at(table, place, "between", severity="error", code="overlap_keys",
                     message=say("An overlap is of several schemes or benefits, each named once."),
                     remedy=say("Write their keys between semicolons: pension;grant."))


def sizes(asked: Asked) -> Findings:
    """At most as many as in the smallest of the sets, and as in fewer of them at once."""
    inquiry, table, figures = asked.inquiry, asked.table("overlaps"), asked.figures("overlaps")
    found: dict[tuple[int, str], dict[frozenset[str], int]] = {}
    for place, (text, year, sex) in enumerate(zip(table["between"], table["year"], table["sex"], strict=True)):
        keys = _keys(text)
        known = all(key in inquiry.schemes or key in inquiry.benefits for key in keys)
        if figures[place] is None or len(set(keys)) < max(len(keys), 2) or not known:
            continue
        found.setdefault((year, sex or "total"), {}).setdefault(frozenset(keys), place)
        parts = [(key, _size(asked, key, year, sex or "total")) for key in keys]
        lacking = [key for key, size in parts if size is None]
        if lacking and len(lacking) == len(parts):
            yield at(table, place, "year", severity="warning", code="overlap_without_parts",
                     message=say("{keys} have no figures of {year}.", keys=", ".join(lacking), year=year),
                     remedy=say("Add them to sheets protected or recipients, or correct the year."))
        smallest = min(((size, key) for key, size in parts if size is not None), default=None)
        if smallest and figures[place] > smallest[0]:
            yield _too_many(asked, place, figures[place], smallest[0], smallest[1])
    for by_keys in found.values():
        for keys_of, place in by_keys.items():
            if 2 < len(keys_of) <= MOST_SETS:
                fewer = [by_keys[keys_of - {key}] for key in sorted(keys_of) if keys_of - {key} in by_keys]
                least = min(fewer, key=lambda one: figures[one], default=None)
                if least is not None and figures[place] > figures[least]:
                    yield _too_many(asked, place, figures[place], figures[least], table["between"][least])


def _too_many(asked: Asked, place: int, persons: Any, most: Any, of: str) -> Finding:
    return at(asked.table("overlaps"), place, "persons", severity="error", code="overlap_exceeds",
              message=say("{persons} persons in all of them at once are more than the {most} of {of}.", persons=persons,
                          most=f"{float(most):.0f}", of=of),
              remedy=say("Correct the overlap or the figure of {of}.", of=of))


def _size(asked: Asked, key: str, year: int, sex: str) -> float | None:
    """As the report counts a key: recipients of a benefit; active contributors of a scheme, or its affiliated persons."""
    inquiry = asked.inquiry
    if key in inquiry.benefits and (key not in inquiry.schemes or (key, year) in inquiry.recipients):
        return inquiry.received(key, year, sex).value
    measure = ACTIVE if (key, year, ACTIVE) in inquiry.protected else AFFILIATED
    return inquiry.protects(key, year, measure, sex).value


def _keys(text: str) -> list[str]:
    return [key.strip() for key in text.split(";") if key.strip()]


def legal(asked: Asked) -> Findings:
    """At most the group; by any route at least as many as by the largest, at most as many as by all together."""
    table, figures, inquiry = asked.table("legal"), asked.figures("legal"), asked.inquiry
    routes: dict[tuple[Any, ...], dict[str, int]] = {}
    for place, (country, year, branch, group, route, sex) in enumerate(_legal(asked)):
        if figures[place] is None:
            continue
        routes.setdefault((country, year, branch, group, sex), {})[route] = place
        people = inquiry.stated(country, year, group, sex).value
        if people is not None and figures[place] > people:
            yield at(table, place, "persons", severity="error", code="over_group",
                     message=say("{persons} persons are more than the {people} of group {group}.", persons=figures[place],
                                 people=f"{people:.0f}", group=group),
                     remedy=say("Correct the persons, or the group in sheet denominators."))
    for by_route in routes.values():
        whole = by_route.pop("any", None)
        if whole is None or not by_route:
            continue
        persons, summed = figures[whole], sum(figures[place] for place in by_route.values())
        largest = max(by_route, key=lambda route: figures[by_route[route]])
        complete = len(by_route) == len(LEGAL_ROUTES) - 1
        if persons < figures[by_route[largest]]:
            yield at(table, whole, "persons", severity="error", code="routes_contradict",
                     message=say("By any route {persons} persons are covered, by {route} alone {more}.", persons=persons,
                                 route=largest, more=figures[by_route[largest]]),
                     remedy=say("Correct one of the figures."))
        elif persons > summed:
            yield at(table, whole, "persons", severity="error" if complete else "warning", code="routes_contradict",
                     message=say("By any route {persons} persons are covered, by the routes that are there {sum} together.",
                                 persons=persons, sum=summed),
                     remedy=say("Correct one of the figures, or add the route that is missing."))


def _legal(asked: Asked) -> Iterator[tuple[Any, ...]]:
    table = asked.table("legal")
    return zip(table["country"], table["year"], table["branch"], table["group"], table["route"],
               [sex or "total" for sex in table["sex"]], strict=True)


RULES = (between, sizes, legal)
