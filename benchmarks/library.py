"""The library route: from a folder of CSV files to every table, without a database. Run by ``benchmarks.results``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

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
    bare = seconds(lambda: [list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in sorted(folder.glob("*.csv"))])
    return [
        Measure("read and check every sheet", "library", reading, bare, "csv.reader alone", note=f"peak {after_reading:,.0f} MB"),
        Measure("every table of the report", "library", reporting),
        Measure("every record behind every row written out", "library", writing, note=f"peak {peak_megabytes():,.0f} MB"),
    ]


if __name__ == "__main__":
    say(measure(Path(sys.argv[1])))
