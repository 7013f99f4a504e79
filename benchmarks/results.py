"""The results room, measured: ``python -m benchmarks.results``.

A made-up programme of 1,000 projects, 100,000 changes and 1,000,000 observations through the library, SQLite and PostgreSQL,
against the hand-written minimum of each piece of work, in one run, printed as one table. ``--write`` copies it to docs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import published
from benchmarks.measuring import Measure, ask, table
from benchmarks.programme import write
from tests.postgresql import NoServer, server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the programme; 1 is a million observations")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--write", action="store_true", help="copy the table to docs/reference/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="socle-bench-") as scratch:
        measures = measure(Path(scratch), options.scale, options.database)
    text = table(measures)
    print(text)
    if options.write:
        published.write("results", about(options.scale), text)
    passed = [m for m in measures if not m.kept]
    for m in passed:
        print(f"{m.what} on {m.where}: ratio {m.ratio:.2f}, promised at most {m.most}", file=sys.stderr)
    return 1 if passed else 0


def measure(scratch: Path, scale: float, database: str) -> list[Measure]:
    many = write(scratch / "many", projects=int(1_000 * scale), changes=int(100_000 * scale), impacts=int(200_000 * scale),
                 observations=int(1_000_000 * scale))
    few = write(scratch / "few", projects=100, changes=1_000, impacts=10_000, observations=int(100_000 * min(1, scale)))
    environment = os.environ | {"SOCLE_HOME": str(scratch), "SOCLE_HTTP": "1", "DEBUG": "false"}
    found = ask("benchmarks.library", str(many), environment=environment)
    if database != "postgresql":
        sqlite = environment | {"DATABASE_URL": f"sqlite:///{scratch}/socle.sqlite3"}
        found += ask("benchmarks.platform", str(few), str(many), environment=sqlite)
    if database != "sqlite":
        try:
            with server() as url:
                found += ask("benchmarks.platform", str(few), str(many), environment=environment | {"DATABASE_URL": url})
        except NoServer as none:
            print(none, file=sys.stderr)
    return found


def about(scale: float) -> str:
    projects, changes, impacts, observations = (f"{size * scale:,.0f}" for size in (1_000, 100_000, 200_000, 1_000_000))
    return f"""{projects} projects,
{changes} changes, {impacts} impacts and {observations} observations. The statements that the report is compared with are in
`benchmarks/statements.py`; the run fails where the two do not give the same totals, and where a ratio passes what is promised."""


if __name__ == "__main__":
    raise SystemExit(main())
