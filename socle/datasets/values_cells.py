"""One cell of a table of values: a text, and what it means or what is wrong with it. A column holds few different texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from socle.errors import UnknownCountry
from socle.tables import MOST_PERSONS, Wrong
from socle.vocabulary import COUNTRIES, FIRST_YEAR, LAST_YEAR, country, made_up_countries, say

NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_LIMIT = re.compile(r"(<|≤|>|≥)\s*=?\s*(\d{1,30}(?:\.\d{1,60})?)", re.ASCII)
_YEAR = re.compile(r"\d{4}(?:\.0{1,10})?", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t]")
_M49 = re.compile(r"\d{1,5}(?:\.0{1,10})?", re.ASCII)
#: Texts that stand where there is no figure.
NO_FIGURE = frozenset({"nan", "na", "n/a", "n.a.", "n.a", "..", "...", "…", "-", "–", "—", "n", "x", "null", "none", "missing",
                       "not available", "nd", "n.d."})
_SPREADSHEET_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
LARGEST = Decimal(10) ** 15
_SEXES = {"": "total", "bothsex": "total", "bothsexes": "total", "both": "total", "total": "total", "t": "total", "sext": "total",
          "all": "total", "bothsexesornobreakdownbysex": "total", "female": "female", "f": "female", "sexf": "female",
          "females": "female", "women": "female", "male": "male", "m": "male", "sexm": "male", "males": "male", "men": "male"}
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or a limit of one (``bound``); ``missing``: a text that stands where there is none."""

    value: Decimal | None
    bound: str = ""
    missing: bool = False


def plain(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def formula(text: str) -> Wrong | None:
    """A formula, or an error of the spreadsheet, is nobody's figure and nobody's word."""
    if text[:1] in ("=", "@"):
        return Wrong("formula", say("“{value}” is a formula.", value=_short(text)), say("Paste the value instead of the formula."))
    if text in _SPREADSHEET_ERRORS:
        return Wrong("formula", say("“{value}” is an error of the spreadsheet.", value=text),
                     say("Write the value, or leave the cell empty."))
    return None


def figure(text: str) -> Figure | Wrong:
    """``12.50`` is 12.50 exactly; ``<2.5`` a limit; ``N/A`` none."""
    if not text:
        return Figure(None)
    if NUMBER.fullmatch(text):
        value = Decimal(text)
        if abs(value) > LARGEST:
            return Wrong("absurd", say("{value} is larger than any honest figure.", value=_short(text)),
                         say("Check the number of digits."))
        return Figure(value)
    if text.casefold() in NO_FIGURE:
        return Figure(None, missing=True)
    if limit := _LIMIT.fullmatch(text):
        return Figure(None, "upper" if limit[1] in "<≤" else "lower")
    return Wrong("number", say("“{value}” is not a number.", value=_short(text)),
                 say("Write digits, a point before decimals and nothing between thousands, as in 45.2; leave the cell empty "
                     "where the figure is not known."))


def limit_of(text: str) -> str:
    """The digits of a limit: 2.5 of ``<2.5``."""
    found = _LIMIT.fullmatch(text.strip())
    return found[2] if found else ""


def weight(text: str) -> Decimal | Wrong | None:
    """Persons, from 0 upwards."""
    found = figure(text)
    if isinstance(found, Wrong):
        return found
    if found.bound:
        return Wrong("number", say("“{value}” is not a number.", value=_short(text)), say("Write digits only, such as 1200000."))
    if found.value is not None and found.value < 0:
        return Wrong("negative", say("{value} is below zero.", value=text), say("Write a number from 0 upwards."))
    if found.value is not None and found.value > MOST_PERSONS:
        return Wrong("absurd", say("{value} is more than the people on earth.", value=_short(text)),
                     say("Check the number of digits."))
    return found.value


def year(text: str) -> int | Wrong:
    if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return int(text[:4])
    if not text:
        return Wrong("required", say("The cell is empty."), say("Fill in {column}.", column="year"))
    return Wrong("year", say("“{value}” is no year.", value=_short(text)),
                 say("Write a calendar year such as 2024, from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))


def sex(text: str) -> str | None:
    """total, female or male; None for any other word."""
    return _SEXES.get(_LETTERS.sub("", text.casefold()))


def long_country(text: str) -> str | Wrong:
    """The country of the long form; the M49 code of an area that is no country stays as it is."""
    if not text:
        return Wrong("required", say("The cell is empty."), say("Fill in {column}.", column="country"))
    if _M49.fullmatch(text):
        return _of_m49().get(int(float(text)), text)
    try:
        return country(text).alpha3
    except UnknownCountry as unknown:
        remedy = say("Write the ISO code or the full name of the country.")
        if unknown.suggestions:
            remedy = say("Did you mean {near}?", near=", ".join(unknown.suggestions)) + " " + remedy
        return Wrong("unknown_country", say("“{value}” is no country's name or code.", value=_short(text)), remedy)


def un_area(code: str, iso3: str, name: str) -> tuple[str | None, bool, bool]:
    """The area of a row of the UN: alpha-3 code or what is written (None: nothing is), whether it is a country here, and whether
    its codes disagree."""
    by_iso = iso3.upper() if iso3.upper() in _alpha3() else None
    by_code = _of_m49().get(int(float(code))) if _M49.fullmatch(code) else code.upper() if code.upper() in _alpha3() else None
    if by_iso or by_code:
        return by_iso or by_code, True, bool(by_iso and by_code and by_iso != by_code)
    if not code and not iso3 and name:
        try:
            return country(name).alpha3, True, False
        except UnknownCountry:
            return name, False, False
    return code or iso3 or None, False, False


@cache
def _of_m49() -> dict[int, str]:
    return {int(entry.m49): code for code, entry in COUNTRIES.items() if entry.m49}


@cache
def _alpha3() -> frozenset[str]:
    return frozenset((*COUNTRIES, *(entry.alpha3 for entry in made_up_countries())))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
