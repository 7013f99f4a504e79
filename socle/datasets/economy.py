"""The economy of one country: one TOML or CSV file, two forms of one meaning (docs/reference/costing.md)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from socle.costing import opened
from socle.datasets.bounds import LARGEST_CSV
from socle.datasets.folder import NotRead, read_csv
from socle.errors import Finding, InputError, Severity, UnknownCountry, Unreadable
from socle.tables import CURRENCIES, Economy, RawSheet, Series, mixed_levels
from socle.vocabulary import (
    ECONOMY_SERIES,
    ECONOMY_UNITS,
    EXTRAPOLATIONS,
    FIRST_YEAR,
    GOVERNMENT_LEVELS,
    LAST_YEAR,
    MADE_UP_CURRENCIES,
    CodeList,
    Source,
    country,
    say,
)

COLUMNS = ("country", "currency", "series", "year", "value", "unit", "source", "vintage", "scale", "extrapolate", "prices_of",
           "level")
#: What is told of a series beside its values.
ABOUT = ("unit", "source", "vintage", "scale", "extrapolate", "prices_of", "level")
#: Units of a series beside those of its own group: GDP by deflator and growth is a change, people may be told by their growth.
_ALSO = {"public": ("currency", "share"), "people": ("persons", "growth", "index")}
_LARGEST = 1e24


class EconomyReading(NamedTuple):
    """``economy`` is None where there is an error; ``findings`` are all of them."""

    economy: Economy | None
    findings: tuple[Finding, ...]


@dataclass
class _Told:
    """A series as a file tells it, before anything is believed. ``place`` gives the line and the name of one of its keys."""

    name: str
    about: dict[str, object]
    values: list[tuple[object, object, str]]                # year, value, key
    place: Callable[[str], tuple[int | None, str]]


@dataclass
class _File:
    name: str
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, place: tuple[int | None, str], value: object, *, code: str, message: str, remedy: str,
              severity: Severity = "error") -> None:
        row, column = place
        text = None if value is None else str(value)
        self.findings.append(Finding(severity, self.name, row, column, text, code, message, remedy))


def read_economy(source: Path | str | bytes, *, name: str | None = None) -> EconomyReading:
    """Read one country's series. ``Unreadable`` only where there is no file to read; all else is in the findings, all at once.

    Nothing is carried on here: what the file asks for (``extrapolate``) happens where a horizon is known, and is said there.
    """
    if isinstance(source, bytes):
        content, called = source, name or "economy.toml"
    else:
        path = Path(source)
        content, called = _content(path), name or path.name
    file = _File(called)
    try:
        country_told, currency_told, told = _csv(file, content) if called.lower().endswith(".csv") else _toml(file, content)
    except NotRead as refusal:
        return EconomyReading(None, refusal.findings)
    except InputError as refusal:
        return EconomyReading(None, refusal.findings)
    code, currency = _country(file, *country_told), _currency(file, *currency_told)
    made = {one.name: series for one in told if (series := _series(file, one)) is not None}
    if not told:
        file.wrong((1, ""), None, code="empty", message=say("The file has no series."),
                   remedy=say("Add a series, such as gdp, with its source."))
    economy = Economy(code, currency, made)
    if mixed_levels(economy):
        file.wrong((None, "level"), None, severity="warning", code="government_mixed",
                   message=say("Revenue and expenditure are of two governments, central and general."),
                   remedy=say("Take both from one table, of general government where there is one."))
    in_order = tuple(sorted(file.findings, key=lambda one: (one.row or 0)))
    return EconomyReading(None if any(one.severity == "error" for one in in_order) else economy, in_order)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_CSV + 1)
    except FileNotFoundError:
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path.")) from None
    except OSError as error:
        raise Unreadable(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror),
                         remedy=say("Check the path and who may read it.")) from None


Where = tuple[tuple[int | None, str], object]


def _toml(file: _File, content: bytes) -> tuple[Where, Where, list[_Told]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(say("{name} is not UTF-8.", name=file.name), where={"sheet": file.name, "row": line},
                         remedy=say("Save it as UTF-8.")) from None
    document = opened(text, name=file.name)
    table = document.table
    defaults = {key: table[key] for key in ABOUT if key in table and key not in ("unit", "prices_of")}
    told = []
    for key, value in table.items():
        if key in (*defaults, "country", "currency", "note"):
            continue
        if not isinstance(value, Mapping):
            _unknown(file, (document.line(key), key), key, [*ECONOMY_SERIES, *ABOUT, "country", "currency", "note"])
            continue
        if key not in ECONOMY_SERIES:
            _unknown(file, (document.line(key), key), key, list(ECONOMY_SERIES))
            continue
        values = value.get("values")
        for inner in value:
            if inner not in (*ABOUT, "values", "note"):
                _unknown(file, (document.line(f"{key}.{inner}"), f"{key}.{inner}"), inner, [*ABOUT, "values", "note"])
        if not isinstance(values, Mapping):
            file.wrong((document.line(key), f"{key}.values"), None, code="required",
                       message=say("{key} is missing.", key=f"{key}.values"), remedy=say("Write the figures by year: 2024 = 1000."))
            values = {}
        about = {**defaults, **{one: value[one] for one in ABOUT if one in value}}
        told.append(_Told(key, about, [(year, figure, f"values.{year}") for year, figure in values.items()],
                          lambda inner, key=key: (document.line(f"{key}.{inner}" if inner else key),  # type: ignore[misc]
                                                  f"{key}.{inner}" if inner else key)))
    return ((document.line("country") or 1, "country"), table.get("country")), ((document.line("currency") or 1, "currency"),
                                                                              table.get("currency")), told


def _csv(file: _File, content: bytes) -> tuple[Where, Where, list[_Told]]:
    sheet = read_csv(file.name.removesuffix(".csv"), content)
    for title in map(str, sheet.header):
        if title not in COLUMNS:
            _unknown(file, (1, title), title, COLUMNS)
    for needed in ("country", "currency", "series", "year", "value", "unit", "source"):
        if needed not in sheet.header:
            file.wrong((1, needed), None, code="missing_column", message=say("There is no column {column}.", column=needed),
                       remedy=say("Add it."))
    rows = list(_rows(sheet))
    told: dict[str, _Told] = {}
    first: dict[str, int] = {}
    for number, row in rows:
        name = row.get("series", "")
        if name not in told:
            first[name] = number
            told[name] = _Told(name, {key: row[key] for key in ABOUT if row.get(key)}, [],
                               lambda inner, number=number: (int(inner.partition(" ")[2]), "value")  # type: ignore[misc]
                               if inner.startswith("value ") else (number, inner or "series"))
        else:
            for key in ABOUT:
                if row.get(key, "") != str(told[name].about.get(key, "")):
                    file.wrong((number, key), row.get(key), code="differs",
                               message=say("{column} is not what row {row} says of the same series.", column=key, row=first[name]),
                               remedy=say("One series has one unit, one source and one vintage; write them in every row."))
        told[name].values.append((row.get("year", ""), row.get("value", ""), f"value {number}"))
    where: dict[str, Where] = {}
    for key in ("country", "currency"):
        said = [(number, row.get(key, "")) for number, row in rows]
        where[key] = ((said[0][0] if said else 1, key), said[0][1] if said else None)
        for number, value in said:
            if value != said[0][1]:
                file.wrong((number, key), value, code="differs",
                           message=say("The file is of one country and currency, and this is another."),
                           remedy=say("Write a file for each country."))
    return where["country"], where["currency"], list(told.values())


def _rows(sheet: RawSheet) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        row = {str(title): str(cell).strip() for title, cell in zip(sheet.header, cells, strict=False)}
        if any(row.values()):
            yield number, row


def _series(file: _File, told: _Told) -> Series | None:
    before = sum(one.severity == "error" for one in file.findings)
    if told.name not in ECONOMY_SERIES:
        _unknown(file, told.place(""), told.name, list(ECONOMY_SERIES))
        return None
    unit = _unit(file, told)
    source = _source(told.about.get("source"))
    if source is None:
        file.wrong(told.place("source"), told.about.get("source"), code="required",
                   message=say("{key} has no source.", key=told.name),
                   remedy=say("Write the document, a comma, and the place in it."))
    vintage = str(told.about.get("vintage") or "")
    if not vintage:
        file.wrong(told.place("vintage"), None, severity="warning", code="vintage_missing",
                   message=say("{key} does not say of which edition its figures are.", key=told.name),
                   remedy=say("Write the day or year of the edition: vintage = \"2025-04\"."))
    scale = _number(file, told, "scale", told.about.get("scale", 1.0))
    values = _values(file, told, unit, 1.0 if scale is None else scale)
    prices_of = _year(file, told, "prices_of", told.about["prices_of"]) if told.about.get("prices_of") else None
    extrapolate = _word(file, told, "extrapolate", EXTRAPOLATIONS)
    level = _word(file, told, "level", GOVERNMENT_LEVELS)
    if sum(one.severity == "error" for one in file.findings) > before:
        return None
    return Series(told.name, unit, values, source or Source(""), vintage, prices_of=prices_of, extrapolate=extrapolate, level=level)


def _unit(file: _File, told: _Told) -> str:
    group = ECONOMY_SERIES[told.name].group or ""
    allowed = _ALSO.get(group) or ECONOMY_UNITS.group(group)
    unit = told.about.get("unit", allowed[0] if len(allowed) == 1 else None)
    if unit in allowed:
        return str(unit)
    file.wrong(told.place("unit"), unit, code="unit",
               message=say("“{value}” is no unit of {key}.", value=unit, key=told.name) if unit
               else say("{key} has no unit.", key=told.name), remedy=say("Use one of: {codes}.", codes=", ".join(allowed)))
    return ""


def _values(file: _File, told: _Told, unit: str, scale: float) -> dict[int, float]:
    found: dict[int, float] = {}
    group = ECONOMY_SERIES[told.name].group
    for year_told, value_told, key in told.values:
        if value_told == "":
            continue  # not reported
        year, value = _year(file, told, key, year_told), _number(file, told, key, value_told)
        if year is None or value is None:
            continue
        place = told.place(key)
        if year in found:
            file.wrong(place, year_told, code="duplicate_key",
                       message=say("{key} has two figures of {year}.", key=told.name, year=year),
                       remedy=say("Keep one."))
        elif unit == "growth" and value <= -1:
            file.wrong(place, value_told, code="out_of_range", message=say("Nothing shrinks by more than all of itself."),
                       remedy=say("Write -0.02 for a fall of 2 per cent."))
        elif value < 0 and unit != "growth" and (unit or group != "change"):
            file.wrong(place, value_told, code="negative", message=say("{key} is below zero.", key=told.name),
                       remedy=say("Write a number from 0 upwards."))
        elif unit == "share" and value > 1:
            file.wrong(place, value_told, code="share_range", message=say("{key} is no share from 0 to 1.", key=told.name),
                       remedy=say("Write 0.25 for 25 per cent."))
        elif unit not in ("growth", "share", "") and value == 0 and told.name != "government_revenue":
            file.wrong(place, value_told, code="zero", message=say("{key} is zero.", key=told.name),
                       remedy=say("Leave the year out where the figure is not known; zero is a figure."))
        if unit == "growth" and abs(value) > 0.5:
            file.wrong(place, value_told, severity="warning", code="per_cent",
                       message=say("{key} changes by {value} per cent in a year.", key=told.name, value=f"{value * 100:g}"),
                       remedy=say("Write 0.03 for 3 per cent; leave it where it is meant."))
        found[year] = value if unit in ("growth", "share") else value * scale
    return found


def _year(file: _File, told: _Told, key: str, value: object) -> int | None:
    text = str(value)
    if not isinstance(value, bool) and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR:
        return int(text)
    place = told.place(key)
    file.wrong((place[0], "year" if key.startswith("value ") else place[1]), value, code="year",
               message=say("“{value}” is no year.", value=value),
               remedy=say("Write a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
    return None


def _number(file: _File, told: _Told, key: str, value: object) -> float | None:
    try:
        number = math.nan if isinstance(value, bool) or not isinstance(value, str | int | float) else float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if math.isfinite(number) and abs(number) <= _LARGEST and "_" not in str(value):
        return number
    absurd = abs(number) > _LARGEST
    file.wrong(told.place(key), value, code="absurd" if absurd else "number",
               message=say("“{value}” is beyond any honest figure.", value=value) if absurd
               else say("“{value}” is no number.", value=value),
               remedy=say("Write digits, with a point before decimals; leave it out where the figure is not known."))
    return None


def _word(file: _File, told: _Told, key: str, words: CodeList) -> str:
    value = told.about.get(key)
    if not value:
        return ""
    if value in words:
        return str(value)
    _unknown(file, told.place(key), value, list(words))
    return ""


def _source(value: object) -> Source | None:
    if isinstance(value, str) and value.strip():
        return Source.parse(value)
    if isinstance(value, Mapping) and isinstance(value.get("document"), str) and value["document"]:
        return Source(value["document"], str(value.get("place", "")), str(value.get("url", "")),
                      verified=value.get("verified") is not False)
    return None


def _unknown(file: _File, place: tuple[int | None, str], value: object, words: Iterable[str]) -> None:
    near = get_close_matches(str(value), list(words), n=1, cutoff=0.6)
    file.wrong(place, value, code="unknown_code", message=say("“{value}” is not known here.", value=value),
               remedy=say("Did you mean {near}?", near=near[0]) if near else say("Use one of: {codes}.", codes=", ".join(words)))


def _country(file: _File, place: tuple[int | None, str], value: object) -> str:
    if not isinstance(value, str) or not value:
        file.wrong(place, value, code="required", message=say("The file does not say of which country it is."),
                   remedy=say("Write the three letters: country = \"MOZ\"."))
        return ""
    try:
        return country(value).alpha3
    except UnknownCountry as unknown:
        file.wrong(place, value, code="unknown_country", message=unknown.what, remedy=unknown.remedy)
        return ""


def _currency(file: _File, place: tuple[int | None, str], value: object) -> str:
    if isinstance(value, str) and (value in CURRENCIES or value in MADE_UP_CURRENCIES):
        return value
    file.wrong(place, value, code="currency", message=say("“{value}” is not a currency.", value=value or ""),
               remedy=say("Write the three capital letters of ISO 4217, such as USD."))
    return ""
