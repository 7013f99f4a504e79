"""Figures, days and periods as people write them, in the language spoken now.

The manners of each language are data (languages.toml), so that a table of two hundred rows is written without a locale library.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files
from numbers import Integral

from socle.vocabulary.language import catalogue, known_language, language
from socle.vocabulary.periods import Period
from socle.vocabulary.values import Money


@dataclass(frozen=True, slots=True)
class Manners:
    """How one language writes figures and days."""

    group: str
    decimal: str
    together: int
    percent: str
    money: str
    day: str
    first_day: str
    month: str
    months: tuple[str, ...]


def say_many(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence for ``n`` things, its number already written: ``say_many("{n} country", "{n} countries", 3)``."""
    found = catalogue(language()).ngettext(one, many, n)
    return found.format(**{"n": number(n), **values})


def number(value: int | float | Decimal | None, lang: str | None = None, *, decimals: int | None = None) -> str:
    """1,234,567 in English, 1 234 567 in French (narrow no-break spaces), 1.234.567 but 1234 in Spanish.

    None is not reported: an empty string. ``decimals`` fixes the number of decimals; otherwise at most three are shown.
    """
    if value is None:
        return ""
    manners = _manners(lang or language())
    if not decimals and isinstance(value, Integral):
        return _whole(f"{value:,}", manners)
    places = 3 if decimals is None else decimals
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    whole, _, fraction = f"{rounded:,f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    written = _whole(whole, manners)
    return f"{written}{manners.decimal}{fraction}" if fraction else written


def percent(share: float | Decimal | None, lang: str | None = None, *, decimals: int = 0) -> str:
    """A share (0 to 1) as per cent; None is not reported: an empty string."""
    if share is None:
        return ""
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    return _manners(lang or language()).percent.format(number(exact * 100, lang, decimals=decimals))


def money(amount: Money | Decimal | int | None, currency: str = "", lang: str | None = None, *, decimals: int = 2) -> str:
    """An amount with its ISO 4217 code, never a symbol that several currencies share: USD 1,234.50. A whole one has no decimals."""
    if isinstance(amount, Money):
        return money(amount.amount, amount.currency, lang, decimals=decimals)
    if amount is None:
        return ""
    whole = amount == int(amount)
    written = number(int(amount), lang) if whole else number(amount, lang, decimals=decimals)
    return _manners(lang or language()).money.format(amount=written, currency=currency).strip()


def day(value: date | None, lang: str | None = None) -> str:
    """31 December 2023, 31 décembre 2023, 31 de diciembre de 2023."""
    if value is None:
        return ""
    manners = _manners(lang or language())
    number_of_day = manners.first_day if value.day == 1 else str(value.day)
    return manners.day.format(day=number_of_day, month=manners.months[value.month - 1], year=value.year)


def month(value: date, lang: str | None = None) -> str:
    """December 2023, décembre 2023, diciembre de 2023."""
    manners = _manners(lang or language())
    return manners.month.format(month=manners.months[value.month - 1], year=value.year)


def period(value: Period | None, lang: str | None = None) -> str:
    """A year, a day, 2021–2025, or from a day to a day."""
    if value is None:
        return ""
    if value.is_year:
        return str(value.start.year)
    if value.is_day:
        return day(value.start, lang)
    if value.starts_a_year and value.ends_a_year:
        return f"{value.start.year}–{value.end.year}"
    return f"{day(value.start, lang)} – {day(value.end, lang)}"


def _whole(grouped: str, manners: Manners) -> str:
    """``grouped`` has English commas."""
    if len(grouped) < 7 and len(grouped.replace(",", "").lstrip("-")) < manners.together:
        return grouped.replace(",", "")
    return grouped if manners.group == "," else grouped.replace(",", manners.group)


@cache
def _manners(lang: str) -> Manners:
    document = tomllib.loads(files("socle.vocabulary").joinpath("data", "languages.toml").read_text("utf-8"))
    manners = document[known_language(lang)]
    return Manners(**{**manners, "months": tuple(manners["months"])})
