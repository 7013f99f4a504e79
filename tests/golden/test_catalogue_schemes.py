"""The schemes of the catalogue: what the sources state comes out of the files, and of the questions asked of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socle import costing, datasets, entitlements, schemes

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "catalogue"
FILES = schemes.found(CATALOGUE / "schemes")
IDS = [str(path.parent.relative_to(CATALOGUE / "schemes")) for path in FILES]
SHARED = ROOT.parent / "shared" / "data" / "population-single-age-sex-2000-2100.parquet"


def scheme(name):
    return schemes.read(CATALOGUE / "schemes" / name / "scheme.toml").required()


def test_the_schemes_of_eight_countries_are_there():
    assert {name.split("/")[0] for name in IDS} == {"idn", "lbn", "mwi", "npl", "pak", "pse", "vnm", "zmb"}
    assert len(IDS) == 12


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_file_of_the_catalogue_has_warnings_and_no_errors(path):
    reading = schemes.read(path)

    assert reading.errors == ()
    assert {finding.code for finding in reading.warnings} <= {"missing", "unverified"}
    assert reading.required().country.lower() == path.parent.parent.name


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_worked_case_of_the_catalogue_holds(path):
    made, read = schemes.read(path).required(), schemes.read_cases(schemes.beside(path))

    assert read.findings == () or {finding.code for finding in read.findings} == {"unverified"}
    assert read.cases
    for case in read.cases:
        assert case.differences(entitlements.judge(made, case.facts, on=case.day)) == (), case.name


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_entry_of_the_catalogue_names_document_and_place(path):
    made = schemes.read(path).required()
    entries = (*made.laws, *made.eligibility, *made.benefits, *made.contributions, *made.ramp, *made.tables, *made.missing, *made.reported)

    assert entries
    assert [entry for entry in entries if not (entry.source and entry.source.document and entry.source.place)] == []


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_name_of_the_catalogue_is_told_in_three_languages(path):
    assert len({schemes.read(path).required().label(lang) for lang in ("en", "fr", "es")}) == 3


def test_lebanons_disability_allowance_is_40_dollars_a_month_from_15_to_30():
    made = scheme("lbn/national-disability-allowance")
    asked = {age: entitlements.judge(made, {"age": age, "disabled": True, "resident": True}, on=date(2024, 7, 1)) for age in (14, 15, 30, 31)}

    assert [answer.entitled for answer in asked.values()] == [False, True, True, False]
    assert (asked[15].amount, asked[15].currency, asked[15].per) == (40, "USD", "month")
    assert {entry.count for entry in made.reported} == {27_000, 27_500}


def test_lebanons_top_up_is_100_dollars_once_for_10_000():
    made = scheme("lbn/disability-allowance-top-up")

    assert [(benefit.amount, benefit.per) for benefit in made.benefits] == [(100, "case")]
    assert [entry.beneficiaries for entry in made.ramp] == [10_000]


@pytest.mark.parametrize(("name", "persons"), [("older-persons", 18_000), ("severe-disabilities", 15_000)])
def test_the_allowances_of_the_occupied_palestinian_territory_are_70_dollars_for_ten_months(name, persons):
    made = scheme(f"pse/social-allowance-{name}")
    (benefit,) = made.benefits

    assert (benefit.amount, benefit.currency, benefit.per, benefit.months) == (70, "USD", "month", 10)
    assert (benefit.since, benefit.until) == (date(2024, 1, 1), date(2024, 10, 31))
    assert [entry.beneficiaries for entry in made.ramp] == [persons]
    assert made.eligibility == ()
    assert entitlements.judge(made, {"age": 90, "disabled": True}, on=date(2024, 5, 1)).entitled is None


def test_viet_nams_pension_begins_at_75_instead_of_80():
    made = scheme("vnm/non-contributory-pension")

    def first_age(on):
        return next(age for age in range(121) if entitlements.judge(made, {"age": age}, on=on).entitled)

    assert (first_age(date(2025, 6, 30)), first_age(date(2025, 7, 1))) == (80, 75)


def test_viet_nams_base_of_social_assistance_rose_by_almost_40_per_cent():
    made = scheme("vnm/social-assistance")

    assert dict(made.tables[0].codes) == {"raised_by": 0.4}
    assert [entry.count for entry in made.reported] == [4_000_000]


def test_indonesias_benefit_is_45_per_cent_for_six_months_fixed_term_contracts_included():
    made = scheme("idn/unemployment-benefit")
    facts = {"unemployed": True, "insured": True, "contract": "fixed_term", "previous_earnings": 1000, "months_unemployed": 5}

    after = entitlements.judge(made, facts, on=date(2025, 1, 1))
    before = entitlements.judge(made, facts | {"contract": "permanent"}, on=date(2024, 1, 1))

    assert (after.entitled, after.amount, before.amount) == (True, 450, 250)
    assert {benefit.months for benefit in made.benefits} == {6}
    assert entitlements.judge(made, facts, on=date(2024, 1, 1)).entitled is False


def test_indonesias_pension_contributions_go_from_3_to_9_per_cent_in_ten_years():
    path = dict(scheme("idn/old-age-pension").tables[0].codes)

    assert (path["at_the_start"], path["after_ten_years"], path["years"]) == (0.03, 0.09, 10)
    assert path["at_the_start"] + path["added_by_employers"] + path["added_by_workers"] == pytest.approx(path["after_ten_years"])


def test_zambias_insurance_is_paid_for_85_000_and_nepals_open_to_8_million():
    assert [entry.count for entry in scheme("zmb/national-health-insurance").reported] == [85_000]
    assert [entry.payer for entry in scheme("zmb/national-health-insurance").contributions] == ["state"]
    assert [entry.count for entry in scheme("npl/social-security-informal-workers").reported] == [8_000_000]


def test_pakistans_emergency_cash_is_12_000_rupees_once_for_12_million_households_and_unverified():
    made = scheme("pak/emergency-cash")
    (benefit,) = made.benefits

    assert (benefit.amount, benefit.currency, benefit.per, made.unit) == (12_000, "PKR", "case", "household")
    assert [entry.beneficiaries for entry in made.ramp] == [12_000_000]
    assert benefit.source.verified is False


def test_malawis_report_counts_more_people_than_the_united_nations_at_that_age():
    """410,000 against about 350,000: the file says so and gives no reason, for the report gives none."""
    made = scheme("mwi/older-persons-grant")
    people = datasets.read_population(None, country="MWI")
    aged_70 = people.total(first=70)[people.years.index(2024)]

    assert [entry.count for entry in made.reported] == [410_000, 410_000]
    assert 340_000 < aged_70 < 360_000
    assert "fewer than 360,000" in made.note
    assert "does not say why" in made.note


def test_costing_malawis_grant_says_that_more_are_counted_than_there_are():
    projection = costing.project([scheme("mwi/older-persons-grant")], datasets.read_population(None, country="MWI"), years=[2024])

    told = [one for one in projection.warnings if one.code == "more_than_the_target_group"]
    assert [one.value for one in told] == ["410000"]
    assert "benefit.grant.amount" in {one.column for one in projection.warnings if one.code == "fact_missing"}


@pytest.mark.parametrize(("name", "year", "total"), [
    ("pse/social-allowance-older-persons", 2024, 18_000 * 70 * 10), ("pse/social-allowance-severe-disabilities", 2024, 15_000 * 70 * 10),
    ("lbn/disability-allowance-top-up", 2024, 10_000 * 100), ("pak/emergency-cash", 2020, 12_000_000 * 12_000),
])
def test_what_the_reports_count_costs_what_it_multiplies_to(name, year, total):
    made = scheme(name)
    projection = costing.project([made], datasets.read_population(None, country=made.country), years=[year])

    assert [row["spending"] for row in projection.rows() if row["scheme"] == made.id] == [pytest.approx(total)]


@pytest.mark.skipif(not SHARED.exists(), reason="needs the single ages of ../shared")
def test_malawis_single_ages_say_the_same():
    import duckdb

    (aged_70,) = duckdb.connect().execute(
        "select sum(PopMale + PopFemale) from read_parquet(?) where ISO3_code = 'MWI' and AgeGrpStart >= 70 and Time = 2024", [str(SHARED)]
    ).fetchone()

    assert 340_000 < aged_70 < 360_000 < 410_000
