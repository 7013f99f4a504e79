"""``socle scheme``: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from socle import schemes
from tests.spec.command import socle
from tests.spec.schemes import GOOD, changed

CATALOGUE = Path(__file__).parents[2] / "catalogue" / "schemes"
KEYS = ["severity", "sheet", "row", "column", "value", "code", "message", "remedy"]
CASES = '[[case]]\nday = 2024-01-01\nfacts = {{ age = {age} }}\nanswer = {{ entitled = true, amount = {amount} }}\nsource = "Gazette"\n'


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "scheme.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(changed(("amount = 100", "amount = -1"), ("age >= 70", "=1+1")), encoding="utf-8")
    return path


def facts(folder, given):
    path = folder / "facts.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return path


# -- check

def test_a_clean_file_ends_with_0(good):
    ended = socle("scheme", "check", good)

    assert (ended.code, ended.out) == (0, "")
    assert "No errors and no warnings." in ended.err


def test_warnings_only_end_with_1():
    ended = socle("scheme", "check", CATALOGUE / "mwi/older-persons-grant/scheme.toml")

    assert ended.code == 1
    assert "0 errors, 3 warnings." in ended.err


def test_errors_end_with_2_and_warnings_of_another_file_are_told_too(good, wrong):
    ended = socle("scheme", "check", wrong, CATALOGUE / "mwi", good)

    assert ended.code == 2
    assert "warnings." in ended.err


def test_json_is_a_list_of_findings_and_nothing_else(wrong):
    found = json.loads(socle("scheme", "check", wrong, "--format", "json").out)

    assert {tuple(finding) for finding in found} == {tuple(KEYS)}
    assert {(f["row"], f["column"]) for f in found} == {(18, "eligibility[1].rule"), (25, "benefit[1].amount")}
    assert {f["sheet"] for f in found} == {str(wrong)}


def test_csv_is_no_formula_to_a_spreadsheet(wrong):
    rows = list(csv.DictReader(io.StringIO(socle("scheme", "check", wrong, "--format", "csv").out)))

    assert list(rows[0]) == KEYS
    assert [row["value"] for row in rows if row["column"] == "benefit[1].amount"] == ["'-1"]


def test_what_is_said_is_written_whole_and_never_over_what_is_read(good, wrong, tmp_path):
    assert socle("scheme", "check", wrong, "--format", "json", "-o", tmp_path / "said.json").code == 2
    assert len(json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))) >= 2
    assert socle("scheme", "check", good, "-o", good).code == 2
    assert good.read_text(encoding="utf-8") == GOOD


def test_a_folder_stands_for_every_scheme_below_it(tmp_path):
    found = json.loads(socle("scheme", "check", CATALOGUE, "--format", "json").out)

    assert len({finding["sheet"] for finding in found}) == 12
    assert [f["code"] for f in json.loads(socle("scheme", "check", tmp_path, "--format", "json").out)] == ["empty"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x89PNG", b"id = ", "é".encode("latin-1")])
def test_what_is_no_scheme_file_ends_with_2_and_no_traceback(tmp_path, content):
    (tmp_path / "s.toml").write_bytes(content)
    ended = socle("scheme", "check", tmp_path / "s.toml")

    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_file_that_is_not_there_ends_with_2(tmp_path):
    assert socle("scheme", "check", tmp_path / "none.toml").code == 2
    assert socle("scheme", "check").code == 2


def test_two_files_with_one_id_are_told(good, tmp_path):
    (tmp_path / "again.toml").write_text(GOOD, encoding="utf-8")
    found = json.loads(socle("scheme", "check", good, tmp_path / "again.toml", "--format", "json").out)

    assert [(f["code"], f["value"]) for f in found] == [("duplicate_id", "utania-grant")]


def test_the_cases_beside_a_scheme_are_asked(good):
    (good.parent / "cases.toml").write_text(CASES.format(age=70, amount=100), encoding="utf-8")
    assert socle("scheme", "check", good).code == 0

    (good.parent / "cases.toml").write_text(CASES.format(age=69, amount=100) + CASES.format(age=71, amount=90), encoding="utf-8")
    found = json.loads(socle("scheme", "check", good, "--format", "json").out)
    assert [(f["code"], f["row"]) for f in found] == [("case_fails", 1), ("case_fails", 1), ("case_fails", 6)]
    assert "entitled must be true, and is false." in [f["message"] for f in found]


def test_facts_of_a_case_that_cannot_be_are_told_at_the_case(good):
    (good.parent / "cases.toml").write_text(CASES.format(age=700, amount=100), encoding="utf-8")
    found = json.loads(socle("scheme", "check", good, "--format", "json").out)

    assert [(f["code"], f["row"], f["column"]) for f in found] == [("fact_bounds", 1, "facts.age")]


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_it_speaks_three_languages(wrong, lang):
    assert socle("scheme", "check", wrong, "--lang", lang).code == 2


def test_a_file_of_cases_is_checked_with_the_scheme_it_stands_beside(good):
    cases = good.parent / "cases.toml"
    cases.write_text(CASES.format(age=69, amount=100), encoding="utf-8")
    by_cases, by_scheme, by_both = (socle("scheme", "check", *files, "--format", "json") for files in ((cases,), (good,), (cases, good)))

    assert {f["code"] for f in json.loads(by_cases.out)} == {"case_fails"}
    assert by_cases.out == by_scheme.out == by_both.out


def test_named_cases_stand_beside_a_named_scheme(wrong):
    cases = wrong.with_name("wrong.cases.toml")
    cases.write_text(CASES.format(age=69, amount=100), encoding="utf-8")

    assert socle("scheme", "check", cases).out == socle("scheme", "check", wrong).out != ""


def test_cases_without_a_scheme_are_called_what_they_are(tmp_path):
    (tmp_path / "cases.toml").write_text(CASES.format(age=69, amount=100).replace('source = "Gazette"', ""), encoding="utf-8")
    checked = json.loads(socle("scheme", "check", tmp_path / "cases.toml", "--format", "json").out)
    costed = socle("cost", tmp_path / "cases.toml", "--years", "2025")

    assert [f["code"] for f in checked] == ["cases_alone", "source_missing"]
    assert costed.code == 2
    assert "These are worked cases, not a scheme." in costed.err


# -- explain

def test_an_answer_has_its_reasons_and_sources(good):
    ended = socle("scheme", "explain", good, "--facts", facts(good.parent, {"age": 71}), "--on", "2024-06-30")
    answer = json.loads(ended.out)

    assert ended.code == 0
    assert list(answer) == ["entitled", "amount", "currency", "per", "reasons", "missing"]
    assert (answer["entitled"], answer["amount"], answer["currency"], answer["per"], answer["missing"]) == (True, 100, "USD", "month", [])
    assert [list(reason) for reason in answer["reasons"]] == [["text", "article", "source"]] * len(answer["reasons"])
    assert answer["reasons"][0]["article"] == "article 4"
    assert answer["reasons"][0]["source"] == "Gazette, article 4"


def test_a_refusal_and_what_is_missing_are_told(good):
    def answer(given):
        return json.loads(socle("scheme", "explain", good, "--facts", facts(good.parent, given), "--on", "2024-06-30").out)

    refused, unknown = answer({"age": 69}), answer({"resident": True})
    assert (refused["entitled"], refused["amount"]) == (False, None)
    assert (unknown["entitled"], unknown["missing"]) == (None, ["age"])


def test_before_it_began_nobody_can_be_told(good):
    ended = socle("scheme", "explain", good, "--facts", facts(good.parent, {"age": 71}), "--on", "2019-06-30")

    assert json.loads(ended.out)["entitled"] is None


def test_all_errors_of_the_facts_are_told_at_once(good):
    given = facts(good.parent, {"agee": 71, "resident": "yes", "sex": "woman", "age": 300})
    ended = socle("scheme", "explain", good, "--facts", given, "--on", "2024-06-30")

    assert (ended.code, ended.out) == (2, "")
    assert [name for name in ("agee", "resident", "sex", "age") if f"column {name}:" in ended.err] == ["agee", "resident", "sex", "age"]


def test_errors_of_the_scheme_and_of_the_facts_are_told_together(wrong):
    ended = socle("scheme", "explain", wrong, "--facts", facts(wrong.parent, {"agee": 71}), "--on", "2024-06-30")

    assert ended.code == 2
    assert "benefit[1].amount" in ended.err
    assert "agee" in ended.err


@pytest.mark.parametrize("given", ["", "{", "[1]", '"x"', "{'age': 3}", '{"age": 70, "age": 71}', "[" * 5000, '{"age": NaN}', "nul\0"])
def test_facts_that_are_no_json_object_end_with_2(good, given):
    ended = socle("scheme", "explain", good, "--facts", facts(good.parent, given), "--on", "2024-06-30")

    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(("given", "code", "said"), [
    ("", "facts_empty", "The file is empty."), (" \n", "facts_empty", "The file is empty."), ("age = 70\n", "json", "not JSON"), ("[" * 5000, "json", "nested"),
    ("\0", "encoding", "UTF-8")])
def test_a_file_of_facts_that_is_none_is_told_how_to_write_facts(good, given, code, said):
    read, wrong = schemes.read_given(facts(good.parent, given))

    assert (read, [one.code for one in wrong]) == (None, [code])
    assert said in wrong[0].message
    assert "id, country and name" not in wrong[0].remedy
    assert ('{"age": 68, "resident": true}' in wrong[0].remedy) is (code != "encoding")


def test_an_empty_file_of_cases_is_told_how_to_write_cases():
    assert "[[case]]" in schemes.parse_cases("").findings[0].remedy


@pytest.mark.parametrize("day", ["2024", "30/06/2024", "today", "2024-02-30", ""])
def test_a_day_that_is_none_ends_with_2(good, day):
    assert socle("scheme", "explain", good, "--facts", facts(good.parent, {"age": 71}), "--on", day).code == 2


def test_a_household_has_members(tmp_path):
    (tmp_path / "s.toml").write_text(changed(('unit = "person"', 'unit = "household"'), ('"age >= 70"', '"any(members, age >= 70)"')),
                                     encoding="utf-8")
    ended = socle("scheme", "explain", tmp_path / "s.toml", "--facts", facts(tmp_path, {"members": [{"age": 40}, {"age": 72}]}), "--on", "2024-06-30")

    assert json.loads(ended.out)["entitled"] is True


def test_warnings_of_the_scheme_are_told_beside_the_answer(tmp_path):
    ended = socle("scheme", "explain", CATALOGUE / "mwi/older-persons-grant/scheme.toml", "--facts", facts(tmp_path, {"age": 71}), "--on", "2024-12-31")

    assert (ended.code, json.loads(ended.out)["entitled"], json.loads(ended.out)["amount"]) == (1, True, None)
    assert "benefit.amount" in ended.err


NO_CURRENCY = (('amount = 100\ncurrency = "USD"', 'share = 0.5\nof = "poverty_line"'),)
ECONOMY = """\
country = "KEN"
currency = "KES"
source = "A test"
vintage = "2025"

