"""The answers of the made-up countries to the inquiry: complete, invented, and in themselves without contradiction."""

from collections import defaultdict
from itertools import combinations

import pytest

from socle import coverage, datasets
from socle.tables import INQUIRY

CODES = ("XUT", "XVA", "XWE", "XYO")
FIGURES = ("protected", "recipients", "overlaps", "denominators", "legal")


def rows(code, sheet):
    return list(datasets.made_up(code).inquiry[sheet].rows())


def test_utania_answers_every_sheet_for_five_years():
    book = datasets.made_up("XUT").inquiry
    assert [sheet.name for sheet in INQUIRY if not len(book[sheet.name])] == []
    for sheet in ("protected", "recipients", "amounts", "expenditure", "receipts", "denominators", "overlaps", "legal"):
        assert sorted(set(book[sheet]["year"])) == [2021, 2022, 2023, 2024, 2025], sheet


@pytest.mark.parametrize("code", CODES)
def test_every_figure_says_that_it_is_made_up(code):
    for table in datasets.made_up(code).inquiry:
        if "status" in table.sheet.names:
            assert set(table["source"]) <= {"Made up for tutorials and tests"}, table.sheet.name


@pytest.mark.parametrize("code", CODES)
def test_the_denominator_of_all_is_the_population(code):
    people = datasets.made_up(code).population
    for row in rows(code, "denominators"):
        if row["group"] == "population":
            sex = None if row["sex"] == "total" else row["sex"]
            assert row["persons"] == pytest.approx(float(people.total(sex=sex)[people.years.index(row["year"])]), abs=1.01)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("sheet", FIGURES)
def test_women_and_men_add_up(code, sheet):
    found = defaultdict(dict)
    for row in rows(code, sheet):
        key = tuple(row[name] for name in INQUIRY[sheet].key if name != "sex")
        found[key][row["sex"]] = row["persons"]
    for key, told in found.items():
        if {"female", "male"} <= told.keys():
            assert told["female"] + told["male"] == told["total"], key


def test_the_parts_of_recipients_and_of_contributors_add_up():
    whole = {}
    parts = defaultdict(int)
    for row in rows("XUT", "recipients"):
        key = (row["benefit"], row["year"], row["sex"])
        apart = [name for name in ("age_group", "disability", "area") if row[name] != "total"]
        if apart:
            parts[*key, apart[0]] += row["persons"]
        else:
            whole[key] = row["persons"]
    for row in rows("XUT", "protected"):
        if row["employment_status"] == "total":
            whole[row["scheme"], row["measure"], row["year"], row["sex"]] = row["persons"]
        else:
            parts[row["scheme"], row["measure"], row["year"], row["sex"], "status"] += row["persons"]
    assert len(parts) > 100
    assert {key: persons for key, persons in parts.items() if persons != whole[key[:-1]]} == {}


@pytest.mark.parametrize("code", CODES)
def test_recipients_times_the_average_is_what_the_scheme_spends(code):
    book = datasets.made_up(code).inquiry
    recipients = {(row["benefit"], row["year"]): row["persons"] for row in book["recipients"].rows()
                  if row["sex"] == row["age_group"] == row["disability"] == row["area"] == "total"}
    scheme = {row["benefit"]: (row["scheme"], row["function"]) for row in book["benefits"].rows()}
    spent = {(row["scheme"], row["function"], row["year"]): row["amount"] for row in book["expenditure"].rows()
             if row["item"] == "benefits"}
    totals = {}
    for row in book["amounts"].rows():
        if row["measure"] == "total":
            totals[row["benefit"], row["year"]] = row["amount"]
    for row in book["amounts"].rows():
        if row["measure"] == "average" and row["amount"] is not None:
            times = 12 if row["per"] == "month" else 1
            key = (row["benefit"], row["year"])
            assert recipients[key] * row["amount"] * times == totals[key]
    if code == "XWE":   # the cost of its health insurance is told, that of its benefit is not
        spent = {key: amount for key, amount in spent.items() if key[0] != "xwe-health-insurance"}
    paid = defaultdict(int)
    for (benefit, year), total in totals.items():
        paid[*scheme[benefit], year] += total
    assert paid == spent


