"""What the text of a version says, as the library reads it. Read once, and remembered by digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from socle import datasets, schemes
from socle.errors import Finding, InputError
from socle.schemes import Scheme
from socle.tables import Economy
from socle.vocabulary import language
from socle_web.schemes.models import Kind

ECONOMY = "economy"  # the key of every file of an economy: a country has one
_ID = re.compile(r"""^id\s*=\s*["']([a-z0-9][a-z0-9-]{0,99})["']""", re.MULTILINE)


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
        return Told(tuple(reading.findings), _id_of(text))
    return Told(tuple(reading.findings), scheme.id, scheme.country, dict(scheme.name), scheme)


def _id_of(text: str) -> str:
    """What a file that cannot be read yet is called, as far as it says so."""
    found = _ID.search(text)
    return found[1] if found else ""


def _economy(text: str, name: str) -> Told:
    reading = datasets.read_economy(text.encode(), name=name)
    economy = reading.economy
    return Told(reading.findings) if economy is None else Told(reading.findings, ECONOMY, economy.country, economy=economy)
