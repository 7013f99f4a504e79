"""What the checks of an inquiry look at, by which limits, and how a finding about a cell is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from difflib import get_close_matches
from math import isfinite
from typing import Any

from socle.coverage.series_inquiry import Inquiry
from socle.errors import Finding, InputError, Severity
from socle.tables import Table
from socle.vocabulary import say

Findings = Iterator[Finding]
#: The sheets of figures, and the column the figure stands in.
FIGURES: Mapping[str, str] = {
    "protected": "persons", "recipients": "persons", "amounts": "amount", "expenditure": "amount", "receipts": "amount",
    "denominators": "persons", "overlaps": "persons", "legal": "persons",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a figure is asked about. Shares of 1: ``jump`` against the year before, of figures that differ by ``least``
    persons at least; ``tolerance`` of amounts that should be the same; ``balance``: receipts and expenditure apart, as a share of
    the larger; ``administration``: of all that a scheme spends."""

    jump: float = 0.5
    least: float = 1000.0
    tolerance: float = 0.02
    balance: float = 0.9
    administration: float = 0.5

    def __post_init__(self) -> None:
        wrong = [_wrong(name, value) for name, value in asdict(self).items()
                 if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0]
        if wrong:
            raise InputError(say("An option says what it cannot."), findings=wrong)

    def as_dict(self) -> dict[str, float]:
        return asdict(self)

    @classmethod
    def of(cls, told: Limits | Mapping[str, object] | None) -> Limits:
        """Limits, or those of a mapping as JSON says them. An ``InputError`` holds everything that is wrong."""
        if told is None or isinstance(told, cls):
            return told or cls()
        if not isinstance(told, Mapping):
            raise InputError(say("“{value}” is no options.", value=told), where={"column": "options", "value": str(told)},
                             remedy=say('Give a mapping: {"jump": 0.5}.'))
        return cls._made((str(name), value) for name, value in told.items())

    @classmethod
    def parse(cls, pairs: Iterable[str]) -> Limits:
        """From ``name=value`` texts, as a command line says them. An ``InputError`` holds everything that is wrong."""
        parts = (pair.partition("=") for pair in pairs)
        return cls._made((name.strip(), value.strip()) for name, _, value in parts)

    @classmethod
    def _made(cls, pairs: Iterable[tuple[str, object]]) -> Limits:
        said: dict[str, Any] = {}
        findings = []
        names = tuple(one.name for one in fields(cls))
        for name, value in pairs:
            if name not in names:
                near = get_close_matches(name, names, n=1, cutoff=0.5)
                findings.append(Finding("error", None, None, name, str(value), "unknown_option",
                                        say("There is no option {name}.", name=name),
                                        say("Did you mean {near}?", near=near[0]) if near
                                        else say("Use one of: {codes}.", codes=", ".join(names))))
                continue
            try:
                said[name] = float(value) if isinstance(value, str) else value
            except ValueError:
                said[name] = value
        findings += [_wrong(name, value) for name, value in said.items() if not _is_limit(value)]
        if findings:
            raise InputError(say("An option says what it cannot."), findings=findings)
        return cls(**said)


def _is_limit(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and isfinite(value) and value >= 0


def _wrong(name: str, value: object) -> Finding:
    return Finding("error", None, None, name, str(value), "number",
                   say("“{value}” is not a number for {key}.", value=value, key=name), say("Write it as {key}=0.5.", key=name))


@dataclass(frozen=True)
class Asked:
    """An inquiry, the one of the year before where there is one, the limits, and the day it is read."""

    inquiry: Inquiry
    before: Inquiry | None
    limits: Limits
    today: date

    def table(self, sheet: str) -> Table:
        return self.inquiry.book[sheet]

    def figures(self, sheet: str) -> list[Any]:
        return figures_of(self.table(sheet))

    def scheme_of(self, sheet: str, place: int) -> str:
        """The scheme of a row of figures; empty where its row is not there."""
        table = self.table(sheet)
        if "scheme" in table.columns:
            return str(table["scheme"][place])
        benefit = self.inquiry.benefits.get(table["benefit"][place])
        return benefit.scheme.key if benefit else ""


def figures_of(table: Table) -> list[Any]:
    """The figure of every row; None where it is not available, whatever stands in the cell."""
    column = FIGURES[table.sheet.name]
    return [None if status == "not_available" else value for value, status in zip(table[column], table["status"], strict=True)]


def at(table: Table, place: int, column: str, *, severity: Severity, code: str, message: str, remedy: str) -> Finding:
    """A finding about one cell."""
    value = table[column][place]
    text = None if value is None else "yes" if value is True else "no" if value is False else (
        getattr(value, "text", None) or (";".join(value) if isinstance(value, tuple) else str(value)))
    return Finding(severity, table.sheet.name, table.numbers[place], column, text, code, message, remedy)
