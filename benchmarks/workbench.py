"""The workbench, measured: ``python -m benchmarks.workbench``.

What people wait for when they work: the desk, a save, fifty who save at the same time, a file of 100,000 rows; and what the log
costs them. Each against the hand-written minimum of the same work on the same database, in one run. ``--write`` copies the table
to docs.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Measure, ask, table
from tests.postgresql import NoServer, server

DOCS = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"
HEADING = "\n## The workbench\n"


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
        write(text, options.scale)
    passed = [m for m in measures if not m.kept]
    for m in passed:
        print(f"{m.what} on {m.where}: ratio {m.ratio:.2f}, promised at most {m.most}", file=sys.stderr)
    return 1 if passed else 0


def write(text: str, scale: float) -> None:
    """This section of the page; the others stay."""
    before, _, _ = DOCS.read_text(encoding="utf-8").partition(HEADING)
    DOCS.write_text(f"""{before.rstrip()}
{HEADING}
What `python -m benchmarks.workbench --write` printed, on {os.cpu_count()} cores and Python {platform.python_version()}, with a file
of {100_000 * scale:,.0f} rows. Ratios hold on other machines, seconds do not; PostgreSQL runs here without waiting for the disk.

{text}
""", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
