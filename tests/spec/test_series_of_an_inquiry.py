"""Every series of SDG 1.3.1 and beside it, computed by hand from a small inquiry."""

from __future__ import annotations

import numpy as np
import pytest

from socle import coverage
from socle.errors import InputError
from socle.tables import Economy, Population, Series
from socle.vocabulary import Source
from tests.spec.small_inquiry import inquiry, with_rows, without

MADE_UP = Source("Made up for tests")
#: The series, its sex, bound, numerator, denominator and value, each by hand.
BY_HAND = [
    ("SI_COV_CHLD", "total", "exact", 2000, 8000, 25.0),
    ("SI_COV_MATNL", "total", "exact", 100, 400, 25.0),
    ("SI_COV_MATNL", "female", "exact", 100, 400, 25.0),
    ("SI_COV_DISAB", "total", "exact", 50, 200, 25.0),
    ("SI_COV_UEMP", "total", "exact", 60, 600, 10.0),
    ("SI_COV_WKINJRY", "total", "exact", 3000, 8000, 37.5),
    ("SI_COV_WKINJRY", "female", "exact", 1000, 4000, 25.0),
    ("SI_COV_WKINJRY", "male", "exact", 2000, 4000, 50.0),
    # 300 of 60 and over with the fund's pension, 500 with the grant, nobody with both
    ("SI_COV_PENSN", "total", "exact", 800, 1000, 80.0),
    # of women no age groups are told: all 100 and 350, and no woman has both where nobody has
    ("SI_COV_PENSN", "female", "exact", 450, 600, 75.0),
    ("SI_COV_PENSN", "male", "exact", 450, 400, 112.5),
    # grant 500, child 2000, birth 100, invalid 50, help 800: from the largest to the sum
    ("SI_COV_POOR", "total", "lower", 2000, 5000, 40.0),
    ("SI_COV_POOR", "total", "upper", 3450, 5000, 69.0),
    # 20000 less fund and jobs (3000, all of jobs inside), pension 400 and dole 60: from 20000 - 3460 to 20000 - 3000
    ("SI_COV_VULN", "total", "lower", 2000, 17000, 100 * 2000 / 17000),
    ("SI_COV_VULN", "total", "upper", 3450, 16540, 100 * 3450 / 16540),
    # all cash benefits and the contributors: at least the 3000 of the fund; at most 3000 + 400 + 60 + 3450
    ("SI_COV_BENFTS", "total", "lower", 3000, 20000, 15.0),
    ("SI_COV_BENFTS", "total", "upper", 6910, 20000, 34.55),
    ("active_contributors_labour_force", "total", "exact", 3000, 10000, 30.0),
    ("active_contributors_working_age", "total", "exact", 3000, 12000, 25.0),
    ("health_affiliation", "total", "exact", 6000, 20000, 30.0),
    ("legal_old_age", "total", "lower", 9000, 12000, 75.0),
    ("legal_old_age", "total", "upper", 12000, 12000, 100.0),
    ("legal_old_age_mandatory_contributory", "total", "exact", 4000, 12000, 100 * 4000 / 12000),
    ("legal_old_age_non_contributory", "total", "exact", 9000, 12000, 75.0),
    ("legal_old_age_of_older_persons", "total", "exact", 1000, 1000, 100.0),
]


def found(report, series, sex="total", bound="exact"):
    return report.figure(series, sex=sex, bound=bound)


def codes(report):
    return {one.code for one in report.warnings}


@pytest.fixture(scope="module")
def whole():
    return coverage.report(inquiry())


@pytest.mark.parametrize(("series", "sex", "bound", "numerator", "denominator", "value"), BY_HAND)
def test_a_series_is_what_the_hand_computes(whole, series, sex, bound, numerator, denominator, value):
    figure = found(whole, series, sex, bound)
    assert (figure.numerator, figure.denominator) == (numerator, denominator)
    assert figure.value == pytest.approx(value)


def test_every_series_of_the_indicator_is_there_and_says_its_family(whole):
    families = {one.series: one.family for one in whole.figures}
    assert {series for series, family in families.items() if family == "sdg"} == {
        "SI_COV_BENFTS", "SI_COV_CHLD", "SI_COV_MATNL", "SI_COV_DISAB", "SI_COV_UEMP", "SI_COV_WKINJRY", "SI_COV_PENSN",
        "SI_COV_VULN", "SI_COV_POOR"}
    assert families["health_affiliation"] == "health"
    assert families["active_contributors_working_age"] == "contributors"
    assert families["legal_old_age"] == "legal"


