"""Coverage ahead: by country, capped at 100 and at 0, weighted to regions; how far the target is, and who is left behind.

Reference: ILO coverage outlook: linear in points a year by country, capped, population weighted, the base year explicit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from socle.coverage.aggregate import aggregate
from socle.coverage.outlook_paths import Ahead, Method, Path, lines_of
from socle.coverage.vintage import of_vintage
from socle.coverage.weights import Weights
from socle.errors import Finding, InputError
from socle.tables import Values
from socle.vocabulary import COVERAGE_SERIES, LAST_YEAR, say

OUTLOOK_COLUMNS = ("area", "level", "series", "sex", "year", "value", "basis", "base_year", "persons", "not_covered", "countries",
                   "weight_covered", "breakdown")
TARGET_COLUMNS = ("area", "level", "series", "sex", "base_year", "base", "points_a_year", "to", "value", "target", "distance",
                  "needed", "reached", "breakdown")
LEFT_COLUMNS = ("area", "level", "series", "group", "sex", "year", "persons", "not_covered", "breakdown")
#: The last year that is looked at for a target to be reached.
_AT_LAST = 2150

Key = tuple[str, str, str]      # series, breakdown, sex


@dataclass(frozen=True)
class Outlook:
    """``rows``: per cent by area and year; ``targets``: what is missing; ``left_behind``: persons not covered in the base year and
    at the end, by group and sex."""

    rows: tuple[dict[str, Any], ...]
    targets: tuple[dict[str, Any], ...]
    left_behind: tuple[dict[str, Any], ...]
    warnings: tuple[Finding, ...]
    options: Mapping[str, Any]
    columns: tuple[str, ...] = OUTLOOK_COLUMNS


def outlook(values: Values, *, path: str | Path | Iterable[Mapping[str, Any]], to: int = 2030, base_year: int | None = None,
            weights: Weights | Iterable[Mapping[str, Any]] | None = None, by: str | Mapping[str, Iterable[str]] = "world",
            target: float = 100.0, trend: Method = "mean_change", threshold: float = 0.5, vintage: str | None = None) -> Outlook:
    """Where coverage goes on ``path``, year by year up to ``to``, in per cent; every country, and the regions of ``by``.

    ``base_year`` None: the last year in which any area has a figure of the series, sex and breakdown; an area without a figure of
    its base year is left out and said. Weights are those of the year where they are told, else those of the base year, held.
    ``needed``: points a year from the base year to the target in ``to``; ``reached``: the year in which the path is there.
    """
    if not 0 < target <= 100:
        raise InputError(say("{value} is no per cent from 0 to 100.", value=target), where={"column": "target", "value": target},
                         remedy=say("Write 25 for 25 per cent."))
    way = Path.parse(path) if isinstance(path, str) else path if isinstance(path, Path) else Path.of(path)
    elsewhere = weights if isinstance(weights, Weights) or weights is None else Weights.of(weights)
    values = of_vintage(values, vintage)
    ahead = _Ahead(values, way, to, base_year, elsewhere, trend)
    rows, targets = ahead.countries(target)
    averages = aggregate(ahead.projected, by=by, threshold=threshold)
    more, others = ahead.regions(averages.rows(), by, averages.regions, target)
    rows, targets = [*rows, *more], [*targets, *others]
    left = [{"area": row["area"], "level": row["level"], "series": row["series"], "group": _group(row["series"]), "sex": row["sex"],
             "year": row["year"], "persons": row["persons"], "not_covered": row["not_covered"], "breakdown": row["breakdown"]}
            for row in rows if row["year"] in (row["base_year"], to) and row["not_covered"] is not None]
    left.sort(key=lambda row: (row["level"] != "region", row["year"], -row["not_covered"]))
    options = {"path": way.text, "to": to, "base_year": base_year if base_year is not None else "latest of each series",
               "by": by if isinstance(by, str) else "mapping", "target": target, "threshold": threshold,
               "trend": trend if way.years is not None else None, "capped": "0 to 100",
               "weights": "of each year where told, else held from the base year", "vintage": next(iter(values.vintages), "")}
    told = [one for one in averages.warnings if one.code != "weight_of_other_year"]
    return Outlook(tuple(rows), tuple(targets), tuple(left), (*ahead.warnings(), *told), options)


class _Ahead:
    """Every line of figures from its base year on."""

    def __init__(self, values: Values, way: Path, to: int, base_year: int | None, weights: Weights | None, method: Method) -> None:
        self.to = to
        lines = lines_of(values)
        self.base: dict[Key, int] = {}
        for (series, breakdown, sex, _area), line in lines.items():
            key = series, breakdown, sex
            self.base[key] = base_year if base_year is not None else max(self.base.get(key, 0), max(line))
        if not self.base or min(self.base.values()) >= to or to > LAST_YEAR:
            raise InputError(say("There is nothing to look ahead from: the base year must be before {to}.", to=to),
                             where={"column": "to", "value": to},
                             remedy=say("Name an earlier base year, or a later year to look to."))
        self.lines: dict[tuple[Key, str], Ahead] = {}
        self.no_base: dict[str, None] = {}
        self.no_path: dict[str, None] = {}
        for (series, breakdown, sex, area), line in lines.items():
            key = series, breakdown, sex
            if self.base[key] not in line:
                self.no_base[area] = None
                continue
            found = way.ahead(line, self.base[key], area=area, series=series, sex=sex, method=method)
            if found is None:
                self.no_path[area] = None
            else:
                self.lines[key, area] = found
        self._weigh(values, weights)
        self.projected = self._as_values()

    def _weigh(self, values: Values, weights: Weights | None) -> None:
        """Persons of each line by year: of the year where they are told, else of the base year."""
        own: dict[tuple[Key, str, int], float] = {}
        columns = values.series, values.breakdown, values.sex, values.geo, values.year.tolist(), values.weights.tolist()
        for series, breakdown, sex, area, year, persons in zip(*columns, strict=True):
            if persons == persons:
                own[(series, breakdown, sex), area, year] = persons
        self.countries_of = {area for area, code in zip(values.geo, values.country, strict=True) if code}
        areas = sorted(self.countries_of | set(weights.country if weights else ()))
        place = {area: number for number, area in enumerate(areas)}
        self.persons: dict[tuple[Key, str, int], float] = {}
        self.held = 0
        for key, base in self.base.items():
            years = list(range(base, self.to + 1))
            given = weights.matrix(key[0], key[2], place, years) if weights else np.full((len(areas), len(years)), np.nan)
            for area in areas:
                first = own.get((key, area, base), float(given[place[area], 0]))
                if first != first:
                    continue
                for number, year in enumerate(years):
                    told = own.get((key, area, year), float(given[place[area], number]))
                    self.held += told != told
                    self.persons[key, area, year] = first if told != told else told

    def _as_values(self) -> Values:
        """The countries' lines as values, with countries that have only a weight, which count in the weight of their region."""
        rows = []
        for key, base in self.base.items():
            series, breakdown, sex = key
            areas = {area for one, area in self.lines if one == key} | {area for one, area, _year in self.persons if one == key}
            for area in sorted(areas & (self.countries_of | {area for one, area, _year in self.persons if one == key})):
                line = self.lines.get((key, area))
                rows += [{"series": series, "country": area, "year": year, "sex": sex, "breakdown": breakdown,
                          "value": None if line is None else line.at(year), "weight": self.persons.get((key, area, year))}
                         for year in range(base, self.to + 1)]
        return Values.of(rows)

    def countries(self, target: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rows, targets = [], []
        for (key, area), line in sorted(self.lines.items(), key=lambda one: (one[0][1], one[0][0])):
            level = "country" if area in self.countries_of else "area"
            rows += [self._row(area, level, key, year, line.at(year), self.persons.get((key, area, year)))
                     for year in range(self.base[key], self.to + 1)]
            targets.append(self._target(area, level, key, line.base, line.at(self.to), target, line.slope,
                                        line.reached(target, last=_AT_LAST)))
        return rows, targets

    def regions(self, averages: Sequence[Mapping[str, Any]], by: str | Mapping[str, Iterable[str]],
                regions: Mapping[str, Sequence[str]], target: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rows = []
        ends: dict[tuple[str, Key], dict[int, float | None]] = {}
        for one in averages:
            key = one["series"], one["breakdown"], one["sex"]
            persons = None if one["weight_covered"] is None else one["weight"] * one["weight_covered"]
            rows.append({**self._row(one["region"], "region", key, one["year"], one["value"], persons or None),
                         "countries": one["countries"], "weight_covered": one["weight_covered"]})
            ends.setdefault((one["region"], key), {})[one["year"]] = one["value"]
        targets = []
        for (region, key), line in ends.items():
            base, end = line.get(self.base[key]), line.get(self.to)
            if base is not None and end is not None:
                targets.append(self._target(region, "region", key, base, end, target, (end - base) / (self.to - self.base[key]),
                                            self._reached(regions[region], key, target)))
        return rows, targets

    def _reached(self, codes: Sequence[str], key: Key, target: float) -> int | None:
        """The year in which a region is there, with the weights of the last year held beyond it."""
        lines = [(line, area) for area in codes if (line := self.lines.get((key, area))) is not None]
        for year in range(self.base[key], _AT_LAST + 1):
            persons = [self.persons.get((key, area, min(year, self.to)), 0.0) for _line, area in lines]
            if sum(persons) and sum(line.at(year) * one for (line, _area), one in zip(lines, persons, strict=True)) >= (
                    target - 1e-9) * sum(persons):
                return year
        return None

    def _row(self, area: str, level: str, key: Key, year: int, value: float | None, persons: float | None) -> dict[str, Any]:
        series, breakdown, sex = key
        missing = None if value is None or persons is None else (100 - value) * persons / 100
        return {"area": area, "level": level, "series": series, "sex": sex, "year": year, "value": value,
                "basis": "base" if year == self.base[key] else "projected", "base_year": self.base[key], "persons": persons,
                "not_covered": missing, "countries": None, "weight_covered": None, "breakdown": breakdown}

    def _target(self, area: str, level: str, key: Key, base: float, end: float, target: float, points: float | None,
                reached: int | None) -> dict[str, Any]:
        series, breakdown, sex = key
        years = self.to - self.base[key]
        return {"area": area, "level": level, "series": series, "sex": sex, "base_year": self.base[key], "base": base,
                "points_a_year": (end - base) / years if points is None else points, "to": self.to, "value": end, "target": target,
                "distance": round(target - end, 10), "needed": max(0.0, (target - base) / years), "reached": reached,
                "breakdown": breakdown}

    def warnings(self) -> list[Finding]:
        found = []
        for code, names, message, remedy in (
                ("no_base", self.no_base, say("{n} areas have no figure of the base year and are left out: {names}.",
                                              n=len(self.no_base), names=_some(self.no_base)),
                 say("Name a base year that they have, or give the figure.")),
                ("no_path", self.no_path, say("{n} areas have no path and are left out: {names}.", n=len(self.no_path),
                                              names=_some(self.no_path)),
                 say("A trend needs two figures; a file of paths a row of the country."))):
            if names:
                found.append(Finding("warning", None, None, None, ", ".join(list(names)[:20]), code, message, remedy))
        if self.held:
            found.append(Finding("warning", None, None, "weight", None, "weights_held",
                                 say("Weights of years that nobody tells are those of the base year, held."),
                                 say("Give the persons of the years to come in the file of weights.")))
        return found


def _group(series: str) -> str:
    return (COVERAGE_SERIES[series].group or "") if series in COVERAGE_SERIES else ""


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:10]) + (" ..." if len(listed) > 10 else "")
