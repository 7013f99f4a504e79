"""The tables of a report as a workbook, as CSV and as text."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest

from socle import reports
from socle.reports.workbook import LONGEST_CELL, records_text
from socle.results import TABLES, report
from socle.vocabulary import speaking
from tests.unit.reports.conftest import SHEETS, chain_of


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(BytesIO(reports.workbook(made)))


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_has_the_numbers_of_its_table(book, made, name):
    rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    columns = [*TABLES[name].keys, *TABLES[name].columns, "in_words", "records"]
    assert rows[0] == columns
    for printed, row in zip(rows[1:], made.tables[name], strict=True):
        for column, value in zip(columns, printed, strict=True):
            if column == "in_words":
                assert value
            elif column == "records":
                assert (value or "") == ";".join(row["records"])
            elif isinstance(row[column], str | None):
                assert value == row[column]
            else:
                assert Decimal(str(value)) == Decimal(str(float(row[column])))


def test_what_is_not_reported_is_an_empty_cell(book, made):
    at = next(i for i, row in enumerate(made.tables["impacts"], 2) if row["persons"] is None)
    assert book["impacts"].cell(at, 3).value is None


def test_a_sheet_has_a_frozen_head_and_says_what_it_is_about(book):
    assert all(book[name].freeze_panes for name in TABLES)
    about = "\n".join(str(cell.value) for row in book["about"].iter_rows() for cell in row if cell.value)
    assert "Not an ILO publication." in about
    assert "A report, 2025." in about
    assert "This is an adaptation." in about


def test_every_sheet_prints_with_the_notice(book):
    for sheet in book:
        assert "Not an ILO publication." in sheet.oddFooter.left.text


def test_no_text_becomes_a_formula(chain):
    nasty = {**SHEETS, "published": [{"table": "outputs", "row": "all", "column": "number", "value": "1", "source": "'=cmd|x"}]}
    made = report(chain_of(nasty))
    sheet = openpyxl.load_workbook(BytesIO(reports.workbook(made)))["reconciliation"]
    source = next(cell for cell in sheet[2] if "cmd" in str(cell.value))
    assert source.data_type == "s"
    assert "'=cmd|x" in reports.tables_csv(made)["reconciliation.csv"].decode()


def test_records_end_where_a_cell_ends():
    records = [f"observations:{n:07d}" for n in range(100_000)]
    words = records_text(records)
    assert len(words) <= LONGEST_CELL
    kept, _, rest = words.rpartition(";")
    assert kept.split(";") == records[: kept.count(";") + 1]
    assert rest == f"... and {100_000 - kept.count(';') - 1:,} more"


def test_each_table_is_a_csv_file_and_warnings_are_one(made):
    files = reports.tables_csv(made)
    assert set(files) == {f"{name}.csv" for name in TABLES} | {"warnings.csv"}
    rows = list(csv.DictReader(StringIO(files["impacts.csv"].decode())))
    assert rows[0]["kind"] == made.tables["impacts"][0]["kind"]
    assert [r["persons"] for r in rows] == ["" if r["persons"] is None else str(r["persons"]) for r in made.tables["impacts"]]
    assert rows[0]["records"] == ";".join(made.tables["impacts"][0]["records"])


def test_amounts_in_csv_are_plain_numbers(made):
    rows = list(csv.DictReader(StringIO(reports.tables_csv(made)["funding_by_year.csv"].decode())))
    assert [r["amount"] for r in rows] == ["1234567.50", ""]


def test_the_text_says_not_reported_and_speaks_the_language(made):
    words = reports.table_text(made)
    assert "not reported" in words
    assert "4,921" in words
    with speaking("fr"):
        assert "Impacts" in reports.table_text(made)
        assert "not reported" not in reports.table_text(made)


def test_the_heads_of_the_text_are_words_of_the_language(made):
    with speaking("fr"):
        words = reports.table_text(made)
    assert "without_records" not in words
    assert "not_computed" not in words
    assert "Étape" in words
    assert "Pays" in words


def test_a_row_says_its_partner_by_name(book, made):
    at = TABLES["funding_by_partner"]
    place = len(at.keys) + len(at.columns) + 1
    said = [book["funding_by_partner"].cell(row, place).value for row in (2, 3)]
    assert said == ["=1+1, USD", "Bank, USD"]


def test_a_day_is_written_in_words(made, chain):
    sheets = {**SHEETS, "budget": [{"phase": "2", "on": "2024-12-31", "line": "All", "kind": "required", "amount": "5", "currency": "USD"}],
              "published": [{"table": "funding_gap", "row": "2024-12-31/USD", "column": "required", "value": "5", "source": "R1"}]}
    told = chain_of(sheets)
    made = report(told)
    with speaking("es"):
        words = " ".join(reports.document(made, told).words())
        book = openpyxl.load_workbook(BytesIO(reports.workbook(made)))
    assert "31 de diciembre de 2024" in words
    assert "2024-12-31" not in words
    assert book["funding_gap"].cell(2, 7).value == "31 de diciembre de 2024, USD"


def test_participants_are_called_participants(paper):
    words = " ".join(paper.words())
    assert "Participants are counted at each output" in words


def test_a_workbook_has_charts_of_its_own(made):
    with ZipFile(BytesIO(reports.workbook(made))) as parts:
        charts = sorted(name for name in parts.namelist() if name.startswith("xl/charts/chart"))
        said = [parts.read(name).decode() for name in charts]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert ["barChart" in chart for chart in said] == [True, True]
    assert "charts!$B$3" in said[0]
    assert ["Progress against ambition" in said[0], "Institutional changes by step and year" in said[1]] == [True, True]
    assert "descr=" in drawing


def test_the_figures_of_a_chart_stand_beside_it(book, made):
    cells = [[cell.value for cell in row] for row in book["charts"].iter_rows(max_col=5)]
    shares = [row["share"] for row in made.tables["targets"] if row["share"] is not None]
    assert [row[1] for row in cells[2:2 + len(shares)]] == shares
    years = {row[0]: row[1:] for row in cells if row[0] in ("2021", "2022", "2024")}
    assert years == {"2021": [None, None, None, 9], "2022": [1, None, None, None], "2024": [None, None, 1, None]}


def test_a_report_without_figures_has_no_charts():
    made = report(chain_of({"phases": SHEETS["phases"]}))
    assert "charts" not in openpyxl.load_workbook(BytesIO(reports.workbook(made))).sheetnames
