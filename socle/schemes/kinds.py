"""How every kind of value is read from TOML, those of several parts here: the value, or ``Wrong`` with its place in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from socle.errors import InputError
from socle.schemes import scalars
from socle.schemes.keys import INDEXATIONS, Key, Kind
from socle.schemes.scalars import LARGEST, OLDEST, UNKNOWN, Wrong, nearest, shown
from socle.vocabulary import LANGUAGES, Period, say


def read_value(key: Key, value: object) -> Any:
    """The value as its kind understands it, or ``Wrong``."""
    return _READERS[key.kind](key, value)


def _source(key: Key, value: object) -> Any:
    """A text, or a table of document, place, url, on and verified."""
    if not isinstance(value, Mapping):
        text = scalars.text(key, value)
        if isinstance(text, str) and not text.partition(",")[0].strip():
            return Wrong("required", say("The source names no document."), say("Write the document, a comma, the place in it."))
        return text
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
            read = scalars.truth(key, given) if part == "verified" else scalars.text(key, given)
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
        name = scalars.code(Key(key.name, "code", "", codes=INDEXATIONS), value)
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
            return scalars.unknown_word(key, word, known, (word,))
        number = scalars.number(key, given)
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
        first, last = map(scalars.whole_number, value)
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
        if not isinstance(row, list) or len(row) != 2 or not all(map(scalars.is_number, row)):
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
        read = scalars.text(key, text)
        if isinstance(read, Wrong):
            return Wrong(read.code, read.message, read.remedy, (language,))
    if "en" not in value:
        return Wrong("required", say("The English name is missing."), say('Add name.en = "...".'))
    return {language: text.strip() for language, text in value.items()}


def _or_unknown(read: Callable[[Key, object], Any], kind: Kind) -> Callable[[Key, object], Any]:
    """None where "unknown" is written."""
    return lambda key, value: None if value == UNKNOWN else read(Key(key.name, kind, ""), value)


def _facts(key: Key, value: object) -> Any:
    if isinstance(value, Mapping):
        return value
    remedy = say("Write it as a table: {example}.", example="{ age = 71 }")
    return Wrong("table", say("“{value}” is not a table.", value=shown(value)), remedy)


def _words(key: Key, value: object) -> Any:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return Wrong("text", say("“{value}” is not a list of names.", value=shown(value)), say('Write ["age", "resident"].'))


_READERS: Mapping[str, Callable[[Key, object], Any]] = {
    "key": scalars.matching(scalars.KEY, lambda: say("Write letters, digits, hyphens and underscores.")),
    "word": scalars.matching(scalars.WORD, lambda: say("Write small letters, digits and underscores, a letter first.")),
    "text": scalars.text,
    "truth": scalars.truth,
    "day": scalars.day,
    "year": scalars.whole,
    "whole": scalars.whole,
    "months": scalars.months,
    "currency": scalars.currency,
    "country": scalars.country_code,
    "code": scalars.code,
    **dict.fromkeys(("amount", "count", "share", "of_line", "growth", "number"), scalars.number),
    "rule": scalars.rule,
    "rule_or_amount": scalars.rule_or_amount,
    "source": _source,
    "index": _index,
    "ages": _ages,
    "bands": _bands,
    "numbers": _codes,
    "shares": _shares,
    "name": _name,
    "period": lambda key, value: _period(value),
    "facts": _facts,
    "words": _words,
    "truth_or_unknown": _or_unknown(scalars.truth, "truth"),
    "amount_or_unknown": _or_unknown(scalars.number, "amount"),
}
