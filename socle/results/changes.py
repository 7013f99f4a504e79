"""Tables of institutional changes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from socle import vocabulary
from socle.results.aggregates import Aggregates, Remainder
from socle.results.records import Records, of_rows
from socle.results.scope import Scope
from socle.results.specification import STEP_TOTALS

Row = dict[str, Any]

#: A step or a total of steps, and the indicator that aggregates and targets use for it.
INDICATOR_OF_STEP: Mapping[str, str] = {"1": "step1", "2": "step2", "3": "step3", "all": "steps"}


def by_year(scope: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: step, year. A published total inside one year is part of that year's row; a longer one is a row of its own."""
    out = []
    for step, rows in _by_step(scope).items():
        years: dict[str, list[int]] = {}
        for row in rows:
            years.setdefault(str(scope.chain["changes"]["year"][row].end.year), []).append(row)
        totals: dict[str, list[Remainder]] = {}
        for remainder in aggregates.remainders(INDICATOR_OF_STEP[step], "changes"):
            totals.setdefault(remainder.years, []).append(remainder)
        out += [{"step": step, "year": year, **_figures(scope, years.get(year, []), totals.get(year, []))}
                for year in sorted({*years, *totals})]
    return out


def by_step(scope: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: step. All steps are listed; the target is the phase's ambition for changes or, without one, for countries."""
    out = []
    for step, rows in _by_step(scope).items():
        indicator = INDICATOR_OF_STEP[step]
        figures = _figures(scope, rows, aggregates.remainders(indicator, "changes"))
        target, counts = _target(scope, indicator)
        records = figures.pop("records")
        out.append({"step": step, **figures, "target": target, "target_counts": counts, "records": records})
    return out


def by_country(scope: Scope) -> list[Row]:
    """Key: country, year, step. Records only."""
    changes = scope.chain["changes"]
    groups: dict[tuple[str, str, str], list[int]] = {}
    for row in scope.change_rows:
        groups.setdefault((changes["country"][row], str(changes["year"][row].end.year), changes["step"][row]), []).append(row)
    return [{"country": country, "year": year, "step": step, "region": region(country), "changes": len(rows),
             "records": Records(of_rows(changes, rows))}
            for (country, year, step), rows in sorted(groups.items())]


def region(country: str) -> str | None:
    """ILO region of a country, in English; None where the ILO's list has none."""
    code = vocabulary.COUNTRIES[country].region
    return vocabulary.REGIONS[code].label("en") if code else None


def _by_step(scope: Scope) -> dict[str, list[int]]:
    steps = scope.chain["changes"]["step"]
    out: dict[str, list[int]] = {step: [] for step in vocabulary.STEPS}
    for row in scope.change_rows:
        out[steps[row]].append(row)
    return out | {total: sorted(row for step in parts for row in out[step]) for total, parts in STEP_TOTALS.items()}


def _figures(scope: Scope, rows: list[int], remainders: list[Remainder]) -> Row:
    changes, published = scope.chain["changes"], scope.chain["aggregates"]
    return {
        "countries": len({changes["country"][row] for row in rows}) if rows or not any(r.value for r in remainders) else None,
        "changes": len(rows),
        "without_records": without_records(scope, remainders),
        "records": Records(of_rows(changes, rows), of_rows(published, [r.row for r in remainders])),
    }


def without_records(scope: Scope, remainders: list[Remainder]) -> int | None:
    """What published totals say beyond the records; None in a report on one country or partner, where it is unknown."""
    return int(sum(r.without_records for r in remainders)) if scope.is_whole else None


def _target(scope: Scope, indicator: str) -> tuple[int | None, str | None]:
    targets = scope.chain["targets"]
    ambitions: dict[str, Decimal] = {
        targets["counts"][row]: targets["target"][row]
        for row in range(len(targets))
        if (targets["phase"][row], targets["indicator"][row]) == (scope.phase, indicator) and targets["target"][row] is not None
    }
    for counts in ("changes", "countries"):
        if scope.is_whole and counts in ambitions:
            return int(ambitions[counts]), counts
    return None, None
