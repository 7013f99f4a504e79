"""``socle coverage aggregate``, ``outlook``, ``convert``, ``editions``: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from tests.spec.command import socle

VALUES = """series,country,year,sex,value,weight
SI_COV_CHLD,XUT,2023,total,12.50,7200000
SI_COV_CHLD,XVA,2023,total,81.0,1900000
SI_COV_CHLD,XWE,2023,total,,20500000
SI_COV_CHLD,XYO,2023,total,64,3100000
SI_COV_CHLD,XZA,2023,total,0,4400000
"""
REGIONS = "region,country\nSouth,XUT\nSouth,XWE\nSouth,XZA\nNorth,XVA\nNorth,XYO\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "values.csv").write_text(VALUES)
    (tmp_path / "regions.csv").write_text(REGIONS)
    return tmp_path


def told(ended):
    return json.loads(ended.out)


def test_json_has_rows_options_and_warnings(here):
    ended = socle("coverage", "aggregate", "values.csv", "--by", "regions.csv", "--format", "json")
    assert ended.code == 0
    assert set(told(ended)) == {"rows", "options", "warnings"}
    south, north = told(ended)["rows"]
    assert {"region": "South", "series": "SI_COV_CHLD", "sex": "total", "year": 2023, "value": None, "countries": 2,
            "withheld": True}.items() <= south.items()
    assert north["value"] == pytest.approx((81 * 1.9 + 64 * 3.1) / 5)
    assert north["weight_covered"] == 1.0
    assert told(ended)["options"]["threshold"] == 0.5


def test_csv_is_unrounded(here):
    ended = socle("coverage", "aggregate", "values.csv", "--by", "regions.csv", "--format", "csv", "--option", "threshold=0")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [float(row["value"]) for row in rows] == [pytest.approx(12.5 * 7.2 / 11.6, rel=1e-15), pytest.approx(70.46, rel=1e-15)]


def test_weights_come_from_a_file_where_values_have_none(here):
    (here / "bare.csv").write_text("series,country,year,value\nSI_COV_BENFTS,XUT,2020,50\nSI_COV_BENFTS,XVA,2020,60\n")
    (here / "weights.csv").write_text("country,year,persons\nUtania,2020,100\nXVA,2020,300\n")
    ended = socle("coverage", "aggregate", "bare.csv", "--weights", "weights.csv", "--by", "world", "--format", "json")
    assert ended.code == 0
    assert [(row["value"], row["weight_covered"]) for row in told(ended)["rows"]] == [(57.5, 1.0)]


def test_warnings_end_with_1_and_errors_with_2_and_nothing_is_written(here):
    (here / "bare.csv").write_text("series,country,year,value\nSI_COV_BENFTS,XUT,2020,50\n")
    assert socle("coverage", "aggregate", "bare.csv", "--by", "world").code == 1
    (here / "wrong.csv").write_text("series,country,year,value\nSI_COV_BENFTS,Atlantis,2020,-5\nSI_COV_BENFTS,XUT,20x0,a\n")
    ended = socle("coverage", "aggregate", "wrong.csv", "--by", "world", "-o", "out.json")
    assert ended.code == 2
    assert not (here / "out.json").exists()
    assert len([line for line in ended.err.splitlines() if line.startswith("error:")]) == 4


@pytest.mark.parametrize("arguments", [
    ("aggregate", "none.csv"), ("aggregate", "values.csv", "--by", "continent"), ("aggregate", "values.csv", "--option", "threshold=2"),
    ("aggregate", "values.csv", "--option", "impute=guess"), ("aggregate", "values.csv", "--option", "fast=1"),
    ("aggregate", "values.csv", "--series", "SI_COV_PENSN"), ("aggregate", "values.csv", "--year", "1999"),
    ("aggregate", "values.csv", "--weights", "regions.csv"), ("aggregate", "values.csv", "--vintage", "2024", "--by", "none.csv"),
    ("aggregate", "values.csv", "--format", "pdf"), ("outlook", "values.csv", "--path", "fast"),
    ("outlook", "values.csv", "--path", "+1", "--to", "2020"), ("convert", "values.csv", "-o", "values.csv"),
    ("convert", "values.csv", "-o", "values.txt"), ("aggregate", "values.csv", "values.csv")])
def test_what_cannot_be_asked_is_refused_without_a_traceback(here, arguments):
    ended = socle("coverage", *arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert ended.err


def test_several_files_are_one_table_of_one_edition(here):
    (here / "a.csv").write_text("series,country,year,value,weight,vintage\nSI_COV_CHLD,XUT,2023,10,1,2024\n")
    (here / "b.csv").write_text("series,country,year,value,weight,vintage\nSI_COV_CHLD,XVA,2023,20,1,2024\n")
    (here / "c.csv").write_text("series,country,year,value,weight,vintage\nSI_COV_CHLD,XYO,2023,90,1,2022\n")
    ended = socle("coverage", "aggregate", "a.csv", "b.csv", "--by", "world", "--format", "json")
    assert (ended.code, told(ended)["rows"][0]["value"]) == (0, 15.0)
    mixed = socle("coverage", "aggregate", "a.csv", "c.csv", "--by", "world")
    assert mixed.code == 2
    assert "2024, 2022" in mixed.err


def test_one_edition_of_a_file_of_several_is_chosen(here):
    (here / "both.csv").write_text("series,country,year,value,weight,vintage\nSI_COV_CHLD,XUT,2023,10,1,2024\n"
                                   "SI_COV_CHLD,XUT,2023,9,1,2022\n")
    assert socle("coverage", "aggregate", "both.csv", "--by", "world").code == 2
    ended = socle("coverage", "aggregate", "both.csv", "--by", "world", "--vintage", "2022", "--format", "json")
    assert told(ended)["rows"][0]["value"] == 9.0


def test_what_is_imputed_is_shown_apart(here):
    ended = socle("coverage", "aggregate", "values.csv", "--by", "world", "--option", "impute=region_median", "--format", "json")
    rows = told(ended)["rows"]
    assert [(row["imputed"], row["countries"], row["countries_imputed"], row["withheld"]) for row in rows] == [
        (False, 4, 0, True), (True, 4, 1, False)]


def test_an_inquiry_gives_values_too(here):
    assert socle("--version").code == 0
    from socle import datasets

    datasets.write_made_up("XVA", here / "xva")
    ended = socle("coverage", "aggregate", "xva/inquiry", "--by", "ilo_region", "--series", "SI_COV_BENFTS", "--format", "json")
    rows = told(ended)["rows"]
    assert ended.code in (0, 1)
    assert {row["region"] for row in rows} == {"europe_central_asia"}
    assert any(row["value"] is not None and row["weight"] > 1_000_000 for row in rows)


def test_figures_of_an_inquiry_do_not_ask_for_an_economy(here):
    (here / "asked").mkdir()
    sheets = {"schemes": "scheme,country,kind,functions\nagency,MWI,universal,family\n",
              "benefits": "benefit,scheme,function,form\nchild,agency,family,cash\n",
              "recipients": "benefit,year,sex,persons\nchild,2024,total,9\n",
              "denominators": "country,year,group,sex,persons\nMWI,2024,children,total,45\n",
              "expenditure": "scheme,year,item,function,amount,currency\nagency,2024,benefits,family,5,MWK\n"}
    for name, text in sheets.items():
        (here / "asked" / f"{name}.csv").write_text(text)
    assert "economy_missing" in socle("coverage", "report", "asked", "--format", "json").out
    ended = socle("coverage", "aggregate", "asked", "--series", "SI_COV_CHLD", "--by", "world", "--format", "json")
    assert [row["value"] for row in told(ended)["rows"]] == [20.0]
    assert "economy_missing" not in ended.out


def test_a_csv_is_the_same_in_every_language(here):
    english, french = (socle("coverage", "aggregate", "values.csv", "--by", "regions.csv", "--format", "csv", "--lang", language).out
                       for language in ("en", "fr"))
    assert english == french
    assert ",yes," in english
    assert ",no," in english


def test_an_outlook_tells_rows_targets_and_who_is_left_behind(here):
    ended = socle("coverage", "outlook", "values.csv", "--path", "+2", "--by", "regions.csv", "--format", "json")
    found = told(ended)
    assert ended.code == 1
    assert set(found) == {"rows", "targets", "left_behind", "options", "warnings"}
    end = next(row for row in found["rows"] if (row["area"], row["year"]) == ("North", 2030))
    assert end["value"] == pytest.approx(84.46)
    assert end["not_covered"] == pytest.approx(777_000)
    assert {row["area"]: row["reached"] for row in found["targets"]}["XVA"] == 2033
    assert found["options"]["to"] == 2030


def test_a_path_may_be_a_file(here):
    (here / "path.csv").write_text("country,year,value\nXVA,2026,90\n")
    ended = socle("coverage", "outlook", "values.csv", "--path", "path.csv", "--by", "regions.csv", "--format", "json")
    assert [row["value"] for row in told(ended)["rows"] if row["area"] == "XVA"][:4] == [81, 84, 87, 90]


@pytest.mark.parametrize("ending", ["html", "docx", "pdf", "xlsx"])
def test_figures_are_put_on_paper_in_three_languages(here, ending):
    for lang in ("en", "fr", "es"):
        ended = socle("coverage", "aggregate", "values.csv", "--by", "ilo_region", "-o", f"a.{ending}", "--lang", lang)
        assert ended.code == 0
        assert (here / f"a.{ending}").stat().st_size > 1000
    assert socle("coverage", "outlook", "values.csv", "--path", "+2", "--by", "regions.csv", "-o", f"o.{ending}").code == 1


def test_a_workbook_keeps_every_digit(here):
    socle("coverage", "aggregate", "values.csv", "--by", "regions.csv", "--option", "threshold=0", "-o", "a.xlsx")
    page = openpyxl.load_workbook(here / "a.xlsx").worksheets[0]
    assert page["E2"].value == pytest.approx(12.5 * 7.2 / 11.6, rel=1e-14)


@pytest.mark.parametrize(("to", "first"), [("un", "Goal,Target"), ("tidy", "series,country"), ("sdmx", "STRUCTURE,STRUCTURE_ID,ACTION"),
                                           ("sdmx-1.0", "DATAFLOW,FREQ")])
def test_values_are_written_in_four_layouts(here, to, first):
    assert socle("coverage", "convert", "values.csv", "-o", "out.csv", "--to", to).code == 0
    assert (here / "out.csv").read_text().startswith(first)
    assert "12.50" in (here / "out.csv").read_text()


def test_two_editions_are_compared(here):
    (here / "older.csv").write_text("series,country,year,value\nSI_COV_CHLD,XUT,2023,11.9\nSI_COV_CHLD,XVA,2023,81\n")
    ended = socle("coverage", "editions", "older.csv", "values.csv", "--format", "json")
    assert next((row["area"], row["status"], row["change"]) for row in told(ended)["rows"]) == ("XUT", "restated", 0.6)
    assert told(ended)["options"] == {"restated": 1, "added": 3, "removed": 0}
