"""What a record changes in the figures: the report with it, less the report without it.

Persons add up impact by impact, and a population is counted once within its own impacts. So the difference of two small chains
(an impact, those that share its population, their observations) is the difference of the two whole programmes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from socle.results.aggregates import Aggregates
from socle.results.chain import Chain
from socle.results.impacts import by_kind_and_branch, years_of
from socle.results.scope import Scope
from socle.vocabulary import Period

FIGURES = ("persons", "persons_counted_once", "women", "men", "potential")


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of table ``impacts`` of one year; None where nothing is reported."""

    year: int
    kind: str
    branch: str
    column: str
    before: int | None
    after: int | None

    @property
    def added(self) -> int:
        return (self.after or 0) - (self.before or 0)


def consequence(before: Chain, after: Chain) -> tuple[Difference, ...]:
    """The figures on people that differ between two states of the records, by year."""
    return tuple(_differences(before, after))


def _differences(before: Chain, after: Chain) -> Iterator[Difference]:
    years: set[int] = set()
    for chain in (before, after):
        years |= set(years_of(chain.observations.on).tolist())
    for year in sorted(years):
        was, becomes = _figures(before, year), _figures(after, year)
        for kind, branch in dict.fromkeys((*was, *becomes)):
            for column in FIGURES:
                old, new = (rows.get((kind, branch), {}).get(column) for rows in (was, becomes))
                if old != new:
                    yield Difference(year, kind, branch, column, old, new)


def _figures(chain: Chain, year: int) -> dict[tuple[str, str], dict[str, int | None]]:
    about = Scope(chain, "", Period(date(year, 1, 1), date(year, 12, 31)), year)
    rows = by_kind_and_branch(about, Aggregates(about))
    return {(row["kind"], row["branch"]): {name: row[name] for name in FIGURES} for row in rows}
