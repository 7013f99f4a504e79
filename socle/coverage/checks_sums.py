"""Parts and their total: women and men, ages, disability, area, status in employment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from socle.coverage.checks_asked import Asked, Findings, at
from socle.coverage.series_inquiry import ages_of
from socle.tables import Table
from socle.vocabulary import say

#: Sheets that say figures by sex.
BY_SEX = ("protected", "recipients", "denominators", "overlaps", "legal")
#: Columns whose rows are parts of their row ``total``, and the parts that together are everybody (none: they may overlap).
PARTS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "protected": {"employment_status": frozenset()},
    "recipients": {"age_group": frozenset(), "disability": frozenset({"with", "without"}), "area": frozenset({"urban", "rural"})},
}
Parts = Mapping[str, tuple[int, Any]]


def sexes(asked: Asked) -> Findings:
    for sheet in BY_SEX:
        table = asked.table(sheet)
        for of in _groups(table, asked.figures(sheet), "sex"):
            female, male, total = (of.get(sex) for sex in ("female", "male", "total"))
            both = sum(one[1] for one in (female, male) if one)
            if total is None:
                if female and male:
                    yield at(table, female[0], "sex", severity="warning", code="total_missing",
                             message=say("Women ({women}) and men ({men}) are there, their total is not.", women=female[1],
                                         men=male[1]),
                             remedy=say("Add a row with sex total."))
            elif both > total[1]:
                yield at(table, total[0], "persons", severity="error", code="sexes_exceed",
                         message=say("Women and men are {both}, more than the {persons} persons.", both=both, persons=total[1]),
                         remedy=say("Correct the persons, the women or the men."))
            elif female and male and both < total[1]:
                yield at(table, total[0], "persons", severity="warning", code="sexes_do_not_add_up",
                         message=say("Women and men are {both} of {persons} persons.", both=both, persons=total[1]),
                         remedy=say("Correct the figures; where the sex of some is not known, leave it."))


def parts(asked: Asked) -> Findings:
    for sheet, columns in PARTS.items():
        table, figures = asked.table(sheet), asked.figures(sheet)
        for column, whole in columns.items():
            for of in _groups(table, figures, column):
                if "total" in of and len(of) > 1:
                    yield from _of_total(table, column, of, whole)


def _of_total(table: Table, column: str, of: Parts, whole: frozenset[str]) -> Findings:
    of = dict(of)
    place, total = of.pop("total")
    larger = False
    for part, (row, persons) in of.items():
        if persons > total:
            larger = True
            yield at(table, row, "persons", severity="error", code="parts_exceed",
                     message=say("{part} are {persons}, more than the {total} of the total (row {row}).", part=part,
                                 persons=persons, total=total, row=table.numbers[place]),
                     remedy=say("Correct the part or the total."))
    if larger:
        return
    apart, complete = (True, whole <= of.keys()) if whole else _ages(of) if column == "age_group" else (False, False)
    summed = sum(persons for _, persons in of.values())
    if apart and summed > total:
        yield at(table, place, "persons", severity="error", code="parts_exceed",
                 message=say("{parts} are {persons} together, more than the {total} of the total.", parts=", ".join(of),
                             persons=summed, total=total),
                 remedy=say("Correct the part or the total."))
    elif apart and complete and summed < total:
        yield at(table, place, "persons", severity="warning", code="parts_do_not_add_up",
                 message=say("{parts} are {persons} of {total} persons.", parts=", ".join(of), persons=summed, total=total),
                 remedy=say("Correct the figures; where it is not known of some, leave it."))


def _ages(groups: Iterable[str]) -> tuple[bool, bool]:
    """Whether no age is in two groups, and whether they follow one another from birth or without an end."""
    found = [ages_of(group) for group in groups]
    if None in found:
        return False, False
    told = sorted((one[0], 999 if one[1] is None else one[1]) for one in found if one is not None)
    following = [after[0] - before[1] for before, after in pairwise(told)]
    apart = all(step > 0 for step in following)
    return apart, all(step == 1 for step in following) and len(told) > 1 and (told[0][0] == 0 or told[-1][1] == 999)


def _groups(table: Table, figures: Sequence[Any], of: str) -> Iterable[dict[str, tuple[int, Any]]]:
    """Rows that differ in one column of the key alone: by what stands there, their place and figure."""
    others = [table[name] for name in table.sheet.key if name != of]
    found: dict[tuple[Any, ...], dict[str, tuple[int, Any]]] = {}
    for place, (figure, word, *key) in enumerate(zip(figures, table[of], *others, strict=True)):
        if figure is not None:
            found.setdefault(tuple(key), {})[word or "total"] = place, figure
    return found.values()


RULES = (sexes, parts)
