"""What is counted of unit records for each series: who is in the group, who of them is covered, of whom it is unknown.

Truths have three values here as in SQL: yes, no and unknown. Somebody with one yes is covered whatever else is unknown; somebody
without a yes, of whom something is unknown, is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from socle.coverage.figure import Family
from socle.coverage.records_mapping import Mark, RecordsMapping
from socle.schemes import Scheme
from socle.vocabulary import COVERAGE_SERIES, say

#: The branch whose cash benefit each series counts.
OF_BRANCH = {"SI_COV_CHLD": "family", "SI_COV_MATNL": "maternity", "SI_COV_DISAB": "invalidity", "SI_COV_UEMP": "unemployment",
             "SI_COV_PENSN": "old_age"}
#: Health is followed beside 1.3.1, never inside.
HEALTH = "medical_care"


@dataclass(frozen=True)
class Counted:
    """A series to count: its group, the places of the marks (or the columns of schemes) one of which is enough."""

    series: str
    group: str
    any_of: tuple[str, ...]
    family: Family
    definition: str


def flag(place: int) -> str:
    """The column of a mark."""
    return f"__mark_{place}"


def entitled(place: int) -> str:
    """The column that says whom a scheme file entitles."""
    return f"__scheme_{place}"


def in_group(group: str) -> str:
    return f"__group_{group}"


def what_is_counted(mapping: RecordsMapping, schemes: Sequence[Scheme], groups: Iterable[str]) -> list[Counted]:
    """Every series that the marks can say something about, where its group is known."""
    there = set(groups)
    return [one for one in (*_sdg(mapping.marks), *_beside(mapping.marks), *_legal(schemes)) if one.group in there and one.any_of]


def _columns(marks: Sequence[Mark], wanted: Callable[[Mark], bool]) -> tuple[str, ...]:
    return tuple(flag(place) for place, one in enumerate(marks) if wanted(one))


def receives(one: Mark) -> bool:
    return one.counts == "recipients" and one.form == "cash" and one.function != HEALTH


def contributes(one: Mark) -> bool:
    return one.counts == "active_contributors" and one.function != HEALTH


def assists(one: Mark) -> bool:
    return receives(one) and not one.entitles


def _sdg(marks: Sequence[Mark]) -> Iterable[Counted]:
    assistance = _columns(marks, assists)
    told = {"SI_COV_BENFTS": _columns(marks, lambda one: receives(one) or contributes(one)),
            "SI_COV_WKINJRY": _columns(marks, lambda one: contributes(one) and one.function == "employment_injury"),
            "SI_COV_VULN": assistance, "SI_COV_POOR": assistance}
    for series, branch in OF_BRANCH.items():
        told[series] = _columns(marks, lambda one, branch=branch: receives(one) and one.function == branch)  # type: ignore[misc]
    for series, code in COVERAGE_SERIES.items():
        yield Counted(series, code.group or "", told[series], "sdg", say(
            "{title}: persons of the group of whom the records say so, of all records of the group.", title=code.label()))


def _beside(marks: Sequence[Mark]) -> Iterable[Counted]:
    contributors = _columns(marks, lambda one: contributes(one) and one.function in ("old_age", "several"))
    for group in ("labour_force", "working_age"):
        yield Counted(f"CONTRIBUTORS_{group.upper()}", group, contributors, "contributors",
                      say("Active contributors to a pension scheme, of the records of the group."))
    health = _columns(marks, lambda one: one.function == HEALTH)
    yield Counted("HEALTH_AFFILIATED", "population", health, "health",
                  say("Persons protected by a health scheme, of all records: beside 1.3.1, never inside it."))


def _legal(schemes: Sequence[Scheme]) -> Iterable[Counted]:
    """Whom the law entitles, as the scheme files read the records."""
    groups = {OF_BRANCH[series]: code.group or "" for series, code in COVERAGE_SERIES.items() if series in OF_BRANCH}
    for branch, group in groups.items():
        columns = tuple(entitled(place) for place, one in enumerate(schemes) if one.branch == branch)
        yield Counted(f"LEGAL_{branch.upper()}", group, columns, "legal", _simulated())
    everyone = tuple(entitled(place) for place, one in enumerate(schemes) if one.branch != HEALTH)
    yield Counted("LEGAL_ANY", "population", everyone, "legal", _simulated())


def _simulated() -> str:
    return say("Simulated: persons whom the scheme files entitle by the facts of the records, receiving or not.")


def any_true(columns: Iterable[Any]) -> Any:
    """Yes where one is, unknown where none is and one is unknown."""
    return reduce(or_, columns)
