"""How coverage grows: at once, by points a year, along a logistic curve, by cohort, or as the file's ramp says.

immediate                        everyone of the target group, from the first year
linear:2026:20%                  +20 points a year, the first of them in 2026 (a third figure: what is covered before)
logistic:2030:0.5                half in 2030, c(t) = 1 / (1 + exp(-0.5 (t - 2030))) (a third figure: the ceiling)
cohort:2026:up:2                 of a child benefit, ages 0 to 2 in 2026, 0 to 3 in 2027 ...: nobody grows out of it
cohort:2026:down:75              of an old-age benefit, 75 and over in 2026, 74 and over in 2027 ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from socle.errors import Finding, InputError
from socle.schemes import Ramp
from socle.tables import LAST_AGE
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, say

Floats = npt.NDArray[np.float64]
KINDS = ("immediate", "linear", "logistic", "cohort")


@dataclass(frozen=True, slots=True)
class RampShape:
    """A ramp of the options: what the words of ``ramp_of`` say."""

    kind: Literal["immediate", "linear", "logistic", "cohort"]
    year: int = 0
    pace: float = 1.0  # points a year (linear), steepness (logistic), ages a year (cohort)
    level: float = 0.0  # covered before (linear), ceiling (logistic), age (cohort)
    direction: Literal["up", "down", ""] = ""

    def coverage(self, years: Sequence[int]) -> Floats:
        """Shares of the target group, by year."""
        t = np.asarray(years, dtype=np.float64)
        if self.kind == "linear":
            return np.clip(self.level + self.pace * np.maximum(0.0, t - self.year + 1), 0.0, 1.0)
        if self.kind == "logistic":
            return np.asarray(self.level / (1 + np.exp(np.clip(-self.pace * (t - self.year), -700, 700))))
        return np.where(t >= self.year, 1.0, 0.0) if self.kind == "cohort" else np.ones(len(t))

    def ages(self, years: Sequence[int]) -> npt.NDArray[np.bool_] | None:
        """``[year, age]``: the cohorts that have come in; None where the ramp does not go by age."""
        if self.kind != "cohort":
            return None
        age = np.arange(LAST_AGE + 1)[None, :]
        moved = self.pace * (np.asarray(years)[:, None] - self.year)
        return age <= self.level + moved if self.direction == "up" else age >= self.level - moved


def ramp_of(text: str) -> RampShape:
    """What the words say; an ``InputError`` shows how they are written."""
    kind, *rest = (part.strip() for part in text.split(":"))
    try:
        if kind == "immediate" and not rest:
            return RampShape("immediate")
        if kind == "linear" and len(rest) in (2, 3):
            return _within(RampShape("linear", int(rest[0]), _share(rest[1]), _share(rest[2]) if len(rest) > 2 else 0.0))
        if kind == "logistic" and len(rest) in (2, 3):
            return _within(RampShape("logistic", int(rest[0]), float(rest[1]), _share(rest[2]) if len(rest) > 2 else 1.0))
        if kind == "cohort" and len(rest) in (3, 4) and rest[1] in ("up", "down"):
            pace = float(rest[3]) if len(rest) > 3 else 1.0
            return _within(RampShape("cohort", int(rest[0]), pace, float(rest[2]), "up" if rest[1] == "up" else "down"))
    except ValueError:
        pass
    message = say("“{value}” is not a ramp.", value=text)
    remedy = say("Write immediate, linear:2026:20%, logistic:2030:0.5, cohort:2026:up:2 or cohort:2026:down:75.")
    raise InputError(message, findings=[Finding("error", None, None, "ramp", text, "ramp", message, remedy)])


def _within(shape: RampShape) -> RampShape:
    top = LAST_AGE if shape.kind == "cohort" else 1.0
    if not (FIRST_YEAR <= shape.year <= LAST_YEAR and 0 < shape.pace <= 100 and 0 <= shape.level <= top):
        raise ValueError(shape)
    return shape


def _share(text: str) -> float:
    return float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)


def followed(ramp: Sequence[Ramp], years: Sequence[int], between: Literal["step", "linear"]) -> tuple[Floats, Floats]:
    """(coverage, beneficiaries) by year along the ramp of a file; NaN where the other of the two says it.

    Before the first entry nobody is covered; from its year on an entry holds until the next. ``linear`` draws straight lines
    between entries of one kind. Without entries everyone of the target group is covered.
    """
    coverage, counted = np.full(len(years), np.nan), np.full(len(years), np.nan)
    entries = sorted(ramp, key=lambda one: one.year)
    if not entries:
        coverage[:] = 1.0
        return coverage, counted
    for place, year in enumerate(years):
        begun = [one for one in entries if one.year <= year]
        if not begun:
            coverage[place] = 0.0
            continue
        now = begun[-1]
        following = entries[len(begun)] if len(begun) < len(entries) else None
        coverage[place] = _on_the_way(
            now.year, now.coverage, following.year if following else 0, following.coverage if following else None, year, between
        )
        counted[place] = _on_the_way(
            now.year,
            now.beneficiaries,
            following.year if following else 0,
            following.beneficiaries if following else None,
            year,
            between,
        )
    return coverage, counted


def _on_the_way(first: int, now: float | None, last: int, then: float | None, year: int, between: str) -> float:
    if now is None:
        return float("nan")
    if between == "step" or then is None:
        return now
    return now + (then - now) * (year - first) / (last - first)
