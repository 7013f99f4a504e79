"""From the text of a cell to its value, or to what is wrong with it.

A cell is a text here, whatever packaging it came in: the number 2024.0 of a workbook is the text ``2024``, a date its
ISO day (``text_of``). Nothing is guessed: what can be read in two ways is refused with the way to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from babel.numbers import list_currencies

from socle.errors import InputError, UnknownCountry
from socle.tables.columns import Column, Kind
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, MADE_UP_CURRENCIES, Period, code_list, country, say

#: More persons than will live on earth: a slipped digit.
MOST_PERSONS = 10_000_000_000
#: Larger than any budget in any currency: a slipped digit.
LARGEST_NUMBER = Decimal(10) ** 15
LONGEST_TEXT = 20_000
LONGEST_KEY = 200

_KEY = re.compile(rf"(?!\.{{1,2}}\Z)[^\s;/\x00-\x1f\x7f]{{1,{LONGEST_KEY}}}")
_WHOLE = re.compile(r"([+-]?)(\d{1,30})(?:\.0{1,10})?", re.ASCII)
#: Thousands apart by one kind of space: nobody reads that in two ways.
_SPACED = re.compile(r"([+-]?)([1-9]\d{0,2}(?:([ \u00a0\u2009\u202f])\d{3})(?:\3\d{3}){0,8})", re.ASCII)
#: Thousands in one language, decimals in another: ``27.500``, ``1,000``.
_TWO_WAYS = re.compile(r"([+-]?)([1-9]\d{0,2})([.,])(\d{3}(?:\3\d{3}){0,8})", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,20})?", re.ASCII)
_YEAR = re.compile(r"\d{4}(?:\.0{1,10})?", re.ASCII)
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPREADSHEET_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
CURRENCIES = frozenset(list_currencies()) | MADE_UP_CURRENCIES


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell."""

    code: str
    message: str
    remedy: str


Converter = Callable[[str], object]


def text_of(cell: object) -> str:
    """The text a spreadsheet's cell stands for, stripped; empty for nothing."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        return format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return str(cell).strip()


def escaped(text: str) -> str:
    """The text as no spreadsheet takes it for a formula: ``=1`` is written ``'=1``; ``reader`` takes that off again."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def reader(column: Column) -> Converter:
    """Read a text as a value of this column: the value, None for an empty cell, or ``Wrong``."""
    convert = _CONVERTERS[column.kind](column)
    empty = None if column.default is None else convert(column.default)

    def read(text: str) -> object:
        if not text:
            return empty
        first = text[0]
        if first == "=" or first == "@":
            return Wrong("formula", say("“{value}” is a formula.", value=_short(text)),
                         say("Paste the value instead of the formula."))
        if first == "#" and text in _SPREADSHEET_ERRORS:
            return Wrong("formula", say("“{value}” is an error of the spreadsheet.", value=text),
                         say("Write the value, or leave the cell empty."))
        if first == "'" and _LIKE_A_FORMULA.match(text):
            text = text[1:]
        return convert(text)

    return read


def _key(column: Column) -> Converter:
    def convert(text: str) -> object:
        if _KEY.fullmatch(text):
            return text
        return Wrong("key", say("“{value}” cannot be a key.", value=_short(text)),
                     say("Write at most {n} characters, without spaces, “;” or “/”.", n=LONGEST_KEY))
    return convert


def _text(column: Column) -> Converter:
    def convert(text: str) -> object:
        if len(text) > LONGEST_TEXT:
            return Wrong("too_long", say("The text has {n} characters.", n=len(text)),
                         say("Write at most {n} characters.", n=LONGEST_TEXT))
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _UNPRINTABLE.search(text):
            return Wrong("unprintable", say("The text holds characters that cannot be printed."),
                         say("Type the text again, or paste it as plain text."))
        return text
    return convert


def _period(column: Column) -> Converter:
    def convert(text: str) -> object:
        try:
            if "/" not in text:
                return Period.parse(text)
        except InputError:
            pass
        return Wrong("day", say("“{value}” is neither a day nor a year.", value=_short(text)),
                     say("Write a day as 2024-06-30 or a year as 2024."))
    return convert


def _country(column: Column) -> Converter:
    def convert(text: str) -> object:
        try:
            return country(text).alpha3
        except UnknownCountry as unknown:
            remedy = say("Write the ISO code or the full name of the country.")
            if unknown.suggestions:
                remedy = say("Did you mean {near}?", near=_or(unknown.suggestions)) + " " + remedy
            return Wrong("unknown_country", say("“{value}” is no country's name or code.", value=_short(text)), remedy)
    return convert


def _code(column: Column) -> Converter:
    codes = tuple(code_list(column.codes or ""))

    def convert(text: str) -> object:
        if text in codes:
            return text
        folded = text.casefold()
        if folded in codes:
            return folded
        remedy = say("Use one of: {codes}.", codes=", ".join(codes))
        near = get_close_matches(re.sub(r"[\s-]+", "_", folded), codes, n=3, cutoff=0.6)
        if near:
            remedy = say("Did you mean {near}?", near=_or(near)) + " " + remedy
        return Wrong("unknown_code", say("“{value}” is no code of column {column}.", value=_short(text), column=column.name),
                     remedy)
    return convert