def test_an_estimated_row_makes_the_figure_estimated(whole):
    assert found(whole, "SI_COV_DISAB").status == "estimated"
    assert found(whole, "SI_COV_CHLD").status == "reported"


def test_a_figure_names_its_rows_and_says_what_it_is(whole):
    figure = found(whole, "SI_COV_CHLD")
    assert figure.records == ("recipients:child/2024/total/total/total/total", "denominators:XUT/2024/children/total")
    assert figure.definition == "Recipients of child and family benefits in cash, per 100 children."


def test_areas_follow_the_totals_with_persons_and_no_per_cent(whole):
    rows = [one for one in whole.figures if one.series == "SI_COV_CHLD"]
    assert [(one.area, one.numerator, one.value) for one in rows] == [("total", 2000, 25.0), ("rural", 500, None), ("urban", 1500, None)]
    assert "no denominator by age, disability or area" in rows[1].definition


def test_more_than_everybody_is_told_and_not_cut(whole):
    assert [one.value for one in whole.warnings if one.code == "over_100"] == ["SI_COV_PENSN/XUT/male/2024"]


def test_the_contributors_of_health_alone_are_in_no_series_of_the_indicator(whole):
    records = {record for one in whole.figures if one.family != "health" for record in one.records}
    assert not any("health" in record for record in records)


def test_a_scheme_without_active_contributors_is_counted_by_its_affiliated_and_says_so():
    book = inquiry(protected="scheme,year,measure,sex,persons\nfund,2024,affiliated,total,3500\n")
    figure = found(coverage.report(book), "SI_COV_WKINJRY")
    assert figure.numerator == 3500
    assert "Of scheme fund the affiliated are counted" in figure.definition
    assert "contributors_not_stated" in codes(coverage.report(book))


def test_the_denominator_of_work_injury_is_chosen():
    figure = found(coverage.report(inquiry(), options={"work_injury": "labour_force"}), "SI_COV_WKINJRY")
    assert (figure.denominator, figure.value) == (10000, 30.0)


def test_sickness_benefits_are_in_unless_they_are_left_out():
    sick = inquiry(**with_rows("benefits", "sick,fund,sickness,cash,periodic,no,"),
                   **with_rows("recipients", "sick,2024,total,,,,19000"))
    assert found(coverage.report(sick), "SI_COV_BENFTS", bound="lower").numerator == 19000
    assert found(coverage.report(sick, options={"sickness": "out"}), "SI_COV_BENFTS", bound="lower").numerator == 3000


@pytest.mark.parametrize(("row", "series", "cell"), [
    ("XUT,2024,children,", "SI_COV_CHLD", "denominators:XUT/2024/children/total"),
    ("XUT,2024,unemployed,", "SI_COV_UEMP", "denominators:XUT/2024/unemployed/total"),
    ("XUT,2024,population,total", "health_affiliation", None),
])
def test_a_missing_denominator_gives_no_figure_and_names_its_cell(row, series, cell):
    report = coverage.report(inquiry(**without("denominators", row)))
    figure = found(report, series)
    if cell is None:  # women and men are stated: their sum is the total
        assert figure.denominator == 20000
        return
    assert figure.value is None
    assert figure.numerator
    told = next(one for one in report.warnings if one.code == "not_stated" and f"{one.sheet}:{one.value}" == cell)
    assert f"{series}/XUT/total/2024" in told.message


def test_a_total_that_is_missing_is_told_without_women_and_men():
    report = coverage.report(inquiry(**without("denominators", "XUT,2024,older_persons")))
    assert found(report, "SI_COV_PENSN", "female").value is None
    assert [one.value for one in report.warnings if "older_persons" in str(one.value)] == ["XUT/2024/older_persons/total"]


def test_missing_recipients_are_never_nobody():
    report = coverage.report(inquiry(**without("recipients", "child,")))
    figure = found(report, "SI_COV_CHLD")
    assert (figure.numerator, figure.value) == (None, None)
    assert found(report, "SI_COV_BENFTS").value is None
    assert any(one.sheet == "recipients" and one.value == "child/2024/total/total/total/total" for one in report.warnings)


def test_what_is_not_available_gives_no_figure_and_names_its_row():
    told = inquiry(recipients="benefit,year,sex,persons,status\ndole,2024,total,,not_available\n")
    report = coverage.report(told)
    assert found(report, "SI_COV_UEMP").value is None
    assert [one.row for one in report.warnings if one.code == "not_stated" and one.value == "dole/2024/total/total/total/total"] == [2]


