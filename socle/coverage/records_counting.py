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
from socle.coverage.records_mapping import COUNTS, Mark, RecordsMapping
from socle.coverage.series_said import series_said, with_notes
from socle.schemes import Scheme
from socle.vocabulary import COVERAGE_SERIES, say

#: The branch whose cash benefit each series counts.
OF_BRANCH = {"SI_COV_CHLD": "family", "SI_COV_MATNL": "maternity", "SI_COV_DISAB": "invalidity", "SI_COV_UEMP": "unemployment",
             "SI_COV_PENSN": "old_age"}
#: Health is followed beside 1.3.1, never inside.
HEALTH = "medical_care"
MARK, GROUP = "__mark_", "__group_"


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
    return f"{MARK}{place}"


def entitled(place: int) -> str:
    """The column that says whom a scheme file entitles."""
    return f"__scheme_{place}"


def in_group(group: str) -> str:
    return f"{GROUP}{group}"


def what_is_counted(mapping: RecordsMapping, schemes: Sequence[Scheme], groups: Iterable[str]) -> list[Counted]:
    """Every series that the marks can say something about, where its group is known."""
    there = set(groups)
    return [one for one in (*_sdg(mapping.marks), *_beside(mapping.marks), *_legal(schemes)) if one.group in there and one.any_of]


def _columns(marks: Sequence[Mark], wanted: Callable[[Mark], bool]) -> tuple[str, ...]:
    return tuple(flag(place) for place, one in enumerate(marks) if wanted(one))


def receives(one: Mark) -> bool:
    """A cash benefit other than of health care."""
    return one.counts == "recipients" and one.form == "cash" and one.function != HEALTH


def contributes(one: Mark) -> bool:
    """To a scheme that is not of health alone."""
    return one.counts == "active_contributors" and one.function != HEALTH


def assists(one: Mark) -> bool:
    return receives(one) and not one.entitles


def _protects(marks: Sequence[Mark]) -> tuple[str, ...]:
    """In case of work injury: active contributors, or the affiliated where those are not told."""
    active, registered = (_columns(marks, lambda one, counts=counts: one.counts == counts  # type: ignore[misc]
                                   and one.function == "employment_injury") for counts in COUNTS[1:])
    return active or registered


def _sdg(marks: Sequence[Mark]) -> Iterable[Counted]:
    assistance = _columns(marks, assists)
    told = {"SI_COV_BENFTS": _columns(marks, lambda one: receives(one) or contributes(one)), "SI_COV_WKINJRY": _protects(marks),
            "SI_COV_VULN": assistance, "SI_COV_POOR": assistance}
    for series, branch in OF_BRANCH.items():
        told[series] = _columns(marks, lambda one, branch=branch: receives(one) and one.function == branch)  # type: ignore[misc]
    for series, code in COVERAGE_SERIES.items():
        yield Counted(series, code.group or "", told[series], "sdg", said(series, code.group or ""))


def _beside(marks: Sequence[Mark]) -> Iterable[Counted]:
    contributors = _columns(marks, contributes)
    for group in ("labour_force", "working_age"):
        series = f"active_contributors_{group}"
        yield Counted(series, group, contributors, "contributors", said(series, group))
    protected = _columns(marks, lambda one: one.function == HEALTH)
    yield Counted("health_affiliation", "population", protected, "health", said("health_affiliation", "population"))


def said(series: str, group: str) -> str:
    """What a series is, and how it was counted here."""
    return with_notes(series_said(series, group=group), (say("Counted person by person over unit records."),))


def _legal(schemes: Sequence[Scheme]) -> Iterable[Counted]:
    """Whom the law entitles, as the scheme files read the records."""
    groups = {OF_BRANCH[series]: code.group or "" for series, code in COVERAGE_SERIES.items() if series in OF_BRANCH}
    for branch, group in groups.items():
        columns = tuple(entitled(place) for place, one in enumerate(schemes) if one.branch == branch)
        yield Counted(f"simulated_{branch}", group, columns, "legal", _simulated())
    everyone = tuple(entitled(place) for place, one in enumerate(schemes) if one.branch != HEALTH)
    yield Counted("simulated_any", "population", everyone, "legal", _simulated())


def _simulated() -> str:
    return say("Simulated: persons whom the scheme files entitle by the facts of the records, receiving or not.")


def any_true(columns: Iterable[Any]) -> Any:
    """Yes where one is, unknown where none is and one is unknown."""
    return reduce(or_, columns)
