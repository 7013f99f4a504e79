"""The labour force: who of a population works or seeks work, by age and sex.

Definitions: International Labour Organization, Resolution concerning statistics of work, employment and labour underutilization
(19th International Conference of Labour Statisticians, 2013): the labour force is the employed and the unemployed; participation
is its share of the population of that age and sex, the unemployment rate the share of the unemployed in the labour force. """

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import InputError
from socle.tables import LAST_AGE, SEXES, Population
from socle.vocabulary import say

Floats: TypeAlias = npt.NDArray[np.float64]
_SHAPE = (len(SEXES), LAST_AGE + 1)


@dataclass(frozen=True, eq=False)
class LabourForce:
    """Persons ``[year, sex, age]``; ``active`` is the labour force."""

    years: tuple[int, ...]
    active: Floats
    employed: Floats
    unemployed: Floats

    def participation(self, population: Population, *, first: int = 15, last: int = LAST_AGE) -> Floats:
        """The share of the persons of these ages who are in the labour force, by year."""
        of_them = population.total(first=first, last=last)
        active = self.active[:, :, first:last + 1].sum(axis=(1, 2))
        share: Floats = np.divide(active, of_them, out=np.full_like(of_them, np.nan), where=of_them > 0)
        return share

    def unemployment(self) -> Floats:
        """The share of the labour force that is unemployed, by year; NaN where there is no labour force."""
        active = self.active.sum(axis=(1, 2))
        share: Floats = np.divide(self.unemployed.sum(axis=(1, 2)), active, out=np.full_like(active, np.nan), where=active > 0)
        return share


def labour_force(population: Population, *, participation: npt.ArrayLike, unemployment: npt.ArrayLike = 0.0) -> LabourForce:
    """The labour force of a population from shares (0-1) by sex and age, ``[sex, age]``, or by year as well; see ``by_age``."""
    active = population.persons * _shares(participation, len(population.years), "participation")
    unemployed = active * _shares(unemployment, len(population.years), "unemployment")
    return LabourForce(population.years, active, active - unemployed, unemployed)


def by_age(bands: Mapping[tuple[int, int], float | tuple[float, float]]) -> Floats:
    """An array ``[sex, age]`` from bands of completed ages: ``{(15, 24): 0.4, (25, 64): (0.6, 0.9)}`` (women, men). 0 elsewhere."""
    made = np.zeros(_SHAPE)
    taken = np.zeros(LAST_AGE + 1, dtype=bool)
    for (first, last), share in bands.items():
        ages = slice(first, min(last, LAST_AGE) + 1)
        if not 0 <= first <= last or taken[ages].any():
            raise InputError(say("The ages {first} to {last} are no band of their own.", first=first, last=last),
                             where={"value": f"{first}-{last}"}, remedy=say("Give every age once, the first not above the last."))
        taken[ages] = True
        made[:, ages] = np.reshape(share, (-1, 1))
    return made


def _shares(given: npt.ArrayLike, years: int, name: str) -> Floats:
    values = np.asarray(given, dtype=np.float64)
    wrong = values[~((values >= 0) & (values <= 1))]
    if wrong.size:
        raise InputError(say("{name} holds {value}.", name=name, value=wrong.flat[0]),
                         where={"column": name, "value": wrong.flat[0]},
                         remedy=say("A share is from 0 to 1: write 0.25 for 25 per cent."))
    try:
        made: Floats = np.broadcast_to(values, (years, *_SHAPE))
    except ValueError:
        raise InputError(say("{name} has the shape {shape}.", name=name, shape=values.shape), where={"column": name},
                         remedy=say("It needs {wanted}, or the same for each of {n} years.", wanted=_SHAPE, n=years)) from None
    return made
