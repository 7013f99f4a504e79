"""How a single value is read from TOML, kind by kind: the value, or what is wrong with it. Nothing is guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from babel.numbers import list_currencies

from socle.errors import UnknownCountry
from socle.schemes.keys import Key
from socle.vocabulary import COUNTRIES, FIRST_YEAR, LAST_YEAR, MADE_UP_CURRENCIES, code_list, country, made_up_countries, say

KEY = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
WORD = r"[a-z][a-z0-9_]{0,99}"
DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
LONGEST_TEXT = 20_000
LARGEST = 1e15
MOST_PERSONS = 1e10
OLDEST = 120
UNKNOWN = "unknown"
CURRENCIES = frozenset(list_currencies()) | MADE_UP_CURRENCIES
#: The least and the most of each kind of number.
BOUNDS: Mapping[str, tuple[float, float]] = {
    "amount": (0, LARGEST),
    "count": (0, MOST_PERSONS),
    "months": (0, 1200),
    "whole": (0, 36_600),
    "share": (0, 1),
    "of_line": (0, 5),
    "growth": (-0.5, 1),
    "number": (-LARGEST, LARGEST),
    "year": (FIRST_YEAR, LAST_YEAR),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a value. ``at``: where in it, as further parts of its path."""

    code: str
    message: str
    remedy: str
    at: tuple[str | int, ...] = ()


def codes_of(key: Key) -> tuple[str, ...]:
    """The words that a ``code`` may be."""
    return tuple(code_list(key.codes)) if isinstance(key.codes, str) else key.codes


def countries() -> tuple[str, ...]:
    return (*COUNTRIES, *(one.alpha3 for one in made_up_countries()))


def nearest(word: str, known: Sequence[str]) -> str:
    """The remedy for a word that is none of those known."""
    folded = {one.casefold(): one for one in known}
    near = [folded[one] for one in get_close_matches(re.sub(r"[\s-]+", "_", word.strip().casefold()), folded, n=1, cutoff=0.6)]
    if near:
        return say("Did you mean {near}?", near=near[0])
    return say("Use one of: {codes}.", codes=", ".join(known))


def shown(value: object) -> str:
    """A value as a sentence quotes it."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def text(key: Key, value: object) -> Any:
    if not isinstance(value, str):
        return Wrong("text", say("“{value}” is not a text.", value=shown(value)), say("Write a text in quotation marks."))
    if not value.strip():
        return Wrong("required", say("The text is empty."), say("Fill it in, or leave the key out."))
    if len(value) > LONGEST_TEXT:
        return Wrong(
            "too_long", say("The text has {n} characters.", n=len(value)), say("Write at most {n} characters.", n=LONGEST_TEXT)
        )
    return value.strip()


def matching(pattern: str, remedy: Callable[[], str]) -> Callable[[Key, object], Any]:
    found = re.compile(pattern)

    def read(key: Key, value: object) -> Any:
        if isinstance(value, str) and found.fullmatch(value):
            return value
        return Wrong("key", say("“{value}” cannot be a name here.", value=shown(value)), remedy())

    return read


def truth(key: Key, value: object) -> Any:
    if isinstance(value, bool):
        return value
    return Wrong(
        "truth",
        say("“{value}” is neither true nor false.", value=shown(value)),
        say("Write true or false, without quotation marks."),
    )


def day(key: Key, value: object) -> Any:
    year = whole_number(value)
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return date(year, 1, 1)
    if isinstance(value, str) and re.fullmatch(DAY, value):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    return Wrong(
        "day",
        say("“{value}” is not a day.", value=shown(value)),
        say("Write a day as 2024-06-30, without quotation marks; a year alone is its first day."),
    )


def whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def is_number(value: object) -> bool:
    """Neither a truth nor "not a number" nor more digits than a double holds."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < 10**300
    return isinstance(value, float) and not math.isnan(value)


def number(key: Key, value: object) -> Any:
    """A number within the bounds of its kind, as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_number(value):
        return Wrong(
            "number",
            say("“{value}” is not a number.", value=shown(value)),
            say("Write digits with a point before decimals, without quotation marks, separators or per cent sign."),
        )
    low, high = BOUNDS[key.kind]
    if value < 0 <= low:
        return Wrong("negative", say("“{value}” is less than zero.", value=shown(value)), say("Write a number from 0 upwards."))
    if key.kind in ("share", "of_line", "growth") and not low <= value <= high:
        said = say("“{value}” is not a share from {low} to {high}.", value=shown(value), low=f"{low:g}", high=f"{high:g}")
        return Wrong("share_range", said, say("Write 0.25 for 25 per cent."))
    if not low <= value <= high:
        return Wrong(
            "absurd",
            say("“{value}” is beyond any honest figure here.", value=shown(value)),
            say("Check the number of digits; at most {most}.", most=f"{high:,.0f}"),
        )
    return float(value)


def months(key: Key, value: object) -> Any:
    read = number(key, value)
    if read == 0.0 and not isinstance(read, Wrong):
        return Wrong(
            "absurd", say("Nothing lasts 0 months."), say("Leave the key out where a benefit lasts as long as one is entitled.")
        )
    return read


def whole(key: Key, value: object) -> Any:
    counted = whole_number(value)
    if counted is None:
        return Wrong(
            "whole_number",
            say("“{value}” is not a whole number.", value=shown(value)),
            say("Write digits only, without quotation marks."),
        )
    read = number(key, counted)
    return read if isinstance(read, Wrong) else counted


def currency(key: Key, value: object) -> Any:
    if isinstance(value, str) and value in CURRENCIES:
        return value
    return Wrong(
        "currency",
        say("“{value}” is not a currency.", value=shown(value)),
        say("Write the three capital letters of ISO 4217, such as USD."),
    )


def country_code(key: Key, value: object) -> Any:
    if isinstance(value, str) and value in countries():
        return value
    remedy = say("Write the three letters of ISO 3166-1, such as MWI.")
    if isinstance(value, str):
        try:
            remedy = say("Did you mean {near}?", near=country(value).alpha3)
        except UnknownCountry as unknown:
            if unknown.suggestions:
                remedy = say("Did you mean {near}?", near=", ".join(unknown.suggestions)) + " " + remedy
    return Wrong("unknown_country", say("“{value}” is no country's code.", value=shown(value)), remedy)


def code(key: Key, value: object) -> Any:
    codes = codes_of(key)
    if isinstance(value, str) and value in codes:
        return value
    return unknown_word(key, shown(value), codes)


def unknown_word(key: Key, word: str, codes: Sequence[str], at: tuple[str | int, ...] = ()) -> Wrong:
    return Wrong("unknown_code", say("“{value}” is no code of {key}.", value=word, key=key.name), nearest(word, codes), at)


def rule(key: Key, value: object) -> Any:
    if isinstance(value, str):
        return value
    return Wrong(
        "text", say("“{value}” is not a rule.", value=shown(value)), say('Write the rule in quotation marks: "age >= 70".')
    )


def rule_or_amount(key: Key, value: object) -> Any:
    return value if isinstance(value, str) else number(Key(key.name, "amount", ""), value)
