"""socle coverage report: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from socle import coverage, datasets
from socle.tables import INQUIRY
from tests.spec.command import socle
from tests.spec.small_inquiry import SHEETS

MADE_UP = datasets.made_up("XUT")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("utania")
    datasets.write_made_up("XUT", place)
    return place


@pytest.fixture
def by_hand(tmp_path):
    for name, text in SHEETS.items():
        header, *rows = csv.reader(io.StringIO(text))
        silent = [one for one in INQUIRY[name].names if one not in header]
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([[*header, *silent], *([*row, *("" for _ in silent)] for row in rows)])
    return tmp_path


def test_the_report_of_a_made_up_country_says_every_figure_with_its_rows(folder):
    done = socle("coverage", "report", folder / "inquiry", "--year", 2024, "--format", "json")
    assert done.code in (0, 1), done.err
    told = json.loads(done.out)
    assert list(told) == ["rows", "spending", "receipts", "adequacy", "reconciliation", "options", "warnings"]
    row = next(row for row in told["rows"] if row["series"] == "SI_COV_UEMP")
    assert list(row) == list(coverage.COLUMNS)
    assert row["records"] == ["recipients:unemployment-benefit/2024/total/total/total/total", "denominators:XUT/2024/unemployed/total"]
    assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"])
    total = next(row for row in told["spending"] if (row["scheme"], row["function"], row["item"]) == ("all", "all", "all"))
    assert total["share_of_gdp"] == pytest.approx(total["amount"] / MADE_UP.economy.at("gdp", 2024))
    assert {row["verdict"] for row in told["reconciliation"]} <= {"equal", "rounding"}


def test_only_the_series_and_the_country_that_are_asked_for(folder):
    done = socle("coverage", "report", folder / "inquiry", "--country", "Utania", "--series", "SI_COV_CHLD", "--series", "SI_COV_UEMP",
                 "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["series"] for row in rows} == {"SI_COV_CHLD", "SI_COV_UEMP"}
    assert rows[0]["records"].startswith("recipients:")
    assert "denominators:XUT/" in rows[0]["records"].partition(";")[2]


def test_the_table_leaves_out_what_is_long(by_hand):
    done = socle("coverage", "report", by_hand)
    assert done.out.splitlines()[0].split() == ["series", "country", "year", "sex", "age_group", "area", "numerator",
                                                "denominator", "value", "bound", "family", "status"]
    assert "SI_COV_BENFTS" in done.out
    assert "recipients:" not in done.out
    assert done.code == 1


@pytest.mark.parametrize("format", ["xlsx", "html", "docx", "pdf"])
def test_a_workbook_and_documents_are_written(folder, tmp_path, format):
    place = tmp_path / f"report.{format}"
    done = socle("coverage", "report", folder / "inquiry", "--year", 2024, "-o", place)
    assert done.code in (0, 1), done.err
    content = place.read_bytes()
    assert len(content) > 5000
    if format == "xlsx":
        names = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
        assert [one for one in ("coverage", "spending", "receipts", "adequacy", "reconciliation") if f'name="{one}"' not in names] == []


def test_a_workbook_is_not_printed(folder):
    assert socle("coverage", "report", folder / "inquiry", "--format", "xlsx").code == 2


@pytest.mark.parametrize("arguments", [
    ("--option", "sick=in"), ("--option", "work_injury=workers"), ("--series", "SI_COV_CHILD"), ("--country", "KEN"), ("--year", "1999"),
    ("--country", "Nowhere"),
])
def test_what_is_not_there_is_refused(folder, arguments):
    done = socle("coverage", "report", folder / "inquiry", *arguments)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err


def test_errors_in_the_book_are_told_all_at_once_and_nothing_is_written(by_hand, tmp_path):
    file = by_hand / "recipients.csv"
    file.write_text(file.read_text().replace("child,2024,total,,,,2000", "child,2024,total,,,,many").replace("2024,female", "20244,female"))
    place = tmp_path / "out" / "rows.json"
    done = socle("coverage", "report", by_hand, "-o", place)
    assert done.code == 2
    assert "many" in done.err
    assert "20244" in done.err
    assert not place.exists()


def test_several_inquiries_are_reported_one_after_another(folder, tmp_path):
    datasets.write_made_up("XWE", tmp_path)
    done = socle("coverage", "report", folder / "inquiry", tmp_path / "inquiry", "--format", "json")
    assert {row["country"] for row in json.loads(done.out)["rows"]} == {"XUT", "XWE"}
    refused = socle("coverage", "report", folder / "inquiry", tmp_path / "inquiry", "--format", "html")
    assert refused.code == 2


def test_the_population_serves_groups_that_the_inquiry_does_not_state(folder, by_hand):
    file = by_hand / "denominators.csv"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if ",children," not in line))
    done = socle("coverage", "report", by_hand, "--population", folder / "population.csv", "--series", "SI_COV_CHLD", "--format", "json")
    row = json.loads(done.out)["rows"][0]
    assert row["records"][-1] == "population:XUT/2024/0-17/total"
    assert row["value"] > 0


def test_it_speaks_the_language_that_is_asked_for(folder):
    done = socle("coverage", "report", folder / "inquiry", "--year", 2024, "--format", "html", "--lang", "fr")
    assert 'lang="fr"' in done.out
