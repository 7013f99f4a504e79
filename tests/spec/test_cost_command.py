"""socle cost: one scheme file and a country give a table and a chart; a wrong file says everything that is wrong at once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from socle import costing, datasets
from tests.spec.command import socle

ROOT = Path(__file__).parents[2]
MALAWI = ROOT / "catalogue/schemes/mwi/older-persons-grant/scheme.toml"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The made-up country's files, as a reader has them."""
    folder = tmp_path_factory.mktemp("utania")
    for path, text in datasets.made_up("XUT").files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def child(files):
    return files / "schemes/child-grant/scheme.toml"


def test_one_scheme_file_gives_a_table_and_a_chart(child, tmp_path):
    ended = socle("cost", child, "--country", "Utania", "--years", "2025:2027", "--chart", tmp_path / "cost.svg")
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 4
    assert "xut-child-grant" in ended.out
    assert ElementTree.parse(tmp_path / "cost.svg").getroot().tag.endswith("svg")


def test_json_is_rows_options_and_warnings_with_exactly_the_columns(child):
    told = json.loads(socle("cost", child, "--years", "2025:2026", "--format", "json", "--option", "take_up=80%").out)
    assert set(told) == {"rows", "options", "warnings"}
    assert [tuple(row) for row in told["rows"]] == [costing.COLUMNS] * 2
    assert told["options"]["take_up"] == 0.8
    assert told["rows"][0]["beneficiaries"] == pytest.approx(told["rows"][0]["target"] * 0.25 * 0.8)
    assert {one["code"] for one in told["warnings"]} == {"extrapolated"}


def test_csv_has_the_same_columns_and_an_empty_cell_for_what_cannot_be_said():
    rows = list(csv.DictReader(io.StringIO(socle("cost", MALAWI, "--years", "2025", "--format", "csv").out)))
    assert tuple(rows[0]) == costing.COLUMNS
    assert (rows[0]["total"], rows[0]["share_of_gdp"], rows[0]["scenario"]) == ("", "", "")
    assert float(rows[0]["target"]) == pytest.approx(355_032, rel=1e-3)


def test_a_folder_of_schemes_is_costed_together_and_their_sum_follows(files):
    rows = json.loads(socle("cost", files / "schemes", "--years", "2025", "--format", "json").out)["rows"]
    assert len(rows) == 7
    assert rows[-1]["scheme"] == ""
    assert rows[-1]["total"] == pytest.approx(sum(row["total"] for row in rows[:-1]))
    assert rows[-1]["target"] is None


def test_scenarios_stand_side_by_side(child, tmp_path):
    low = tmp_path / "low.toml"
    low.write_text('name = "low"\n[options]\ntake_up = "50%"\n')
    ended = socle("cost", child, "--years", "2025", "--scenario", low, "--format", "json", "--chart", tmp_path / "both.svg")
    assert [row["scenario"] for row in json.loads(ended.out)["rows"]] == ["", "low"]


def test_a_scheme_costed_for_another_country_on_purpose_says_so_in_the_first_line(child, tmp_path):
    ended = socle("cost", child, "--country", "XVA", "--years", "2025", "-o", tmp_path / "elsewhere.txt")
    first, head, *_ = (tmp_path / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    assert ended.code == 1
    assert first == "warning: The scheme is of XUT, the population of XVA."
    assert head.startswith("scheme")
    told = json.loads(socle("cost", child, "--country", "XVA", "--years", "2025", "--format", "json").out)
    assert "other_country" in {one["code"] for one in told["warnings"]}
    assert socle("cost", child, "--years", "2025").out.startswith("scheme")


@pytest.mark.parametrize("by", ["benefit", "age", "ramp"])
def test_a_budget_is_fitted_by_benefit_age_or_ramp(files, by):
    ended = socle("cost", files / "schemes/old-age-grant/scheme.toml", "--years", "2025:2026", "--fit", "share_of_gdp=0.2%", "--by", by,
                  "--format", "json")
    rows = json.loads(ended.out)["rows"]
    assert {row["by"] for row in rows} == {by}
    assert all(row["reached"] <= 0.002 * (1 + 1e-9) for row in rows)
    if by != "age":
        assert all(row["reached"] == pytest.approx(0.002) for row in rows)


def test_a_workbook_follows_every_cell(child, tmp_path):
    assert socle("cost", child, "--years", "2025:2026", "-o", tmp_path / "cost.xlsx").code == 1
    book = openpyxl.load_workbook(tmp_path / "cost.xlsx")
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) > 10


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_documents_are_written_whole(child, tmp_path, ending):
    file = tmp_path / f"cost.{ending}"
    assert socle("cost", child, "--years", "2025", "-o", file).code == 1
    assert file.stat().st_size > 2000


def test_everything_wrong_with_every_file_and_option_is_told_at_once(tmp_path):
    for name, text in {"scheme.toml": 'id = "a b"\nfoo = 1\n', "low.toml": 'name = "x"\n[economy.gdpp]\nadd = 1\n',
                       "economy.toml": 'country = "MWI"\ncurrency = "MWK"\n[gdp]\nunit = "x"\n'}.items():
        (tmp_path / name).write_text(text)
    ended = socle("cost", tmp_path / "scheme.toml", tmp_path / "none.toml", "--country", "MWI", "--economy", tmp_path / "economy.toml",
                  "--scenario", tmp_path / "low.toml", "--option", "take_up=3", "--option", "colour=1", "-o", tmp_path / "out.csv")
    assert ended.code == 2
    for said in ("no country", "row 1, column id", "no key “foo”", "column gdp.unit", "gdp.source", "gdpp", "take_up", "colour", "none.toml"):
        assert said in ended.err
    assert "Traceback" not in ended.err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(("arguments", "said"), [
    (["--years", "2050:2025"], "are no years"), (["--chart", "cost.gif"], "SVG or PNG"), (["--country", "Atlantis"], "not the name or code"),
    (["--fit", "share_of_gpd=1%"], "not a budget"), (["--fit", "share_of_gdp=a lot"], "not a budget"), (["--format", "xlsx"], "cannot be printed"),
    (["--fit", "share_of_gdp=99%", "--by", "ramp", "--option", "ramp=soon"], "not a ramp")])
def test_what_is_asked_wrongly_is_refused_with_a_remedy(child, arguments, said):
    ended = socle("cost", child, "--years", "2025", *arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_schemes_of_two_countries_are_not_costed_without_saying_which(child):
    ended = socle("cost", child, MALAWI, "--years", "2025")
    assert ended.code == 2
    assert "--country" in ended.err


def test_more_people_than_there_are_is_said_of_malawi_and_no_reason_is_given():
    ended = socle("cost", MALAWI, "--years", "2024:2025")
    assert ended.code == 1
    assert "410,000 are counted in 2024, and the population has 352," in ended.err
