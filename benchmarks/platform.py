"""The platform on the database of the environment. Run by ``benchmarks.results``, once a database."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks import statements  # noqa: E402
from benchmarks.measuring import Measure, in_turn, peak_megabytes, say, seconds  # noqa: E402
from socle import datasets, results  # noqa: E402
from socle_web.results import actions, bridge, queries  # noqa: E402
from tests.emptying import let_the_log_be_emptied  # noqa: E402

COUNTRY = "KEN"


def load(folder: Path) -> actions.LoadResult:
    outcome = actions.load(datasets.read_book(folder), by="benchmark", source=folder.name)
    if outcome.refused:
        raise SystemExit(f"The made-up programme was refused: {outcome.findings[:3]}")
    return outcome


def measure_load(where: str, folder: Path) -> Measure:
    """Loading 100,000 observations against reading their CSV and one executemany into the same table."""
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        few = sum(1 for _ in file) - 1
    ours = seconds(lambda: load(folder))
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, id FROM results_impact")
        impacts = dict(cursor.fetchall())
        cursor.execute("DELETE FROM results_observation")

    def by_hand() -> None:
        with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        places = {row[0]: number for number, row in enumerate(rows, 1)}
        sql = ('INSERT INTO results_observation (id, key, impact_id, "on", on_is_year, measure, persons, women, men, unit, status, '
               "recorded_on, recorded_on_is_year, supersedes_id, reason, source, origin) "
               "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, [
                (places[key], key, impacts[impact], on, False, measure, int(persons), int(women) if women else None, None, unit,
                 status, recorded or None, False, places.get(supersedes), reason, "", "imported")
                for key, impact, on, measure, persons, women, unit, status, recorded, supersedes, reason in rows])

    minimum = seconds(by_hand)
    most = 4 if few >= 100_000 else None  # the promise is for a hundred thousand; a small file pays for the other sheets
    return Measure(f"load {few:,} observations, checked and compared", where, ours, minimum, "csv.reader + executemany", most=most)


def measure_report(where: str) -> list[Measure]:
    kept: dict[str, Any] = {}

    def ours() -> None:
        kept["report"] = results.report(bridge.chain())

    def by_hand() -> None:
        with connection.cursor() as cursor:
            kept["totals"] = statements.totals(cursor)

    took, minimum = in_turn(ours, by_hand)
    hold_equal(kept["report"], kept["totals"])
    written = took + seconds(lambda: kept["report"].as_dict())
    return [
        Measure("the whole report", where, took, minimum, "the same totals in SQL", most=3, note="totals equal"),
        Measure("the whole report, every record written out", where, written, minimum, "the same totals in SQL", most=3),
    ]


def hold_equal(report: results.Report, totals: dict[str, list[tuple[Any, ...]]]) -> None:
    """The report and the statements give the same figures."""
    figures = {"impacts": ("persons", "persons_counted_once", "women", "potential"), "impacts_by_year": ("persons",),
               "changes_by_year": ("countries", "changes"), "changes_by_step": ("countries", "changes"),
               "country_results": ("changes",), "funding_by_year": ("projects", "amount"), "funding_by_partner": ("amount",)}
    for table, columns in figures.items():
        keys = results.TABLES[table].keys
        by_hand = {row[:len(keys)]: row[len(keys):] for row in totals[table]}
        ours = {tuple(row[key] for key in keys): tuple(row[column] for column in columns) for row in report.tables[table]}
        different = {key for key in by_hand if tuple(by_hand[key]) != ours.get(key, (0,) * len(columns))}
        if different or set(ours) - set(by_hand):
            raise SystemExit(f"{table}: the report and the SQL differ at {sorted(different)[:3]}")


def measure_page(where: str, what: str, address: str, bare: Callable[[], object], against: str) -> Measure:
    client = Client(HTTP_HOST="localhost")

    def page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    page()  # the report it shows is computed once and remembered until the records change
    with CaptureQueriesContext(connection) as asked:
        page()
    number = len(asked)
    took, minimum = in_turn(page, bare, times=5)
    return Measure(what, where, took, minimum, against, note=f"{number} queries")


def rows_of(sql: str, *values: object) -> Callable[[], object]:
    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return ask


def measure(few: Path, many: Path) -> list[Measure]:
    where = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    call_command("migrate", verbosity=0)
    found = [measure_load(where, few)]
    let_the_log_be_emptied()
    call_command("flush", interactive=False, verbosity=0)
    from django.apps import apps  # noqa: PLC0415 - late: only here

    from socle_web.places.filling import fill  # noqa: PLC0415 - late: only here

    fill(apps)
    found.append(Measure("load the whole programme", where, seconds(lambda: load(many))))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    found += measure_report(where)
    queries.forget()
    found.append(Measure("the first report after a change of the records", where, seconds(queries.report)))
    bare_country = rows_of(
        'SELECT c.*, i.*, o.* FROM results_change c LEFT JOIN results_impact i ON i.change_id = c.id '
        "LEFT JOIN results_observation o ON o.impact_id = i.id WHERE c.country_id = %s ORDER BY c.\"on\" DESC", COUNTRY)
    found.append(measure_page(where, "a country page", f"/countries/{COUNTRY}/", bare_country, "its rows in one query"))
    bare_browser = rows_of("SELECT * FROM results_change WHERE country_id = %s AND step = '2' ORDER BY \"on\" DESC LIMIT 25",
                           COUNTRY)
    address = f"/results/?country={COUNTRY}&step=2"
    found.append(measure_page(where, "the results browser", address, bare_browser, "its rows in one query"))
    found.append(Measure("memory of the process at its peak", where, 0.0, note=f"{peak_megabytes():,.0f} MB"))
    return found


if __name__ == "__main__":
    say(measure(Path(sys.argv[1]), Path(sys.argv[2])))
