"""Weights of countries: how many persons a percentage is a percentage of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import InputError
from socle.vocabulary import say

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Persons by country and year; of one series or sex where ``series`` or ``sex`` is not empty (empty: of all).

    ``name`` is what the options of a report call them. ``sexed``: whether the source tells the sexes apart.
    """

    country: tuple[str, ...]
    year: tuple[int, ...]
    persons: tuple[float | None, ...]
    series: tuple[str, ...]
    sex: tuple[str, ...]
    name: str = ""

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], *, name: str = "") -> Weights:
        """Of rows with country, year, persons, and where there are series and sex. Raises ``InputError`` for a key that is there
        twice and for fewer persons than none."""
        rows = list(rows)
        seen: set[tuple[object, ...]] = set()
        for row in rows:
            key = (row["country"], int(row["year"]), row.get("series") or "", row.get("sex") or "")
            persons = row["persons"]
            if key in seen or (persons is not None and not float(persons) >= 0):
                text = "/".join(str(part) for part in key if part)
                raise InputError(say("“{key}” has no one weight.", key=text), where={"column": "persons", "value": text},
                                 remedy=say("Give each country and year one number of persons, from 0 upwards."))
            seen.add(key)
        return cls(tuple(row["country"] for row in rows), tuple(int(row["year"]) for row in rows),
                   tuple(None if row["persons"] is None else float(row["persons"]) for row in rows),
                   tuple(row.get("series") or "" for row in rows), tuple(row.get("sex") or "" for row in rows), name)

    @property
    def sexed(self) -> bool:
        return any(self.sex)

    @property
    def by_series(self) -> bool:
        return any(self.series)

    @cached_property
    def _columns(self) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_], npt.NDArray[np.int64], Floats]:
        return (np.array(self.series, dtype=np.str_), np.array(self.sex, dtype=np.str_), np.array(self.year, dtype=np.int64),
                np.array([np.nan if one is None else one for one in self.persons]))

    def matrix(self, series: str, sex: str, countries: Mapping[str, int], years: Sequence[int]) -> Floats:
        """Persons by country and year, nan where they are not known. Those of the very series and sex come first, then those that
        name none; where the source tells no sexes apart, one weight serves each."""
        found = np.full((len(countries), len(years)), np.nan)
        if not self.country or not countries or not years:
            return found
        place = {year: number for number, year in enumerate(years)}
        of_series, of_sex, of_year, persons = self._columns
        rows = np.array([countries.get(code, -1) for code in self.country])
        columns = np.array([place.get(year, -1) for year in of_year.tolist()])
        there = (rows >= 0) & (columns >= 0) & ~np.isnan(persons)
        for one in dict.fromkeys(("", series)):
            for other in dict.fromkeys(("", sex)):
                chosen = there & (of_series == one) & (of_sex == other)
                found[rows[chosen], columns[chosen]] = persons[chosen]
        return found


def near(known: Floats, years: Sequence[int]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Weights along the last axis, the years, with those of the nearest year where one is missing (of two the earlier), and where
    that was done."""
    missing = np.isnan(known)
    if not missing.any():
        return known, missing
    count = known.shape[-1]
    at, places = np.array(years), np.arange(count)
    before = np.maximum.accumulate(np.where(missing, -1, places), axis=-1)
    after = np.minimum.accumulate(np.where(missing, count, places)[..., ::-1], axis=-1)[..., ::-1]
    far = 10_000
    back = np.where(before >= 0, at - at[np.maximum(before, 0)], far)
    ahead = np.where(after < count, at[np.minimum(after, count - 1)] - at, far)
    nearest = np.where(back <= ahead, np.maximum(before, 0), np.minimum(after, count - 1))
    filled = np.take_along_axis(known, nearest, axis=-1)
    return filled, missing & ~np.isnan(filled)
