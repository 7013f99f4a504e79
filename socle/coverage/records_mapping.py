"""How the columns of unit records say who is covered: marks, groups, breakdowns; written by hand in a small TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal, get_args

from socle.errors import Finding, InputError, UnknownCountry
from socle.schemes import parse_rule
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, code_list, country, say

Dimension = Literal["sex", "age_group", "disability", "area"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
#: The codes of a breakdown; those of age groups are the reader's own.
CODES = {"sex": ("female", "male"), "disability": ("with", "without"), "area": ("urban", "rural")}
COUNTS = ("recipients", "active_contributors", "affiliated")


@dataclass(frozen=True, slots=True)
class Mark:
    """What says that a person receives a benefit of a scheme, or contributes to it.

    One of: ``column`` (1 and 0, true and false; empty: unknown), ``rule`` over the facts of the columns, or, in a list of
    beneficiaries, ``value``: what stands in the column that names the scheme. ``function``: a branch of social security.
    """

    scheme: str
    function: str
    counts: str = "recipients"          # or active_contributors, or affiliated
    contributory: bool | None = None    # None: of recipients no, of the others yes
    form: str = "cash"                  # or in_kind, which no series of 1.3.1 counts
    column: str | None = None
    rule: str | None = None
    value: str | None = None

    @property
    def entitles(self) -> bool:
        """Whether contributions entitle."""
        return self.counts != "recipients" if self.contributory is None else self.contributory

    @property
    def key(self) -> str:
        return f"{self.scheme}/{self.counts}/{self.function}"


@dataclass(frozen=True)
class Breakdown:
    """The column of a breakdown; ``codes`` says what its values mean where they are not the codes themselves."""

    column: str
    codes: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordsMapping:
    """``groups``: who belongs to a group of people (vocabulary.COVERAGE_GROUPS): a column of truths, or a rule over facts.

    ``population`` is everybody and ``vulnerable`` whoever has nothing contributory, where they are not given. ``person`` names
    the person in a list of several rows each; ``named`` is the column of such a list that says which scheme a row is about.
    """

    country: str
    year: int
    marks: tuple[Mark, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    by: tuple[Dimension, ...] = ("sex",)
    weight: str | None = None
    person: str | None = None
    named: str | None = None
    columns: Mapping[str, Breakdown] = field(default_factory=dict)
    on: date | None = None              # the day rules and schemes are read on; None: the middle of the year
    facts: Mapping[str, float] = field(default_factory=dict)
    suppress_below: int | None = 5

    @property
    def day(self) -> date:
        return self.on or date(self.year, 7, 1)

    def breakdown(self, dimension: str) -> Breakdown:
        """Its column, by default of its own name."""
        return self.columns.get(dimension) or Breakdown(dimension)


_TOP = ("country", "year", "weight", "person", "named", "by", "on", "suppress_below", "columns", "groups", "facts", "mark")
_MARK = ("scheme", "function", "counts", "contributory", "form", "column", "rule", "value")


def read_mapping(text: str, *, name: str = "mapping.toml") -> RecordsMapping:
    """A mapping from the text of its TOML file; an ``InputError`` holds everything that is wrong with it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(say("{name} is no TOML: {reason}.", name=name, reason=error), where={"sheet": name},
                         remedy=say("Mend the line; texts stand in quotation marks.")) from None
    reader = _Reader(name)
    made = reader.mapping(document)
    if reader.findings:
        raise InputError(reader.findings[0].message, findings=reader.findings)
    return made


