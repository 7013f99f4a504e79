"""Files of assumptions (TOML): read whole, with every fault of the file at once, each with its line and key.

    document = opened(text, name="space.toml")
    entry = document.root
    start = entry.year("start")
    ...
    document.refuse()          an InputError with every finding, where there is an error
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from socle.errors import Finding, InputError, UnknownCountry
from socle.vocabulary import FIRST_YEAR, LANGUAGES, LAST_YEAR, Source, country, say

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*\]\]?")
_ASSIGNED = re.compile(rf"^\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
#: Beyond this no honest figure goes: persons, amounts, gross domestic products in any currency.
LARGEST = 1e18
#: Longest file of assumptions, in characters.
LONGEST = 1_000_000


@dataclass
class Document:
    """One file while it is read. ``findings`` grow as its entries are asked."""

    name: str
    table: Mapping[str, Any]
    lines: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)

    @property
    def root(self) -> Entry:
        return Entry(self, self.table, "")

    def line(self, path: str) -> int | None:
        """The line of a key, or of what it stands in."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = re.sub(r"(\[\d+\]|\.?[^.\[\]]+)$", "", path)
        return None

    def refuse(self) -> None:
        """Raise what was found, all of it, where there is an error."""
        if any(finding.severity == "error" for finding in self.findings):
            raise InputError(say("{name} has errors.", name=self.name), findings=self.findings)


