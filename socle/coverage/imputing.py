"""What stands for a value that is missing, where somebody asks for it; always by a method with a name, always shown apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from socle.coverage.aggregates import Bools, Floats
from socle.errors import InputError
from socle.vocabulary import say

METHODS = ("last_observation", "linear", "region_median")
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Imputation:
    """``last_observation``: the country's last value, of at most ``years`` years ago; ``linear``: on the line between its values
    before and after; ``region_median``: the unweighted median of the region's values of the year."""

    method: str
    years: int = _YEARS

    @classmethod
    def parse(cls, text: str) -> Imputation | None:
        """``last_observation``, ``last_observation:3``, ``linear``, ``region_median``; None for ``none``."""
        name, colon, years = text.strip().partition(":")
        if name in ("none", "") and not colon:
            return None
        if name not in METHODS or (colon and (name != "last_observation" or not re.fullmatch(r"\d{1,2}", years, re.ASCII))):
            raise InputError(say("“{value}” is no method of imputation.", value=text), where={"column": "impute", "value": text},
                             remedy=say("Use one of: {codes}.",
                                        codes="last_observation, last_observation:3, linear, region_median, none"))
        return cls(name, int(years) if colon else _YEARS)

    @property
    def text(self) -> str:
        return f"{self.method}:{self.years}" if self.method == "last_observation" else self.method


def imputed(how: Imputation, value: Floats, valued: Bools, weight: Floats, years: Sequence[int],
            members: Sequence[Any]) -> tuple[list[Floats], Floats]:
    """For each region, values by group, member and year where there are none (nan elsewhere); and the weights behind them."""
    missing = np.where(valued, 0.0, weight)
    if how.method == "region_median":
        found = []
        for places in members:
            own = value[:, places]
            some = valued[:, places].any(axis=1)
            middle = np.full(some.shape, np.nan)
            if some.any():
                middle[some] = np.nanmedian(np.moveaxis(own, 1, 2)[some], axis=1)
            found.append(np.where(valued[:, places], np.nan, middle[:, None]))
        return found, missing
    guess = _carried(value, valued, years, how.years) if how.method == "last_observation" else _between(value, valued, years)
    guess = np.where(valued, np.nan, guess)
    return [guess[:, places] for places in members], missing


def _carried(value: Floats, valued: Bools, years: Sequence[int], most: int) -> Floats:
    at, last = np.array(years), _before(valued)
    found = np.take_along_axis(value, np.maximum(last, 0), axis=-1)
    return np.where((last >= 0) & (at - at[np.maximum(last, 0)] <= most), found, np.nan)


def _between(value: Floats, valued: Bools, years: Sequence[int]) -> Floats:
    at, count = np.array(years, dtype=np.float64), len(years)
    last, following = _before(valued), count - 1 - _before(valued[..., ::-1])[..., ::-1]
    there = (last >= 0) & (following < count)
    one, other = np.maximum(last, 0), np.minimum(following, count - 1)
    start, end = np.take_along_axis(value, one, axis=-1), np.take_along_axis(value, other, axis=-1)
    width = np.where(at[other] > at[one], at[other] - at[one], 1.0)
    return np.where(there, start + (end - start) * (at - at[one]) / width, np.nan)


def _before(valued: Bools) -> Any:
    """The place of the last value up to each year; -1 where there is none."""
    return np.maximum.accumulate(np.where(valued, np.arange(valued.shape[-1]), -1), axis=-1)
