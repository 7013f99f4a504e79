"""socle floor, gap and fiscal-space: rows, formats, exit codes, and what they say of a file that is wrong."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

from socle import costing, datasets
from tests.spec.command import socle

FLOOR = ("floor", "floor-utania", "--country", "XUT", "--years", "2025:2026")
MADE_UP = ("--country", "XUT", "--country", "XVA", "--country", "XWE", "--country", "XYO")
GAP = ("gap", "floor-utania", *MADE_UP, "--coverage", "coverage-utania")
SPACE = ("fiscal-space", "fiscal-space-utania")
CRISIS = files("socle.costing").joinpath("presets", "crisis-utania.toml")
COMMANDS = [FLOOR, GAP, SPACE]
NAMES = ["floor", "gap", "fiscal-space"]


def answer(*arguments):
    ended = socle(*arguments, "--format", "json")
    assert ended.code in (0, 1), ended.err
    return json.loads(ended.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def refused(*arguments):
    """The error output of a command that must leave with 2 and print nothing."""
    ended = socle(*arguments)
    assert ended.code == 2, ended.err
    assert ended.content == b""
    assert "Traceback" not in ended.err
    return ended.err


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_json_has_rows_options_and_warnings(command):
    told = answer(*command)
    assert next(iter(told)) == "rows"
    assert {"rows", "options", "warnings"} <= set(told)
    assert told["rows"]
    assert all(set(row) == set(told["rows"][0]) for row in told["rows"])
    assert all({"severity", "code", "message", "remedy"} <= set(one) for one in told["warnings"])


def test_a_row_of_a_floor_is_a_cost_row_with_its_country():
    told = answer(*FLOOR)
    assert tuple(told["rows"][0]) == ("country", *costing.COLUMNS)
    assert {row["scenario"] for row in told["rows"]} == {"floor-utania"}
    assert [row["scheme"] for row in told["rows"]][-1] == ""
    assert told["options"]["administration_of"] is None


def test_a_row_of_a_gap_is_as_it_is_promised():
    told = answer(*GAP)
    assert {"country", "guarantee", "year", "uncovered", "gap", "share_of_gdp", "average"} <= set(told["rows"][0])
    assert {row["average"] for row in told["rows"]} == {"none", "weighted", "unweighted", "median"}
    for by in ("region", "income_group"):
        rows = answer(*GAP, "--by", by)["rows"]
        assert by in rows[0]
        assert "country" not in rows[0]
        assert {row["average"] for row in rows} == {"weighted", "unweighted", "median"}
    assert {row["average"] for row in answer(*GAP, "--by", "region", "--option", "average=median")["rows"]} == {"median"}
    assert {row["average"] for row in answer(*GAP, "--option", "average=none")["rows"]} == {"none"}
    assert refused(*GAP, "--by", "region", "--option", "average=none")


def test_a_row_of_fiscal_space_is_as_it_is_promised():
    told = answer(*SPACE)
    assert tuple(told["rows"][0]) == ("option", "year", "low", "high", "expected")
    assert tuple(told["balance"][0]) == ("year", "cost", "low", "high", "expected", "remaining", "probability")


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_csv_and_json_say_the_same(command, tmp_path):
    told = answer(*command)["rows"]
    out = tmp_path / "figures.csv"
    ended = socle(*command, "-o", out)
    assert ended.code in (0, 1)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [list(row) for row in rows] == [list(row) for row in told]
    assert [["" if value is None else str(value) for value in row.values()] for row in told] == [list(row.values()) for row in rows]


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_a_table_is_printed_in_every_language(command, lang):
    ended = socle(*command, "--lang", lang)
    assert ended.code in (0, 1)
    assert len(ended.out.splitlines()) > 2


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_same_question_has_the_same_answer_byte_by_byte(command):
    assert socle(*command, "--format", "json").content == socle(*command, "--format", "json").content


def test_warnings_leave_with_1_and_none_with_0():
    assert socle("floor", "floor-utania", "--country", "XUT", "--years", "2025").code == 1
    assert socle(*SPACE).code == 0


def test_presets_stand_side_by_side():
    rows = answer("floor", "floor-utania", "floor-2017-style", "--country", "XUT", "--years", "2025")["rows"]
    assert {row["scenario"] for row in rows} == {"floor-utania", "floor-2017-style"}


def test_the_standard_preset_says_that_it_is_not_verified():
    told = answer("floor", "--country", "XUT", "--years", "2025")
    assert {"unverified", "left_out"} <= {one["code"] for one in told["warnings"]}


def test_a_preset_that_is_shown_can_be_changed_and_costed(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(socle("floor", "floor-utania", "--show").out.replace("share = 0.25", "share = 0.5"), encoding="utf-8")
    before, after = (next(row for row in answer("floor", name, "--country", "XUT", "--years", "2025")["rows"] if row["scheme"] == "children")
                     for name in ("floor-utania", own))
    assert after["total"] == pytest.approx(2 * before["total"])


def test_what_is_assumed_on_the_command_line_is_costed():
    rows = answer("floor", "--country", "XUT", "--years", "2025", "--assume", "orphans.share=4%", "--assume", "health.amount=40")["rows"]
    assert {"orphans", "health"} <= {row["scheme"] for row in rows}


def test_a_crisis_is_costed_in_the_same_rows():
    told = answer("floor", "--crisis", "crisis-utania")
    assert tuple(told["rows"][0]) == ("country", *costing.COLUMNS)
    assert [row["scheme"] for row in told["rows"]] == ["flooded-households", "young-children", "top-up", ""]


def test_sensitivity_and_bands_come_with_the_rows(tmp_path):
    file = tmp_path / "assumptions.toml"
    file.write_text(costing.preset_text("assumptions-utania", "assumptions"), encoding="utf-8")
    told = answer(*FLOOR, "--sensitivity", file, "--draws", "200", "--seed", "7")
    assert told["sensitivity"][0]["swing"] >= told["sensitivity"][-1]["swing"]
    assert [row["year"] for row in told["bands"]] == [2025, 2026]
    assert told["bands"][0]["q05"] < told["bands"][0]["q50"] < told["bands"][0]["q95"]
    total = next(row for row in told["rows"] if row["scheme"] == "" and row["year"] == 2026)
    assert told["bands"][1]["base"] == pytest.approx(total["share_of_gdp"])
    assert told["sensitivity"][0]["at_base"] == pytest.approx(total["share_of_gdp"])


def test_the_cost_of_a_floor_goes_into_fiscal_space(tmp_path):
    cost = tmp_path / "cost.json"
    assert socle(*FLOOR, "-o", cost).code == 1
    told = answer(*SPACE, "--cost", cost)
    total = [row["share_of_gdp"] for row in json.loads(cost.read_text())["rows"] if row["scheme"] == ""]
    assert [row["cost"] for row in told["balance"]] == total
    assert all(0 <= row["probability"] <= 1 for row in told["balance"])


def test_leaving_a_country_out_is_one_option_away():
    with_it, without = answer(*GAP), answer(*GAP, "--leave-out", "Utania")

    def mean(told):
        return next(row["share_of_gdp"] for row in told["rows"] if row["country"] == "all" and row["guarantee"] == "all"
                    and row["average"] == "unweighted")

    assert mean(without) < mean(with_it)
    influence = answer(*GAP, "--influence")["influence"]
    assert next(row["without"] for row in influence if row["country"] == "XUT" and row["average"] == "unweighted") == pytest.approx(mean(without))


def folder(tmp_path, *codes):
    for code in codes:
        datasets.write_made_up(code, tmp_path / "countries" / code)
        (tmp_path / "countries" / code / "population.csv").unlink()  # without it, births are those of the projection
    return tmp_path / "countries"


def test_a_folder_of_countries_is_costed_and_averaged(tmp_path):
    countries = folder(tmp_path, "XUT", "XVA", "XWE", "XYO")
    assert answer("gap", "floor-utania", "--folder", countries, "--coverage", "coverage-utania")["rows"] == answer(*GAP)["rows"]
    rows = answer("floor", "floor-utania", "--folder", countries, "--years", "2025")["rows"]
    assert {row["country"] for row in rows} == {"XUT", "XVA", "XWE", "XYO"}


def test_every_fault_of_every_country_of_a_folder_is_told_at_once(tmp_path):
    countries = folder(tmp_path, "XUT", "XVA")
    (countries / "XUT" / "economy.toml").write_text("country = 'XUT'\ncurrency = 'XUD'\nsource = 'x'\n[gdp]\nunit = 'currency'\nvalues = { 2025 = -3 }\n")
    (countries / "XVA" / "economy.toml").write_text("country = 'XWE'\n")
    said = refused("floor", "floor-utania", "--folder", countries, "--years", "2025")
    assert "XUT/economy.toml" in said
    assert "XVA/economy.toml" in said
    (countries / "Nowhere").mkdir()
    (countries / "XYO").mkdir()
    said = refused("floor", "floor-utania", "--folder", countries, "--years", "2025")
    assert "Nowhere" in said
    assert "XYO has no economy" in said


def test_a_country_of_a_folder_states_what_presets_do_not(tmp_path):
    countries = folder(tmp_path, "XUT", "XVA")
    own = countries / "XUT" / "floor.toml"
    own.write_text('[orphans]\nshare = 0.05\nsource = "Made up"\n[elsewhere]\nshare = 0.1\nsource = "Made up"\n', encoding="utf-8")
    rows = answer("floor", "--folder", countries, "--years", "2025", "--assume", "orphans.share=0.01")["rows"]
    orphans = {row["country"]: row["target"] for row in rows if row["scheme"] == "orphans"}
    alone = {row["country"]: row["target"] for row in answer("floor", "--country", "XUT", "--country", "XVA", "--years", "2025", "--assume",
                                                             "orphans.share=0.01")["rows"] if row["scheme"] == "orphans"}
    assert orphans == {"XUT": pytest.approx(5 * alone["XUT"]), "XVA": pytest.approx(alone["XVA"])}
    gap = answer("gap", "floor-2017-style", "--folder", countries, "--coverage", "coverage-utania", "--years", "2025")["rows"]
    without = answer("gap", "floor-2017-style", "--country", "XUT", "--country", "XVA", "--coverage", "coverage-utania", "--years", "2025")["rows"]
    more = [one["gap"] > other["gap"] for one, other in zip(gap, without, strict=True) if one["guarantee"] == "children" and one["average"] == "none"]
    assert more == [True, False]
    own.write_text('[orphans]\nshare = 5\n[health]\nsource = "x"\n', encoding="utf-8")
    said = refused("floor", "--folder", countries, "--years", "2025")
    assert said.count("XUT/floor.toml") == 3


COVERAGE = "country,guarantee,share,source,year\nXUT,children,0.1,x,2024\n"


@pytest.mark.parametrize(("text", "told"), [
    (b"", "coverage"),
    (b"country,guarantee,share\n\xff\xfe,children,0.1\n", "UTF-8"),
    (b"country;guarantee;share;source;year\nXUT;children;0.1;x;2024\n", ";"),
    (b"guarantee,share,source,year\nchildren,0.1,x,2024\n", "country"),
    (b"country,guarantee,share,source,year\nNowhere,children,0.1,x,2024\n", "Nowhere"),
    (b"country,guarantee,share,source,year\nXUT,childen,0.1,x,2024\n", "childen"),
    (b"country,guarantee,share,source,year\nXUT,children,-0.1,x,2024\n", "row 2"),
    (b"country,guarantee,share,source,year\nXUT,children,85,x,2024\n", "share"),
    (b"country,guarantee,share,source,year\nXUT,children,nan,x,2024\n", "row 2"),
    (b"country,guarantee,share,source,year\nXUT,children,0.1,,2024\n", "source"),
    (b"country,guarantee,share,source,year\nXUT,children,0.1,x,\n", "year"),
    (b"country,guarantee,share,source,year\nXUT,children,0.1,x,2024\nXUT,children,0.2,x,2024\n", "row 3"),
])
def test_a_coverage_file_that_is_wrong_is_refused(text, told, tmp_path):
    file = tmp_path / "coverage.csv"
    file.write_bytes(text)
    assert told in refused("gap", "floor-utania", "--country", "XUT", "--coverage", file)


def test_a_coverage_file_may_have_any_name(tmp_path):
    file = tmp_path / "who is covered.csv"
    file.write_text(COVERAGE, encoding="utf-8")
    rows = answer("gap", "floor-utania", "--country", "XUT", "--coverage", file)["rows"]
    assert next(row["gap"] for row in rows if row["guarantee"] == "children") > 0
    assert next(row["gap"] for row in rows if row["guarantee"] == "all") is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00a", b"a = \n", b"x = 1\n", b"\x00", "name = \"é\"".encode("latin-1")])
@pytest.mark.parametrize("command", [("floor", "{}", "--country", "XUT"), ("floor", "--crisis", "{}"), ("fiscal-space", "{}"),
                                     ("floor", "floor-utania", "--country", "XUT", "--sensitivity", "{}"),
                                     ("gap", "{}", "--country", "XUT", "--coverage", "coverage-utania"),
                                     ("floor", "floor-utania", "--country", "XUT", "--economy", "{}")])
def test_a_file_that_is_wrong_is_refused_with_its_name(command, content, tmp_path):
    file = tmp_path / "wrong.toml"
    file.write_bytes(content)
    assert "wrong.toml" in refused(*(str(file) if part == "{}" else part for part in command))


@pytest.mark.parametrize("arguments", [
    ("floor",),
    ("floor", "floor-utania", "--country", "XUT", "--folder", "x"),
    ("floor", "floor-utania", "--country", "Nowhere"),
    ("floor", "floor-utania", "--country", "XUT", "--years", "2035:2025"),
    ("floor", "floor-utania", "--country", "XUT", "--years", "soon"),
    ("floor", "floor-utania", "--country", "XUT", "--years", "1900:2190"),
    ("floor", "floor-utania", "--country", "XUT", "--years", "1950"),
    ("floor", "floor-1848", "--country", "XUT"),
    ("floor", "no-such-file.toml", "--country", "XUT"),
    ("floor", "floor-utania", "--country", "XUT", "--option", "prices=real"),
    ("floor", "floor-utania", "--country", "XUT", "--option", "price=current"),
    ("floor", "floor-utania", "--country", "XUT", "--option", "take_up=nan"),
    ("floor", "floor-utania", "--country", "XUT", "--assume", "orphans.share=lots"),
    ("floor", "floor-utania", "--country", "XUT", "--assume", "orphans.share=1.5"),
    ("floor", "floor-utania", "--country", "XUT", "--assume", "nobody.share=0.5"),
    ("floor", "floor-utania", "--country", "XUT", "--draws", "10"),
    ("floor", "floor-utania", "--country", "XUT", "--population", "no-such.csv"),
    ("floor", "floor-utania", "--country", "XUT", "--format", "xlsx"),
    ("floor", "floor-utania", "--country", "XUT", "--country", "XVA", "--economy", "x.toml"),
    ("floor", "--crisis", "no-such.toml"),
    ("floor", "--crisis", "crisis-nowhere"),
    ("floor", "floor-utania", "--folder", "no-such-folder"),
    ("gap", "floor-utania", "--country", "KEN"),
    ("floor", "--crisis", CRISIS, "--years", "2025"),
    ("gap", "floor-utania", "--coverage", "coverage-utania"),
    ("gap", "floor-utania", "--country", "XUT", "--coverage", "no-such.csv"),
    ("gap", "floor-utania", "--country", "XUT", "--coverage", "coverage-utania", "--leave-out", "XVA"),
    ("gap", "floor-utania", "--country", "XUT", "--country", "Utania", "--coverage", "coverage-utania"),
    ("gap", "floor-utania", "--country", "XUT", "--coverage", "coverage-utania", "--by", "planet"),
    ("gap", "floor-utania", "--country", "XUT", "--coverage", "coverage-utania", "--option", "average=mean"),
    ("fiscal-space",),
    ("fiscal-space", "no-such.toml"),
    ("fiscal-space", "fiscal-space-utania", "--years", "2026:2025"),
    ("fiscal-space", "fiscal-space-utania", "--cost", "no-such.json"),
])
def test_bad_usage_leaves_with_2_and_prints_nothing(arguments):
    assert refused(*arguments)


def test_options_that_are_wrong_are_told_all_at_once():
    said = refused("floor", "floor-utania", "--country", "XUT", "--option", "prices=real", "--option", "take_up=3", "--option", "colour=red")
    assert said.count("error:") == 3


def test_a_scheme_has_a_tornado_and_bands_too(tmp_path):
    datasets.write_made_up("XUT", tmp_path)
    file = tmp_path / "assumptions.toml"
    file.write_text('[[assumption]]\nname = "benefit"\nlow = 0.5\nhigh = 1.5\nsource = "x"\n'
                    '[[assumption]]\nname = "xut-child-grant.beneficiaries"\nlow = 0.9\nhigh = 1.1\nsource = "x"\n', encoding="utf-8")
    told = answer("cost", tmp_path / "schemes" / "old-age-grant", tmp_path / "schemes" / "child-grant", "--years", "2025:2026",
                  "--sensitivity", file, "--draws", "50")
    total = next(row["total"] for row in told["rows"] if row["scheme"] == "" and row["year"] == 2026)
    assert [row["assumption"] for row in told["sensitivity"]] == ["benefit", "xut-child-grant.beneficiaries"]
    assert told["sensitivity"][0]["at_low"] == pytest.approx(total / 2)
    assert told["bands"][1]["base"] == pytest.approx(total)


@pytest.mark.parametrize(("format", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype html>")])
@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_what_is_printed_is_written_as_workbook_and_document_too(command, format, begins, tmp_path):
    out = tmp_path / f"figures.{format}"
    ended = socle(*command, "-o", out)
    assert ended.code in (0, 1), ended.err
    assert out.read_bytes().lower().startswith(begins.lower())


def test_the_workbook_of_a_floor_calculates_what_the_rows_say(tmp_path):
    out = tmp_path / "floor.xlsx"
    assert socle(*FLOOR, "-o", out).code == 1
    totals = [row["total"] for row in answer(*FLOOR)["rows"] if row["scheme"] == ""]
    formulas, values = (openpyxl.load_workbook(out, data_only=cached)["total floor-utania"] for cached in (False, True))
    last = formulas.max_column
    assert [values.cell(row, last).value for row in (2, 3)] == pytest.approx(totals)
    assert all(str(formulas.cell(row, last).value).startswith("=SUM(") for row in (2, 3))


def test_only_made_up_countries_are_measured_against_the_coverage_that_is_shipped(tmp_path):
    assert answer("gap", "floor-utania", *MADE_UP)["rows"] == answer(*GAP)["rows"]
    shipped = files("socle.datasets").joinpath("made_up")
    assert answer("gap", "floor-utania", "--folder", shipped)["rows"] == answer(*GAP)["rows"]
    said = refused("gap", "floor-2017-style", "--country", "XUT", "--country", "KEN")
    assert "country, guarantee, share, source, year" in said


def test_an_assumed_amount_says_in_which_currency_it_is_read():
    told = answer("floor", "--country", "KEN", "--years", "2025", "--assume", "health.amount=1000")
    [warning] = [one for one in told["warnings"] if one["code"] == "assumed_amount"]
    assert "health.amount is read in USD" in warning["message"]


def test_the_answer_to_a_crisis_is_costed_in_the_year_of_its_file():
    year = costing.read_crisis(CRISIS.read_text("utf-8"), name="x").year
    assert {row["year"] for row in answer("floor", "--crisis", CRISIS, "--years", str(year))["rows"]} == {year}
    assert str(year) in refused("floor", "--crisis", CRISIS, "--years", "2025:2026")


@pytest.mark.parametrize(("command", "name", "every", "persons", "money"), [
    (FLOOR, "scheme", "", ("target", "beneficiaries"), "total"), (GAP, "guarantee", "all", ("uncovered",), "gap")])
def test_rows_of_all_together_have_money_and_no_persons_as_the_page_says(command, name, every, persons, money):
    together = [row for row in answer(*command)["rows"] if row[name] == every and row.get("average", "none") == "none"]
    page = (Path(__file__).parents[2] / f"docs/reference/{command[0]}.md").read_text(encoding="utf-8")

    assert together
    assert {row[column] for row in together for column in persons} == {None}
    assert all(row[money] is not None for row in together)
    assert "count twice" in page or "counts twice" in page


def test_the_base_year_that_was_taken_is_among_the_options():
    assert answer(*FLOOR)["options"]["base_year"] == 2025
    assert answer(*GAP)["options"]["base_year"] == 2025
