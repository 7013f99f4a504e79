"""What a costing is asked for: the years and the people, checked before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from socle.errors import InputError
from socle.tables import Population
from socle.vocabulary import say


def years_asked(years: int | Iterable[int]) -> tuple[int, ...]:
    """One year, or several, each once and in order. Raises ``InputError`` for none, and for what is no whole number."""
    several: tuple[object, ...] = (years,) if isinstance(years, int | str) or not isinstance(years, Iterable) else tuple(years)
    found = []
    for one in several:
        try:
            number = int(one)  # type: ignore[call-overload]
        except (TypeError, ValueError, OverflowError):
            number = None
        if number is None or number != one or isinstance(one, bool):
            raise InputError(say("“{value}” is no year.", value=one), where={"column": "years", "value": str(one)},
                             remedy=say("Give whole numbers: 2025, or range(2025, 2036)."))
        found.append(number)
    if not found:
        raise InputError(say("There are no years to cost."), remedy=say("Write the first and the last: 2025:2050."))
    return tuple(sorted(set(found)))


def peopled(population: Population | None, years: Iterable[int]) -> Population:
    """The population, which has every year. Raises ``InputError`` where there is none, or not that of a year."""
    if population is None:
        raise InputError(say("There is no population to cost for."), where={"column": "population"},
                         remedy=say("Give one: datasets.read_population(file, country=...), or the UN's without a file."))
    for year in years:
        population.year(year)
    return population
