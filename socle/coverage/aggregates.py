"""What averages over countries give, by group, region and year; as arrays, and as rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import Finding

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
AGGREGATE_COLUMNS = ("region", "series", "sex", "year", "value", "countries", "weight_covered", "withheld", "weight", "breakdown",
                     "imputed", "countries_imputed", "weight_imputed")


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """Arrays by group (series, breakdown, sex), region and year.

    ``value`` in per cent, nan: withheld or nothing; ``countries`` with a value and a weight; ``covered``: their share of
    ``weight``, the persons of all the region's countries whose weight is known; ``imputed``: countries whose value was guessed,
    ``added``: their share. ``told``: whether any country tells anything of the group in that year.
    """

    value: Floats
    countries: Floats
    covered: Floats
    weight: Floats
    withheld: Bools
    imputed: Floats
    added: Floats
    told: Bools

    @classmethod
    def below(cls, parts: Sequence[Cells]) -> Cells:
        if not parts:
            none = np.zeros((0, 0, 0))
            return cls(none, none, none, none, none.astype(bool), none, none, none.astype(bool))
        if len(parts) == 1:
            return parts[0]
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls)))


@dataclass(frozen=True, eq=False)
class Aggregates:
    """Averages of regions. ``groups``: series, breakdown and sex; ``cells`` by group, region and year; ``with_imputed`` the same
    with guessed values among them, None where nobody asked. ``options`` are the conventions that were used."""

    by: str | Mapping[str, Iterable[str]]
    regions: Mapping[str, Sequence[str]]
    groups: Sequence[tuple[str, str, str]]
    years: Sequence[int]
    cells: Cells
    with_imputed: Cells | None
    warnings: tuple[Finding, ...]
    options: Mapping[str, Any]
    columns: tuple[str, ...] = AGGREGATE_COLUMNS

    def rows(self, *, series: Iterable[str] = (), years: Iterable[int] = ()) -> list[dict[str, Any]]:
        """By region, series, breakdown, sex and year; what is imputed in a row of its own below. ``weight_covered`` is a share;
        None: cannot be said."""
        only, of = set(series), set(years)
        tables = [(self.cells, False)] + ([(self.with_imputed, True)] if self.with_imputed is not None else [])
        listed = [(_lists(cells), guessed) for cells, guessed in tables]
        found = []
        for place, region in enumerate(self.regions):
            for number, (name, breakdown, sex) in enumerate(self.groups):
                if only and name not in only:
                    continue
                for when, year in enumerate(self.years):
                    if of and year not in of:
                        continue
                    for cells, guessed in listed:
                        if not cells["told"][number][place][when]:
                            continue
                        value, covered, added = (cells[one][number][place][when] for one in ("value", "covered", "added"))
                        found.append({
                            "region": region, "series": name, "sex": sex, "year": year, "value": _or_none(value),
                            "countries": int(cells["countries"][number][place][when]), "weight_covered": _or_none(covered),
                            "withheld": cells["withheld"][number][place][when], "weight": cells["weight"][number][place][when],
                            "breakdown": breakdown, "imputed": guessed,
                            "countries_imputed": int(cells["imputed"][number][place][when]),
                            "weight_imputed": _or_none(added) if guessed else None})
        return found


def _lists(cells: Cells) -> dict[str, Any]:
    return {one.name: getattr(cells, one.name).tolist() for one in fields(cells)}


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
