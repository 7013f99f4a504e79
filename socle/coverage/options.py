"""The conventions of a report on coverage: each an option with a name, printed with every result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from typing import Any, Literal

from socle.errors import Finding, InputError
from socle.vocabulary import say

WORDS: Mapping[str, tuple[str, ...]] = {
    "children": ("0-14", "0-17"),
    "work_injury": ("employed", "labour_force"),
    "sickness": ("in", "out"),
    "contributors": ("any", "pension"),
}
YOUNGEST_RETIREMENT, OLDEST_RETIREMENT = 40, 80


@dataclass(frozen=True, slots=True)
class Options:
    """``children``: ages of a denominator that is taken from the population. ``retirement_age``: completed years; None: an open
    age group of the inquiry where there is one, and 65 where the population is asked. ``work_injury``: the denominator of that
    series. ``sickness``: whether sickness benefits are inside ``at least one benefit``. ``contributors``: of any scheme that is
    not of health alone, or of those with old-age pensions."""

    children: Literal["0-14", "0-17"] = "0-17"
    retirement_age: int | None = None
    work_injury: Literal["employed", "labour_force"] = "employed"
    sickness: Literal["in", "out"] = "in"
    contributors: Literal["any", "pension"] = "any"

    def __post_init__(self) -> None:
        wrong = [*self._wrong()]
        if wrong:
            raise InputError(say("An option says what it cannot."), findings=wrong)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of(cls, told: Options | Mapping[str, object] | None) -> Options:
        """Options, or those of a mapping as JSON says them. An ``InputError`` holds everything that is wrong."""
        if told is None or isinstance(told, cls):
            return told or cls()
        if not isinstance(told, Mapping):
            raise InputError(say("“{value}” is no options.", value=told), where={"column": "options", "value": str(told)},
                             remedy=say('Give a mapping: {"work_injury": "labour_force"}.'))
        return cls._made((str(name), value) for name, value in told.items())

    @classmethod
    def parse(cls, pairs: Iterable[str]) -> Options:
        """From ``name=value`` texts, as a command line says them. An ``InputError`` holds everything that is wrong."""
        parts = (pair.partition("=") for pair in pairs)
        return cls._made((name.strip(), value.strip()) for name, _, value in parts)

    @classmethod
    def _made(cls, pairs: Iterable[tuple[str, object]]) -> Options:
        said: dict[str, Any] = {}
        findings: list[Finding] = []
        names = tuple(one.name for one in fields(cls))
        for written, value in pairs:
            name = written.replace("-", "_")
            if name not in names:
                near = get_close_matches(name, names, n=1, cutoff=0.5)
                findings.append(_finding(name, value, say("There is no option {name}.", name=name),
                                         say("Did you mean {near}?", near=near[0]) if near
                                         else say("Use one of: {codes}.", codes=", ".join(names)), "unknown_option"))
            elif name == "retirement_age" and isinstance(value, str) and value.isdecimal() and len(value) < 4:
                said[name] = int(value)
            else:
                said[name] = value
        try:
            made = cls(**said)
        except InputError as wrong:
            findings += wrong.findings
            made = cls()
        if findings:
            raise InputError(say("An option says what it cannot."), findings=findings)
        return made

    def _wrong(self) -> Iterable[Finding]:
        for name, words in WORDS.items():
            value = getattr(self, name)
            if value not in words:
                near = get_close_matches(str(value), words, n=1)
                yield _finding(name, value, say("“{value}” is not a word for {key}.", value=value, key=name),
                               say("Did you mean {near}?", near=near[0]) if near
                               else say("Use one of: {codes}.", codes=", ".join(words)), "unknown_code")
        age = self.retirement_age
        if age is not None and not (isinstance(age, int) and YOUNGEST_RETIREMENT <= age <= OLDEST_RETIREMENT):
            yield _finding("retirement_age", age, say("“{value}” is no retirement age.", value=age),
                           say("Write completed years from {first} to {last}.", first=YOUNGEST_RETIREMENT, last=OLDEST_RETIREMENT),
                           "unknown_code")


def _finding(name: str, value: object, message: str, remedy: str, code: str) -> Finding:
    return Finding("error", None, None, name, str(value), code, message, remedy)