[gdp]
unit = "currency"
[gdp.values]
2024 = 1000
"""


@pytest.fixture
def share(tmp_path):
    def written(country):
        path = tmp_path / "share.toml"
        path.write_text(changed(*NO_CURRENCY, ('"XUT"', f'"{country}"')), encoding="utf-8")
        return path

    return written


def of_a_share(path, *more):
    given = facts(path.parent, {"age": 71, "poverty_line": 90})
    return socle("scheme", "explain", path, "--facts", given, "--on", "2024-06-30", *more)


def test_a_scheme_that_names_no_currency_has_that_of_the_economy(share, tmp_path):
    (tmp_path / "economy.toml").write_text(ECONOMY, encoding="utf-8")
    made_up, real = json.loads(of_a_share(share("XUT")).out), json.loads(of_a_share(share("KEN"), "--economy", tmp_path / "economy.toml").out)

    assert (made_up["amount"], made_up["currency"]) == (45.0, "XUD")
    assert (real["amount"], real["currency"]) == (45.0, "KES")


def test_a_currency_that_nobody_says_is_said_to_be_missing(share):
    answer = json.loads(of_a_share(share("KEN")).out)

    assert (answer["amount"], answer["currency"]) == (45.0, None)
    assert "The scheme names no currency" in answer["reasons"][-1]["text"]
    assert "economy of KEN" in answer["reasons"][-1]["text"]


def test_an_economy_of_another_country_is_refused(share, tmp_path):
    (tmp_path / "economy.toml").write_text(ECONOMY, encoding="utf-8")
    ended = of_a_share(share("XUT"), "--economy", tmp_path / "economy.toml")

    assert (ended.code, ended.out) == (2, "")
    assert "KEN" in ended.err


# -- schema

def test_the_schema_is_printed_and_written(tmp_path):
    printed = json.loads(socle("scheme", "schema").out)
    ended = socle("scheme", "schema", "-o", tmp_path / "schema.json")

    assert ended.code == 0
    assert printed["$schema"].endswith("2020-12/schema")
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == printed
