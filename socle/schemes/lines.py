"""Where everything stands in a TOML text: Python's reader gives values without lines, and an error needs its line.

A scanner of its own, not a reader: it finds where each key and value stands and what was written there, and leaves their meaning to
``tomllib``. It goes through any text: what it does not understand it steps over, line by line.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n\r]*")
_STRINGS = (
    re.compile(r'"""(?:\\.|(?!""").)*"""(?:"{1,2}(?!"))?', re.DOTALL),
    re.compile(r"'''(?:(?!''').)*'''(?:'{1,2}(?!'))?", re.DOTALL),
    re.compile(r'"(?:\\[^\n]|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key or value stands: the line, counted from 1, and what was written (of a table: its header)."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or a ``key = value``: its first and last line, and where it leads. ``path`` is None where it was not understood."""

    first: int
    last: int
    path: Path | None
    header: bool


@dataclass(frozen=True, slots=True)
class Layout:
    places: Mapping[Path, Place]
    statements: tuple[Statement, ...]

    def at(self, path: Path) -> Place | None:
        """The place of a key, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if found := self.places.get(path[:length]):
                return found
        return None

    def section_of(self, line: int) -> Path:
        """The table in which a line stands; empty: before the first header."""
        section: Path = ()
        for statement in self.statements:
            if statement.first > line:
                break
            if statement.header:
                section = statement.path or ("?",)
        return section


def layout(text: str) -> Layout:
    """Where everything of the text stands, in order."""
    scanner = _Scanner(text)
    statements = tuple(scanner.statements())
    return Layout(scanner.places, statements)


class _Lost(Exception):
    """What stands here is not understood."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.section: Path = ()
        self.places: dict[Path, Place] = {}
        self.arrays: dict[Path, int] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, position: int) -> int:
        return bisect_right(self.starts, position)

    def statements(self) -> Iterator[Statement]:
        while self._skip(_BLANK) < len(self.text):
            start = self.position
            header = self.text[start] == "["
            path: Path | None = None
            try:
                path = self._header() if header else self._pair(self.section, 0)
                self._skip(_SPACE)
                if self._peek() not in ("", "\n", "\r", "#"):
                    raise _Lost
            except _Lost:
                if header:
                    self.section = ("?",)
                path = None
                end = self.text.find("\n", start)
                self.position = len(self.text) if end < 0 else end + 1
            yield Statement(self.line(start), self.line(max(start, self.position - 1)), path, header)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return self.position

    def _peek(self) -> str:
        return self.text[self.position:self.position + 1]

    def _take(self, expected: str) -> None:
        if not self.text.startswith(expected, self.position):
            raise _Lost
        self.position += len(expected)

    def _header(self) -> Path:
        start = self.position
        many = self.text.startswith("[[", start)
        self._take("[[" if many else "[")
        names = self._key()
        self._take("]]" if many else "]")
        path: Path = ()
        for number, name in enumerate(names):
            path += (name,)
            last = number == len(names) - 1
            if last and many:
                self.arrays[path] = self.arrays.get(path, -1) + 1
            self._note(path, start)
            if path in self.arrays:
                path += (self.arrays[path],)
                self._note(path, start)
        self.section = path
        return path

    def _pair(self, into: Path, depth: int) -> Path:
        start = self.position
        path = into
        names = self._key()
        for name in names:
            path += (name,)
            self._note(path, start)
        self._take("=")
        self._skip(_SPACE)
        begun = self.position
        self._value(path, depth)
        self.places[path] = Place(self.line(start), self.text[begun:self.position].rstrip())
        return path

    def _key(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            names.append(self._name())
            self._skip(_SPACE)
            if self._peek() != ".":
                return names
            self._take(".")

    def _name(self) -> str:
        if found := BARE_KEY.match(self.text, self.position):
            self.position = found.end()
            return found.group()
        written = self._string()
        if written is None or written.startswith(('"""', "'''")):
            raise _Lost
        try:
            return str(tomllib.loads(f"name = {written}")["name"])
        except tomllib.TOMLDecodeError:
            raise _Lost from None

    def _string(self) -> str | None:
        for pattern in _STRINGS:
            if found := pattern.match(self.text, self.position):
                self.position = found.end()
                return found.group()
        return None

    def _value(self, path: Path, depth: int) -> None:
        if depth > _DEEPEST:
            raise _Lost
        first = self._peek()
        if first == "[":
            self._array(path, depth)
        elif first == "{":
            self._inline(path, depth)
        elif first in ('"', "'"):
            if self._string() is None:
                raise _Lost
        else:
            start = self.position
            if not self.text[start:self._skip(_BARE_VALUE)].strip():
                raise _Lost

    def _array(self, path: Path, depth: int) -> None:
        self._take("[")
        number = 0
        while True:
            self._skip(_BLANK)
            if self._peek() == "]":
                break
            start = self.position
            self._value((*path, number), depth + 1)
            self.places[(*path, number)] = Place(self.line(start), self.text[start:self.position].rstrip())
            number += 1
            self._skip(_BLANK)
            if self._peek() != ",":
                break
            self._take(",")
        self._take("]")

    def _inline(self, path: Path, depth: int) -> None:
        self._take("{")
        self._skip(_SPACE)
        while self._peek() != "}":
            self._pair(path, depth + 1)
            self._skip(_SPACE)
            if self._peek() != ",":
                break
            self._take(",")
            self._skip(_SPACE)
        self._take("}")

    def _note(self, path: Path, start: int) -> None:
        if path not in self.places:
            end = self.text.find("\n", start)
            self.places[path] = Place(self.line(start), self.text[start:end if end >= 0 else None].strip())
