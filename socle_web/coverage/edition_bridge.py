"""Editions to the library's figures and values, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from socle.coverage import Figure
from socle.tables import Book, Values, text_of
from socle.vocabulary import Period
from socle_web.coverage.edition_money import of_money
from socle_web.coverage.models.editions import Line, Value

#: What a value is told apart by within its edition.
IDENTITY = ("country_id", "family", "series", "item", "year", "sex", "age_group", "disability", "area", "bound")
NUMBERS = ("value", "numerator", "denominator", "weight")
#: Breakdowns of the UN's layout that have a column of their own here.
PARTS = {"age": "age_group", "disability": "disability", "location": "area"}
AREAS = {"urban": "urban", "rural": "rural", "u": "urban", "r": "rural"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DISABILITIES = {"with": "with", "without": "without", "pd": "with", "pwd": "without"}


def of_figures(figures: Iterable[Figure]) -> list[Value]:
    """The figures of an inquiry's report, in the order of the report."""
    return [Value(country_id=one.country, family=one.family, series=one.series, year=one.year, sex=one.sex, age_group=one.age_group,
                  disability=one.disability, area=one.area, value=exact(one.value, 12), numerator=exact(one.numerator, 6),
                  denominator=exact(one.denominator, 6), bound=one.bound, status=one.status, records=list(one.records),
                  definition=one.definition) for one in figures]


def of_report(report: Any) -> list[Value]:
    """Everything a report says: figures of coverage, then of spending and adequacy."""
    return [*of_figures(report.figures), *of_money(report)]


def of_values(values: Values) -> tuple[list[Value], dict[str, int]]:
    """The values of an international edition, and how many there are of each area that is no country."""
    found, elsewhere = [], dict[str, int]()
    for row, written in zip(values.rows(), values.written, strict=True):
        if row["country"] is None:
            elsewhere[row["geo"]] = elsewhere.get(row["geo"], 0) + 1
            continue
        parts = _parts(row["breakdown"])
        found.append(Value(
            country_id=row["country"], series=row["series"], year=row["year"], sex=row["sex"], value=row["value"],
            printed=written[:60], bound=row["bound"] or "exact", weight=row["weight"], nature=row["nature"][:20],
            status="estimated" if row["nature"] in ("E", "M") else "reported", source=row["source"], footnote=row["footnote"],
            **parts))
    return found, elsewhere


def _parts(breakdown: str) -> dict[str, str]:
    """``age=65+;location=urban`` by our columns; what has none stays together in ``item``."""
    found: dict[str, str] = {}
    rest = []
    for part in filter(None, breakdown.split(";")):
        name, _equals, text = part.partition("=")
        known = {"location": AREAS, "disability": DISABILITIES}.get(name, {text.lower(): text})
        if name in PARTS and text.lower() in known:
            found[PARTS[name]] = known[text.lower()][:40]
        else:
            rest.append(part)
    return found | ({"item": ";".join(rest)[:100]} if rest else {})


def to_values(values: Iterable[Value], editions: Mapping[int, str]) -> Values:
    """As a table of the library; ``editions``: their keys. A figure counts for as many persons as its denominator says."""
    return Values.of({
        "series": one.series, "country": one.country_id, "year": one.year, "sex": one.sex,
        "value": _written(one), "weight": weight_of(one), "nature": one.nature, "source": one.source,
        "footnote": f"{one.printed} {one.footnote}".strip() if one.value is None else one.footnote,
        "vintage": editions[one.edition_id],
        "age": "" if one.age_group == "total" else one.age_group, "location": "" if one.area == "total" else one.area,
        "disability": "" if one.disability == "total" else one.disability, "breakdown": _breakdown(one)} for one in values)


def weight_of(value: Value) -> Decimal | None:
    """The persons a figure is a share of: as the source says, or its own denominator."""
    return value.weight if value.weight is not None else value.denominator


def _written(value: Value) -> Decimal | None:
    """With the digits the source prints, where it does."""
    if value.value is None:
        return None
    return Decimal(value.printed) if NUMBER.fullmatch(value.printed) else value.value.normalize()


def _breakdown(value: Value) -> str:
    parts = {"age": value.age_group, "location": value.area, "disability": value.disability,
             "bound": value.bound.replace("exact", "total")}
    told = [f"{name}={text}" for name, text in parts.items() if text != "total"]
    return ";".join([*told, *filter(None, [value.item])])


def lines_of(book: Book) -> list[Line]:
    """The rows of an inquiry as text, each under its key; of rows with the same key the first."""
    found, seen = [], set[tuple[str, str]]()
    for table in book:
        for place, (key, row) in enumerate(zip(table.keys, table.rows(), strict=True)):
            if (table.sheet.name, key) not in seen:
                seen.add((table.sheet.name, key))
                cells = {name: _cell(value) for name, value in row.items()}
                found.append(Line(sheet=table.sheet.name, key=key[:300], place=table.numbers[place], cells=cells))
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ";".join(map(text_of, value))
    return value.text if isinstance(value, Period) else text_of(value)


def digest_of(values: Iterable[Value]) -> str:
    """The same for the same figures, in whatever order and database; figures count to twelve digits."""
    told = sorted(json.dumps([*(getattr(one, name) for name in IDENTITY), *(_digits(getattr(one, name)) for name in NUMBERS),
                              one.unit, one.status, one.nature], ensure_ascii=False) for one in values)
    return sha256("\n".join(told).encode()).hexdigest()


def exact(number: float | Decimal | None, places: int) -> Decimal | None:
    """A number as a column keeps it."""
    return None if number is None else Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places))


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else format(float(number), ".12g")
