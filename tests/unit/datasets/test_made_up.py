"""The made-up countries: complete, invented, and the same every time."""

from datetime import date
from importlib.resources import files

import ibis
import pytest

from socle import costing, datasets, entitlements, schemes
from socle.errors import InputError
from socle.vocabulary import FACTS, country, made_up_countries

CODES = ("XUT", "XVA", "XWE", "XYO")
EVERY_SCHEME = [(code, one.id) for code in CODES for one in datasets.made_up(code).schemes]
EVERY_CASE = [(code, path) for code in CODES for path in datasets.made_up(code).files if path.endswith("cases.toml")]


@pytest.mark.parametrize("code", CODES)
def test_a_made_up_country_has_people_money_and_schemes(code):
    made = datasets.made_up(code)
    assert made.country.made_up
    assert made.population.years == tuple(range(2020, 2101))
    assert made.economy.country == code
    assert made.schemes


def test_the_neighbours_are_of_other_income_groups():
    assert sorted(country(code).income_group for code in CODES) == ["high", "low", "lower_middle", "upper_middle"]


@pytest.mark.parametrize("code", CODES)
def test_what_one_person_produces_fits_the_income_group(code):
    """World Bank, groups by income a head in US dollars, as of 2025: below 1,135; 4,495; 13,935; above."""
    made = datasets.made_up(code)
    people = made.population.total()[made.population.years.index(2024)]
    a_head = made.economy.at("gdp", 2024) / people / made.economy.at("exchange_rate", 2024)
    group = ["low", "lower_middle", "upper_middle", "high"][sum(a_head > bound for bound in (1_135, 4_495, 13_935))]
    assert group == country(code).income_group


@pytest.mark.parametrize("code", CODES)
def test_the_economy_of_a_made_up_country_has_every_series_and_no_fault(code):
    reading = datasets.read_economy(datasets.made_up(code).files["economy.toml"].encode(), name="economy.toml")
    assert reading.findings == ()
    assert {"gdp", "gdp_growth", "deflator", "prices", "wages", "minimum_wage", "average_wage", "poverty_line", "government_revenue",
            "government_expenditure", "exchange_rate"} <= set(reading.economy.series)


def test_utania_has_a_scheme_for_every_branch_of_a_floor():
    found = {one.branch for one in datasets.made_up("XUT").schemes}
    assert found == {"family", "old_age", "invalidity", "maternity", "unemployment"}
    assert {one.contributory for one in datasets.made_up("XUT").schemes} == {True, False}


@pytest.mark.parametrize(("code", "scheme"), EVERY_SCHEME)
def test_a_scheme_of_a_made_up_country_checks_without_a_finding(code, scheme):
    folder = scheme.removeprefix(f"{code.lower()}-")
    assert schemes.parse(datasets.made_up(code).files[f"schemes/{folder}/scheme.toml"]).findings == ()


@pytest.mark.parametrize(("code", "path"), EVERY_CASE)
def test_the_worked_cases_of_a_made_up_country_come_out(code, path):
    made = datasets.made_up(code)
    read = schemes.parse_cases(made.files[path], name=path)
    scheme = made.scheme(path.split("/")[1])
    assert read.findings == ()
    assert len(read.cases) >= 3
    assert {case.name: case.differences(entitlements.judge(scheme, case.facts, on=case.day)) for case in read.cases} == {
        case.name: () for case in read.cases}


def test_the_survey_has_facts_of_the_vocabulary_only_within_their_bounds():
    survey = datasets.made_up("XUT").survey
    assert set(survey) - set(FACTS) == {"household", "person", "weight"}
    rows = {len(column) for column in survey.values()}
    assert len(rows) == 1
    assert 1_900 <= rows.pop() <= 2_100
    wrong = [(name, value) for name, fact in FACTS.items() if name in survey for value in survey[name] if value is not None and (
        (fact.type == "number" and not fact.low <= value <= fact.high) or (fact.codes and value not in fact.codes))]
    assert wrong == []


def test_the_weights_of_the_survey_add_up_to_the_people():
    made = datasets.made_up("XUT")
    assert sum(made.survey["weight"]) == pytest.approx(made.population.total()[4], rel=1e-4)


def test_every_household_of_the_survey_has_one_head():
    survey = datasets.made_up("XUT").survey
    heads = [household for household, head in zip(survey["household"], survey["head_of_household"], strict=True) if head]
    assert sorted(heads) == sorted(set(survey["household"]))
    assert len(set(survey["person"])) == len(survey["person"])


