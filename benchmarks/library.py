"""The library route: from a folder of CSV files to every table, without a database. Run by ``benchmarks.results``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pandas

from benchmarks.measuring import Measure, peak_megabytes, say, seconds
from socle import datasets, results


def measure(folder: Path) -> list[Measure]:
    kept: dict[str, object] = {}

    def read() -> None:
        kept["book"] = datasets.read_book(folder).book

    def report() -> None:
        kept["report"] = results.report(results.Chain.of(kept["book"]))  # type: ignore[arg-type]

    reading = seconds(read)
    after_reading = peak_megabytes()
    reporting = seconds(report)
    writing = seconds(lambda: kept["report"].as_dict())  # type: ignore[attr-defined]
    kept.clear()
    analyst = seconds(lambda: analyst_reads_and_sums(folder))
    bare = seconds(lambda: [list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in sorted(folder.glob("*.csv"))])
    return [
        Measure("read and check every sheet", "library", reading, bare, "csv.reader alone", note=f"peak {after_reading:,.0f} MB"),
        Measure("read, check, and every table of the report", "library", reading + reporting, analyst,
                "pandas: read_csv, merge, groupby; checks nothing"),
        Measure("every table of the report", "library", reporting),
        Measure("every record behind every row written out", "library", writing, note=f"peak {peak_megabytes():,.0f} MB"),
    ]


def analyst_reads_and_sums(folder: Path) -> object:
    """What an analyst would write instead: the persons of the increases and levels by kind and branch, in pandas."""
    sheets = {path.stem: pandas.read_csv(path) for path in folder.glob("*.csv")}
    rows = sheets["observations"].merge(sheets["impacts"], on="impact")
    rows = rows[~rows["observation"].isin(rows["supersedes"].dropna())].sort_values(["impact", "status", "on"], kind="stable")
    series = [rows["impact"], rows["status"]]
    level = rows["persons"].where(rows["measure"] != "increase")
    since = rows["persons"].where(rows["measure"] == "increase", 0)
    run = (rows["measure"] != "increase").groupby(series).cumsum().groupby(series).shift().fillna(0)
    before = level.groupby(series).ffill().groupby(series).shift().fillna(0)
    increased = since.groupby([*series, run]).transform("sum")
    rows["adds"] = rows["persons"].where(rows["measure"] == "increase", rows["persons"] - before - increased)
    rows = rows[rows["measure"] != "baseline"]
    changes, funding = sheets["changes"], sheets["funding"]
    return (rows.groupby(["kind", "branch", "status"])["adds"].sum(), rows.groupby(["kind", "status"])["adds"].sum(),
            changes.groupby(["step", "year"])["country"].agg(["count", "nunique"]),
            changes.groupby(["country", "year", "step"]).size(), funding.groupby(["on", "currency"])["amount"].sum())


if __name__ == "__main__":
    say(measure(Path(sys.argv[1])))
