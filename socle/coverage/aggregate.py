"""Averages over countries, weighted by the persons that each percentage is a percentage of.

Reference: UN SDG metadata 01-03-01a, regional aggregates: national figures weighted by the denominator of each series.
A country without a value is left out of the average; how much of the region's weight is behind the average stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from socle.coverage.aggregates import Aggregates, Bools, Cells, Floats
from socle.coverage.imputing import Imputation, imputed
from socle.coverage.regions import regions_of
from socle.coverage.vintage import of_vintage
from socle.coverage.weights import Weights, near
from socle.errors import Finding, InputError
from socle.tables import Values
from socle.vocabulary import COVERAGE_SERIES, say

_SEXES = {"total": 0, "female": 1, "male": 2}
#: Cells that are laid out at once: groups x countries x years.
_AT_A_TIME = 2_000_000


def aggregate(values: Values, *, by: str | Mapping[str, Iterable[str]],
              weights: Weights | Iterable[Mapping[str, Any]] | None = None, threshold: float = 0.5,
              impute: str | Imputation | None = None, vintage: str | None = None) -> Aggregates:
    """Regional averages of each series, sex, year and breakdown, in per cent.

    ``by``: ilo_region, ilo_subregion, un_region, income_group, world, or a mapping of regions to countries. A row's own weight
    comes first, then that of ``weights`` (persons by country and year, where told by series and sex). The region's weight is that
    of all its countries whose weight is known, of the nearest year where that of the year is not; an average behind which stands
    less than ``threshold`` of it is withheld (the value is None). Weights of zero drop out. ``impute``: last_observation[:years],
    linear or region_median; what it gives stands in rows of its own.

    Raises ``InputError`` for values of several editions without ``vintage``, a row that is there twice, an unknown country.
    """
    if not 0 <= threshold <= 1:
        raise InputError(say("{value} is no share.", value=threshold), where={"column": "threshold", "value": threshold},
                         remedy=say("Write a share from 0 to 1, such as 0.5."))
    method = Imputation.parse(impute) if isinstance(impute, str) else impute
    elsewhere = weights if isinstance(weights, Weights) or weights is None else Weights.of(weights)
    values = of_vintage(values, vintage)
    present = {*values.countries, *(elsewhere.country if elsewhere else ())}
    regions = regions_of(by, present=present)
    laid = _Laid(values, sorted(present), regions, elsewhere)
    blocks = [laid.block(start, stop, threshold, method) for start, stop in laid.blocks()]
    found = Cells.below([one for one, _other in blocks])
    with_imputed = Cells.below([other for _one, other in blocks if other is not None]) if method else None
    options = {"by": by if isinstance(by, str) else "mapping", "threshold": threshold, "impute": method.text if method else None,
               "vintage": vintage if vintage is not None else next(iter(values.vintages), ""),
               "weights": "own" if elsewhere is None else f"own, then {elsewhere.name or 'given'}",
               "weight_of_region": "nearest year where that of the year is not known"}
    return Aggregates(by, laid.regions, laid.groups, laid.years, found, with_imputed, laid.warnings(by), options)


class _Laid:
    """The rows of countries laid out as groups x countries x years, a block of groups at a time."""

    def __init__(self, values: Values, countries: Sequence[str], regions: Mapping[str, Sequence[str]],
                 weights: Weights | None) -> None:
        self.values, self.weights, self.countries = values, weights, countries
        self.place = {code: number for number, code in enumerate(countries)}
        self.regions = {region: tuple(codes) for region, codes in regions.items() if any(code in self.place for code in codes)}
        self.members = [np.array([self.place[code] for code in codes if code in self.place]) for codes in self.regions.values()]
        self.belongs = np.zeros((len(self.regions), len(countries)))
        for number, places in enumerate(self.members):
            self.belongs[number, places] = 1.0
        of_word = np.array([self.place.get(word, -1) for word in values.geo.words], dtype=np.int64)
        self.outside = tuple(word for word in values.geo.used if word not in self.place)
        self.rows: Any = np.flatnonzero(of_word[values.geo.codes] >= 0) if self.outside else slice(None)
        self.years, year = _ranked(values.year[self.rows])
        self.groups, group = self._groups()
        country = of_word[values.geo.codes[self.rows]] if len(of_word) else np.zeros(0, dtype=np.int64)
        self.cell = (group * len(countries) + country) * len(self.years) + year
        self.no_weight: set[int] = set()
        self.borrowed = 0
        self.unknown = np.zeros(len(self.regions), dtype=np.int64)

    def _groups(self) -> tuple[tuple[tuple[str, str, str], ...], Any]:
        """Series, breakdown and sex of each group, in order, and the group of each row."""
        series, parts, sexes = self.values.series, self.values.breakdown, self.values.sex
        wide = len(sexes.words)
        key = series.codes[self.rows]
        if len(parts.words) > 1:
            key = key * len(parts.words) + parts.codes[self.rows]
        keys, place = _ranked(key * wide + sexes.codes[self.rows])
        named = [(series.words[key // wide // max(1, len(parts.words))], parts.words[key // wide % len(parts.words)],
                  sexes.words[key % wide]) for key in keys]
        order = sorted(range(len(named)), key=lambda one: (*named[one][:2], _SEXES.get(named[one][2], 3), named[one][2]))
        if order == list(range(len(named))):
            return tuple(named), place
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return tuple(named[one] for one in order), rank[place]

    def blocks(self) -> Iterable[tuple[int, int]]:
        each = max(1, _AT_A_TIME // max(1, len(self.countries) * len(self.years)))
        return [(start, min(start + each, len(self.groups))) for start in range(0, len(self.groups), each)]

    def block(self, start: int, stop: int, threshold: float, method: Imputation | None) -> tuple[Cells, Cells | None]:
        shape = (stop - start, len(self.countries), len(self.years))
        size = shape[1] * shape[2]
        if (start, stop) == (0, len(self.groups)):
            figures, weights, cell = self.values.figures[self.rows], self.values.weights[self.rows], self.cell
        else:
            mine = np.flatnonzero((self.cell >= start * size) & (self.cell < stop * size))
            rows = mine if isinstance(self.rows, slice) else self.rows[mine]
            figures, weights, cell = self.values.figures[rows], self.values.weights[rows], self.cell[mine] - start * size
        there = np.bincount(cell, minlength=shape[0] * size)
        if there.max(initial=0) > 1:
            raise self._twice(int(np.flatnonzero(there > 1)[0]) + start * size)
        value, weight = np.full(shape, np.nan), np.full(shape, np.nan)
        value.ravel()[cell] = figures
        weight.ravel()[cell] = weights
        told: Bools = np.asarray(there.reshape(shape).any(axis=1))
        if self.weights is not None:
            for number, (series, _parts, sex) in enumerate(self.groups[start:stop]):
                given = self.weights.matrix(series, sex, self.place, self.years)
                weight[number] = np.where(np.isnan(weight[number]), given, weight[number])
        known, valued = ~np.isnan(weight), ~np.isnan(value)
        if not known.all():
            self.no_weight |= set(np.flatnonzero((valued & ~known).any(axis=(0, 2))).tolist())
        counted = valued & (weight > 0)
        whole, lent = near(weight, self.years)
        self._remark(lent, np.isnan(whole), told)
        behind = np.where(counted, weight, 0.0)
        region = whole if known.all() else np.where(np.isnan(whole), 0.0, whole)
        own = np.where(counted, value, np.nan)
        cells = self._averaged(own, behind, region, counted, told, threshold)
        if method is None:
            return cells, None
        guessed, guess_weight = imputed(method, value, valued, region, self.years, self.members)
        more = self._averaged(own, behind, region, counted, told, threshold, guessed=guessed, guess_weight=guess_weight)
        return cells, more

    def _averaged(self, value: Floats, behind: Floats, region: Floats, counted: Bools, told: Bools, threshold: float, *,
                  guessed: Sequence[Floats] = (), guess_weight: Floats | None = None) -> Cells:
        """Averages by group, region and year. ``guessed``: for each region, what stands for values that are missing."""
        own, total = np.matmul(self.belongs, behind), np.matmul(self.belongs, region)
        above = np.matmul(self.belongs, np.where(counted, value * behind, 0.0))
        countries = np.matmul(self.belongs, counted.astype(np.float64))
        low, high = self._extreme(value, np.fmin), self._extreme(value, np.fmax)
        added, guesses = np.zeros_like(own), np.zeros_like(own)
        if guess_weight is not None:
            for number, places in enumerate(self.members):
                there = ~np.isnan(guessed[number]) & (guess_weight[:, places] > 0)
                share = np.where(there, guess_weight[:, places], 0.0)
                added[:, number] = share.sum(axis=1)
                guesses[:, number] = there.sum(axis=1)
                above[:, number] += (np.where(there, guessed[number], 0.0) * share).sum(axis=1)
                least = np.where(there, guessed[number], np.inf).min(axis=1, initial=np.inf)
                most = np.where(there, guessed[number], -np.inf).max(axis=1, initial=-np.inf)
                low[:, number], high[:, number] = np.fmin(low[:, number], least), np.fmax(high[:, number], most)
        with np.errstate(invalid="ignore", divide="ignore"):
            average = np.clip(above / (own + added), low, high)
            covered = np.where(total > 0, own / total, np.nan)
            share_added = np.where(total > 0, added / total, np.nan)
        withheld = (own + added > 0) & (covered + share_added < threshold)
        average = np.where(withheld | ~(own + added > 0), np.nan, average)
        return Cells(average, countries, covered, total, withheld, guesses, share_added, np.broadcast_to(told[:, None], own.shape))

    def _extreme(self, value: Floats, reduce: Any) -> Floats:
        """The least or the greatest value of each region, nan where there is none."""
        found = np.full((value.shape[0], len(self.members), value.shape[2]), np.nan)
        for number, places in enumerate(self.members):
            found[:, number] = reduce.reduce(value[:, places], axis=1, initial=np.nan)
        return found

    def _twice(self, cell: int) -> InputError:
        row = int(np.arange(len(self.values))[self.rows][np.flatnonzero(self.cell == cell)[0]])
        key = "/".join((self.values.series[row], self.values.geo[row], str(self.values.year[row]), self.values.sex[row]))
        message, remedy = say("“{key}” is there more than once.", key=key), say("Keep one row of each.")
        return InputError(message, findings=[Finding("error", None, None, "series", key, "duplicate_key", message, remedy)])

    def _remark(self, lent: Bools, unknown: Bools, told: Bools) -> None:
        """How many weights were taken from another year, and how many countries of each region have none that is known."""
        self.borrowed += int((lent & told[:, None]).sum())
        for number, (codes, places) in enumerate(zip(self.regions.values(), self.members, strict=True)):
            none = (unknown[:, places].sum(axis=1) + (len(codes) - len(places)))[told]
            self.unknown[number] = max(int(self.unknown[number]), int(none.max(initial=0)))

    def warnings(self, by: str | Mapping[str, Iterable[str]]) -> tuple[Finding, ...]:
        found = []

        def warn(code: str, value: str | None, message: str, remedy: str) -> None:
            found.append(Finding("warning", None, None, None, value, code, message, remedy))

        if self.no_weight:
            names = [self.countries[place] for place in sorted(self.no_weight)]
            warn("no_weight", ", ".join(names[:20]),
                 say("{n} countries have values without a weight and are left out: {names}.", n=len(names), names=_some(names)),
                 say("Give their weights: a column weight, or a file of weights."))
        for number, region in enumerate(self.regions):
            if self.unknown[number]:
                warn("weight_unknown", region,
                     say("The weight of {n} countries of {region} is not known: they are not in the weight of the region.",
                         n=int(self.unknown[number]), region=region), say("Give the weights of all its countries."))
        if self.borrowed:
            warn("weight_of_other_year", str(self.borrowed),
                 say("{n} weights of countries without a value are those of the nearest year.", n=self.borrowed),
                 say("Give the weights of every year."))
        if self.outside:
            warn("not_a_country", ", ".join(self.outside[:20]),
                 say("{n} areas are no countries and in no average: {names}.", n=len(self.outside), names=_some(self.outside)),
                 say("Nothing needs to be done where they are regions."))
        placed = {code for codes in self.regions.values() for code in codes}
        homeless = [code for code in self.countries if code not in placed]
        if homeless and isinstance(by, str):
            warn("no_region", ", ".join(homeless[:20]),
                 say("{n} countries are in no region: {names}.", n=len(homeless), names=_some(homeless)),
                 say("Group them in a file of your own."))
        self._remark_shared(warn)
        return tuple(found)

    def _remark_shared(self, warn: Any) -> None:
        if self.weights is None or self.weights.by_series:
            return
        groups = {COVERAGE_SERIES[series].group for series, _parts, _sex in self.groups if series in COVERAGE_SERIES}
        if len(groups) > 1:
            warn("weights_shared", None, say("The weights say of no series whose they are: all series are weighted alike."),
                 say("Add a column series: the denominators of series differ."))
        if not self.weights.sexed and len({sex for _series, _parts, sex in self.groups} & {"female", "male"}):
            warn("weights_of_both_sexes", None,
                 say("The weights tell no sexes apart: women and men are weighted by both together."), say("Add a column sex."))


def _ranked(numbers: Any) -> tuple[list[int], Any]:
    """The different numbers in order, and the place of each row among them."""
    if not len(numbers):
        return [], numbers
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > max(1_000_000, 4 * len(numbers)):
        different, place = np.unique(numbers, return_inverse=True)
        return different.tolist(), place
    used = np.bincount(numbers - low) > 0
    if used.all():
        return list(range(low, high + 1)), numbers - low
    return (np.flatnonzero(used) + low).tolist(), (np.cumsum(used) - 1)[numbers - low]


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" ..." if len(names) > 10 else "")
