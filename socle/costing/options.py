"""The conventions of a costing: each an option with a name, printed with every result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, Literal

from socle.costing.ramps import ramp_of
from socle.errors import Finding, InputError
from socle.vocabulary import EXTRAPOLATIONS, FIRST_YEAR, LAST_YEAR, say

#: What an option may say, where it says a word.
WORDS = {
    "administration_of": ("benefits", "total", "none"),
    "prices": ("current", "constant"),
    "indexation": ("none", "prices", "wages", "gdp_per_capita"),
    "average": ("weighted", "unweighted", "median", "none"),
    "ramp_between": ("step", "linear"),
    "law": ("mid_year", "pro_rata"),
    "extrapolate": (*EXTRAPOLATIONS,),
}
_SHARES = ("administration", "take_up", "coverage")
MONTH = "365/12 days"
#: What ``as_dict`` prints and nobody chose.
_AS_PRINTED = (("month", MONTH), ("extrapolate", ""))


@dataclass(frozen=True, slots=True)
class Options:
    """Every convention of the identity (methods.md, section 1), printed with every result. None: as the scheme file says."""

    administration: float | None = None  # share (0-1); None: of the file, or 0 with a warning
    administration_of: Literal["benefits", "total", "none"] | None = None  # none: excluded
    prices: Literal["current", "constant"] = "current"
    base_year: int | None = None  # of prices and amounts; None: the first year
    indexation: Literal["none", "prices", "wages", "gdp_per_capita"] | float | None = (
        None  # None: of the file; a number: fixed rate
    )
    take_up: float = 1.0  # share (0-1) of the covered who claim
    average: Literal["weighted", "unweighted", "median", "none"] = "none"  # over countries
    coverage: float | None = None  # share (0-1) of the target group, in every year
    ramp: str | None = None  # immediate, linear:..., logistic:..., cohort:...
    ramp_between: Literal["step", "linear"] = "step"  # between the years of the file's ramp
    law: Literal["mid_year", "pro_rata"] = "mid_year"  # the law of 1 July, or of each day of the year
    extrapolate: str = ""  # of series that do not say so themselves; empty: none

    def __post_init__(self) -> None:
        wrong = [*self._wrong()]
        if wrong:
            raise InputError(say("An option says what it cannot."), findings=wrong)

    def as_dict(self) -> dict[str, object]:
        """Every option by name, and what is not to be chosen: the length of a month."""
        return {**asdict(self), "month": MONTH}

    @classmethod
    def of(cls, told: Options | Mapping[str, object] | None) -> Options:
        """Options, or those of a mapping as JSON says them: ``{"take_up": 0.5}``; a text is read as on a command line. None: the
        defaults. An ``InputError`` holds everything that is wrong."""
        if told is None or isinstance(told, cls):
            return told or cls()
        if not isinstance(told, Mapping):
            raise InputError(say("“{value}” is no options.", value=told), where={"column": "options", "value": str(told)},
                             remedy=say('Give costing.Options(take_up=0.5), or a mapping: {"take_up": 0.5}.'))
        return cls._made(((str(name), value) for name, value in told.items() if (name, value) not in _AS_PRINTED), cls())

    @classmethod
    def parse(cls, pairs: Iterable[str], *, before: Options | None = None) -> Options:
        """From ``name=value`` texts, as a command line or a scenario says them: ``administration=15%``, ``base_year=2025``. An
        ``InputError`` holds everything that is wrong."""
        parts = (pair.partition("=") for pair in pairs)
        return cls._made(((name.strip(), value.strip()) for name, _, value in parts), before or cls())

    @classmethod
    def _made(cls, pairs: Iterable[tuple[str, object]], before: Options) -> Options:
        said: dict[str, Any] = {}
        findings: list[Finding] = []
        for written, value in pairs:
            name = written.replace("-", "_")
            try:
                said[name] = _read(name, value)
            except InputError as wrong:
                findings += wrong.findings
        try:
            made = replace(before, **said)
        except InputError as wrong:
            findings += wrong.findings
            made = cls()
        if findings:
            raise InputError(say("An option says what it cannot."), findings=findings)
        return made

    def _wrong(self) -> Iterable[Finding]:
        for name in _SHARES:
            value = getattr(self, name)
            if (value is not None or name == "take_up") and not (_is_number(value) and 0 <= value <= 1):
                yield _finding(
                    name, value, say("{key} is no share from 0 to 1.", key=name), say("Write 15% or 0.15."), "share_range"
                )
        if self.administration == 1 and self.administration_of == "total":
            yield _finding(
                "administration", 1, say("Administration cannot be the whole cost."), say("Write a smaller share."), "share_range"
            )
        for name, words in WORDS.items():
            value = getattr(self, name)
            if value not in (None, "", *words) and not (name == "indexation" and _is_number(value) and -1 < value <= 1):
                near = get_close_matches(str(value), words, n=1)
                yield _finding(
                    name,
                    value,
                    say("“{value}” is not a word for {key}.", value=value, key=name),
                    say("Did you mean {near}?", near=near[0]) if near else say("Use one of: {codes}.", codes=", ".join(words)),
                    "unknown_code",
                )
        if self.base_year is not None and not (isinstance(self.base_year, int) and FIRST_YEAR <= self.base_year <= LAST_YEAR):
            yield _finding(
                "base_year",
                self.base_year,
                say("“{value}” is no year.", value=self.base_year),
                say("Write a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR),
                "year",
            )
        if self.ramp is not None:
            try:
                ramp_of(str(self.ramp))
            except InputError as wrong:
                yield from wrong.findings


_NAMES = tuple(one.name for one in fields(Options))


def _finding(name: str, value: object, message: str, remedy: str, code: str) -> Finding:
    return Finding("error", None, None, name, str(value), code, message, remedy)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def share_of(text: str) -> float:
    """``15%`` or ``0.15``; a ``ValueError`` for anything else."""
    text = text.strip()
    return float(text.removesuffix("%").strip()) / 100 if text.endswith("%") else float(text)


def _read(name: str, value: object) -> object:
    """The value of an option, from a text or as it is."""
    if name not in _NAMES:
        near = get_close_matches(name, _NAMES, n=1, cutoff=0.5)
        remedy = say("Did you mean {near}?", near=near[0]) if near else say("Use one of: {codes}.", codes=", ".join(_NAMES))
        raise InputError(
            say("There is no option {name}.", name=name),
            findings=[_finding(name, value, say("There is no option {name}.", name=name), remedy, "unknown_option")],
        )
    if value == "":
        told = say("{name} is given no value.", name=name)
        remedy = say("Write {name}=value, or {name}=file for what holds without it.", name=name)
        raise InputError(told, findings=[_finding(name, "", told, remedy, "required")])
    if value is None or value == "file":
        return {one.name: one.default for one in fields(Options)}[name]
    if not isinstance(value, str):
        return value
    try:
        if name in _SHARES:
            return share_of(value)
        if name == "base_year":
            return int(value)
        if name == "indexation" and value not in WORDS["indexation"]:
            return share_of(value)
    except ValueError:
        if name == "indexation":
            return value
        told = say("“{value}” is no number.", value=value)
        raise InputError(
            told, findings=[_finding(name, value, told, say("Write it as {name}=0.15.", name=name), "number")]
        ) from None
    return value
