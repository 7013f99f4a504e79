"""A scheme file read: the scheme, and everything that is wrong with the file at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from socle.errors import Finding, InputError
from socle.schemes.building import build, parse_rules
from socle.schemes.checks import check_entries
from socle.schemes.documents import LARGEST_FILE, Document, decoded, read_document
from socle.schemes.entries import read_entries
from socle.schemes.scheme import Scheme
from socle.schemes.settled import remark_rules
from socle.vocabulary import say


@dataclass(frozen=True, slots=True)
class Reading:
    """``scheme`` is None where the file has errors. In a finding ``sheet`` is the file, ``row`` the line, ``column`` the path of
    the key (``benefit[2].amount``: the second entry)."""

    scheme: Scheme | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "warning")

    def required(self) -> Scheme:
        """The scheme; an ``InputError`` with all findings where there is none."""
        if self.scheme is None:
            raise InputError(say("The scheme file has errors."), findings=self.findings)
        return self.scheme


def read(path: str | os.PathLike[str], *, name: str | None = None) -> Reading:
    """Read a scheme file. ``name`` is what findings call it; without it, the path as given."""
    called = name or str(path)
    content, findings = contents(path, called)
    return Reading(None, findings) if content is None else _parsed(content, called)


def parse(text: str | bytes, *, name: str = "scheme.toml") -> Reading:
    """Read a scheme from its text, or from the bytes of a file."""
    return _parsed(text.encode() if isinstance(text, str) else text, name)


def found(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """The scheme files that a path stands for: of a folder every ``scheme.toml`` below it, otherwise the file itself."""
    here = Path(path)
    return tuple(sorted(here.rglob("scheme.toml"))) if here.is_dir() else (here,)


def beside(path: str | os.PathLike[str]) -> Path | None:
    """The worked cases of a scheme file: ``cases.toml`` beside ``scheme.toml``, ``NAME.cases.toml`` beside ``NAME.toml``."""
    here = Path(path)
    cases = here.with_name("cases.toml" if here.name == "scheme.toml" else f"{here.stem}.cases.toml")
    return cases if cases.is_file() else None


def scheme_beside(path: str | os.PathLike[str]) -> Path | None:
    """The scheme file that a file of worked cases stands beside, by its name; None where there is none."""
    here = Path(path)
    scheme = here.with_name("scheme.toml" if here.name == "cases.toml" else f"{here.name.removesuffix('.cases.toml')}.toml")
    return scheme if scheme.is_file() and scheme != here else None


def contents(path: str | os.PathLike[str], name: str) -> tuple[bytes | None, tuple[Finding, ...]]:
    """The bytes of a document of this room, at most one more than it may have; or why there are none."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1), ()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return None, (
            Finding(
                "error",
                name,
                None,
                None,
                None,
                "unreadable",
                say("The file cannot be opened ({why}).", why=why),
                say("Check the name of the file."),
            ),
        )


def _parsed(content: bytes, name: str) -> Reading:
    text, wrong = decoded(content, name)
    if text is None:
        return Reading(None, tuple(wrong))
    document = read_document(text, name)
    if "case" in document.data and not document.data.keys() & {"id", "eligibility", "benefit"}:
        document.tell("cases", ("case",), say("These are worked cases, not a scheme."),
                      say("Name the scheme file: its cases are asked with it."))
        return Reading(None, (document.findings[-1],))
    entries = read_entries(document)
    rules = parse_rules(entries)
    check_entries(entries)
    remark_rules(entries, rules)
    findings = in_order(document)
    if any(finding.severity == "error" for finding in findings):
        return Reading(None, findings)
    return Reading(build(entries, rules, digest=hashlib.sha256(content).hexdigest()), findings)


def in_order(document: Document) -> tuple[Finding, ...]:
    """By line; what concerns the whole file first; nothing twice."""
    once: Iterable[Finding] = dict.fromkeys(document.findings)
    return tuple(sorted(once, key=lambda finding: finding.row or 0))
