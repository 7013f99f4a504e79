"""Figures from the sums that were counted over unit records: totals, bounds, what is kept back, what is to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from socle.coverage.figure import Bound, Figure
from socle.coverage.records_counting import Counted
from socle.coverage.records_mapping import RecordsMapping
from socle.coverage.records_suppression import TOTAL, Cell, kept_back
from socle.errors import Finding
from socle.schemes import Scheme
from socle.vocabulary import say, say_many

#: Persons of each group and sex from elsewhere: (group, sex): persons.
Denominators = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Records:
    """``figures`` in the columns of a report; ``warnings`` say what is unknown, kept back or not counted. ``statement`` makes the
    SQL that was asked: one reading of the table."""

    figures: tuple[Figure, ...]
    warnings: tuple[Finding, ...]
    statement: Any = field(repr=False, compare=False, default=None)

    def rows(self) -> list[dict[str, Any]]:
        return [one.as_row() for one in self.figures]


@dataclass(frozen=True)
class _Sums:
    """Of one series in one cell: records and weight of the group, of those covered, of those of whom it is unknown."""

    group: int
    covered: int
    unknown: int
    group_weight: float
    covered_weight: float
    unknown_weight: float

    def __add__(self, other: _Sums) -> _Sums:
        return _Sums(self.group + other.group, self.covered + other.covered, self.unknown + other.unknown,
                     self.group_weight + other.group_weight, self.covered_weight + other.covered_weight,
                     self.unknown_weight + other.unknown_weight)

    def settled(self) -> _Sums:
        """Without the last digits, which depend on the order an engine adds in."""
        return _Sums(self.group, self.covered, self.unknown, *(round(weight, 6) for weight in (
            self.group_weight, self.covered_weight, self.unknown_weight)))


_NOBODY = _Sums(0, 0, 0, 0.0, 0.0, 0.0)


class Report:
    """Figures from the sums of the cells."""

    def __init__(self, mapping: RecordsMapping, counted: Sequence[Counted], outside: Denominators | None,
                 cells: Sequence[Mapping[str, Any]], question: Any) -> None:
        self.mapping, self.counted, self.outside, self.cells, self.question = mapping, counted, outside, cells, question
        self.findings: list[Finding] = []
        self.schemes: list[str] = []
        self.listed = mapping.named is not None     # those who receive something are there, and nobody else

    def records(self, schemes: Sequence[Scheme], silent: Sequence[str]) -> Records:
        """``schemes``: those that were read on the records; ``silent``: the ids of those without a law in force."""
        self.schemes = [one.id for one in schemes]
        for scheme in silent:
            self.warn("on", scheme, "not_in_force",
                      say("{scheme} has no law in force on {day}.", scheme=scheme, day=self.mapping.day),
                      say("It is left out; name another day with on = 2025-06-30."))
        self._say_what_was_not_counted()
        figures = [figure for place, one in enumerate(self.counted) for figure in self._figures(place, one)]
        return Records(tuple(figures), tuple(self.findings), self.question)

    def _whole(self, name: str) -> int:
        return sum(int(cell.get(name) or 0) for cell in self.cells)

    def warn(self, column: str | None, value: object, code: str, message: str, remedy: str) -> None:
        self.findings.append(Finding("warning", "records", None, column, None if value is None else str(value), code, message,
                                     remedy))

    def _say_what_was_not_counted(self) -> None:
        if self.listed and self.outside is None:
            self.warn(self.mapping.named, None, "no_denominators",
                      say("A list of beneficiaries says nothing of those who are not listed."),
                      say("Give the persons of each group from elsewhere to have per cent."))
        if unusable := self._whole("unusable"):
            self.warn(self.mapping.weight, unusable, "no_weight", say_many(
                "{n} record has no weight of 0 or more.", "{n} records have no weight of 0 or more.", unusable),
                say("They are not counted: give each the number of persons it stands for."))
        if unnamed := self._whole("unnamed"):
            self.warn(self.mapping.named, unnamed, "unnamed", say_many(
                "{n} person is listed for something that no mark names.",
                "{n} persons are listed for something that no mark names.", unnamed),
                say("Add a mark for it, or leave these rows out."))
        if torn := self._whole("torn"):
            self.warn(self.mapping.person, torn, "differing_rows", say_many(
                "The rows of {n} person differ in a breakdown or in the weight.",
                "The rows of {n} persons differ in a breakdown or in the weight.", torn),
                say("The first in order was taken: mend the list."))
        for dimension in self.mapping.by:
            if lost := sum(int(cell["all"]) for cell in self.cells if cell[dimension] in (None, TOTAL)):
                self.warn(self.mapping.breakdown(dimension).column, lost, "unknown_breakdown", say_many(
                    "{n} record has no known {dimension}.", "{n} records have no known {dimension}.", lost, dimension=dimension),
                    say("They are in the totals only."))
        for group in dict.fromkeys(one.group for one in self.counted):
            if lost := self._whole(f"outside_{group}"):
                self.warn(self.mapping.groups.get(group), lost, "unknown_group", say_many(
                    "Of {n} record it is unknown whether it is in the group {group}.",
                    "Of {n} records it is unknown whether they are in the group {group}.", lost, group=group),
                    say("They are not counted in its series."))

    def _sums(self, place: int) -> dict[Cell, _Sums]:
        """The sums of each cell and of every total."""
        found: dict[Cell, _Sums] = {}
        for cell in self.cells:
            own = _Sums(*(int(cell[f"{name}_{place}"]) for name in ("group", "covered", "unknown")),
                        *(float(cell[f"{name}_weight_{place}"]) for name in ("group", "covered", "unknown")))
            values = [(TOTAL,) if cell[dimension] in (None, TOTAL) else (TOTAL, str(cell[dimension]))
                      for dimension in self.mapping.by]
            for key in product(*values):
                found[key] = found.get(key, _NOBODY) + own
        found = {key: told.settled() for key, told in found.items()}
        return dict(sorted(found.items(), key=lambda one: [(value != TOTAL, value) for value in one[0]]))

    def _figures(self, place: int, counted: Counted) -> list[Figure]:
        sums = {cell: told for cell, told in self._sums(place).items() if told.group or self.outside is not None or self.listed}
        back = self._kept_back(sums)
        if back:
            self.warn(counted.series, len(back), "suppressed", say_many(
                "{n} cell of {series} is kept back.", "{n} cells of {series} are kept back.", len(back), series=counted.series),
                say("They rest on fewer than {k} records, or would give such a cell away.", k=self.mapping.suppress_below))
        unknown = sums.get((TOTAL,) * len(self.mapping.by), _NOBODY).unknown
        if unknown:
            self.warn(counted.series, None if back else unknown, "unknown_coverage", say(
                "Of some records of the group it is unknown whether they are covered: {series} is given as two bounds.",
                series=counted.series), say("The lower bound counts none of them, the upper one all."))
        return [figure for cell, told in sums.items() for figure in self._of_cell(counted, cell, told, cell in back)]

    def _kept_back(self, sums: Mapping[Cell, _Sums]) -> frozenset[Cell]:
        below = self.mapping.suppress_below
        if not below:
            return frozenset()

        def few(told: _Sums) -> bool:
            counts = [told.covered] if self.listed or self.outside is not None else [told.covered, told.group]
            return any(0 < records < below for records in counts)

        small = frozenset(cell for cell, told in sums.items() if few(told))
        return kept_back({cell: told.covered for cell, told in sums.items()}, small) if small else small

    def _of_cell(self, counted: Counted, cell: Cell, told: _Sums, back: bool) -> list[Figure]:
        place = dict(zip(self.mapping.by, cell, strict=True))
        denominator: float | None = None if self.listed else told.group_weight
        if self.outside is not None:
            apart = any(value != TOTAL for name, value in place.items() if name != "sex")
            denominator = None if apart else self.outside.get((counted.group, place.get("sex", TOTAL)))
        ends: list[tuple[Bound, float]] = [("exact", told.covered_weight)]
        if told.unknown:
            most = round(told.covered_weight + told.unknown_weight, 6)
            ends = [("lower", told.covered_weight),
                    ("upper", told.group_weight if told.covered + told.unknown == told.group else most)]
        status = "not_available" if back else "estimated" if counted.family == "legal" else "reported"
        marks = tuple(self._named(name) for name in counted.any_of)
        return [Figure(counted.series, self.mapping.country, place.get("sex", TOTAL), self.mapping.year,
                       None if back else numerator, None if back else denominator,
                       100 * numerator / denominator if denominator and not back else None, bound, marks,
                       place.get("age_group", TOTAL), place.get("disability", TOTAL), place.get("area", TOTAL), counted.family,
                       status, counted.definition) for bound, numerator in ends]

    def _named(self, column: str) -> str:
        """What a figure was counted from, as a record of it."""
        kind, _, place = column.removeprefix("__").partition("_")
        return f"records:{self.mapping.marks[int(place)].key}" if kind == "mark" else f"scheme:{self.schemes[int(place)]}"
