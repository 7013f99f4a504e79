"""The readings of a scheme, measured: ``python -m benchmarks.schemes``.

Eligibility and amounts of a scheme of ten rules (``ten_rules.toml``) for 20 million persons, against hand-written DuckDB SQL, in
turn and in one run; and for a million against OpenFisca, which is installed into an environment that is thrown away. ``--write``
copies the table to docs. """

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from datetime import date
from math import isclose
from pathlib import Path
from statistics import median
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np
import pyarrow.compute

from benchmarks import people, published
from benchmarks.measuring import Measure, in_turn, peak_megabytes, seconds, table
from socle import entitlements, schemes

HERE = Path(__file__).parent
ABOUT = """{persons:,} persons.
What was written by hand is in `benchmarks/people.py`; the run fails where the two do not give the same totals, and where a ratio
passes what is promised."""
ON = date(2024, 2, 28)
TIMES = 9


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schemes", description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000_000)
    parser.add_argument("--few", type=int, default=1_000_000, help="persons of the comparison with OpenFisca")
    parser.add_argument("--without-openfisca", action="store_true")
    parser.add_argument("--write", action="store_true", help="copy the table to docs/reference/benchmarks.md")
    options = parser.parse_args()
    scheme = ten_rules()
    measures = [*against_sql(scheme, options.persons), of_households(options.persons // 4)]
    if not options.without_openfisca:
        measures += against_openfisca(scheme, options.few)
    measures.append(of_cells(scheme))
    text = table(measures)
    print(text)
    if options.write:
        published.write("schemes", ABOUT.format(persons=options.persons), text)
    passed = [m for m in measures if not m.kept]
    for m in passed:
        print(f"{m.what}: ratio {m.ratio:.2f}, promised at most {m.most}", file=sys.stderr)
    return 1 if passed else 0


def ten_rules() -> schemes.Scheme:
    reading = schemes.read(HERE / "ten_rules.toml")
    if reading.scheme is None:
        raise SystemExit("\n".join(map(str, reading.findings)))
    return reading.scheme


def engine(sql: str) -> Any:
    found = ibis.duckdb.connect()
    found.raw_sql("SET enable_progress_bar = false")
    found.raw_sql(sql)
    return found


def against_sql(scheme: schemes.Scheme, persons: int) -> list[Measure]:
    duckdb = engine(people.PERSONS.format(persons=persons))
    rows = duckdb.table("persons")

    def answers() -> Any:
        return entitlements.judge_rows(scheme, rows, on=ON, facts=people.FACTS).select("id", "entitled", "amount")

    def keep(name: str, sql: str) -> None:
        duckdb.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def add_up(sql: str) -> None:
        duckdb.raw_sql(f"SELECT count(*) FILTER (entitled), sum(amount) FROM ({sql})").fetchall()

    kept = in_turn(lambda: keep("ours", duckdb.compile(answers())), lambda: keep("hand", people.BY_HAND), times=TIMES)
    hold_equal(totals(duckdb, "ours"), totals(duckdb, "hand"))
    duckdb.raw_sql("DROP TABLE ours; DROP TABLE hand")
    added = in_turn(lambda: add_up(duckdb.compile(answers())), lambda: add_up(people.BY_HAND), times=TIMES)
    writing = median(seconds(lambda: duckdb.compile(answers())) for _ in range(TIMES))
    million = f"{persons / 1e6:g} million persons"
    return [
        Measure(f"ten rules, {million}: who is entitled to what, kept as a table", "DuckDB", *kept, "SQL written by hand", most=1.3,
                note="totals equal"),
        Measure(f"ten rules, {million}: added up", "DuckDB", *added, "SQL written by hand", most=1.3,
                note=f"peak {peak_megabytes():,.0f} MB"),
        Measure("writing the SQL of the ten rules (within both)", "Ibis", writing),
    ]


def of_households(persons: int) -> Measure:
    duckdb = engine(people.HOUSEHOLDS.format(persons=persons))
    rule = schemes.parse_rule(people.HOUSEHOLD_RULE, unit="household", expect="truth").expression
    rows = duckdb.table("members")

    def ours() -> Any:
        answer = entitlements.evaluate_rows({"answer": rule}, rows, on=ON, facts=people.FACTS)
        return duckdb.raw_sql(f"SELECT count(*) FILTER (answer) FROM ({duckdb.compile(answer)})").fetchall()

    def by_hand() -> Any:
        return duckdb.raw_sql(f"SELECT count(*) FILTER (answer) FROM ({people.HOUSEHOLD_BY_HAND})").fetchall()

    hold_equal(ours()[0], by_hand()[0])
    return Measure(f"a rule over households of four, {persons / 1e6:g} million persons", "DuckDB", *in_turn(ours, by_hand, times=5),
                   "SQL written by hand", note="totals equal")


def against_openfisca(scheme: schemes.Scheme, persons: int) -> list[Measure]:
    duckdb = engine(people.PERSONS.format(persons=persons))
    rows = duckdb.table("persons")
    answer = entitlements.judge_rows(scheme, rows, on=ON, facts=people.FACTS).select("entitled", "amount")
    sql = duckdb.compile(answer)  # as OpenFisca's system is built before the clock starts

    def ours() -> Any:
        return duckdb.con.execute(sql).to_arrow_table()  # columns in memory, as OpenFisca answers arrays

    with tempfile.TemporaryDirectory(prefix="socle-bench-") as scratch:
        file = Path(scratch) / "persons.npz"
        columns = duckdb.con.execute("SELECT * FROM persons").fetchnumpy()
        np.savez(file, **{name: np.ma.getdata(values) for name, values in columns.items()})
        venv.create(Path(scratch) / "openfisca", with_pip=True)
        python = Path(scratch) / "openfisca" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "openfisca-core"], check=True, stderr=subprocess.DEVNULL)
        command = [python, "-I", HERE / "openfisca_policy.py", file, str(TIMES)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    other = json.loads(done.stdout.splitlines()[-1])
    took = median(seconds(ours) for _ in range(TIMES))
    # OpenFisca calculates in single precision
    told = ours()
    sums = (pyarrow.compute.sum(told["entitled"]).as_py(), pyarrow.compute.sum(told["amount"]).as_py())
    hold_equal(sums, (other["entitled"], other["amount"]), within=1e-6)
    return [Measure(f"ten rules, {persons / 1e6:g} million persons: who is entitled to what", "DuckDB", took, theirs, against,
                    note=f"{theirs / took:.1f} times as fast; totals equal")
            for theirs, against in ((median(other["seconds"]), "OpenFisca-Core, the same ten rules"),
                                    (median(other["with_inputs"]), "OpenFisca-Core, with handing it the persons"))]


def of_cells(scheme: schemes.Scheme) -> Measure:
    took = median(seconds(lambda: entitlements.cells(scheme, on=ON, facts=people.FACTS)) for _ in range(TIMES))
    return Measure("the same scheme in cells of age and sex, a year", "NumPy", took)


def totals(duckdb: Any, name: str) -> tuple[float, ...]:
    found: tuple[float, ...] = duckdb.raw_sql(f"SELECT count(*) FILTER (entitled), sum(amount) FROM {name}").fetchone()
    return found


def hold_equal(ours: tuple[float, ...], other: tuple[float, ...], *, within: float = 1e-12) -> None:
    if not all(isclose(one, two, rel_tol=within) for one, two in zip(ours, other, strict=True)):
        raise SystemExit(f"The totals differ: {ours} and {other}")


if __name__ == "__main__":
    raise SystemExit(main())