def test_what_one_scheme_transfers_another_receives():
    book = datasets.made_up("XUT").inquiry
    out = {row["year"]: row["amount"] for row in book["expenditure"].rows() if row["item"] == "transfers"}
    into = {row["year"]: row["amount"] for row in book["receipts"].rows() if row["item"] == "transfers"}
    assert out == into
    assert len(out) == 5


def test_the_overlaps_of_2024_are_complete():
    """Every pair, and every three of which all pairs are in one another: inclusion and exclusion leave nothing open."""
    told = {tuple(row["between"].split(";")): row["persons"] for row in rows("XUT", "overlaps")
            if row["year"] == 2024 and row["sex"] == "total"}
    keys = sorted({key for between in told for key in between})
    pairs = {frozenset(pair): persons for pair, persons in told.items() if len(pair) == 2}
    assert all(frozenset(pair) in pairs for pair in combinations(keys, 2))
    more = {frozenset(some) for some in told if len(some) > 2}
    for size in (3, 4, 5, 6):
        for some in map(frozenset, combinations(keys, size)):
            below = [frozenset(part) for part in combinations(some, size - 1)]
            implied = any(not pairs[part] if size == 3 else part not in more for part in below)
            assert some in more or implied


def test_the_old_age_grant_is_that_of_the_made_up_programme():
    """catalogue/programmes/made-up, observations B05 to B10."""
    told = {(row["year"], row["sex"]): row["persons"] for row in rows("XUT", "recipients")
            if row["benefit"] == "old-age-grant" and row["age_group"] == row["area"] == "total"}
    assert [told[year, "total"] for year in (2021, 2022, 2023, 2024)] == [90_000, 140_000, 170_000, 215_000]
    assert (told[2024, "female"], told[2024, "male"]) == (121_000, 94_000)


@pytest.mark.parametrize("code", CODES)
def test_a_scheme_of_the_catalogue_is_told_as_the_catalogue_tells_it(code):
    made = datasets.made_up(code)
    told = {row["scheme"]: row for row in rows(code, "schemes")}
    for scheme in made.schemes:
        row = told[scheme.id]
        assert (row["name"], row["institution"], row["functions"]) == (scheme.name["en"], scheme.institution, (scheme.branch,))
    for row in rows(code, "benefits"):
        if row["scheme"] in {scheme.id for scheme in made.schemes}:
            assert row["contributory"] is made.scheme(row["scheme"]).contributory


@pytest.mark.parametrize("code", CODES)
def test_nothing_in_an_answer_contradicts_itself(code):
    """What grows fast in Utania does: the old-age grant from 2021 to 2022, the law on children in 2025."""
    made = datasets.made_up(code)
    found = coverage.check(made.inquiry, schemes=made.schemes)
    assert {one.code for one in found} <= {"jump"}
    assert len(found) <= 8


def test_utania_reconciles_with_what_it_printed_and_knows_the_union_of_one_year():
    made = datasets.made_up("XUT")
    report = coverage.report(made.inquiry, economy=made.economy)
    assert {one.verdict for one in report.reconciliation} == {"equal", "rounding"}
    bounds = {one.year: one.bound for one in report.figures if one.series == "SI_COV_BENFTS" and one.sex == "total"}
    assert bounds[2024] == "exact"
    assert {bounds[year] for year in (2021, 2022, 2023, 2025)} <= {"lower", "upper"}


def test_an_answer_is_written_with_the_other_files(tmp_path):
    datasets.write_made_up("XUT", tmp_path)
    assert datasets.read_book(tmp_path / "inquiry", INQUIRY).book == datasets.made_up("XUT").inquiry
