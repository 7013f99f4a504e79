"""Figures against how many people there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socle.coverage.checks_asked import Asked, Findings, at
from socle.coverage.series import BRANCH_OF
from socle.vocabulary import COVERAGE_SERIES, say

#: The group that a branch's recipients are measured against.
GROUP_OF: Mapping[str, str] = {branch: str(COVERAGE_SERIES[series].group) for series, branch in BRANCH_OF.items()}
CONTRIBUTORS_OF = ("labour_force", "working_age")
#: Groups that are within another by what they are; of the second kind only where both are counted at the same ages.
WITHIN: tuple[tuple[str, str], ...] = (("employees", "employed"),)
WITHIN_AT_THE_SAME_AGES = (("employed", "labour_force"), ("unemployed", "labour_force"), ("labour_force", "working_age"))

Stated = dict[tuple[str, int, str], dict[str, tuple[int, Any]]]


def groups(asked: Asked) -> Findings:
    """No group is larger than the population; employees are employed; some must be of the same ages to be compared."""
    table = asked.table("denominators")
    at_once: dict[tuple[str, int], dict[str, dict[str, tuple[int, Any]]]] = {}
    for (country, year, group), by_sex in _stated(asked).items():
        at_once.setdefault((country, year), {})[group] = by_sex
    for stated in at_once.values():
        def of(group: str, stated: Mapping[str, dict[str, tuple[int, Any]]] = stated) -> dict[str, tuple[int, Any]]:
            return stated.get(group, {})

        for group in stated:
            if group != "population":
                yield from _within(asked, of(group), of("population"), group, "population", code="group_exceeds")
        for part, whole in WITHIN:
            yield from _within(asked, of(part), of(whole), part, whole, code="group_exceeds")
        for part, whole in WITHIN_AT_THE_SAME_AGES:
            yield from _within(asked, of(part), of(whole), part, whole, code="groups_disagree")
        for sex, (place, people) in of("population").items():
            young, old = of("children").get(sex), of("older_persons").get(sex)
            if young and old and max(young[1], old[1]) <= people < young[1] + old[1]:
                yield at(table, place, "persons", severity="error", code="group_exceeds",
                         message=say("Children ({children}) and older persons ({older}) are more than the population of {people}.",
                                     children=young[1], older=old[1], people=people),
                         remedy=say("Correct one of the figures."))


def _within(asked: Asked, part: dict[str, tuple[int, Any]], whole: dict[str, tuple[int, Any]], name: str, of: str, *,
            code: str) -> Findings:
    for sex, (place, persons) in part.items():
        if sex in whole and persons > whole[sex][1]:
            table = asked.table("denominators")
            figures = {"group": name, "persons": persons, "whole": of, "people": whole[sex][1], "row": table.numbers[whole[sex][0]]}
            message = say("{group} are {persons}, more than {whole}: {people} (row {row}).", **figures)
            if code == "group_exceeds":
                yield at(table, place, "persons", severity="error", code="group_exceeds", message=message,
                         remedy=say("Correct one of the figures."))
            else:
                yield at(table, place, "persons", severity="warning", code="groups_disagree", message=message,
                         remedy=say("Check whether both are counted at the same ages."))


def protected_and_recipients(asked: Asked) -> Findings:
    """More than the group asks; more than the population contradicts, but for the tolerance: a register and an estimate of the
    population are never the same to the last person."""
    stated, inquiry = _stated(asked), asked.inquiry
    for sheet in ("protected", "recipients"):
        table, figures = asked.table(sheet), asked.figures(sheet)
        rows = zip(table["year"], table["sex"], figures, strict=True)
        for place, (year, sex, persons) in enumerate(rows):
            scheme = inquiry.schemes.get(asked.scheme_of(sheet, place))
            if persons is None or scheme is None:
                continue
            people = stated.get((scheme.country, year, "population"), {}).get(sex)
            if people and persons > people[1]:
                within = float(persons) <= float(people[1]) * (1 + asked.limits.tolerance)
                yield at(table, place, "persons", severity="warning" if within else "error", code="over_population",
                         message=say("{persons} persons are more than the population of {people} (denominators, row {row}).",
                                     persons=persons, people=people[1], row=asked.table("denominators").numbers[people[0]]),
                         remedy=say("Correct the persons or the population."))
                continue
            group = _group(asked, sheet, place)
            if group is None:
                continue
            there = next((stated[key][sex] for one in group if sex in stated.get(key := (scheme.country, year, one), {})), None)
            if there and persons > there[1]:
                yield at(table, place, "persons", severity="warning", code="over_denominator",
                         message=say("{persons} persons are {percent} per cent of {people}: {group} (denominators, row {row}).",
                                     persons=persons, percent=f"{100 * float(persons) / float(there[1]):.0f}" if there[1] else "∞",
                                     people=there[1], group=asked.table("denominators")["group"][there[0]],
                                     row=asked.table("denominators").numbers[there[0]]),
                         remedy=say("Check whether persons were counted twice, or are outside the group (abroad, younger)."))


def _group(asked: Asked, sheet: str, place: int) -> tuple[str, ...] | None:
    table = asked.table(sheet)
    if sheet == "protected":
        of_all = (table["employment_status"][place] or "total") == "total"
        return CONTRIBUTORS_OF if of_all and table["measure"][place] == "active_contributors" else None
    if any((table[name][place] or "total") != "total" for name in ("age_group", "disability", "area")):
        return None
    benefit = asked.inquiry.benefits.get(table["benefit"][place])
    if benefit is None or benefit.form != "cash" or benefit.function not in GROUP_OF:
        return None
    return (GROUP_OF[benefit.function],)


def _stated(asked: Asked) -> Stated:
    """By country, year and group: the place and figure of each sex."""
    figures = asked.figures("denominators")
    return {key: {sex: (place, figures[place]) for sex, place in by_sex.items() if figures[place] is not None}
            for key, by_sex in asked.inquiry.denominators.items()}


RULES = (groups, protected_and_recipients)
