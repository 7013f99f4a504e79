"""Worked cases, worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from socle import entitlements, schemes
from socle.errors import Finding, InputError
from socle.schemes import Case, Scheme
from socle.vocabulary import FACTS, day, number
from socle_web.schemes.bridge.reading import read

MOST = 200  # cases that are worked out for a page
CASES = "cases.toml"


@dataclass(frozen=True)
class Tried:
    """One worked case: what it gives, what must come out; ``finding`` where something else does."""

    name: str
    on: str
    source: str
    facts: Sequence[tuple[str, str]]
    expected: Sequence[tuple[str, str]]
    reasons: Sequence[str] = ()
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.finding is None


@dataclass(frozen=True)
class TriedCases:
    cases: tuple[Tried, ...] = ()
    findings: tuple[Finding, ...] = ()


def cases(text: str, written: str) -> TriedCases:
    """Every worked case, worked out anew; nothing where the scheme itself cannot be read."""
    scheme = read(text).scheme
    given = schemes.parse_cases(written, name=CASES)
    if scheme is None:
        return TriedCases(findings=given.findings)
    return TriedCases(tuple(_tried(scheme, case) for case in given.cases[:MOST]), given.findings)


def _tried(scheme: Scheme, case: Case) -> Tried:
    reasons: tuple[str, ...] = ()
    try:
        answer = entitlements.judge(scheme, case.facts, on=case.day)
    except InputError as error:
        wrong = [str(error)]
    else:
        wrong = list(case.differences(answer))
        reasons = tuple(reason.text for reason in answer.reasons)
    finding = Finding("error", CASES, case.line or None, "answer", None, "case_fails", " ".join(wrong),
                      _("Correct the scheme, or the case.")) if wrong else None
    expected = [(_answered(name), _written(value)) for name, value in case.answer.items()]
    return Tried(case.name, day(case.day), str(case.source), list(_told(case.facts)), expected, reasons, finding)


def _told(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if name == "members" and isinstance(value, Sequence) and not isinstance(value, str):
            for place, member in enumerate(value, start=1):
                yield from _told(member, _("member %(n)s, ") % {"n": place})
        else:
            known = FACTS.get(name)
            yield before + (known.label() if known else name), _written(value)


def _answered(name: str) -> str:
    words = {"entitled": _("entitled"), "amount": _("amount"), "currency": _("currency"), "per": _("per"), "missing": _("missing")}
    return words.get(name, name)


def _written(value: Any) -> str:
    if value is None:
        return _("unknown")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
