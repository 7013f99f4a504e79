"""Tables of impacts on people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from socle import vocabulary
from socle.results.aggregates import Aggregates, Remainder
from socle.results.changes import without_records
from socle.results.measuring import leaves
from socle.results.observations import Bools, Floats, Ints
from socle.results.records import Records, of_observations, of_rows
from socle.results.scope import Scope
from socle.results.specification import KIND_TOTALS

Row = dict[str, Any]

#: A kind of impact or a total of kinds, and the indicator that aggregates and targets use for it.
INDICATOR_OF_KIND = {"all": "people"}


@dataclass(frozen=True)
class ByImpact:
    """What each impact adds up to in the report's period: sums of what is reported, not-a-number where nothing is."""

    scope: Scope

    @cached_property
    def kinds(self) -> Ints:
        return codes(self.scope.chain["impacts"]["kind"], list(vocabulary.IMPACT_KINDS))

    @cached_property
    def branches(self) -> Ints:
        """Rows without a branch are -1: they are in ``all`` only."""
        return codes(self.scope.chain["impacts"]["branch"], list(vocabulary.BRANCHES))

    @cached_property
    def populations(self) -> Ints:
        """A number for each population; an impact without a population key is its own."""
        keys = self.scope.chain["impacts"]["population"]
        known: dict[str, int] = {}
        return np.array([row if key is None else len(keys) + known.setdefault(key, len(known))
                         for row, key in enumerate(keys)], dtype=np.int64)

    @cached_property
    def touched(self) -> Bools:
        """Impacts with an observation in force in the period."""
        out = np.zeros(len(self.kinds), dtype=bool)
        out[self.scope.chain.observations.impact[self.scope.observed]] = True
        return out

    @cached_property
    def persons(self) -> Floats:
        return self._sum(self.scope.contributions.persons, self.scope.contributions.achieved)

    @cached_property
    def women(self) -> Floats:
        return self._sum(self.scope.contributions.women, self.scope.contributions.achieved)

    @cached_property
    def men(self) -> Floats:
        return self._sum(self.scope.contributions.men, self.scope.contributions.achieved)

    @cached_property
    def potential(self) -> Floats:
        return self._sum(self.scope.contributions.persons, self.scope.contributions.potential)

    def _sum(self, figures: Floats, status: Bools) -> Floats:
        rows = np.flatnonzero(self.scope.observed & status & ~np.isnan(figures))
        impacts = self.scope.chain.observations.impact[rows]
        sums = np.bincount(impacts, weights=figures[rows], minlength=len(self.kinds)).astype(np.float64)
        sums[np.bincount(impacts, minlength=len(self.kinds)) == 0] = np.nan
        return sums

    def counted_once(self, impacts: Ints) -> int | None:
        """Persons of these impacts, each population counted by its largest impact."""
        impacts = impacts[~np.isnan(self.persons[impacts])]
        if not len(impacts):
            return None
        order = np.lexsort((self.persons[impacts], self.populations[impacts]))
        populations = self.populations[impacts][order]
        largest = np.concatenate([populations[1:] != populations[:-1], [True]])
        return int(self.persons[impacts][order][largest].sum())


