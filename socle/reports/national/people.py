"""The schemes of the country, who contributes to them and who receives their benefits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from socle.reports import charts
from socle.reports.document import Block, Figure, Heading, Paragraph, Text
from socle.reports.national.subject import Row, Subject, persons, table, words
from socle.vocabulary import BRANCHES, EMPLOYMENT_STATUSES, SCHEME_KINDS, number, say

SEXES = ("female", "male", "total")
#: Of more lines nobody can say which is which; the table has them all.
MOST_CURVES = 5


def schemes(subject: Subject) -> Iterator[Block]:
    if not subject.schemes:
        return
    yield Heading(1, Text(say("The schemes")))
    contributory = [one for one in subject.schemes if subject.is_contributory(one)]
    others = [one for one in subject.schemes if one not in contributory]
    yield Paragraph((Text(say("The inventory names {n} schemes: {contributory} contributory, {others} non-contributory.",
                              n=number(len(subject.schemes)), contributory=number(len(contributory)), others=number(len(others)))),
                              ))
    for caption, listed in ((say("Contributory schemes"), contributory), (say("Non-contributory schemes"), others)):
        if listed:
            yield table(caption, (say("Scheme"), say("Institution"), say("Kind"), say("Functions"), say("Legal basis"),
                                  say("Since")),
                        [_scheme(one) for one in listed], figures=0, weights=(1.6, 1.6, 1.2, 1.3, 1.5, .7))


def _scheme(row: Row) -> Sequence[Any]:
    functions = ", ".join(BRANCHES[code].label() for code in row["functions"] or ())
    return (words(row["name"] or row["scheme"]), words(row["institution"]),
            words(SCHEME_KINDS[row["kind"]].label() if row["kind"] else None), words(functions), words(row["legal_basis"]),
            words(row["since"].start.year if row["since"] else None))


def contributors(subject: Subject) -> Iterator[Block]:
    rows = subject.rows("protected", measure="active_contributors")
    now = [row for row in rows if row["year"] == subject.year]
    if not now:
        return
    yield Heading(1, Text(say("Contributors")))
    yield Paragraph((Text(say(
        "An active contributor is an insured person with at least one contribution, paid by them or on their behalf, in the year. "
        "Who contributes to several schemes is counted in each.")),))
    whole = [row for row in now if row["employment_status"] == "total"]
    affiliated = {(row["scheme"], row["sex"]): row["persons"]
                  for row in subject.rows("protected", measure="affiliated", year=subject.year, employment_status="total")}
    yield table(say("Active contributors by scheme and sex, {year}", year=subject.year),
                (say("Scheme"), say("Women"), say("Men"), say("Active contributors"), say("Affiliated")),
                [(words(subject.scheme_names[scheme]), *(persons(_of(whole, scheme=scheme, sex=sex)) for sex in SEXES),
                  persons(affiliated.get((scheme, "total")))) for scheme in _once(whole, "scheme")], figures=4)
    statuses = [code for code in EMPLOYMENT_STATUSES if code != "total" and any(row["employment_status"] == code for row in now)]
    if statuses:
        listed = [scheme for scheme in _once(now, "scheme") if any(row["scheme"] == scheme and row["employment_status"] != "total"
                                                                    for row in now)]
        yield table(say("Active contributors by status in employment, {year}", year=subject.year),
                    (say("Scheme"), *(EMPLOYMENT_STATUSES[code].label() for code in statuses)),
                    [(words(subject.scheme_names[scheme]), *(persons(_of(now, scheme=scheme, sex="total", employment_status=code))
                                                             for code in statuses)) for scheme in listed], figures=len(statuses))
    yield from _trend(subject, [row for row in rows if row["employment_status"] == "total" and row["sex"] == "total"], "scheme",
                      say("Active contributors by scheme"), subject.scheme_names.__getitem__)


def beneficiaries(subject: Subject) -> Iterator[Block]:
    rows = subject.rows("recipients")
    now = [row for row in rows if row["year"] == subject.year]
    if not now:
        return
    yield Heading(1, Text(say("Beneficiaries")))
    yield Paragraph((Text(say(
        "Who receives several benefits is counted in each: the rows are not added up here. The number of persons who receive at "
        "least one is in the chapter on coverage.")),))
    listed = _once(now, "benefit")
    whole = [row for row in now if row["age_group"] == row["disability"] == row["area"] == "total"]
    areas = [row for row in now if row["area"] != "total" and row["age_group"] == row["disability"] == "total"]
    titles = [say("Benefit"), say("Women"), say("Men"), say("Beneficiaries")]
    if areas:
        titles += [say("Urban"), say("Rural")]
    yield table(say("Beneficiaries by benefit, sex and area, {year}", year=subject.year), titles,
                [(words(subject.benefit_name(key)), *(persons(_of(whole, benefit=key, sex=sex)) for sex in SEXES),
                  *((persons(_of(areas, benefit=key, sex="total", area=area)) for area in ("urban", "rural")) if areas else ()))
                 for key in listed], figures=len(titles) - 1)
    yield from _by_age(subject, [row for row in now if row["age_group"] != "total"])
    yield from _by_disability(subject, [row for row in now if row["disability"] != "total"])
    trend = [row for row in rows if row["sex"] == row["age_group"] == row["disability"] == row["area"] == "total"]
    yield from _trend(subject, trend, "benefit", say("Beneficiaries by benefit"), subject.benefit_name)


def _by_age(subject: Subject, rows: Sequence[Row]) -> Iterator[Block]:
    pairs = list(dict.fromkeys((row["benefit"], row["age_group"]) for row in rows
                               if row["disability"] == row["area"] == "total"))
    if pairs:
        yield table(say("Beneficiaries by age, {year}", year=subject.year),
                    (say("Benefit"), say("Age"), say("Women"), say("Men"), say("Beneficiaries")),
                    [(words(subject.benefit_name(key)), words(group),
                      *(persons(_of(rows, benefit=key, age_group=group, sex=sex, disability="total",
                                    area="total")) for sex in SEXES))
                     for key, group in pairs], figures=3)


def _by_disability(subject: Subject, rows: Sequence[Row]) -> Iterator[Block]:
    listed = _once([row for row in rows if row["age_group"] == row["area"] == "total"], "benefit")
    if listed:
        yield table(say("Beneficiaries with and without disability, {year}", year=subject.year),
                    (say("Benefit"), say("With disability"), say("Without disability")),
                    [(words(subject.benefit_name(key)), *(persons(_of(rows, benefit=key, disability=one, sex="total",
                                                                      age_group="total",
                                                                      area="total")) for one in ("with", "without")))
                     for key in listed], figures=2)


def _trend(subject: Subject, rows: Sequence[Row], key: str, caption: str, name: Any) -> Iterator[Block]:
    years = sorted({row["year"] for row in rows if row["year"] <= subject.year})[-10:]
    if len(years) < 2:
        return
    listed = _once(rows, key)
    lines = {name(one): [_of(rows, **{key: one, "year": year}) for year in years] for one in listed}
    curves = sorted((charts.Curve(label, [None if value is None else float(value) for value in values])
                     for label, values in lines.items() if any(value is not None for value in values)),
                    key=lambda curve: -max(value or 0.0 for value in curve.values))[:MOST_CURVES]
    if curves:
        told = "; ".join(f"{one.label}: {number(one.values[-1]) if one.values[-1] is not None else say('not available')}"
                         for one in curves)
        largest = len(curves) < sum(any(value is not None for value in values) for values in lines.values())
        said = say("{caption}: the {n} largest", caption=caption, n=number(len(curves))) if largest else caption
        yield Figure(charts.lines(years, curves, title=caption), said, f"{years[-1]}. {told}", 0.8)
    yield table(caption, (say("Scheme") if key == "scheme" else say("Benefit"), *map(str, years)),
                [(words(label), *(persons(value) for value in values)) for label, values in lines.items()], figures=len(years))


def _of(rows: Sequence[Row], **wanted: object) -> int | None:
    return next((row["persons"] for row in rows if all(row[name] == value for name, value in wanted.items())), None)


def _once(rows: Sequence[Row], key: str) -> list[str]:
    return list(dict.fromkeys(row[key] for row in rows))


