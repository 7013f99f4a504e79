"""A TOML text as tables, with the line of everything; and all that is not TOML in it, not only the first.

Python's reader stops at the first mistake. Here each section is then read alone, the statement it stumbles over is set aside and
told, and the rest is read on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from socle.errors import Finding
from socle.schemes.lines import Layout, Path, Place, Statement, layout
from socle.vocabulary import say

LARGEST_FILE = 1_000_000
_MOST_MISTAKES = 50
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate", "Cannot redefine", "Duplicate inline")


@dataclass(slots=True)
class Document:
    """What a file says. ``spoiled``: the tables in which something could not be read, of which nobody can say what they lack."""

    name: str
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)
    layout: Layout = field(default_factory=lambda: Layout({}, ()))
    findings: list[Finding] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)

    def tell(self, code: str, path: Path, message: str, remedy: str, *, severity: str = "error", value: str | None = None) -> None:
        """One finding, at the line and with the text of what stands there; ``value`` where nothing does."""
        place = self.layout.at(path)
        written = place.text if place is not None and path in self.layout.places and _of_value(place) else None
        shown = value if value is not None else _unquoted(written)
        self.findings.append(
            Finding(
                "error" if severity == "error" else "warning",
                self.name,
                place.line if place else None,
                key_path(path) or None,
                _short(shown),
                code,
                message,
                remedy,
            )
        )

    def line(self, path: Path) -> int:
        place = self.layout.at(path)
        return place.line if place else 1


def key_path(path: Path) -> str:
    """``benefit[2].amount``: entries are counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def decoded(content: bytes, name: str, *, begin: str = "") -> tuple[str | None, list[Finding]]:
    """The text of a file; or why it is none. ``begin``: how to write one, where the file is to be no scheme."""
    if len(content) > LARGEST_FILE:
        return None, [
            _of_file(
                name,
                "too_large",
                say("The file has {n} bytes.", n=len(content)),
                say("Such a file has at most {n} bytes.", n=LARGEST_FILE),
            )
        ]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, [_of_file(name, "encoding", say("The file is not UTF-8 text."), say("Save it as UTF-8."), line)]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return None, [_of_file(name, "encoding", say("The file is not UTF-8 text."), say("Save it as UTF-8."), line)]
    if not text.strip():
        return None, [_of_file(name, "empty", say("The file is empty."), begin or say("Begin with id, country and name."))]
    return text, []


def read_document(text: str, name: str) -> Document:
    """The tables of a text. What is not TOML is told and set aside."""
    document = Document(name, text, layout=layout(text))
    good, told = text, 0
    while len(document.findings) < _MOST_MISTAKES:
        try:
            document.data = tomllib.loads(good)
            return document
        except RecursionError:
            document.findings.append(_of_file(name, "toml", say("The values are nested too deeply."), say("Write plain tables.")))
            return document
        except ValueError as error:
            good = (
                _without_mistakes(good, document, error)
                if not told
                else _without(good, document, error, 0, (1, good.count("\n") + 1))
            )
        told += 1
    document.spoiled.add(())  # nobody can say what is lacking beyond so many mistakes
    return document


def _without_mistakes(text: str, document: Document, error: ValueError) -> str:
    """The text without what its sections stumble over, each read alone; of the whole text where they all read."""
    lines = text.splitlines(keepends=True)
    heads = sorted({0, *(statement.first - 1 for statement in document.layout.statements if statement.header)})
    found = len(document.findings)
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        for _ in range(_MOST_MISTAKES):
            if len(document.findings) >= _MOST_MISTAKES:
                return "".join(lines[:start])
            part = "".join(lines[start:end])
            try:
                tomllib.loads(part)
                break
            except RecursionError:
                lines[start:end] = ["\n"] * (end - start)
            except ValueError as mistake:
                lines[start:end] = _without(part, document, mistake, start, (start + 1, end)).splitlines(keepends=True)
    good = "".join(lines)
    return good if len(document.findings) > found else _without(text, document, error, 0, (1, len(lines)))


