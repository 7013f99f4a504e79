"""``socle results report``: straight from a folder or a workbook, in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from socle import datasets, results
from tests.spec.command import MADE_UP, socle


def report(*arguments):
    ended = socle("results", "report", MADE_UP, "--format", "json", *arguments)
    return json.loads(ended.out), ended


def row(made, table, **keys):
    (found,) = (r for r in made["tables"][table] if all(r[k] == v for k, v in keys.items()))
    return found


@pytest.fixture(scope="module")
def made():
    return report()[0]


def test_json_has_the_shape_of_the_contract(made):
    assert list(made) == ["phase", "period", "tables", "warnings"]
    assert made["period"] == {"start": "2022-01-01", "end": "2024-12-31"}
    for name, spec in results.TABLES.items():
        for line in made["tables"][name]:
            assert list(line) == [*spec.keys, *spec.columns, "records"]
            assert all(record.partition(":")[0] in {s.name for s in datasets.read_book(MADE_UP).book.form}
                       for record in line["records"][:1])
    assert list(made["warnings"][0]) == ["severity", "sheet", "row", "column", "value", "code", "message", "remedy"]


def test_without_a_phase_it_is_the_latest_and_without_a_year_the_whole_phase(made):
    assert made["phase"] == "2"
    assert {line["year"] for line in made["tables"]["changes_by_year"]} == {"2022", "2023", "2024"}


def test_figures_of_the_made_up_programme(made):
    assert row(made, "changes_by_step", step="all")["changes"] == 8
    assert row(made, "impacts", kind="effective_coverage", branch="old_age")["persons"] == 125_000
    assert row(made, "impacts", kind="effective_coverage", branch="invalidity")["persons"] is None
    assert row(made, "impacts", kind="effective_coverage", branch="invalidity")["potential"] == 45_000
    assert row(made, "funding_gap", on="2022-01-01", currency="USD")["gap"] == 3_500_000
    assert row(made, "funding_gap", on="2024-12-31", currency="USD")["gap"] == 4_150_000
    assert {line["verdict"] for line in made["tables"]["reconciliation"]} == {"equal", "differs", "not_computed"}


def test_a_phase_a_year_a_country_a_partner_and_a_day_narrow_it():
    assert report("--phase", "1")[0]["period"]["start"] == "2019-01-01"
    assert row(report("--year", "2023")[0], "changes_by_step", step="all")["changes"] == 3
    assert {line["country"] for line in report("--country", "Kingdom of Valmoria")[0]["tables"]["country_results"]} == {"XVA"}
    assert {line["partner"] for line in report("--partner", "union")[0]["tables"]["funding_by_partner"]} == {"union"}
    before = row(report("--as-of", "2024-12-31")[0], "impacts", kind="effective_coverage", branch="old_age")
    assert before["persons"] == 140_000
    assert "observations:B09" in before["records"]


def test_warnings_are_printed_and_end_with_1():
    _, ended = report()

    assert ended.code == 1
    assert "warning: observations, row 24, column unit" in ended.err
    assert "pledged" in ended.err


def test_without_warnings_it_ends_with_0(tmp_path):
    (tmp_path / "phases.csv").write_text("phase,start,end\n1,2020,2024\n", encoding="utf-8")

    assert socle("results", "report", tmp_path, "--format", "json").code == 0


def test_a_report_of_a_workbook_is_that_of_its_folder(made, tmp_path):
    datasets.write_book(datasets.read_book(MADE_UP).book, tmp_path / "book.xlsx")
    ended = socle("results", "report", tmp_path / "book.xlsx", "--format", "json")

    assert json.loads(ended.out) == made


def test_records_with_errors_give_no_report(tmp_path):
    (tmp_path / "phases.csv").write_text("phase,start,end\n1,2020,2024\n2,2025,next year\n", encoding="utf-8")
    ended = socle("results", "report", tmp_path, "--format", "html", "-o", tmp_path / "report.html")

    assert (ended.code, ended.out) == (2, "")
    assert "error: phases, row 3, column end: “next year”" in ended.err
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize("arguments", [["--phase", "9"], ["--year", "1999"], ["--country", "Nowhere"], ["--partner", "nobody"],
                                       ["--as-of", "31/12/2023"], ["--year", "soon"]])
def test_what_is_not_there_is_said_and_nothing_is_printed(arguments):
    ended = socle("results", "report", MADE_UP, "--format", "json", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx", "pdf"])
def test_what_no_terminal_can_show_needs_a_place(format):
    ended = socle("results", "report", MADE_UP, "--format", format)

    assert (ended.code, ended.out) == (2, "")
    assert f"Format {format} cannot be printed. Say where to write it: -o FILE." in ended.err


def test_a_table_is_for_the_terminal():
    ended = socle("results", "report", MADE_UP)

    assert ended.code == 1
    assert "125,000" in ended.out


def test_csv_is_a_folder_with_a_file_a_table(made, tmp_path):
    ended = socle("results", "report", MADE_UP, "--format", "csv", "-o", tmp_path / "tables")
    files = {path.stem for path in (tmp_path / "tables").iterdir()}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "tables/impacts.csv").read_text(encoding="utf-8"))))

    assert ended.code == 1
    assert files >= set(results.TABLES)
    assert [int(r["persons"]) if r["persons"] else None for r in rows] == [r["persons"] for r in made["tables"]["impacts"]]


def test_xlsx_is_a_workbook_with_a_sheet_a_table(tmp_path):
    socle("results", "report", MADE_UP, "--format", "xlsx", "-o", tmp_path / "report.xlsx")

    assert set(openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames) >= set(results.TABLES)


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_a_document_opens_in_every_language(tmp_path, format, lang):
    out = tmp_path / f"report.{format}"
    ended = socle("results", "report", MADE_UP, "--format", format, "-o", out, "--lang", lang)
    content = out.read_bytes()

    assert (ended.code, ended.out) == (1, "")
    if format == "html":
        assert f'lang="{lang}"'.encode() in content
    elif format == "docx":
        assert "word/document.xml" in zipfile.ZipFile(out).namelist()
    else:
        assert content.startswith(b"%PDF-")


def test_html_may_be_printed():
    ended = socle("results", "report", MADE_UP, "--format", "html")

    assert ended.out.lstrip().lower().startswith("<!doctype html>")


def test_an_existing_file_stays_when_a_report_fails(tmp_path):
    (tmp_path / "phases.csv").write_text("phase,start,end\n1,2020,never\n", encoding="utf-8")
    out = tmp_path / "report.json"
    out.write_text("before", encoding="utf-8")
    socle("results", "report", tmp_path, "--format", "json", "-o", out)

    assert out.read_text(encoding="utf-8") == "before"


def test_the_name_of_the_file_says_the_format(tmp_path):
    assert socle("results", "report", MADE_UP, "-o", tmp_path / "report.json").code == 1
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["phase"]
    assert socle("results", "report", MADE_UP, "--format", "json", "-o", tmp_path / "report.txt").code == 1
    assert json.loads((tmp_path / "report.txt").read_text("utf-8"))["phase"]


def test_what_is_read_is_never_written_over(tmp_path):
    book = tmp_path / "book.xlsx"
    datasets.write_book(datasets.read_book(MADE_UP).book, book)
    before = book.read_bytes()
    ended = socle("results", "check", book, "--format", "xlsx", "-o", book)
    assert (ended.code, book.read_bytes()) == (2, before)
    assert "over itself" in ended.err


def test_the_warnings_of_the_json_are_all_that_check_says_and_what_the_report_adds():
    warnings = json.loads(socle("results", "report", MADE_UP, "--format", "json").out)["warnings"]
    checked = json.loads(socle("results", "check", MADE_UP, "--format", "json").out)
    assert all(finding in warnings for finding in checked)
    assert "pledged" in {finding["code"] for finding in warnings}
