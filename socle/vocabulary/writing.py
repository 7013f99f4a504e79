"""Figures and days as people write them, in the language spoken now. Babel where it matters, plain Python for whole numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from socle.vocabulary.language import catalogue, language
from socle.vocabulary.periods import Period
from socle.vocabulary.values import Money

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def say_many(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence for ``n`` things, its number already written: ``say_many("{n} country", "{n} countries", 3)``."""
    found = catalogue(language()).ngettext(one, many, n)
    return found.format(**{"n": number(n), **values})


def number(value: int | float | Decimal | None, lang: str | None = None, *, decimals: int | None = None) -> str:
    """1,234,567 in English, 1 234 567 in French (narrow no-break spaces), 1.234.567 in Spanish (four digits stay together).

    None is not reported: an empty string. ``decimals`` fixes the number of decimals; otherwise at most three are shown.
    """
    if value is None:
        return ""
    spoken = lang or language()
    if isinstance(value, int) and not decimals:
        return _whole(value, spoken)
    if decimals is None:
        return format_decimal(value, locale=spoken)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=spoken)


def percent(share: float | Decimal | None, lang: str | None = None, *, decimals: int = 0) -> str:
    """A share (0 to 1) as per cent."""
    if share is None:
        return ""
    spoken = lang or language()
    pattern = ("#,##0" + ("." + "0" * decimals if decimals else "")) + ("%" if spoken == "en" else NO_BREAK_SPACE + "%")
    return format_percent(share, format=pattern, locale=spoken)


def money(amount: Money | Decimal | int | None, currency: str | None = None, lang: str | None = None) -> str:
    """An amount with its ISO 4217 code, never a symbol that several currencies share: USD 1,234.50."""
    if isinstance(amount, Money):
        amount, currency = amount.amount, amount.currency
    if amount is None:
        return ""
    whole = amount == int(amount)
    written = number(int(amount), lang) if whole else number(amount, lang, decimals=2)
    if (lang or language()) == "en":
        return f"{currency}{NO_BREAK_SPACE}{written}"
    return f"{written}{NO_BREAK_SPACE}{currency}"


def day(value: date | None, lang: str | None = None) -> str:
    """31 December 2023, 31 décembre 2023, 31 de diciembre de 2023."""
    if value is None:
        return ""
    spoken = lang or language()
    if spoken == "fr" and value.day == 1:
        return format_date(value, "d'er' MMMM y", locale=spoken)
    return format_date(value, "d MMMM y" if spoken != "es" else "d 'de' MMMM 'de' y", locale=spoken)


def month(value: date, lang: str | None = None) -> str:
    """December 2023, décembre 2023, diciembre de 2023."""
    return format_skeleton("yMMMM", value, locale=lang or language())


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


def _whole(value: int, lang: str) -> str:
    if lang == "fr":
        return f"{value:,}".replace(",", NARROW_SPACE)
    if lang == "es":
        return str(value) if -10_000 < value < 10_000 else f"{value:,}".replace(",", ".")
    return f"{value:,}"