def by_kind_and_branch(scope: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: kind, branch. A row is there when an observation or a published total is."""
    sums = ByImpact(scope)
    kinds, branches = list(vocabulary.IMPACT_KINDS), list(vocabulary.BRANCHES)
    out = []
    for kind in (*kinds, *KIND_TOTALS):
        of_kind = sums.touched & np.isin(sums.kinds, [kinds.index(k) for k in KIND_TOTALS.get(kind, (kind,))])
        published = _remainders(aggregates, kind)
        present = set(sums.branches[of_kind].tolist())
        for branch in (*branches, "all"):
            if branch == "all":
                rows, remainders = np.flatnonzero(of_kind), published
            elif branches.index(branch) in present:
                rows, remainders = np.flatnonzero(of_kind & (sums.branches == branches.index(branch))), []
            else:
                continue
            if len(rows) or remainders:
                unsplit = bool(published) and branch != "all"
                out.append({
                    "kind": kind, "branch": branch,
                    "persons": total(sums.persons[rows]),
                    "persons_counted_once": sums.counted_once(rows),
                    "women": total(sums.women[rows]), "men": total(sums.men[rows]),
                    "potential": total(sums.potential[rows]),
                    "without_records": None if unsplit else without_records(scope, remainders),
                    "records": _records(scope, rows, _in_period(scope), remainders),
                })
    return out


def by_year(scope: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: kind, year. A published total inside one year is part of that year's row; a longer one is a row of its own."""
    kinds = list(vocabulary.IMPACT_KINDS)
    contributions, observations = scope.contributions, scope.chain.observations
    rows = np.flatnonzero(scope.observed & contributions.achieved)
    years = years_of(observations.on[rows])
    sums = ByImpact(scope)
    row_kinds = sums.kinds[observations.impact[rows]]
    persons = contributions.persons[rows]
    first = int(years.min()) if len(years) else 0
    cells = (years - first) * len(kinds) + row_kinds
    size = (int(years.max()) - first + 1 if len(years) else 0) * len(kinds)
    known = ~np.isnan(persons)
    added = np.bincount(cells[known], weights=persons[known], minlength=size)
    reported = np.bincount(cells[known], minlength=size)
    present = np.bincount(cells, minlength=size)
    out = []
    for kind in (*kinds, *KIND_TOTALS):
        parts = [kinds.index(k) for k in KIND_TOTALS.get(kind, (kind,))]
        published: dict[str, list[Remainder]] = {}
        for remainder in _remainders(aggregates, kind):
            published.setdefault(remainder.years, []).append(remainder)
        observed = {str(first + cell // len(kinds)) for cell in np.flatnonzero(present).tolist() if cell % len(kinds) in parts}
        for year in sorted(observed | set(published)):
            here = [(int(year) - first) * len(kinds) + part for part in parts] if year in observed else []
            out.append({
                "kind": kind, "year": year,
                "persons": int(added[here].sum()) if here and reported[here].any() else None,
                "without_records": without_records(scope, published.get(year, [])),
                "records": _records(scope, None, _in_year(scope, sums, kind, year), published.get(year, [])),
            })
    return out


def behind(scope: Scope, indicator: str) -> Records:
    """Observations behind the persons achieved of an indicator."""
    names = leaves(indicator)
    impacts = np.array([row for row, kind in enumerate(scope.chain["impacts"]["kind"]) if kind in names], dtype=np.int64)
    return _records(scope, impacts, lambda: scope.observed & scope.contributions.achieved, [])


def codes(values: list[str | None], words: list[str]) -> Ints:
    numbers = {word: number for number, word in enumerate(words)}
    return np.array([numbers.get(value, -1) if value else -1 for value in values], dtype=np.int64)


def years_of(ordinals: Ints) -> Ints:
    epoch = date(1970, 1, 1).toordinal()
    return (ordinals - epoch).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def total(figures: Floats) -> int | None:
    known = figures[~np.isnan(figures)]
    return int(known.sum()) if len(known) else None


def _remainders(aggregates: Aggregates, kind: str) -> list[Remainder]:
    return aggregates.remainders(INDICATOR_OF_KIND.get(kind, kind), "persons")


def _in_period(scope: Scope) -> Callable[[], Bools]:
    return lambda: scope.observed


def _in_year(scope: Scope, sums: ByImpact, kind: str, year: str) -> Callable[[], Bools]:
    def rows() -> Bools:
        observations = scope.chain.observations
        if "-" in year or not len(observations):
            return np.zeros(len(observations), dtype=bool)
        wanted = np.isin(sums.kinds, [list(vocabulary.IMPACT_KINDS).index(k) for k in KIND_TOTALS.get(kind, (kind,))])
        dated = (observations.on >= date(int(year), 1, 1).toordinal()) & (observations.on <= date(int(year), 12, 31).toordinal())
        return np.asarray(scope.observed & scope.contributions.achieved & dated & wanted[observations.impact])

    return rows


def _records(scope: Scope, impacts: Ints | None, rows: Callable[[], Bools], remainders: list[Remainder]) -> Records:
    """Observations that count, with those their levels were compared with, then the published totals."""

    def observed() -> Bools:
        chosen = rows()
        if impacts is not None:
            mask = np.zeros(len(scope.chain["impacts"]), dtype=bool)
            mask[impacts] = True
            chosen = chosen & mask[scope.chain.observations.impact]
        return scope.contributions.with_antecedents(chosen) if chosen.any() else chosen

    return Records(of_observations(scope.chain, observed), of_rows(scope.chain["aggregates"], [r.row for r in remainders]))
