"""Cohort components: who lives, is born, comes and goes, a year of age and a calendar year at a time.

Formulas: S. H. Preston, P. Heuveline, M. Guillot, Demography (2001), chapter 6, with one-year steps from mid-year to mid-year:

    survivors   P(a+1, t+1) = (P(a, t) + M(a, t) / 2) · S(a)  +  M(a+1, t) / 2        S(a) = L(a+1) / L(a)
    births      B(t) = sum over a of f(a) · (women(a, t) + women(a, t+1)) / 2
    the young   P(0, t+1) = B(t) · share of the sex · L(0) / l(0)  +  M(0, t) / 2

Half of the year's migrants come (or leave) at its start and share the year's mortality, half at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socle.demography.life_tables import LifeTable
from socle.errors import InputError
from socle.tables import LAST_AGE, SEXES, Population
from socle.vocabulary import Source, say

Floats: TypeAlias = npt.NDArray[np.float64]
#: Boys to a girl among live births; the usual assumption of the UN where a country states none.
SEX_RATIO = 1.05

_SHAPE = (len(SEXES), LAST_AGE + 1)
_WOMEN, _MEN = SEXES.index("female"), SEXES.index("male")


@dataclass(frozen=True, eq=False)
class Components:
    """What moves a population. Each array may have years as its first axis, one row for each step; otherwise it holds for all.

    ``survival[sex, age]``: the share of the persons of an age who are alive a year later (of 100 and over: in that group);
    ``newborn[sex]``: the share of the year's births who live at its end; ``fertility[age]``: live births a year to a woman of that
    age; ``migration[sex, age]``: persons a year who come, less those who leave; ``sex_ratio``: boys born to a girl. """

    survival: Floats
    newborn: Floats
    fertility: Floats
    migration: Floats | float = 0.0
    sex_ratio: float = SEX_RATIO

    @classmethod
    def of(cls, tables: Mapping[str, LifeTable], *, fertility: npt.ArrayLike, migration: npt.ArrayLike = 0.0,
           sex_ratio: float = SEX_RATIO) -> Components:
        """From a life table for each sex (``female``, ``male``)."""
        both = [survival_ratios(tables[sex]) for sex in SEXES]
        return cls(np.stack([ratios for ratios, _ in both]), np.array([newborn for _, newborn in both]),
                   np.asarray(fertility, dtype=np.float64), np.asarray(migration, dtype=np.float64), sex_ratio)


@dataclass(frozen=True, eq=False)
class Projected:
    """A projected ``population`` and its reconciliation: for each step t, persons(t+1) = persons(t) + births - deaths + migration.

    ``births[step, sex]``; ``deaths[step, sex]`` and ``migration[step, sex]`` of all ages, persons a year.
    """

    population: Population
    births: Floats
    deaths: Floats
    migration: Floats


def survival_ratios(table: LifeTable) -> tuple[Floats, float]:
    """``survival[age]`` for ages 0 to 100 and over, and the share of births who live at the end of their year (L0 / l0).

    A table that ends at 100 gives 99 and 100+ one ratio, T(100) / T(99); one that goes on gives T(101) / T(100) to 100 and over.
    """
    if table.first_age != 0 or table.ages[-1] < LAST_AGE:
        raise InputError(say("The life table goes from {first} to {last}.", first=table.ages[0], last=table.ages[-1]),
                         remedy=say("A projection needs one from 0 to 100 at least."))
    ratios = np.zeros(LAST_AGE + 1)
    np.divide(table.L[1:LAST_AGE + 1], table.L[:LAST_AGE], out=ratios[:LAST_AGE], where=table.L[:LAST_AGE] > 0)
    if table.ages[-1] > LAST_AGE:
        ratios[LAST_AGE] = table.T[LAST_AGE + 1] / table.T[LAST_AGE] if table.T[LAST_AGE] > 0 else 0.0
    else:
        ratios[LAST_AGE - 1:] = table.T[LAST_AGE] / table.T[LAST_AGE - 1] if table.T[LAST_AGE - 1] > 0 else 0.0
    return ratios, float(table.L[0] / table.l[0])


def fertility_by_age(total: float, *, mean: float, spread: float, first: int = 15, last: int = 49) -> Floats:
    """Live births a year to a woman by age, ``[101]``: a bell around ``mean`` (years of age; its standard deviation ``spread``)
    between the ages ``first`` and ``last``, that sums to ``total`` children a woman. A convention for made-up countries and
    variants."""
    ages = np.arange(LAST_AGE + 1) + 0.5
    bell = np.where((ages >= first) & (ages < last + 1), np.exp(-((ages - mean) / spread) ** 2 / 2), 0.0)
    made: Floats = total * bell / bell.sum()
    return made


def project_population(base: Population, components: Components, *, to: int, start: int | None = None, variant: str = "projected",
                       source: Source | None = None) -> Projected:
    """The population from ``start`` (None: the last year of ``base``) to the year ``to``, year by year.

    Raises ``InputError`` where a component has another shape, is no share, or where more leave than there are.
    """
    first = base.years[-1] if start is None else start
    if to < first:
        raise InputError(say("The population cannot be projected from {first} back to {last}.", first=first, last=to),
                         remedy=say("Give a later year."))
    steps = to - first
    survival = _by_step(components.survival, steps, _SHAPE, "survival", highest=1.0)
    newborn = _by_step(components.newborn, steps, (len(SEXES),), "newborn", highest=1.0)
    fertility = _by_step(components.fertility, steps, (LAST_AGE + 1,), "fertility", highest=np.inf)
    migration = _by_step(components.migration, steps, _SHAPE, "migration", lowest=-np.inf, highest=np.inf)
    boys = components.sex_ratio / (1 + components.sex_ratio)
    of_a_sex = np.array([boys if sex == "male" else 1 - boys for sex in SEXES])
    persons = np.empty((steps + 1, *_SHAPE))
    persons[0] = base.year(first)
    births, deaths = np.zeros((steps, len(SEXES))), np.zeros((steps, len(SEXES)))
    for step in range(steps):
        exposed = persons[step] + migration[step] / 2
        lived = exposed * survival[step]
        later = np.zeros(_SHAPE)
        later[:, 1:] = lived[:, :-1]
        later[:, LAST_AGE] += lived[:, LAST_AGE]
        later += migration[step] / 2
        mothers = (persons[step, _WOMEN] + later[_WOMEN]) / 2
        births[step] = (fertility[step] * mothers).sum() * of_a_sex
        later[:, 0] += births[step] * newborn[step]
        deaths[step] = (exposed - lived).sum(axis=1) + births[step] * (1 - newborn[step])
        _nobody_is_less_than_nobody(np.minimum(exposed, later), first + step)
        persons[step + 1] = np.maximum(later, 0.0)  # what is left of nobody by rounding
    population = Population(
        base.country, tuple(range(first, to + 1)), persons, source or base.source, variant, base.vintage,
        births=_of_calendar_years(births.sum(axis=1)),
        notes=(*base.notes, say("Projected from {year} by cohort components.", year=first)))
    return Projected(population, births, deaths, migration.sum(axis=2))


def _of_calendar_years(births: Floats) -> Floats | None:
    """Births from mid-year to mid-year as those of calendar years: half of two steps; of the first and the last year, of one."""
    if not len(births):
        return None
    made: Floats = np.concatenate([births[:1], (births[:-1] + births[1:]) / 2, births[-1:]])
    return made


def _by_step(given: npt.ArrayLike, steps: int, shape: tuple[int, ...], name: str, *, lowest: float = 0.0, highest: float) -> Floats:
    values = np.asarray(given, dtype=np.float64)
    try:
        made: Floats = np.broadcast_to(values, (steps, *shape))
    except ValueError:
        raise InputError(say("{name} has the shape {shape}.", name=name, shape=values.shape), where={"column": name},
                         remedy=say("It needs {wanted}, or the same for each of {n} years.", wanted=shape, n=steps)) from None
    wrong = values[~(np.isfinite(values) & (values >= lowest) & (values <= highest))]
    if wrong.size:
        raise InputError(say("{name} holds {value}.", name=name, value=wrong.flat[0]),
                         where={"column": name, "value": wrong.flat[0]},
                         remedy=say("A share is from 0 to 1, a rate not below 0, and nothing is unknown."))
    return made


def _nobody_is_less_than_nobody(persons: Floats, year: int) -> None:
    short = np.argwhere(persons < -1e-9)
    if len(short):
        sex, age = short[0]
        raise InputError(say("More people of age {age} leave in {year} than there are.", age=int(age), year=year),
                         where={"column": "migration", "value": f"{SEXES[sex]} {age}"},
                         remedy=say("Lower the emigration of that age."))
