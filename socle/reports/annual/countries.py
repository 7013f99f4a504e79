"""Results country by country, with their text, and theme by theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from socle import vocabulary
from socle.reports.annual.subject import Subject, country_name, country_order, label_of
from socle.reports.document import Block, Heading, Items, Paragraph, Result, Text
from socle.vocabulary import number, period, say, say_many


def by_country(subject: Subject) -> Iterator[Block]:
    changes = _changes(subject)
    reached = _reached(subject)
    present = {*changes, *reached}
    if not present:
        return
    yield Heading(1, Text(say("Results by country")))
    for region, countries in _by_region(present):
        yield Heading(2, Text(region))
        for country in countries:
            yield Heading(3, Text(country_name(country)))
            for change in changes.get(country, ()):
                yield _result(subject, change)
            if country in reached:
                yield Items(tuple(e for _, e in reached[country]), tuple(t for t, _ in reached[country]))


def by_theme(subject: Subject) -> Iterator[Block]:
    changes = [change for of_country in _changes(subject).values() for change in of_country]
    themes = {theme: [c for c in changes if theme in (c["themes"] or ())] for theme in vocabulary.THEMES}
    if not any(themes.values()):
        return
    yield Heading(1, Text(say("Results by theme")))
    for group in vocabulary.THEME_GROUPS.values():
        of_group = [theme for theme in vocabulary.THEMES.group(group.code) if themes[theme]]
        if of_group:
            yield Heading(2, Text(group.label()))
        for theme in of_group:
            yield Heading(3, Text(vocabulary.THEMES[theme].label()))
            found = sorted(themes[theme], key=lambda c: (country_order(c["country"]), c["year"]))
            yield Items(
                tuple((Text(f" {_dated(c)} "), subject.told(c["title"])) for c in found),
                tuple(Text(country_name(c["country"])) for c in found),
            )
    silent = [vocabulary.THEMES[theme].label() for theme, found in themes.items() if not found]
    if silent:
        yield Paragraph((Text(say("No result reported: {themes}.", themes="; ".join(silent))),), "note")


def _dated(change: dict[str, Any]) -> str:
    return say("({year}, step {step}).", year=change["year"].end.year, step=change["step"])


def _changes(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    table = subject.chain["changes"]
    names = tuple(table.columns)
    found: dict[str, list[dict[str, Any]]] = {}
    for i in subject.report.scope.change_rows:
        row = {name: table[name][i] for name in names}
        found.setdefault(row["country"], []).append(row)
    return {country: sorted(rows, key=lambda r: (r["step"], r["year"])) for country, rows in found.items()}


def _result(subject: Subject, change: dict[str, Any]) -> Result:
    marks = [vocabulary.STEPS[change["step"]].label(), period(change["year"])]
    marks += [label_of("branch", branch) for branch in change["branches"] or ()]
    title, summary = change["title"] or change["summary"] or change["change"], change["summary"]
    return Result(
        tuple(marks), subject.told(title), (subject.told(summary),) if summary and summary != title else (),
        subject.told(change["source"]) if change["source"] else None, change["step"],
    )


def _reached(subject: Subject) -> dict[str, list[tuple[Text, tuple[Text, ...]]]]:
    """What observations in the period add, impact by impact: achieved first, potential said to be so."""
    scope, observations, impacts = subject.report.scope, subject.chain.observations, subject.chain["impacts"]
    found: dict[str, list[tuple[Text, tuple[Text, ...]]]] = {}
    for of_status, is_potential in ((scope.contributions.achieved, False), (scope.contributions.potential, True)):
        rows = np.flatnonzero(scope.observed & of_status)
        rows = rows[np.argsort(observations.impact[rows], kind="stable")]
        of_impact, first = np.unique(observations.impact[rows], return_index=True)
        for i, own in zip(of_impact.tolist(), np.split(rows, first[1:]), strict=False):
            added = scope.contributions.persons[own]
            known = added[~np.isnan(added)]
            told = _persons(int(known.sum()) if len(known) else None, bool(observations.households[own].any()))
            term = say("{persons}, potential", persons=told) if is_potential else told
            kind = label_of("kind", impacts["kind"][i])
            if impacts["branch"][i]:
                kind += ", " + label_of("branch", impacts["branch"][i]).lower()
            entry = [Text(f" – {kind}. ")]
            if impacts["title"][i]:
                entry += [subject.told(impacts["title"][i]), Text(". ")]
            if source := impacts["source"][i]:
                stated = source.removeprefix("inferred:").strip()
                entry += [Text((say("Source:") if stated == source else say("Inferred from:")) + " "), subject.told(stated)]
            found.setdefault(impacts["country"][i], []).append((Text(term), tuple(entry)))
    return found


def _persons(n: int | None, households: bool) -> str:
    if n is None:
        return say("number not reported")
    if households:
        return say("{n} households, counted as reported", n=number(n))
    return say_many("{n} person", "{n} persons", n)


def _by_region(countries: set[str]) -> Iterator[tuple[str, list[str]]]:
    left = set(countries)
    for code, region in vocabulary.REGIONS.items():
        here = {c for c in left if (known := vocabulary.COUNTRIES.get(c)) and known.region == code}
        if here:
            yield region.label(), sorted(here, key=country_order)
        left -= here
    if left:
        yield say("Other countries and territories"), sorted(left, key=country_order)