def test_the_schemes_of_utania_reach_somebody_in_its_survey():
    made = datasets.made_up("XUT")
    table = ibis.memtable(dict(made.survey))
    for scheme in made.schemes:
        judged = entitlements.judge_rows(scheme, table, on=date(2025, 6, 30), facts={"poverty_line": 1_200.0, "minimum_wage": 2_400.0})
        counted = judged.filter(judged.entitled & (judged.amount > 0)).count().execute()
        assert 0 < counted < 500, scheme.id


def test_a_made_up_country_is_found_by_its_name_and_a_scheme_by_its_short_id():
    assert datasets.made_up("Utania").scheme("child-grant").id == "xut-child-grant"


def test_a_real_country_is_not_made_up():
    with pytest.raises(InputError) as refusal:
        datasets.made_up("MWI")
    assert "XUT" in refusal.value.remedy


def test_a_made_up_country_without_figures_is_told_those_that_have_some():
    assert "XZA" in {one.alpha3 for one in made_up_countries()}
    with pytest.raises(InputError) as refusal:
        datasets.read_population(country="XZA")
    assert "XUT, XVA, XWE, XYO" in refusal.value.findings[0].remedy


def test_a_scheme_that_is_not_there_is_told_those_that_are():
    with pytest.raises(InputError) as refusal:
        datasets.made_up("XYO").scheme("pension")
    assert "xyo-child-benefit" in refusal.value.remedy


def test_the_population_of_a_made_up_country_needs_no_file():
    people = datasets.read_population(country="XUT", years=range(2025, 2031))
    assert people.years == tuple(range(2025, 2031))
    assert people.births.shape == (6,)
    assert "invented" in people.source.document


def test_the_old_age_grant_of_utania_means_about_the_persons_its_programme_tells():
    """catalogue/programmes/made-up: 300,000 entitled in 2023."""
    people = datasets.made_up("XUT").population
    assert people.total(first=68)[people.years.index(2023)] == pytest.approx(300_000, rel=0.03)


def test_the_files_of_a_made_up_country_can_be_written_to_a_folder(tmp_path):
    datasets.write_made_up("XUT", tmp_path / "utania")
    assert schemes.read(tmp_path / "utania" / "schemes" / "child-grant" / "scheme.toml").scheme.id == "xut-child-grant"
    assert datasets.read_economy(tmp_path / "utania" / "economy.toml").economy.currency == "XUD"
    people, told = datasets.made_up("XUT").population, datasets.read_population(tmp_path / "utania" / "population.csv", country="XUT")
    assert told.years == people.years
    assert told.total() == pytest.approx(people.total(), abs=1)


def test_what_is_committed_is_what_the_scripts_draw():
    from scripts import made_up, made_up_inquiry, made_up_survey

    files = {code: datasets.made_up(code).files for code in CODES}
    assert {code: made_up.census_csv(code) == files[code]["census.csv"] for code in CODES} == dict.fromkeys(CODES, True)
    assert made_up_survey.survey(made_up.SEED) == files["XUT"]["survey.csv"]
    for code in CODES:
        committed = {path.split("/")[1].removesuffix(".csv"): text for path, text in files[code].items() if path.startswith("inquiry/")}
        assert made_up_inquiry.inquiry(code) == committed, code


@pytest.mark.parametrize("code", CODES)
def test_a_made_up_country_can_be_costed_without_any_file(code):
    made = datasets.made_up(code)
    of_persons = [one for one in made.schemes if one.unit == "person"]
    costed = costing.project(of_persons, made.population, made.economy, years=range(2025, 2051))
    shares = [row["share_of_gdp"] for row in costed.rows() if row["scheme"] in {one.id for one in of_persons}]
    assert len(shares) == 26 * len(of_persons)
    assert all(share is not None and 0 < share < 0.03 for share in shares)


def test_the_folder_of_made_up_countries_of_the_wheel_is_a_folder_of_countries():
    folders = datasets.country_folders(str(files("socle.datasets").joinpath("made_up")))
    read = [datasets.read_country(one, years=(2025, 2035)) for one in folders]
    assert [(one.country, one.findings) for one in read] == [(code, ()) for code in sorted(CODES)]
    for one in read:
        made = datasets.made_up(one.country).population
        assert one.population.total() == pytest.approx([made.total()[made.years.index(year)] for year in one.population.years])
