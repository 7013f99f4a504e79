"""From persons and a group of persons to the figures of a series."""

from __future__ import annotations

from collections.abc import Iterator

from socle.coverage.figure import Bound, Family, Figure
from socle.coverage.series_inquiry import ALL, Inquiry, Missing, Row
from socle.coverage.series_people import Persons
from socle.coverage.series_said import with_notes
from socle.vocabulary import number, say

#: What a row of the inquiry is to a figure: ``set``, ``overlap``, ``denominator``; and the sets that were taken off a group.
Basis = tuple[tuple[str, Row], ...]
_A_HUNDRED = 100 + 1e-9


def made(inquiry: Inquiry, missing: Missing, *, series: str, country: str, sex: str, year: int, persons: Persons,
         against: Persons, family: Family, definition: str, groups: tuple[str, str, str] = ALL,
         silent: bool = False) -> Iterator[tuple[Figure, Basis]]:
    """One figure, or the two that it lies between. Whatever is missing, is nobody or is too much is told to ``missing``."""
    name = f"{series}/{country}/{sex}/{year}"
    basis: Basis = (*(("set", row) for row in persons.sets), *(("overlap", row) for row in persons.overlaps),
                    *(("denominator", row) for row in against.sets), *(("overlap", row) for row in against.overlaps))
    rows = tuple(dict.fromkeys(row for _, row in basis))
    status = inquiry.status(rows)
    records = tuple(inquiry.record(row) for row in rows)
    if groups == ALL and not silent:
        missing.cells((*persons.missing, *against.missing), name)
        _remark(missing, name, persons, against)
    notes = (*persons.notes, *against.notes)
    if not persons.is_exact or not against.is_exact:
        notes = (*notes, say("Between bounds: not every overlap is stated."))
    elif len(persons.sets) > 1 and persons.overlaps:
        notes = (*notes, say("Exact: every overlap is stated."))
    definition = with_notes(definition, notes)
    for bound, over, under in _ends(persons, against):
        value = None if over is None or not under else 100 * over / under
        if value is not None and value > _A_HUNDRED and groups == ALL:
            _over(missing, name, persons, value)
        yield Figure(series, country, sex, year, _whole(over), _whole(under), value, bound, records, *groups, family=family,
                     status=status, definition=definition), basis


def _ends(persons: Persons, against: Persons) -> list[tuple[Bound, float | None, float | None]]:
    if persons.is_exact and against.is_exact:
        return [("exact", persons.lower, against.lower)]
    return [("lower", persons.lower, against.upper), ("upper", persons.upper, against.lower)]


def _remark(missing: Missing, name: str, persons: Persons, against: Persons) -> None:
    if not (persons.consistent and against.consistent):
        missing.warn("overlaps_contradict",
                     say("The overlaps behind {figure} contradict its sets or each other: none of them is used.", figure=name),
                     say("Compare them with the persons of each scheme and benefit."), sheet="overlaps", column="persons",
                     value=name)
    unstated = persons.unstated or against.unstated
    series, country, sex, year = name.split("/")
    if unstated is not None and sex == "total":
        missing.between(country, series, int(year), unstated)
    if against.lower == 0:
        missing.warn("denominator_zero", say("The denominator of {figure} is 0: it cannot be said.", figure=name),
                     say("Compare the sheet of denominators with its source."), sheet="denominators", column="persons", value=name)


def _over(missing: Missing, name: str, persons: Persons, value: float) -> None:
    missing.warn("over_100", say("{figure} is {value} per cent.", figure=name, value=number(value, decimals=1)),
                 say("Compare numerator and denominator: the year, the ages, persons or cases."),
                 sheet=persons.sets[0][0] if persons.sets else None, column="persons", value=name)


def _whole(persons: float | None) -> float | None:
    """Persons of an inquiry are whole; of a population they may not be."""
    return int(persons) if persons is not None and float(persons).is_integer() else persons