class _Reader:
    """Reads the document and keeps every finding."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []

    def wrong(self, key: str, value: object, code: str, message: str, remedy: str) -> None:
        self.findings.append(Finding("error", self.name, None, key, None if value is None else str(value), code, message, remedy))

    def mapping(self, document: Mapping[str, Any]) -> RecordsMapping:
        self.known(document, _TOP, "")
        marks = document.get("mark", [])
        if not isinstance(marks, list) or not all(isinstance(one, dict) for one in marks) or not marks:
            self.wrong("mark", None, "required", say("No mark says who receives or contributes."),
                       say("Write a section [[mark]] with scheme, function and column for each benefit and contribution."))
            marks = []
        day = document.get("on")
        if day is not None and not (isinstance(day, date) and not hasattr(day, "hour")):
            self.wrong("on", day, "period", say("“{value}” is no day.", value=day),
                       say("Write on = 2024-06-30, without quotation marks."))
            day = None
        return RecordsMapping(
            country=self.country(document.get("country")), year=self.year(document.get("year")),
            marks=tuple(self.mark(number, one) for number, one in enumerate(marks, 1)),
            groups=self.groups(self.table(document, "groups")),
            by=self.by(document.get("by", ["sex"])), columns=self.columns(self.table(document, "columns")), on=day,
            facts=self.facts(self.table(document, "facts")),
            suppress_below=self.threshold(document.get("suppress_below", 5)),
            **{key: self.text(key, document.get(key)) for key in ("weight", "person", "named")})

    def known(self, table: Mapping[str, Any], keys: Sequence[str], before: str) -> None:
        for key in table:
            if key not in keys:
                near = get_close_matches(key, keys, n=1, cutoff=0.6)
                self.wrong(before + key, None, "unknown_key", say("{key} is no key of a mapping.", key=before + key),
                           say("Did you mean {near}?", near=near[0]) if near else
                           say("Use one of: {codes}.", codes=", ".join(keys)))

    def table(self, document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = document.get(key, {})
        if isinstance(found, dict):
            return found
        self.wrong(key, found, "table", say("{key} is no section.", key=key), say("Write it as a section: [{key}].", key=key))
        return {}

    def text(self, key: str, value: object) -> str | None:
        if value is None or (isinstance(value, str) and value):
            return value
        self.wrong(key, value, "text", say("{key} is no name of a column.", key=key), say("Write the name in quotation marks."))
        return None

    def country(self, value: object) -> str:
        try:
            return country(str(value or "")).alpha3
        except UnknownCountry as error:
            self.wrong("country", value, "country", error.what, error.remedy or say("Write country = \"XUT\"."))
            return ""

    def year(self, value: object) -> int:
        if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR:
            return value
        self.wrong("year", value, "year", say("“{value}” is no year.", value=value if value is not None else ""),
                   say("Write a calendar year such as 2024, from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
        return FIRST_YEAR

    def threshold(self, value: object) -> int | None:
        if type(value) is int and value >= 0:
            return value or None
        self.wrong("suppress_below", value, "whole_number", say("“{value}” is not a whole number.", value=value),
                   say("Write 5 to keep back cells of fewer than five records, 0 to show all."))
        return None

    def by(self, value: object) -> tuple[Dimension, ...]:
        if isinstance(value, list) and all(one in DIMENSIONS for one in value) and len(set(value)) == len(value):
            return tuple(value)
        self.wrong("by", value, "unknown_code", say("“{value}” is no list of breakdowns.", value=value),
                   say("Use any of: {codes}.", codes=", ".join(DIMENSIONS)))
        return ()

    def columns(self, table: Mapping[str, Any]) -> dict[str, Breakdown]:
        self.known(table, DIMENSIONS, "columns.")
        found: dict[str, Breakdown] = {}
        for dimension, told in table.items():
            codes = dict(told) if isinstance(told, dict) else {"column": told}
            column = codes.pop("column", dimension)
            if dimension in CODES:
                self.known(codes, CODES[dimension], f"columns.{dimension}.")
            if not isinstance(column, str) or not column:
                self.text(f"columns.{dimension}", column or 0)
                continue
            listed = [(value, code) for code, values in codes.items()
                      for value in (values if isinstance(values, list) else [values])]
            meaning = dict(listed)
            if len(meaning) < len(listed):
                self.wrong(f"columns.{dimension}", None, "duplicate_key", say("One value means two codes."), say("Keep one."))
            found[dimension] = Breakdown(column, meaning)
        return found

    def facts(self, table: Mapping[str, Any]) -> dict[str, float]:
        for key, value in table.items():
            if type(value) not in (int, float):
                self.wrong(f"facts.{key}", value, "number", say("“{value}” is not a number.", value=value),
                           say("Write digits, a point before decimals and nothing between thousands, as in 1200000.50."))
        return {key: value for key, value in table.items() if type(value) in (int, float)}

    def groups(self, table: Mapping[str, Any]) -> dict[str, str]:
        self.known(table, tuple(code_list("COVERAGE_GROUPS")), "groups.")
        for key, value in table.items():
            if not isinstance(value, str) or not value:
                self.wrong(f"groups.{key}", value, "text", say("A group is the name of a column, or a rule."),
                           say("Write it in quotation marks, such as children = \"age < 18\"."))
            else:
                self.rule(f"groups.{key}", value)
        return {key: value for key, value in table.items() if isinstance(value, str) and value}

    def rule(self, key: str, text: str) -> None:
        """A name alone may be any column of the table; anything else is a rule."""
        if text.isidentifier():
            return
        try:
            parse_rule(text, expect="truth")
        except InputError as error:
            self.wrong(key, text, "rule", error.what, error.remedy or error.findings[0].remedy)

    def mark(self, number: int, told: Mapping[str, Any]) -> Mark:
        place = f"mark {number}."
        self.known(told, _MARK, place)
        for key, codes in (("function", tuple(code_list("BRANCHES"))), ("counts", COUNTS),
                           ("form", tuple(code_list("BENEFIT_FORMS")))):
            value = told.get(key, "" if key == "function" else codes[0])
            if value not in codes:
                self.wrong(place + key, value, "unknown_code", say("“{value}” is no code of {key}.", value=value, key=key),
                           say("Use one of: {codes}.", codes=", ".join(codes)))
        if not isinstance(told.get("scheme"), str) or not told["scheme"]:
            self.wrong(place + "scheme", told.get("scheme"), "required", say("The mark names no scheme."),
                       say("Write scheme = \"its short name\"."))
        if type(told.get("contributory", True)) is not bool:
            self.wrong(place + "contributory", told["contributory"], "truth", say("contributory is neither true nor false."),
                       say("Write contributory = true or contributory = false."))
        given = [key for key in ("column", "rule", "value") if key in told]
        if len(given) != 1 or not isinstance(told[given[0]], str) or not told[given[0]]:
            self.wrong(place.rstrip("."), None, "mark", say("A mark has one of column, rule and value, a text."),
                       say("Write column = \"the column of 1 and 0\", a rule, or the value that names the scheme in a list."))
            given = []
        elif given == ["rule"]:
            self.rule(place + "rule", told["rule"])
        return Mark(str(told.get("scheme", "")), str(told.get("function", "")), str(told.get("counts", COUNTS[0])),
                    told.get("contributory"), str(told.get("form", "cash")), **{key: told[key] for key in given})