def test_nobody_is_a_figure():
    told = inquiry(**without("recipients", "dole,"))
    zero = inquiry(recipients="benefit,year,sex,persons\ndole,2024,total,0\n")
    assert found(coverage.report(told), "SI_COV_UEMP").value is None
    assert found(coverage.report(zero), "SI_COV_UEMP").value == 0


def test_a_country_without_such_a_benefit_has_no_figure_and_is_told():
    report = coverage.report(inquiry(**without("benefits", "dole,"), **without("recipients", "dole,")))
    assert found(report, "SI_COV_UEMP").value is None
    assert [one.value for one in report.warnings if one.code == "no_benefit"] == ["unemployment"]


def test_a_scheme_of_a_later_year_is_not_missed():
    report = coverage.report(inquiry(**without("schemes", "jobs,")
                                     | {"schemes": without("schemes", "jobs,")["schemes"]
                                        + "jobs,XUT,Unemployment Insurance,,social_insurance,unemployment,,2026\n"},
                                     **without("recipients", "dole,"), **without("protected", "jobs,"),
                                     overlaps=None))
    assert found(report, "SI_COV_UEMP").value is None
    assert "no_benefit" not in codes(report)
    assert found(report, "SI_COV_BENFTS", bound="upper").numerator == 6850


def test_all_overlaps_make_at_least_one_benefit_exact_and_a_total_says_nothing_of_a_sex():
    few = inquiry(
        schemes="scheme,country,kind,functions\nfund,XUT,social_insurance,old_age\nagency,XUT,categorical,family\n",
        benefits="benefit,scheme,function,form\nchild,agency,family,cash\n",
        protected="scheme,year,measure,sex,persons\nfund,2024,active_contributors,total,300\nfund,2024,active_contributors,female,100\n",
        recipients="benefit,year,sex,persons\nchild,2024,total,200\nchild,2024,female,150\n",
        overlaps="between,year,persons\nfund;child,2024,50\n", **dict.fromkeys(("amounts", "expenditure", "receipts")))
    report = coverage.report(few, series=["SI_COV_BENFTS"])
    assert found(report, "SI_COV_BENFTS").numerator == 450
    assert [found(report, "SI_COV_BENFTS", "female", bound).numerator for bound in ("lower", "upper")] == [150, 250]
    assert "overlaps:fund;child/2024/total" in found(report, "SI_COV_BENFTS").records


def test_the_overlap_of_one_sex_is_that_of_both_less_the_other():
    sheets = {"protected": "scheme,year,measure,sex,persons\n" + "".join(
        f"{scheme},2024,active_contributors,{sex},{persons}\n"
        for scheme, of in (("fund", (3000, 1000, 2000)), ("jobs", (1500, 500, 1000)))
        for sex, persons in zip(("total", "female", "male"), of, strict=True))}
    overlaps = "between,year,persons,sex\nfund;jobs,2024,1500,total\nfund;jobs,2024,500,female\n"
    report = coverage.report(inquiry(**sheets, overlaps=overlaps))
    men = found(report, "active_contributors_labour_force", "male")
    assert men.numerator == 2000
    assert {"overlaps:fund;jobs/2024/total", "overlaps:fund;jobs/2024/female"} <= set(men.records)


@pytest.mark.parametrize(("aged", "shared", "lower", "upper"), [
    (400, 50, 850, 850),  # everybody of 60 and over: the overlap is theirs
    (300, 50, 750, 800),  # one hundred are younger: of 850 who have either, at least 750; at most 300 + 500
    (300, 150, 650, 750),  # at most the 750 who have either
])
def test_the_overlap_of_all_recipients_narrows_that_of_the_older_ones(aged, shared, lower, upper):
    recipients = without("recipients", "pension,2024,total,60+")["recipients"] + f"pension,2024,total,60+,,,{aged}\n"
    report = coverage.report(inquiry(recipients=recipients, overlaps=f"between,year,persons\npension;grant,2024,{shared}\n"))
    figures = [one for one in report.figures
               if (one.series, one.sex, one.age_group, one.disability, one.area) == ("SI_COV_PENSN", "total", "total", "total", "total")]
    assert (figures[0].numerator, figures[-1].numerator) == (lower, upper)
    assert [one.bound for one in figures] == (["exact"] if lower == upper else ["lower", "upper"])
    assert not any(one.code == "overlap_not_stated" and "SI_COV_PENSN" in one.message for one in report.warnings)


def test_overlaps_that_cannot_be_are_told_and_not_used():
    report = coverage.report(inquiry(overlaps="between,year,persons\npension;grant,2024,450\nfund;jobs,2024,1500\n"))
    assert "overlaps_contradict" in codes(report)


