"""Worked cases beside a scheme: the facts given, the day, the answer that must come out, and who says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from socle.errors import Finding
from socle.schemes.documents import decoded, read_document
from socle.schemes.entries import Entries, Entry, read_entry, read_section
from socle.schemes.keys import ANSWER, CASE
from socle.schemes.reading import contents, in_order
from socle.vocabulary import Source, say

#: Amounts that differ by less are equal: half of a hundredth.
_HALF_A_CENT = 0.005


class Answered(Protocol):
    """What answers a question: see ``entitlements.Answer``."""

    @property
    def entitled(self) -> bool | None: ...
    @property
    def amount(self) -> float | None: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def per(self) -> str | None: ...
    @property
    def missing(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Case:
    """``answer`` holds what must come out: ``entitled`` (None: unknown), and, where they are compared, ``amount`` (None: unknown),
    ``currency``, ``per`` and ``missing``. ``facts`` are as written."""

    name: str
    day: date
    facts: Mapping[str, Any]
    answer: Mapping[str, Any]
    source: Source
    line: int = 0

    def differences(self, answer: Answered) -> tuple[str, ...]:
        """Sentences, one for each part of the answer that is not as it must be; none where the case holds."""
        return tuple(
            say("{what} must be {wanted}, and is {given}.", what=key, wanted=_shown(wanted), given=_shown(getattr(answer, key)))
            for key, wanted in self.answer.items()
            if not _equal(wanted, getattr(answer, key))
        )


@dataclass(frozen=True, slots=True)
class CasesRead:
    """The cases that could be read, and what is wrong with the others."""

    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]


def read_cases(path: str | os.PathLike[str], *, name: str | None = None) -> CasesRead:
    """Read a file of worked cases (``cases.toml``)."""
    called = name or str(path)
    content, findings = contents(path, called)
    return CasesRead((), findings) if content is None else parse_cases(content, name=called)


def parse_cases(text: str | bytes, *, name: str = "cases.toml") -> CasesRead:
    """Read worked cases from their text, or from the bytes of a file."""
    begin = say("Write [[case]] with day, facts, answer and source.")
    whole, wrong = decoded(text.encode() if isinstance(text, str) else text, name, begin=begin)
    if whole is None:
        return CasesRead((), tuple(wrong))
    document = read_document(whole, name)
    entries = read_section(document, CASE)
    cases = [_case(entries, entry) for entry in entries.of("case")]
    if not entries.of("case") and not document.findings:
        document.tell("empty", (), say("There is no case in the file."), begin)
    return CasesRead(tuple(case for case in cases if case is not None), in_order(document))


def _case(entries: Entries, entry: Entry) -> Case | None:
    given = entry.values.get("answer")
    if given is None:
        return None
    answer = read_entry(entries, ANSWER, (*entry.path, "answer"), given)
    source = entries.source(entry)
    lacking = {"day", "facts"} - entry.values.keys() or {"entitled"} - answer.values.keys()
    if entry.wrong or answer.wrong or lacking or source is None:
        return None
    said = entry.values
    return Case(said.get("name", ""), said["day"], said["facts"], answer.values, source, entries.document.line(entry.path))


def _equal(wanted: object, given: object) -> bool:
    if isinstance(wanted, float) and isinstance(given, int | float):
        return abs(wanted - given) < _HALF_A_CENT
    if isinstance(wanted, tuple):
        return isinstance(given, tuple) and set(wanted) == set(given)
    return wanted == given


def _shown(value: object) -> str:
    if value is None:
        return say("unknown")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "[]"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
