"""How each kind of value is read from TOML, and what is wrong with it: the value, or ``Wrong``. Nothing is guessed."""

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

from socle.errors import InputError, UnknownCountry
from socle.schemes.keys import INDEXATIONS, Key
from socle.vocabulary import COUNTRIES, FIRST_YEAR, LANGUAGES, LAST_YEAR, Period, code_list, country, made_up_countries, say

KEY = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
WORD = r"[a-z][a-z0-9_]{0,99}"
DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
LONGEST_TEXT = 20_000
LARGEST = 1e15
MOST_PERSONS = 1e10
OLDEST = 120
CURRENCIES = frozenset(list_currencies())
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


def read_value(key: Key, value: object) -> Any:
    """The value as its kind understands it, or ``Wrong``."""
    return _READERS[key.kind](key, value)


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


def _text(key: Key, value: object) -> Any:
    if not isinstance(value, str):
        return Wrong("text", say("“{value}” is not a text.", value=shown(value)), say("Write a text in quotation marks."))
    if not value.strip():
        return Wrong("required", say("The text is empty."), say("Fill it in, or leave the key out."))
    if len(value) > LONGEST_TEXT:
        return Wrong(
            "too_long", say("The text has {n} characters.", n=len(value)), say("Write at most {n} characters.", n=LONGEST_TEXT)
        )
    return value.strip()


def _matching(pattern: str, remedy: Callable[[], str]) -> Callable[[Key, object], Any]:
    found = re.compile(pattern)

    def read(key: Key, value: object) -> Any:
        if isinstance(value, str) and found.fullmatch(value):
            return value
        return Wrong("key", say("“{value}” cannot be a name here.", value=shown(value)), remedy())

    return read


def _truth(key: Key, value: object) -> Any:
    if isinstance(value, bool):
        return value
    return Wrong(
        "truth",
        say("“{value}” is neither true nor false.", value=shown(value)),
        say("Write true or false, without quotation marks."),
    )