def _without(part: str, document: Document, error: ValueError, before: int, span: tuple[int, int]) -> str:
    """The text without the statement that the reader stumbled over, which is told."""
    lines = part.splitlines(keepends=True)
    where = _WHERE.search(str(error))
    line = before + min(int(where[1]), len(lines)) if where and where[1] else span[1]
    statement = _stumbled(document.layout, line, span) if where and where[1] else _unclosed(document.layout, span)
    first, last = (statement.first, statement.last) if statement else (line, line)
    if not lines[first - before - 1 : last - before] or not "".join(lines[first - before - 1 : last - before]).strip():
        filled = [number for number, one in enumerate(lines, before + 1) if one.strip()]
        first = last = next((number for number in reversed(filled) if number <= line), filled[0] if filled else first)
    _tell(document, error, first if statement and statement.path is None else line, statement)
    if statement is not None and statement.header:  # what follows belongs to no other table
        last = next((one.first - 1 for one in document.layout.statements if one.header and one.first > first), before + len(lines))
    for number in range(first, last + 1):
        if 0 <= number - before - 1 < len(lines):
            lines[number - before - 1] = "\n"
    return "".join(lines)


def _stumbled(whole: Layout, line: int, span: tuple[int, int]) -> Statement | None:
    inside = [one for one in whole.statements if span[0] <= one.first <= line <= one.last <= span[1]]
    return inside[-1] if inside else None


def _unclosed(whole: Layout, span: tuple[int, int]) -> Statement | None:
    """Of a text that ends too early: the first statement that was not understood."""
    return next((one for one in whole.statements if span[0] <= one.first and one.last <= span[1] and one.path is None), None)


def _tell(document: Document, error: ValueError, line: int, statement: Statement | None) -> None:
    message = _WHERE.sub("", str(error))
    section = document.layout.section_of(line)
    document.spoiled.add(section)
    if statement is not None and statement.header and statement.path is None:
        document.spoiled.add(())
    path = (statement.path if statement else None) or ()
    lines = document.text.split("\n")
    written = lines[line - 1].strip() if line <= len(lines) else ""
    code, said, remedy = _sentence(message)
    column = key_path(path) or (key_path(section) if section != ("?",) else "")
    document.findings.append(Finding("error", document.name, line, column or None, _short(written), code, said, remedy))


def _sentence(message: str) -> tuple[str, str, str]:
    if message.startswith(_TWICE):
        return (
            "duplicate_key",
            say("This stands in the file twice."),
            say("Remove or rename one of the two; entries of one kind have two brackets: [[benefit]]."),
        )
    if message.startswith(
        ("Unterminated", "Illegal character", "Expected \"'", "Expected '\"", "Unescaped", "Invalid hex", "Escaped")
    ):
        return (
            "toml",
            say("A text is not written as TOML writes it."),
            say("Put it in quotation marks, on one line, with two backslashes for one."),
        )
    if message.startswith("Unclosed"):
        return "toml", say("A bracket is not closed."), say("Close it, with commas between the values.")
    if message.startswith(("Invalid value", "Invalid date", "Expected newline")):
        return (
            "toml",
            say("This value cannot be read."),
            say("Put texts in quotation marks; write a day as 2024-06-30, a number as 1500.25, or true or false."),
        )
    if message.startswith(("Invalid statement", "Invalid initial", "Expected '='", "Expected \"='")):
        return "toml", say("This line says nothing."), say("Write key = value, [table] or [[entry]]; a remark begins with #.")
    return "toml", say("This is not TOML ({why}).", why=message), say("Write key = value, [table] or [[entry]].")


def _unquoted(text: str | None) -> str | None:
    """A short text as its reader sees it."""
    quoted = text is not None and len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]
    return text[1:-1] if text is not None and quoted else text


def _of_value(place: Place) -> bool:
    return not place.text.startswith("[[") and not (place.text.startswith("[") and "=" not in place.text and "," not in place.text)


def _short(text: str | None) -> str | None:
    if text is None:
        return None
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _of_file(name: str, code: str, message: str, remedy: str, line: int | None = None) -> Finding:
    return Finding("error", name, line, None, None, code, message, remedy)
