"""The workbench, measured: ``python -m benchmarks.workbench``.

What people wait for when they work: the desk, a save, fifty who save at the same time, a file of 100,000 rows; and what the log
costs them. Each against the hand-written minimum of the same work on the same database, in one run. ``--write`` copies the table
to docs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile

from benchmarks import published
from benchmarks.measuring import Measure, ask, table
from tests.postgresql import NoServer, server

ABOUT = """a file of {rows:,.0f} rows.
PostgreSQL runs here without waiting for the disk."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbench", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of what is measured; 1 is a file of 100,000 rows")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--write", action="store_true", help="copy the table to docs/reference/benchmarks.md")
    options = parser.parse_args()
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="socle-bench-") as scratch:
        environment = os.environ | {"SOCLE_HOME": scratch, "SOCLE_HTTP": "1", "DEBUG": "false", "SOCLE_MFA": "optional"}
        if options.database != "postgresql":
            sqlite = environment | {"DATABASE_URL": f"sqlite:///{scratch}/socle.sqlite3"}
            measures += ask("benchmarks.working", str(options.scale), environment=sqlite)
        if options.database != "sqlite":
            try:
                with server() as url:
                    measures += ask("benchmarks.working", str(options.scale), environment=environment | {"DATABASE_URL": url})
            except NoServer as none:
                print(none, file=sys.stderr)
    text = table(measures)
    print(text)
    if options.write:
        published.write("workbench", ABOUT.format(rows=100_000 * options.scale), text)
    passed = [m for m in measures if not m.kept]
    for m in passed:
        print(f"{m.what} on {m.where}: ratio {m.ratio:.2f}, promised at most {m.most}", file=sys.stderr)
    return 1 if passed else 0


if __name__ == "__main__":
    raise SystemExit(main())