def _day(key: Key, value: object) -> Any:
    year = _whole_number(value)
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


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def _number(key: Key, value: object) -> Any:
    """A number within the bounds of its kind, as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_number(value):
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


def _months(key: Key, value: object) -> Any:
    read = _number(key, value)
    if read == 0.0 and not isinstance(read, Wrong):
        return Wrong(
            "absurd", say("Nothing lasts 0 months."), say("Leave the key out where a benefit lasts as long as one is entitled.")
        )
    return read


def _whole(key: Key, value: object) -> Any:
    number = _whole_number(value)
    if number is None:
        return Wrong(
            "whole_number",
            say("“{value}” is not a whole number.", value=shown(value)),
            say("Write digits only, without quotation marks."),
        )
    read = _number(key, number)
    return read if isinstance(read, Wrong) else number


def _currency(key: Key, value: object) -> Any:
    if isinstance(value, str) and value in CURRENCIES:
        return value
    return Wrong(
        "currency",
        say("“{value}” is not a currency.", value=shown(value)),
        say("Write the three capital letters of ISO 4217, such as USD."),
    )


def _country(key: Key, value: object) -> Any:
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


def _code(key: Key, value: object) -> Any:
    codes = codes_of(key)
    if isinstance(value, str) and value in codes:
        return value
    return _unknown(key, shown(value), codes)


def _unknown(key: Key, word: str, codes: Sequence[str], at: tuple[str | int, ...] = ()) -> Wrong:
    return Wrong("unknown_code", say("“{value}” is no code of {key}.", value=word, key=key.name), nearest(word, codes), at)


def _rule(key: Key, value: object) -> Any:
    if isinstance(value, str):
        return value
    return Wrong(
        "text", say("“{value}” is not a rule.", value=shown(value)), say('Write the rule in quotation marks: "age >= 70".')
    )


def _rule_or_amount(key: Key, value: object) -> Any:
    return value if isinstance(value, str) else _number(Key(key.name, "amount", ""), value)


def _source(key: Key, value: object) -> Any:
    """A text, or a table of document, place, url, on and verified."""
    if not isinstance(value, Mapping):
        return _text(key, value)
    for part, given in value.items():
        if part not in ("document", "place", "url", "on", "verified"):
            return Wrong(
                "unknown_key",
                say("A source has no key “{key}”.", key=part),
                nearest(part, ("document", "place", "url", "on", "verified")),
                (part,),
            )
        if part == "on":
            read: object = _period(given)
        elif part == "place" and given == "":
            read = given
        else:
            read = _truth(key, given) if part == "verified" else _text(key, given)
        if isinstance(read, Wrong):
            return Wrong(read.code, read.message, read.remedy, (part,))
    if "document" not in value:
        return Wrong("required", say("The source names no document."), say('Add document = "...".'))
    return dict(value)


def _period(value: object) -> Any:
    """A day, a month or a year, of a source."""
    try:
        return Period.parse(value)
    except InputError:
        return Wrong(
            "day",
            say("“{value}” is neither a day nor a year.", value=shown(value)),
            say("Write a day as 2024-06-30 or a year as 2024."),
        )


def _index(key: Key, value: object) -> Any:
    if not isinstance(value, Mapping):
        name = _code(Key(key.name, "code", "", codes=INDEXATIONS), value)
        return name if isinstance(name, Wrong) else {name: 1.0}
    weights = _numbers(Key(key.name, "share", ""), value, INDEXATIONS)
    if not isinstance(weights, Wrong) and abs(sum(weights.values()) - 1) > 1e-9:
        return Wrong("weights", say("The weights sum to {total}.", total=f"{sum(weights.values()):g}"), say("They must sum to 1."))
    return weights


def _numbers(key: Key, value: object, known: Sequence[str] = ()) -> Any:
    """A table of numbers by word; the words known, if any."""
    if not isinstance(value, Mapping) or not value:
        return Wrong(
            "table", say("“{value}” is not a table of numbers.", value=shown(value)), say("Write { word = 0.5, other = 0.5 }.")
        )
    read: dict[str, float] = {}
    for word, given in value.items():
        if known and word not in known:
            return _unknown(key, word, known, (word,))
        number = _number(key, given)
        if isinstance(number, Wrong):
            return Wrong(number.code, number.message, number.remedy, (word,))
        read[word] = number
    return read


def _shares(key: Key, value: object) -> Any:
    shares = _numbers(Key(key.name, "share", ""), value)
    if not isinstance(shares, Wrong) and sum(shares.values()) > 1 + 1e-9:
        return Wrong("weights", say("The shares sum to {total}.", total=f"{sum(shares.values()):g}"), say("They sum to at most 1."))
    return shares


def _codes(key: Key, value: object) -> Any:
    return _numbers(Key(key.name, "number", ""), value)


def _ages(key: Key, value: object) -> Any:
    if isinstance(value, list) and len(value) == 2:
        first, last = map(_whole_number, value)
        if first is not None and last is not None and 0 <= first <= last <= OLDEST:
            return first, last
    return Wrong(
        "ages",
        say("“{value}” is no span of ages.", value=shown(value)),
        say("Write the first and last completed age: [15, 30]; at most {oldest}.", oldest=OLDEST),
    )


def _bands(key: Key, value: object) -> Any:
    remedy = say("Write [[1000, 0.5], [inf, 0.3]]: each row the number up to which it holds, rising, and its value.")
    if not isinstance(value, list) or not value:
        return Wrong("bands", say("“{value}” is not a table of bands.", value=shown(value)), remedy)
    rows: list[tuple[float, float]] = []
    for number, row in enumerate(value):
        if not isinstance(row, list) or len(row) != 2 or not all(map(_is_number, row)):
            return Wrong("bands", say("“{value}” is no row of a table.", value=shown(row)), remedy, (number,))
        upto, figure = float(row[0]), float(row[1])
        if not abs(figure) <= LARGEST or upto < -LARGEST or LARGEST < upto < math.inf:
            return Wrong("absurd", say("“{value}” is beyond any honest figure here.", value=shown(row)), remedy, (number,))
        if rows and upto <= rows[-1][0]:
            return Wrong("bands", say("The rows do not rise at “{value}”.", value=shown(row)), remedy, (number,))
        rows.append((upto, figure))
    return tuple(rows)


def _name(key: Key, value: object) -> Any:
    if not isinstance(value, Mapping):
        return Wrong("table", say("“{value}” does not say in which language.", value=shown(value)), say('Write name.en = "...".'))
    for language, text in value.items():
        if language not in LANGUAGES:
            return Wrong(
                "unknown_key",
                say("“{value}” is no language of names here.", value=language),
                nearest(language, LANGUAGES),
                (language,),
            )
        read = _text(key, text)
        if isinstance(read, Wrong):
            return Wrong(read.code, read.message, read.remedy, (language,))
    if "en" not in value:
        return Wrong("required", say("The English name is missing."), say('Add name.en = "...".'))
    return {language: text.strip() for language, text in value.items()}


_READERS: Mapping[str, Callable[[Key, object], Any]] = {
    "key": _matching(KEY, lambda: say("Write letters, digits, hyphens and underscores.")),
    "word": _matching(WORD, lambda: say("Write small letters, digits and underscores, a letter first.")),
    "text": _text,
    "truth": _truth,
    "day": _day,
    "year": _whole,
    "whole": _whole,
    "months": _months,
    "currency": _currency,
    "country": _country,
    "code": _code,
    **dict.fromkeys(("amount", "count", "share", "of_line", "growth", "number"), _number),
    "rule": _rule,
    "rule_or_amount": _rule_or_amount,
    "source": _source,
    "index": _index,
    "ages": _ages,
    "bands": _bands,
    "numbers": _codes,
    "shares": _shares,
    "name": _name,
    "period": lambda key, value: _period(value),
}
