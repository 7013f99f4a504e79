"""The report on the catalogue is the printed report, cell by cell; where the documents disagree, it says by how much."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from socle import datasets, results
from tests.golden.catalogue import PROGRAMME, rows


@cache
def chain() -> results.Chain:
    return results.Chain.of(datasets.read_book(PROGRAMME).book)


@cache
def report(phase: str = "2", year: int | None = None) -> results.Report:
    return results.report(chain(), phase=phase, year=year)


def cell(table: str, column: str, *, phase: str = "2", year: int | None = None, **keys: str) -> object:
    return next(row[column] for row in report(phase, year).tables[table] if all(row[k] == v for k, v in keys.items()))


def verdicts(phase: str, source: str) -> list[tuple[str, str, str, str]]:
    return [(row["table"], row["row"], row["column"], row["verdict"]) for row in report(phase).tables["reconciliation"]
            if row["source"].startswith(source)]


def test_the_catalogue_is_read_without_a_finding():
    assert list(datasets.read_book(PROGRAMME).findings) == []


def test_the_only_warning_is_cambodia_s_missing_baseline():
    assert [(f.severity, f.code) for f in results.check(chain().book)] == [("warning", "no_baseline")]


@pytest.mark.parametrize(("table", "cells"), [(1, 13), (2, 20), (3, 16), (4, 45), (7, 8), (8, 2)])
def test_a_table_of_the_report_comes_out_equal_cell_by_cell(table, cells):
    found = [v for v in verdicts("2", f"AR2024, Table {table},") if v[1] != "2021-2023/USD"]
    assert len(found) == cells
    assert [v for v in found if v[3] != "equal"] == []


@pytest.mark.parametrize(("table", "column", "key"), [
    ("impacts", "persons", {"kind": "all", "branch": "all"}), ("changes_by_step", "changes", {"step": "all"}),
    ("changes_by_step", "countries", {"step": "all"}),
])
def test_the_headline_of_2024(table, column, key):
    assert cell(table, column, year=2024, **key) == {"persons": 18_267_500, "changes": 41, "countries": 31}[column]


def test_achieved_and_without_records_are_the_total_of_table_2():
    assert cell("targets", "achieved", indicator="people", counts="persons") == 18_267_500
    assert cell("targets", "without_records", indicator="people", counts="persons") == 37_260_000


DISAGREEMENTS = [
    ("2", "changes_by_year", "all/2021-2023", "without_records", 105, 3),
    ("2", "impacts_by_year", "all/2021-2023", "without_records", 31_300_000, 5_960_000),
    ("2", "funding_by_year", "2021-2023/USD", "total", 39_024_757, 16_778_988),
    ("2", "funding_gap", "2021/USD", "gap", 85_000_000, -10_000_000),
    ("1", "targets", "step1/countries", "target", 19, 2),
    ("1", "targets", "step2/countries", "target", 19, -5),
    ("1", "targets", "step3/countries", "target", 20, -13),
    ("1", "targets", "people/persons", "total", 10_000_000, 15_100_000),
    ("1", "targets", "people/persons", "total", 20_000_000, 5_100_000),
    ("1", "targets", "people/persons", "total", 23_000_000, 2_100_000),
]


@pytest.mark.parametrize("phase", ["1", "2"])
def test_the_sources_disagree_where_they_are_known_to_and_nowhere_else(phase):
    found = [(phase, r["table"], r["row"], r["column"], r["published"], r["difference"])
             for r in report(phase).tables["reconciliation"] if r["verdict"] != "equal"]
    assert sorted(found, key=str) == sorted(((*row[:4], Decimal(row[4]), Decimal(row[5]))
                                             for row in DISAGREEMENTS if row[0] == phase), key=str)


def test_every_published_figure_is_compared():
    compared = sum(len(report(phase).tables["reconciliation"]) for phase in ("1", "2"))
    assert compared == len(rows("published"))


def test_cambodia_counts_in_the_first_phase_only():
    assert cell("impacts", "persons", phase="1", kind="access", branch="all") == 910_000
    assert [row for row in report("2").tables["impacts"] if row["kind"] == "access"] == []


@pytest.mark.parametrize(("partner", "change"), [("PRT", "AGO-2024-3"), ("BEL", "BDI-2024-1"), ("IRL", "MWI-2024-2")])
def test_a_donor_finds_what_the_money_contributed_to(partner, change):
    found = results.report(chain(), phase="2", partner=partner).tables["changes_by_step"]
    assert f"changes:{change}" in list(next(row for row in found if row["step"] == "all")["records"])