def _reference(column: Column) -> Converter:
    def convert(text: str) -> object:
        return text
    return convert


def _whole(column: Column) -> Converter:
    def convert(text: str) -> object:
        found = _WHOLE.fullmatch(text) or _SPACED.fullmatch(text)
        if not found or text[-4:] == ".000":
            two_ways = _TWO_WAYS.fullmatch(text)
            if two_ways or not found:
                return Wrong("whole_number", say("“{value}” is not a whole number.", value=_short(text)),
                             _one_way(*two_ways.groups()) if two_ways else say(
                                 "Write digits only, such as 1200000; leave the cell empty where the number is not known."))
        number = int("".join(found[2].split()))
        if found[1] == "-" and number:
            return _negative(text)
        if number > MOST_PERSONS:
            return Wrong("absurd", say("{value} is more than the people on earth.", value=_short(text)),
                         say("Check the number of digits."))
        return number
    return convert


def _one_way(minus: str, first: str, sign: str, rest: str) -> str:
    """How to write a number whose ``sign`` means thousands in one language and decimals in another."""
    thousands = f"{minus}{first}{rest.replace(sign, '')}"
    if sign in rest:
        return say("Write digits only: {thousands}.", thousands=thousands)
    decimal = f"{minus}{first}.{rest}".rstrip("0").rstrip(".")
    return say("Is it {thousands} or {decimal}? Languages read “{sign}” differently. Write digits only, such as {thousands}.",
               thousands=thousands, decimal=decimal, sign=sign)


def _share(column: Column) -> Converter:
    def convert(text: str) -> object:
        if not _DECIMAL.fullmatch(text):
            return Wrong("share_range", say("“{value}” is not a share.", value=_short(text)), _a_share())
        share = float(text)
        if not 0 <= share <= 1:
            return Wrong("share_range", say("{value} is not between 0 and 1.", value=text), _a_share())
        return share
    return convert


def _a_share() -> str:
    return say("Write a share from 0 to 1, such as 0.25 for 25 per cent.")


def _number(column: Column) -> Converter:
    def convert(text: str) -> object:
        if not _DECIMAL.fullmatch(text):
            return Wrong("number", say("“{value}” is not a number.", value=_short(text)),
                         say("Write digits, a point before decimals and nothing between thousands, as in 1200000.50."))
        number = Decimal(text)
        if number < 0 and not column.signed:
            return _negative(text)
        if abs(number) > LARGEST_NUMBER:
            return Wrong("absurd", say("{value} is larger than any honest figure.", value=text),
                         say("Check the number of digits."))
        return number
    return convert


def _currency(column: Column) -> Converter:
    def convert(text: str) -> object:
        if text in CURRENCIES:
            return text
        return Wrong("currency", say("“{value}” is no currency code.", value=_short(text)),
                     say("Write the three capital letters of ISO 4217, such as USD."))
    return convert


def _several(one: Callable[[Column], Converter]) -> Callable[[Column], Converter]:
    """A list, its parts between semicolons, each once."""

    def of(column: Column) -> Converter:
        convert_one = one(column)

        def convert(text: str) -> object:
            values: dict[object, None] = {}
            for part in text.split(";"):
                if part := part.strip():
                    value = convert_one(part)
                    if isinstance(value, Wrong):
                        return value
                    values[value] = None
            return tuple(values) or None
        return convert
    return of


def _year(column: Column) -> Converter:
    def convert(text: str) -> object:
        if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            return int(text[:4])
        return Wrong("year", say("“{value}” is no year.", value=_short(text)),
                     say("Write a calendar year such as 2024, from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
    return convert


def _truth(column: Column) -> Converter:
    def convert(text: str) -> object:
        told = _TRUTHS.get(text.casefold())
        return told if told is not None else Wrong("truth", say("“{value}” is neither yes nor no.", value=_short(text)),
                                                   say("Write yes or no; leave the cell empty where it is not known."))
    return convert


def _negative(text: str) -> Wrong:
    return Wrong("negative", say("{value} is below zero.", value=text), say("Write a number from 0 upwards."))


def _or(words: Iterable[str]) -> str:
    return ", ".join(words)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


_CONVERTERS: dict[Kind, Callable[[Column], Converter]] = {
    Kind.KEY: _key,
    Kind.TEXT: _text,
    Kind.PERIOD: _period,
    Kind.COUNTRY: _country,
    Kind.COUNTRIES: _several(_country),
    Kind.CODE: _code,
    Kind.CODES: _several(_code),
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _several(_reference),
    Kind.WHOLE: _whole,
    Kind.SHARE: _share,
    Kind.AMOUNT: _number,
    Kind.CURRENCY: _currency,
    Kind.YEAR: _year,
    Kind.TRUTH: _truth,
    Kind.NUMBER: _number,
}
