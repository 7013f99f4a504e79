"""What the text of a version says, as the library reads it. Read once, and remembered by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from socle import datasets, schemes
from socle.errors import Finding, InputError
from socle.schemes import Scheme
from socle.tables import Economy
from socle.vocabulary import language
from socle_web.schemes.models import Kind


@dataclass(frozen=True)
class Told:
    """What a file says of itself, and all that is wrong or remarkable about it."""

    findings: tuple[Finding, ...] = ()
    key: str = ""
    country: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    scheme: Scheme | None = None
    economy: Economy | None = None

    @property
    def is_sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True)
class Tried:
    """One worked case: what it gives, what was expected, what came out; ``finding`` where they differ."""

    name: str
    source: str
    facts: Sequence[tuple[str, object]]
    expected: Sequence[tuple[str, object]]
    answered: Sequence[tuple[str, object]]
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.finding is None


@dataclass(frozen=True)
class TriedCases:
    cases: tuple[Tried, ...] = ()
    findings: tuple[Finding, ...] = ()


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, *, kind: str = Kind.SCHEME, name: str = "") -> Told:
    return _read(text, str(kind), name or ("scheme.toml" if kind == Kind.SCHEME else "economy.toml"), language())


def scheme_of(text: str) -> Scheme:
    """Raises ``InputError`` with everything that is wrong with it."""
    told = read(text)
    if told.scheme is None or not told.is_sound:
        raise InputError("", findings=told.findings)
    return told.scheme


@lru_cache(maxsize=256)
def _read(text: str, kind: str, name: str, _language: str) -> Told:
    if kind == Kind.ECONOMY:
        return _economy(text, name)
    reading = schemes.parse(text, name=name)
    scheme = reading.scheme
    if scheme is None:
        return Told(tuple(reading.findings))
    return Told(tuple(reading.findings), scheme.id, scheme.country, dict(scheme.name), scheme)


def _economy(text: str, name: str) -> Told:
    reading = datasets.read_economy(text.encode(), name=name)
    economy = reading.economy
    return Told(reading.findings, *(("economy", economy.country) if economy else ()), economy=economy)


def cases(text: str, written: str, *, name: str = "cases.toml") -> TriedCases:
    """Every worked case, worked out anew."""
    return TriedCases()
