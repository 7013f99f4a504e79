"""The people of a country over the years, as rooms pass them to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from socle.errors import InputError
from socle.vocabulary import Source, say

if TYPE_CHECKING:  # numpy takes a fifth of a second to import, and who only names these classes does not need it
    import numpy as np
    import numpy.typing as npt

SEXES = ("female", "male")
LAST_AGE = 100  # and over

Floats: TypeAlias = "npt.NDArray[np.float64]"


@dataclass(frozen=True, eq=False)
class Population:
    """``persons[year, sex, age]``: mid-year persons by year, sex (``SEXES``) and completed age (0 to 100 and over).

    ``births[year]`` are live births of the year where the source states them; otherwise None, and who needs them takes the
    persons of age 0 and says so. ``notes`` tell how the figures were made (graduated from groups, overridden by a register), in
    the language that was spoken when they were.
    """

    country: str                        # ISO 3166-1 alpha-3
    years: tuple[int, ...]
    persons: Floats                     # float64, shape (years, 2, 101), not negative
    source: Source
    variant: str = "medium"
    vintage: str = ""
    births: Floats | None = None        # shape (years,)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wanted = (len(self.years), len(SEXES), LAST_AGE + 1)
        if self.persons.shape != wanted:
            raise ValueError(f"persons has the shape {self.persons.shape}, not {wanted}")

    def year(self, year: int) -> Floats:
        """``[sex, age]`` of one year; an ``InputError`` names the years there are."""
        if year not in self.years:
            raise InputError(
                say("The population of {country} has no year {year}.", country=self.country, year=year),
                where={"column": "year", "value": year},
                remedy=say("It has the years {years}.", years=_written(self.years)))
        one: Floats = self.persons[self.years.index(year)]
        return one

    def total(self, *, first: int = 0, last: int = LAST_AGE, sex: str | None = None) -> Floats:
        """Persons of these completed ages (both ends included; 100 is 100 and over), by year, of one sex or of both."""
        if sex is not None and sex not in SEXES:
            raise InputError(say("“{value}” is no sex.", value=sex), where={"column": "sex", "value": sex},
                             remedy=say("Use one of: {codes}.", codes=", ".join(SEXES)))
        if not 0 <= first <= last:
            raise InputError(say("There are no ages from {first} to {last}.", first=first, last=last), where={"column": "age"},
                             remedy=say("Give the first and the last completed age, the first not above the last."))
        chosen = slice(None) if sex is None else slice(SEXES.index(sex), SEXES.index(sex) + 1)
        summed: Floats = self.persons[:, chosen, first:last + 1].sum(axis=(1, 2))
        return summed


def _written(years: tuple[int, ...]) -> str:
    """2000–2005, 2010"""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
