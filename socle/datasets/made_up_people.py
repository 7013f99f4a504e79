"""The people of the made-up countries: a first year by single age, and assumptions from which the later years follow by cohort
components. Every figure is invented; nothing here describes a real country."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socle.demography import Components, LifeTable, fertility_by_age, life_table, project_population
from socle.errors import InputError
from socle.tables import LAST_AGE, SEXES, Population
from socle.vocabulary import Source, country, say

Floats: TypeAlias = npt.NDArray[np.float64]
SOURCE = Source("Made up for tutorials and tests: every figure is invented")

#: Death rates of children fall by this much a year of age, in logarithms; from birth, where it is ``infant``.
_CHILDHOOD = 1.3
_LAST_OF_A_TABLE = 110


def folder_of(alpha3: str) -> Traversable:
    """Where the files of a made-up country lie in the package; an ``InputError`` names those there are."""
    found = files("socle.datasets").joinpath("made_up", alpha3)
    if not found.is_dir():
        raise InputError(say("The made-up country {country} has no figures.", country=country(alpha3).name()),
                         where={"value": alpha3}, remedy=say("Use one of: {codes}.", codes=", ".join(made_up_codes())))
    return found


def made_up_codes() -> tuple[str, ...]:
    """The made-up countries that have figures."""
    return tuple(sorted(one.name for one in files("socle.datasets").joinpath("made_up").iterdir() if one.is_dir()))


def made_up_population(alpha3: str) -> Population:
    """The invented population of a made-up country, from its first year on by cohort components."""
    made = projected(alpha3)
    return replace(made, notes=(say("Projected from {year} by cohort components.", year=made.years[0]),))


@cache
def projected(alpha3: str) -> Population:
    """The same without notes, which are told in the language spoken."""
    folder = folder_of(alpha3)
    assumed = tomllib.loads(folder.joinpath("demography.toml").read_text("utf-8"))
    first, last = int(assumed["first"]), int(assumed["last"])
    persons = np.zeros((1, len(SEXES), LAST_AGE + 1))
    for row in csv.DictReader(folder.joinpath("census.csv").read_text("utf-8").splitlines()):
        persons[0, SEXES.index(row["sex"]), int(row["age"].rstrip("+"))] = float(row["persons"])
    base = Population(alpha3, (first,), persons, SOURCE, "made_up")
    made = project_population(base, components(assumed, range(first, last)), to=last, variant="made_up", source=SOURCE).population
    made.persons.flags.writeable = False
    return made


def components(assumed: Mapping[str, Any], years: range) -> Components:
    """One row of survival, fertility and migration for each year of the assumptions of a made-up country (demography.toml)."""
    fertility = assumed["fertility"]
    totals = _path(fertility["total"], years)
    births = np.stack([fertility_by_age(total, mean=fertility["mean"], spread=fertility["spread"]) for total in totals])
    moved = assumed["migration"]
    bell = np.exp(-((np.arange(LAST_AGE + 1) - moved["mean"]) / moved["spread"]) ** 2 / 2)
    movers = _path(moved["persons"], years)[:, None, None] * np.tile(bell / bell.sum() / len(SEXES), (len(SEXES), 1))
    by_year = [Components.of(dict(tables), fertility=births[step], migration=movers[step])
               for step, tables in enumerate(_tables(assumed["mortality"], years))]
    return Components(np.stack([one.survival for one in by_year]), np.stack([one.newborn for one in by_year]), births, movers,
                      assumed["sex_ratio"])


def _tables(mortality: Mapping[str, Any], years: range) -> Iterator[list[tuple[str, LifeTable]]]:
    """m(x) = infant · exp(-1.3 x) + a + b · c^x, for each year and sex."""
    ages = np.arange(_LAST_OF_A_TABLE + 1)
    paths = {sex: {name: _path(mortality[sex][name], years) for name in ("infant", "a", "b", "c")} for sex in SEXES}
    for step in range(len(years)):
        yield [(sex, life_table(m=by["infant"][step] * np.exp(-_CHILDHOOD * ages) + by["a"][step]
                                + by["b"][step] * by["c"][step] ** (ages + 0.5), infant=0.2))
               for sex, by in paths.items()]


def _path(told: Mapping[str, float] | float, years: range) -> Floats:
    """One figure for all years; or figures of some, straight lines between them and level beyond."""
    if isinstance(told, int | float):
        return np.full(len(years), float(told))
    known = sorted((int(year), float(value)) for year, value in told.items())
    made: Floats = np.interp(np.asarray(years), [year for year, _ in known], [value for _, value in known])
    return made