def test_who_is_older_is_told_by_the_age_group_or_the_retirement_age(whole):
    assert "Recipients of benefit pension of 60 years and over are counted." in found(whole, "SI_COV_PENSN").definition
    assert "Recipients of benefit pension of any age are counted." in found(whole, "SI_COV_PENSN", "female").definition
    report = coverage.report(inquiry(), options={"retirement_age": 65})
    assert found(report, "SI_COV_PENSN").numerator == 900
    assert [one.value for one in report.warnings if one.code == "all_ages"] == ["pension", "grant"]


def test_an_age_group_of_the_very_old_or_of_adults_is_not_that_of_older_persons():
    few = without("recipients", "pension,2024,total,60+")["recipients"]
    report = coverage.report(inquiry(recipients=few + "pension,2024,total,18+,,,390\npension,2024,total,80+,,,40\n"))
    assert found(report, "SI_COV_PENSN").numerator == 400 + 500
    assert "pension" in [one.value for one in report.warnings if one.code == "all_ages"]


def test_ages_from_the_retirement_age_on_are_added_up():
    ages = inquiry(**without("recipients", "pension,2024,total,60+", "grant,2024,total,60+")
                   | {"recipients": without("recipients", "pension,2024,total,60+", "grant,2024,total,60+")["recipients"]
                      + "pension,2024,total,55-61,,,100\npension,2024,total,62-69,,,200\npension,2024,total,70+,,,90\n"
                        "grant,2024,total,62+,,,499\n"})
    assert found(coverage.report(ages, options={"retirement_age": 62}), "SI_COV_PENSN").numerator == 200 + 90 + 499


def test_groups_that_the_inquiry_does_not_state_come_from_the_population():
    persons = np.full((1, 2, 101), 10.0)
    people = Population("XUT", (2024,), persons, MADE_UP)
    book = inquiry(**without("denominators", "XUT,2024,children", "XUT,2024,older_persons"))
    report = coverage.report(book, population=people, options={"children": "0-14"})
    child, old = found(report, "SI_COV_CHLD"), found(report, "SI_COV_PENSN")
    assert (child.denominator, old.denominator) == (2 * 15 * 10, 2 * 36 * 10)
    assert "population:XUT/2024/0-14/total" in child.records
    assert child.status == "estimated"
    assert "Made up for tests" in child.definition


def test_vulnerable_persons_are_stated_or_computed(whole):
    stated = coverage.report(inquiry(**with_rows("denominators", "XUT,2024,vulnerable,total,10000,")))
    assert found(stated, "SI_COV_VULN", bound="lower").value == pytest.approx(20.0)
    assert "denominators:XUT/2024/vulnerable/total" in found(stated, "SI_COV_VULN", bound="lower").records
    computed = found(whole, "SI_COV_VULN", bound="lower")
    assert "denominators:XUT/2024/population/total" in computed.records
    assert "protected:fund/2024/active_contributors/total/total" in computed.records


def test_why_takes_a_figure_apart_set_by_set(whole):
    why = whole.why("SI_COV_PENSN", year=2024)
    assert [(one.part, one.record, one.value) for one in why.lines] == [
        ("set", "recipients:pension/2024/total/60+/total/total", 300.0), ("set", "recipients:grant/2024/total/60+/total/total", 500.0),
        ("overlap", "overlaps:pension;grant/2024/total", 0.0), ("denominator", "denominators:XUT/2024/older_persons/total", 1000.0)]
    assert [one.bound for one in whole.why("SI_COV_BENFTS").figures] == ["lower", "upper"]
    with pytest.raises(InputError):
        whole.why("SI_COV_PENSN", year=1999)


def test_a_country_a_year_or_a_series_that_is_not_there_is_refused():
    for wrong in ({"country": "KEN"}, {"year": 1999}, {"series": ["SI_COV_CHILD"]}, {"options": {"sickness": "maybe"}},
                  {"options": {"sick": "in"}}, {"options": {"retirement_age": 8}}):
        with pytest.raises(InputError):
            coverage.report(inquiry(), **wrong)


# money

ECONOMY = Economy("XUT", "XUD", {
    "gdp": Series("gdp", "currency", {2024: 44_000_000.0}, MADE_UP),
    "government_expenditure": Series("government_expenditure", "share", {2024: 0.25}, MADE_UP),
    "poverty_line": Series("poverty_line", "currency_per_month", {2024: 100.0}, MADE_UP),
    "minimum_wage": Series("minimum_wage", "currency_per_month", {2024: 400.0}, MADE_UP),
    "average_wage": Series("average_wage", "currency_per_year", {2024: 9600.0}, MADE_UP)})


