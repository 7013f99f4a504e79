"""Coverage by group: the line for SDG 1.3.1, contributors against the labour force, health, and what the law covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socle.coverage import Figure as Measured
from socle.reports import charts
from socle.reports.document import Block, Figure, Heading, Paragraph, Text
from socle.reports.national.subject import Subject, counted, rate, said, table, words
from socle.vocabulary import BRANCHES, COVERAGE_GROUPS, COVERAGE_SERIES, LEGAL_ROUTES, SEXES_AND_TOTAL, percent, say


def coverage(subject: Subject) -> Iterator[Block]:
    now = [one for one in subject.figures(year=subject.year, family="sdg") if one.value is not None]
    if not now:
        return
    yield Heading(1, Text(say("Effective coverage")))
    yield Paragraph((Text(say(
        "Effective coverage counts who receives a benefit or actively contributes in practice. It is measured against the group "
        "that a "
        "series speaks of, and leaves health care out, which is shown apart.")),))
    yield from _bars(subject, now)
    yield table(say("SDG indicator 1.3.1, {year}", year=subject.year),
                (say("Series"), say("Women"), say("Men"), say("Total"), say("Persons covered"), say("Persons in the group")),
                [(words(COVERAGE_SERIES[series].label()), *(said(rate(_of(now, series, sex))) for sex in ("female", "male",
                                                                                                          "total")),
                  *(said(counted(_of(now, series, "total") or _of(now, series, "female"), what))
                    for what in ("numerator", "denominator")))
                 for series in COVERAGE_SERIES if any(one.series == series for one in now)], figures=5,
                weights=(2.4, 1, 1, 1, 1.2, 1.2),
                notes=(say("Two figures are the bounds between which the number of persons lies: see the notes on methods."),)
                if any(one.bound != "exact" for one in now) else ())
    yield from _trend(subject)
    yield from _apart(subject, now)


def beside(subject: Subject) -> Iterator[Block]:
    """Contributors against the labour force, and affiliation to health protection: never inside 1.3.1."""
    now = [one for family in ("contributors", "health") for one in subject.figures(year=subject.year, family=family)
           if one.value is not None]
    if not now:
        return
    yield Heading(2, Text(say("Contributors and health protection")))
    names = _names()
    yield table(say("Active contributors and affiliation to health protection, {year}", year=subject.year),
                (say("Measure"), say("Women"), say("Men"), say("Total")),
                [(words(names.get(series, series)), *(said(rate(_of(now, series, sex))) for sex in ("female", "male", "total")))
                 for series in dict.fromkeys(one.series for one in now)], figures=3, weights=(2.6, 1, 1, 1))


def legal(subject: Subject) -> Iterator[Block]:
    rows = [row for row in subject.rows("legal", year=subject.year, sex="total") if row["persons"] is not None]
    groups = {(row["group"], row["sex"]): row["persons"] for row in subject.rows("denominators", year=subject.year)}
    if not rows:
        return
    yield Heading(1, Text(say("Legal coverage")))
    yield Paragraph((Text(say("Legal coverage counts whom the law covers, whether or not it reaches them. It is never added to "
                              "effective coverage.")),))
    routes = [code for code in LEGAL_ROUTES if any(row["route"] == code for row in rows)]
    pairs = dict.fromkeys((row["branch"], row["group"]) for row in rows)
    cells = {(row["branch"], row["group"], row["route"]): row["persons"] for row in rows}

    def told(branch: str, group: str, route: str) -> str:
        covered, whole = cells.get((branch, group, route)), groups.get((group, "total"))
        return percent(covered / whole, decimals=1) if covered is not None and whole else ""

    yield table(say("Legal coverage by branch and route, per cent of the group, {year}", year=subject.year),
                (say("Branch"), say("Group"), *(LEGAL_ROUTES[code].label() for code in routes)),
                [(words(BRANCHES[branch].label()), words(COVERAGE_GROUPS[group].label()),
                  *(said(told(branch, group, code)) for code in routes)) for branch, group in pairs], figures=len(routes))


def _bars(subject: Subject, now: Sequence[Measured]) -> Iterator[Block]:
    bars, alternative = [], []
    for series in COVERAGE_SERIES:
        found = _of(now, series, "total") or _of(now, series, "female")
        known = {one.bound: one.value for one in found}
        shown = known.get("exact", known.get("lower"))
        if shown is not None:
            label = COVERAGE_SERIES[series].label()
            named = label if "exact" in known else f"{label} ({rate(found)})"
            bars.append((named, {"value": shown, "upper": (known["upper"] or shown) - shown if "upper" in known else None}))
            alternative.append(f"{label}: {rate(found)}")
    if bars:
        looks = {"value": say("covered"), charts.WITHOUT_RECORDS: say("up to the upper bound")}
        rows = [(label, {"value": parts["value"], charts.WITHOUT_RECORDS: parts["upper"]}) for label, parts in bars]
        drawn = looks if any(parts[charts.WITHOUT_RECORDS] for _, parts in rows) else {"value": looks["value"]}
        title = say("Effective coverage by group, per cent, {year}", year=subject.year)
        yield Figure(charts.bars(rows, title=title, series=drawn, words=lambda value: percent(value / 100, decimals=1)), title,
                     "; ".join(alternative), 0.8)


def _trend(subject: Subject) -> Iterator[Block]:
    if len(subject.years) < 2:
        return
    figures = subject.figures(family="sdg")
    yield table(say("SDG indicator 1.3.1 over the years"), (say("Series"), *map(str, subject.years)),
                [(words(COVERAGE_SERIES[series].label()), *(said(rate(
                    [one for one in figures if one.series == series and one.year == year and one.sex == "total"]
                    or [one for one in figures if one.series == series and one.year == year and one.sex == "female"]))
                    for year in subject.years)) for series in COVERAGE_SERIES
                 if any(one.series == series and one.value is not None for one in figures)], figures=len(subject.years),
                weights=(2.2, *[1.0] * len(subject.years)))


def _apart(subject: Subject, now: Sequence[Measured]) -> Iterator[Block]:
    """Ages, disability and area, where the inquiry gives them and a rate follows."""
    apart = [one for one in subject.report.figures if one.country == subject.country and one.year == subject.year
             and one.family == "sdg" and one.value is not None and (one.age_group, one.disability, one.area) != ("total",) * 3]
    if apart:
        yield table(say("Coverage of smaller groups, {year}", year=subject.year),
                    (say("Series"), say("Sex"), say("Group"), say("Per cent")),
                    [(words(COVERAGE_SERIES[one.series].label()), words(SEXES_AND_TOTAL[one.sex].label()),
                      words(", ".join(part for part in (one.age_group, one.disability, one.area) if part != "total")),
                      said(rate([one]))) for one in apart if one.bound == "exact"], figures=1, weights=(2.6, 1, 1.4, 1))


def _of(figures: Sequence[Measured], series: str, sex: str) -> list[Measured]:
    return [one for one in figures if one.series == series and one.sex == sex]


def _names() -> dict[str, str]:
    return {"active_contributors_labour_force": say("Active contributors, of the labour force aged 15 to 64"),
            "active_contributors_working_age": say("Active contributors, of the population aged 15 to 64"),
            "health_affiliation": say("Affiliated to health protection, of the population")}
