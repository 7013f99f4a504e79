"""What a rule says, as a tree. A rule is text that is parsed to these dataclasses; nothing is ever executed.

The meaning is the language's own, because engines differ (docs/reference/rule-language.md):

- a **number** is an IEEE 754 double in every engine; ``x / 0`` is unknown;
- a **day** is the whole number ``10000 year + 100 month + day``; an age is in completed years, ``floor((on - born) / 10000)``;
- a **truth** is true, false or unknown (Kleene): unknown is not false;
- a missing fact is unknown, and what is computed from something unknown is unknown, except where ``and``, ``or``, ``any`` and
  ``all`` are decided by what is known;
- **rounding** is half away from zero, and what is within a millionth of a half counts as a half (so 1.005 rounds to 1.01).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Type = Literal["number", "truth", "day", "code"]
Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Operator = Literal["+", "-", "*", "/"]
Function = Literal["min", "max", "round", "clip", "abs", "floor", "years", "months", "days"]
Over = Literal["count", "sum", "any", "all"]


@dataclass(frozen=True, slots=True)
class Number:
    """``70``, ``0.015``, ``1_500``, ``40%`` (0.4)."""

    value: float


@dataclass(frozen=True, slots=True)
class Truth:
    """``true``, ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Day:
    """``2024-02-28``, as the whole number 20240228."""

    value: int


@dataclass(frozen=True, slots=True)
class Word:
    """A code, in quotes: ``"rural"``."""

    value: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a person, a household or the country, by its name in the vocabulary: ``age``, ``poverty_line``."""

    name: str


@dataclass(frozen=True, slots=True)
class Today:
    """``today``: the day for which the question is asked."""


@dataclass(frozen=True, slots=True)
class Compare:
    op: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class In:
    """``region in ("north", "south")``."""

    item: Expression
    options: tuple[Number | Day | Word, ...]


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    part: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """``min(a, b, ...)``, ``max(a, b, ...)``, ``clip(x, low, high)``, ``round(x)``, ``round(x, decimals)``, ``abs(x)``,
    ``floor(x)``; completed ``years(from, to)``, completed ``months(from, to)``, ``days(from, to)`` between two days."""

    function: Function
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``if condition then this else that``; unknown where the condition is."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Lookup:
    """``accrual[years_of_service]``: the row of a dated table of the scheme; unknown where no row fits."""

    table: str
    key: Expression


@dataclass(frozen=True, slots=True)
class Household:
    """``count(members, p)``, ``sum(members, x)``, ``sum(members, x, p)``, ``any(members, p)``, ``all(members, p)``.

    Inside, a fact is that of each member. ``count`` and ``sum`` are unknown where one member's is; a household without members
    counts 0, sums 0, has not any, and has all.
    """

    over: Over
    each: Expression
    where: Expression | None = None


Expression: TypeAlias = (Number | Truth | Day | Word | Fact | Today | Compare | In | And | Or | Not | Arithmetic | Negative | Call
                         | Choice | Lookup | Household)