@pytest.fixture(scope="module")
def money():
    return coverage.report(inquiry(), economy=ECONOMY)


def spent(report, scheme="all", function="all", item="all"):
    return next(one for one in report.spending if (one.scheme, one.function, one.item) == (scheme, function, item))


def test_transfers_between_schemes_are_not_counted_twice(money):
    assert spent(money).amount == 2_200_000
    assert spent(money, item="transfers").amount == 100_000
    assert spent(money, "fund").amount == 1_100_000
    assert spent(money, "contributory").amount + spent(money, "non_contributory").amount == 2_200_000
    received = {(one.scheme, one.item): one for one in money.receipts}
    assert received["all", "all"].amount == 2_300_000
    assert received["health", "all"].amount == 550_000
    assert received["all", "employers"].share_of_receipts == pytest.approx(1_170_000 / 2_300_000)


def test_spending_is_told_by_function_with_and_without_health(money):
    assert spent(money, function="old_age", item="benefits").amount == 1_260_000
    assert spent(money, function="medical_care").amount == 550_000
    assert spent(money, function="without_medical_care").amount == 1_650_000


def test_shares_are_of_gdp_and_of_what_the_government_spends(money):
    assert spent(money).share_of_gdp == pytest.approx(0.05)
    assert spent(money).share_of_government == pytest.approx(0.2)


def test_administration_is_a_share_of_benefits_and_administration(money):
    assert spent(money, "fund").administration_share == pytest.approx(0.04)
    assert spent(money, item="administration").administration_share == pytest.approx(140_000 / 2_200_000)
    assert spent(money, "aid").administration_share is None


def test_benefits_per_recipient_where_their_number_is_known(money):
    assert spent(money, function="old_age", item="benefits").per_recipient == pytest.approx(1_260_000 / 900)
    assert spent(money, "agency", "all", "benefits").per_recipient is None


def test_without_an_economy_nothing_is_a_share_and_that_is_told():
    report = coverage.report(inquiry())
    assert spent(report).share_of_gdp is None
    assert "economy_missing" in codes(report)


def test_another_currency_is_not_compared():
    report = coverage.report(inquiry(), economy=Economy("XUT", "USD", ECONOMY.series))
    assert spent(report).share_of_gdp is None
    assert "currency_differs" in codes(report)


def test_an_amount_that_is_not_available_leaves_the_total_unsaid():
    book = inquiry(expenditure="scheme,year,item,function,amount,currency,status\nfund,2024,benefits,old_age,,XUD,not_available\n"
                               "aid,2024,benefits,social_assistance,80000,XUD,\n")
    report = coverage.report(book)
    assert spent(report).amount is None
    assert spent(report, "aid").amount == 80_000
    assert {one.value for one in report.warnings if one.code == "scheme_without_money" and one.sheet == "expenditure"} == {
        "health/2024", "agency/2024", "jobs/2024"}


def test_adequacy_is_stated_or_the_total_over_the_recipients(money):
    by_benefit = {one.benefit: one for one in money.adequacy}
    pension, grant, birth = by_benefit["pension"], by_benefit["grant"], by_benefit["birth"]
    assert (pension.average_per_month, pension.average_per_year, pension.origin) == (200, 2400, "stated")
    assert (pension.share_of_poverty_line, pension.share_of_minimum_wage, pension.share_of_average_wage) == (2.0, 0.5, 0.25)
    assert pension.minimum_per_month == 100
    assert (grant.average_per_month, grant.origin) == (50, "computed")
    assert "recipients:grant/2024/total/total/total/total" in grant.records
    assert (birth.average_per_month, birth.average_per_year, birth.share_of_poverty_line) == (None, 500, None)


def test_printed_figures_are_compared_to_their_last_place(money):
    verdicts = {one.row: one.verdict for one in money.reconciliation}
    assert verdicts == {
        "SI_COV_CHLD/XUT/total/2024": "equal", "SI_COV_WKINJRY/XUT/total/2024": "rounding", "SI_COV_UEMP/XUT/total/2024": "differs",
        "SI_COV_BENFTS/XUT/total/2024": "within_bounds", "SI_COV_NONE/XUT/total/2024": "not_computed",
        "XUT/all/all/all/2024": "equal", "XUT/all/all/2024": "equal", "pension/2024": "equal"}
    differs = next(one for one in money.reconciliation if one.verdict == "differs")
    assert (differs.printed, differs.computed, differs.difference) == (12, 10, -2)
