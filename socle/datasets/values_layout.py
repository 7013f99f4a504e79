"""The columns of a table of values: which layout it is, and what each column says.

Two layouts are known: that of the UN's SDG database (``SeriesCode``, ``GeoAreaCode``, ``TimePeriod``, ``Value``, dimensions in
square brackets), under the several names its downloads and copies give to a column, and the plain long form (``series``,
``country``, ``year``, ``sex``, ``value``, ``weight``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from socle.errors import Finding
from socle.vocabulary import say

#: What each column may be called, folded (no case, no signs). The first name of the file that fits wins.
NAMES: Mapping[str, tuple[str, ...]] = {
    "series": ("seriescode", "series", "seriesid"),
    "geo": ("geoareacode", "m49", "m49code", "refarea", "areacode", "geocode", "geo"),
    "iso3": ("iso3", "isoalpha3", "iso3cd", "iso3code", "alpha3", "isocode3", "countrycode"),
    "name": ("geoareaname", "countryname", "areaname", "countryorarea", "country"),
    "year": ("timeperiod", "year", "timeperiodstart", "time"),
    "value": ("value", "obsvalue"),
    "sex": ("sex", "sexcode"),
    "nature": ("nature", "natureofdata", "naturecode"),
    "source": ("source", "sources", "sourcedetail"),
    "footnote": ("footnote", "footnotes", "note", "notes", "commentobs"),
    "age": ("age", "agegroup"),
    "location": ("location", "urbanisation", "area"),
    "disability": ("disabilitystatus", "disability"),
    "units": ("units", "unit", "unitmeasure", "unitsname"),
    "vintage": ("vintage", "edition", "release"),
    "weight": ("weight", "weights", "persons", "denominator"),
}
#: Columns of the UN that say of what a figure is a part, where they stand without brackets.
DIMENSIONS = frozenset({
    "reportingtype", "quantile", "incomewealthquantile", "educationlevel", "educationlev", "occupation", "typeofoccupation",
    "activity", "typeofproduct", "product", "levelstatus", "migratorystatus", "custombreakdown", "custbreakdown",
    "compositebreakdown", "breakdown"})
#: Columns in brackets that say something of the figure, not of what it is a part of.
ATTRIBUTES = frozenset({
    "nature", "natureofdata", "units", "unit", "unitmultiplier", "unitmult", "observationstatus", "obsstatus", "baseperiod",
    "source", "footnote", "comments", "upperbound", "lowerbound", "timedetail", "timecoverage", "geoinfourl"})
#: Of a dimension: the whole.
_WHOLE = re.compile(r"(|_?t|total|all.*|both.*|no ?breakdown)", re.IGNORECASE)
_PREFIX = re.compile(r"^(dimensions?|attributes?)[.:_ ]", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")

LONG = ("series", "country", "year", "sex", "value", "weight")
_NEEDED_LONG = ("series", "country", "year", "value")
_NEEDED_UN = ("SeriesCode", "GeoAreaCode", "TimePeriod", "Value")


@dataclass(frozen=True, slots=True)
class Header:
    """``roles``: where the columns stand that are understood; ``dimensions``: place and name of every column that says of what a
    figure is a part (age and the like among them)."""

    layout: Literal["un", "long"]
    titles: tuple[str, ...]
    roles: Mapping[str, int]
    dimensions: tuple[tuple[int, str], ...]


def folded(title: str) -> str:
    """``[Disability status]``, ``Disability_Status`` and ``dimensions.disabilityStatus`` are one."""
    return _SIGNS.sub("", _PREFIX.sub("", title.strip()).casefold())


def is_whole(dimension: str, text: str) -> bool:
    """Whether a text of a dimension means no part but the whole."""
    return bool(_WHOLE.fullmatch(text)) or (dimension == "reportingtype" and text.casefold() in ("g", "global"))


def looks_like_values(titles: Sequence[str]) -> bool:
    """Whether this can be the header of a table of values at all."""
    names = set(map(folded, titles))
    return "seriescode" in names or {"series", "value"} <= names or bool(names & {"geoareacode", "geoareaname"})


def header_of(titles: Sequence[str], *, sheet: str) -> tuple[Header | None, list[Finding]]:
    """What the columns are; None with what is missing, or there twice."""
    names = [folded(title) for title in titles]
    long = "country" in names and "seriescode" not in names and not {"geoareacode", "geoareaname"} & set(names)
    roles: dict[str, int] = {}
    for role, known in NAMES.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None and place not in roles.values():
            roles[role] = place
    findings = _missing(roles, long, names, sheet) + _twice(titles, sheet)
    if findings:
        return None, findings
    taken = {place: role for role, place in roles.items()}
    dimensions = []
    for place, title in enumerate(titles):
        role = taken.get(place, "")
        bracketed = title.strip().startswith("[") or title.strip().casefold().startswith("dimension")
        if role in ("age", "location", "disability") or (
                not role and names[place] not in ATTRIBUTES and (bracketed or names[place] in DIMENSIONS)):
            dimensions.append((place, role or names[place]))
    return Header("long" if long else "un", tuple(titles), roles, tuple(sorted(dimensions, key=lambda one: one[1]))), []


def _missing(roles: Mapping[str, int], long: bool, names: Sequence[str], sheet: str) -> list[Finding]:
    if not any(names):
        return [Finding("error", sheet, 1, None, None, "empty", say("The file has no header."), _remedy())]
    found = {"series": "series" in roles, "country": bool({"geo", "iso3", "name"} & set(roles)), "year": "year" in roles,
             "value": "value" in roles}
    long = long or not ({"seriescode", "geoareacode", "geoareaname", "timeperiod"} & set(names))
    wanted = _NEEDED_LONG if long else _NEEDED_UN
    return [Finding("error", sheet, 1, column, None, "missing_column", say("Column {column} is not there.", column=column),
                    _remedy())
            for column, there in zip(wanted, found.values(), strict=True) if not there]


def _remedy() -> str:
    return say("Name the columns {long}, or those of the UN's database: {un}.", long=", ".join(LONG),
               un="SeriesCode, GeoAreaCode, TimePeriod, Value, Sex, Nature, Source, FootNote")


def _twice(titles: Sequence[str], sheet: str) -> list[Finding]:
    plain = [title.strip().casefold() for title in titles]
    return [Finding("error", sheet, 1, title, title, "duplicate_column", say("Column {column} is there twice.", column=title),
                    say("Remove or rename one."))
            for place, title in enumerate(titles) if title.strip() and plain[place] in plain[:place]]
