"""Measure how far graduated ages are from the single ages of the UN, and write the table into the documentation: ``python -m
scripts.graduation`` (needs ../shared/data/population-single-age-sex-2000-2100.parquet, which is not part of the project).

The five-year figures that the product ships are made single ages and years by each method and compared with the single ages that
the UN publishes, for every country, sex and year from 2000 to 2100 that both have. """

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import duckdb
import numpy as np
import numpy.typing as npt

from socle import demography
from socle.datasets.population_shipped import countries_shipped, shipped_counts

ROOT = Path(__file__).resolve().parent.parent
TRUTH = ROOT.parent / "shared" / "data" / "population-single-age-sex-2000-2100.parquet"
PAGE = ROOT / "docs" / "explanation" / "from-age-groups-to-single-ages.md"
BEGIN, END = "<!-- measured: python -m scripts.graduation -->\n", "<!-- end -->\n"
BANDS = ((0, 4), (5, 14), (15, 24), (25, 49), (50, 64), (65, 79), (80, 99))
YEARS = range(2000, 2101)
#: Ages with fewer persons are left out of the largest error: one person more is several per cent there.
ENOUGH = 1_000
Floats = npt.NDArray[np.float64]


def truth() -> dict[str, Floats]:
    """Persons ``[year, sex, age]`` by country, women first."""
    query = f"SELECT ISO3_code, PopFemale, PopMale FROM '{TRUTH}' ORDER BY ISO3_code, Time, AgeGrpStart"
    rows: dict[str, Any] = duckdb.sql(query).fetchnumpy()
    codes, starts = np.unique(rows["ISO3_code"].astype(str), return_index=True)
    both = np.stack([rows["PopFemale"], rows["PopMale"]], axis=1).astype(np.float64)
    return {code: both[start:start + len(YEARS) * 101].reshape(len(YEARS), 101, 2).transpose(0, 2, 1)
            for code, start in zip(codes.tolist(), starts.tolist(), strict=True) if code in countries_shipped()}


def made(code: str, method: demography.Graduation, between: Callable[..., Floats]) -> Floats:
    at, groups = shipped_counts(code)
    kept = [place for place, year in enumerate(at) if year in YEARS]
    return between(demography.graduate(groups[kept], method=method), [at[place] for place in kept], YEARS)


def straight(persons: Floats, at: Sequence[int], years: Iterable[int]) -> Floats:
    """Straight lines from count to count at each age, for comparison."""
    flat = persons.reshape(len(at), -1)
    lines = [np.interp(list(years), at, column) for column in flat.T]
    return np.stack(lines, axis=1).reshape(-1, *persons.shape[1:])


def errors(codes: Iterable[str], method: demography.Graduation, between: Callable[..., Floats], *,
           counts_only: bool) -> list[tuple[float, float]]:
    """Of each band: the mean relative error (persons in the wrong age, of all persons) and the largest of an age of 1,000 and
    more."""
    chosen = slice(None, None, 5) if counts_only else slice(None)
    right = truth()
    pairs = [(made(code, method, between)[chosen], right[code][chosen]) for code in codes]
    found = []
    for first, last in BANDS:
        ages = slice(first, last + 1)
        off = sum(float(np.abs(ours[..., ages] - theirs[..., ages]).sum()) for ours, theirs in pairs)
        people = sum(float(theirs[..., ages].sum()) for _, theirs in pairs)
        worst = max(float((np.abs(ours[..., ages] / np.maximum(theirs[..., ages], 1) - 1)
                           * (theirs[..., ages] >= ENOUGH)).max()) for ours, theirs in pairs)
        found.append((off / people, worst))
    return found


def table(codes: Iterable[str]) -> str:
    codes = tuple(codes)
    head = ["method", *(f"{first}–{last}" for first, last in BANDS)]
    lines = [f"{len(codes)} countries and territories, both sexes. Mean error (largest error of an age with at least {ENOUGH:,} "
             "persons), per cent.", "", "In the years of the counts (2000, 2005 ... 2100):", "", *_rows(head, [
                 (f"`{method}`", errors(codes, method, demography.between_counts, counts_only=True))
                 for method in get_args(demography.Graduation)]), "",
             "In all years, 2000 to 2100:", "", *_rows(head, [
                 ("`log_smooth`, along cohorts", errors(codes, "log_smooth", demography.between_counts, counts_only=False)),
                 ("`log_smooth`, straight lines", errors(codes, "log_smooth", straight, counts_only=False)),
                 ("`uniform`, straight lines", errors(codes, "uniform", straight, counts_only=False))])]
    return "\n".join(lines) + "\n"


def _rows(head: list[str], rows: list[tuple[str, list[tuple[float, float]]]]) -> list[str]:
    told = [[name, *(f"{100 * mean:.2f} ({100 * worst:.0f})" for mean, worst in cells)] for name, cells in rows]
    return [f"| {' | '.join(row)} |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *told)]


def main() -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + table(truth()) + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