@dataclass
class Entry:
    """A table of the document. Every key that is asked is known; ``rest`` reports the others."""

    document: Document
    table: Mapping[str, Any]
    path: str
    asked: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def wrong(self, key: str, code: str, message: str, remedy: str, *, severity: Any = "error") -> None:
        path = self._path(key)
        value = self.table.get(key)
        written = None if value is None or isinstance(value, dict | list) else str(value)
        self.document.findings.append(
            Finding(severity, self.document.name, self.document.line(path), path or None, written, code, message, remedy))

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        value = self._value(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, "text", say("{key} is no text.", key=key), say("Write it between quotation marks."))
            return default
        if required and not value.strip():
            self.wrong(key, "required", say("{key} is empty.", key=key), say("Fill it in."))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._value(key, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(key, "flag", say("{key} is neither true nor false.", key=key), say("Write true or false."))
        return default

    def number(self, key: str, *, required: bool = False, low: float | None = None, high: float | None = None) -> float | None:
        """A finite number within its bounds; None where it is not given or wrong (which is told)."""
        value = self._value(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, "number", say("{key} is no number.", key=key),
                       say("Write digits, with a point before decimals, without quotation marks."))
            return None
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isnan(number):
            self.wrong(key, "number", say("{key} is no number.", key=key), say("Leave the key out where the figure is not known."))
        elif low is not None and low >= 0 and number < 0:
            self.wrong(key, "negative", say("{key} is below zero.", key=key), say("Write a number from 0 upwards."))
        elif abs(number) > LARGEST or not math.isfinite(number):
            self.wrong(key, "absurd", say("{key} is beyond any honest figure.", key=key), say("Check the number of digits."))
        elif (low is not None and number < low) or (high is not None and number > high):
            self.wrong(key, "out_of_range",
                       say("{key} is not between {low} and {high}.", key=key, low=_plain(low), high=_plain(high)),
                       say("Check the figure and its unit."))
        else:
            return number
        return None

    def share(self, key: str, *, required: bool = False) -> float | None:
        """A share from 0 to 1."""
        value = self._value(key, required=required)
        if value is None:
            return None
        number = self.number(key, required=required, low=-LARGEST)
        if number is not None and not 0 <= number <= 1:
            self.wrong(key, "share_range", say("{key} is no share from 0 to 1.", key=key), say("Write 0.25 for 25 per cent."))
            return None
        return number

    def year(self, key: str, *, required: bool = False) -> int | None:
        value = self._value(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
            self.wrong(key, "year", say("{key} is no year.", key=key),
                       say("Write a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
            return None
        return value

    def choice(self, key: str, words: Collection[str], *, required: bool = False, default: str = "") -> str:
        value = self._value(key, required=required)
        if value is None:
            return default
        if isinstance(value, str) and value in words:
            return value
        near = get_close_matches(str(value), list(words), n=3, cutoff=0.6)
        self.wrong(key, "unknown_code", say("“{value}” is not a word for {key}.", value=value, key=key),
                   say("Did you mean {near}?", near=", ".join(near)) if near
                   else say("Use one of: {codes}.", codes=", ".join(words)))
        return default

    def country(self, key: str = "country", *, required: bool = False) -> str:
        """The three letters of a country, written as code or name."""
        value = self.text(key, required=required)
        if not value:
            return ""
        try:
            return country(value).alpha3
        except UnknownCountry as unknown:
            self.wrong(key, "unknown_country", unknown.what, unknown.remedy)
            return ""

    def currency(self, key: str = "currency", *, required: bool = False) -> str:
        value = self.text(key, required=required)
        if value and not re.fullmatch("[A-Z]{3}", value):
            self.wrong(key, "currency", say("“{value}” is not a currency.", value=value),
                       say("Write the three capital letters of ISO 4217, such as USD."))
            return ""
        return value

    def ages(self, key: str = "ages") -> tuple[int, int] | None:
        """First and last completed age, both ends included."""
        value = self._value(key, required=False)
        if value is None:
            return None
        if (isinstance(value, list) and len(value) == 2 and all(isinstance(age, int) and not isinstance(age, bool) for age in value)
                and 0 <= value[0] <= value[1] <= 120):
            return value[0], value[1]
        self.wrong(key, "ages", say("{key} is not a first and a last age.", key=key),
                   say("Write two completed ages from 0 to 120, such as [0, 5]; both are included."))
        return None

    def labels(self, key: str, *, required: bool = False) -> Mapping[str, str]:
        """A text in one or several languages; a plain text is English."""
        value = self._value(key, required=required)
        if value is None:
            return {}
        if isinstance(value, str):
            return {"en": value}
        if isinstance(value, dict) and "en" in value and set(value) <= set(LANGUAGES) and all(isinstance(v, str)
                                                                                              for v in value.values()):
            return value
        self.wrong(key, "text", say("{key} is no text in English, French or Spanish.", key=key),
                   say("Write a text, or a table with en, fr and es; en is needed."))
        return {}

    def source(self, key: str = "source", *, required: bool = False) -> Source | None:
        """Text, or a table {document, place, url, verified}; with ``verified`` beside it."""
        verified = self.flag("verified", default=True)
        value = self._value(key, required=required)
        if value is None:
            return None
        if isinstance(value, str) and value.strip():
            plain = Source.parse(value)
            return Source(plain.document, plain.place, verified=verified)
        if isinstance(value, dict) and value.get("document"):
            document, place, url = (value.get(name, "") for name in ("document", "place", "url"))
            if all(isinstance(part, str) for part in (document, place, url)):
                return Source(document, place, url, verified=bool(value.get("verified", verified)))
        self.wrong(key, "source", say("{key} names no document.", key=key),
                   say("Write the document, a comma, and the place in it."))
        return None

    def entry(self, key: str, *, required: bool = False) -> Entry | None:
        value = self._value(key, required=required)
        if value is None:
            return None
        if isinstance(value, dict):
            return Entry(self.document, value, self._path(key))
        self.wrong(key, "table", say("{key} is no table.", key=key),
                   say("Write [{key}] on a line of its own, its keys below.", key=key))
        return None

    def entries(self, key: str, *, required: bool = False) -> Sequence[Entry]:
        value = self._value(key, required=required)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return [Entry(self.document, one, f"{self._path(key)}[{place}]") for place, one in enumerate(value, 1)]
        self.wrong(key, "table", say("{key} is no list of tables.", key=key),
                   say("Write [[{key}]] above each of them.", key=key))
        return ()

    def rest(self) -> None:
        """Report the keys that nobody asked for: a key with a typing error must not be passed over."""
        for key in self.table:
            if key not in self.asked:
                near = get_close_matches(key, list(self.asked), n=1, cutoff=0.6)
                self.wrong(key, "unknown_key", say("There is no key “{key}” here.", key=key),
                           say("Did you mean {near}?", near=near[0]) if near
                           else say("Use one of: {codes}.", codes=", ".join(sorted(self.asked))))

    def _value(self, key: str, *, required: bool) -> Any:
        self.asked.add(key)
        value = self.table.get(key)
        if value is None and required:
            self.wrong(key, "required", say("{key} is missing.", key=self._path(key)), say("Fill it in."))
        return value

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else self.path or key


def opened(text: str, *, name: str) -> Document:
    """Parse a file of assumptions. An ``InputError`` (``unreadable``) says the line where it is no TOML, or that it is empty."""
    if len(text) > LONGEST:
        raise _unreadable(name, None, say("{name} is longer than {most} characters.", name=name, most=LONGEST), say("Split it."))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise _unreadable(name, line, say("{name} is not TOML: {reason}.", name=name, reason=_AT_LINE.sub("", str(error)).strip()),
                          say("Correct the line; texts stand between quotation marks, tables in brackets.")) from None
    except RecursionError:
        raise _unreadable(name, None, say("{name} is nested too deep.", name=name),
                          say("Write it as the reference shows.")) from None
    if not table:
        raise _unreadable(name, None, say("{name} is empty.", name=name), say("Write it as the reference shows."))
    return Document(name, table, _lines(text))


def _unreadable(name: str, line: int | None, message: str, remedy: str) -> InputError:
    return InputError(message, findings=[Finding("error", name, line, None, None, "unreadable", message, remedy)])


def _lines(text: str) -> Mapping[str, int]:
    """Where each key stands: ``benefit[2].amount`` -> 17. Lines within a text of several lines are passed over."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    here, inside = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if header := _HEADER.match(line):
            here = _numbered(_dotted(header[2]), counts, new=header[1] == "[[")
            found.setdefault(here, number)
        elif assigned := _ASSIGNED.match(line):
            path = _dotted(assigned[1])
            found.setdefault(f"{here}.{path}" if here else path, number)
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                inside = quotes
    return found


def _numbered(path: str, counts: dict[str, int], *, new: bool) -> str:
    """The path of a header with the number of each list of tables it passes through."""
    parts, whole = path.split("."), ""
    for place, part in enumerate(parts):
        whole = f"{whole}.{part}" if whole else part
        if new and place == len(parts) - 1:
            counts[whole] = counts.get(whole, 0) + 1
        if whole in counts:
            whole = f"{whole}[{counts[whole]}]"
    return whole


def _dotted(written: str) -> str:
    return ".".join(key.strip().strip("\"'") for key in re.findall(_KEY, written))


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
