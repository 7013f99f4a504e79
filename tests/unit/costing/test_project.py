"""Costing schemes: what is missing is said and never invented; the conventions are those that the reference states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from socle import costing
from socle.costing import Options
from socle.errors import InputError
from socle.schemes import Assumption, Index, Missing, Ramp, Reported
from tests.unit.costing.made_schemes import MADE_UP, benefit, eligible, scheme
from tests.unit.costing.places import money, people, series

YEARS = (2025, 2026, 2027)


def project(*schemes, where=None, of=None, options=None, years=YEARS):
    return costing.project(schemes, of or people(), where, years=years, options=options)


def codes(projection):
    return [one.code for one in projection.warnings]


def one(projection, name="grant"):
    return next(line for line in projection.lines if line.scheme == name)


def test_without_an_economy_amounts_stay_and_shares_are_null():
    found = project(scheme())
    row = next(found.rows())
    assert tuple(row) == costing.COLUMNS
    assert (row["target"], row["spending"], row["administration"], row["total"]) == (72_000, 86.4e6, pytest.approx(8.64e6), pytest.approx(95.04e6))
    assert (row["share_of_gdp"], row["share_of_government"], row["currency"]) == (None, None, "XUD")
    assert [(w.code, w.column) for w in found.warnings] == [("economy_missing", "gdp"), ("economy_missing", "government_expenditure")]


@pytest.mark.parametrize(("tier", "needs"), [
    (benefit(share=0.2, of="poverty_line"), "poverty_line"), (benefit(share=0.2, of="gdp_per_capita"), "gdp"),
    (benefit(share=0.2, of="minimum_wage"), "minimum_wage"), (benefit(amount=1.0, index="prices"), "prices"),
    (benefit(amount=1.0, index="wages"), "wages"), (benefit(formula="0.5 * average_wage", currency="XUD"), "average_wage")])
def test_what_needs_a_missing_series_is_null_and_the_series_is_named(tier, needs):
    found = project(scheme("age >= 65", tier))
    assert np.isnan(one(found).spending[-1])
    assert needs in [w.column for w in found.warnings if w.code == "economy_missing"]
    assert one(found).target[-1] == 72_000


def test_a_missing_fact_is_named_and_never_nobody_or_everybody():
    found = project(scheme("age >= 65 and resident"))
    assert np.isnan(one(found).target).all()
    assert ("fact_missing", "resident") in [(w.code, w.column) for w in found.warnings]


def test_an_amount_that_the_source_does_not_say_is_named_with_what_is_known_of_it():
    made = scheme("age >= 65", benefit(), missing=(Missing("benefit.amount", "To be set by decree.", MADE_UP),))
    found = project(made)
    assert one(found).target[0] == 72_000
    assert np.isnan(one(found).total).all()
    (told,) = [w for w in found.warnings if w.code == "fact_missing"]
    assert told.column == "benefit.grant.amount"
    assert "To be set by decree." in told.message


def test_a_register_above_the_target_group_is_said_and_left_as_it_is():
    made = scheme(ramp=(Ramp(2025, None, MADE_UP, beneficiaries=100_000.0),))
    found = project(made)
    assert (one(found).beneficiaries == 100_000).all()
    assert codes(found).count("more_than_the_target_group") == 1
    assert [f.value for f in found.explain("grant", 2025).factors if f.name == "coverage"] == [pytest.approx(100 / 72)]


def test_what_a_source_reports_is_compared_with_the_people_of_its_own_year():
    made = scheme(reported=(Reported(2028, 90_000, "paid", MADE_UP), Reported(2028, 60_000, "entitled", MADE_UP)))
    (told,) = [w for w in project(made).warnings if w.code == "more_than_the_target_group"]
    assert "90,000" in told.message
    assert "72,000" in told.message
    assert "2028" in told.message


def test_births_are_those_of_the_file_or_the_persons_of_age_0_and_that_is_said():
    made = scheme('sex == "female" and insured', branch="maternity", assumptions=(Assumption("insured", MADE_UP, share=0.25),))
    stated, taken = project(made, of=people(births=400.0)), project(made)
    assert one(stated).target == pytest.approx([100.0] * 3)
    assert one(taken).target == pytest.approx([500.0] * 3)
    assert "births_missing" in codes(taken)
    assert "births_missing" not in codes(stated)


def test_households_are_persons_over_the_size_that_is_assumed():
    made = scheme("age >= 65", benefit(amount=100.0), unit="household")
    assert np.isnan(one(project(made)).target).all()
    assert ("fact_missing", "household_size") in [(w.code, w.column) for w in project(made).warnings]
    sized = replace(made, assumptions=(Assumption("household_size", MADE_UP, value=4.0),))
    assert one(project(sized)).target == pytest.approx([18_000] * 3)


def test_a_law_that_changes_counts_from_the_first_of_july_that_it_is_in_force():
    made = scheme()
    made = replace(made, eligibility=(*made.eligibility, eligible("age >= 60", since=date(2026, 7, 2))))
    assert one(project(made)).target.tolist() == [72_000, 72_000, 82_000]


def test_before_a_law_begins_and_after_it_ends_nobody_is_meant_and_nothing_is_paid():
    made = replace(scheme(), eligibility=(eligible("age >= 65", since=date(2026, 1, 1), until=date(2026, 12, 31)),))
    assert one(project(made)).target.tolist() == [0, 72_000, 0]
    assert one(project(made)).spending.tolist() == [0, 86.4e6, 0]
    assert "not_in_force" in codes(project(made))
    assert "not_in_force" not in codes(project(scheme()))


def test_a_register_is_not_held_beyond_the_law():
    made = replace(scheme(ramp=(Ramp(2025, None, MADE_UP, beneficiaries=50_000.0),)),
                   eligibility=(eligible("age >= 65", until=date(2026, 12, 31)),))
    assert one(project(made)).beneficiaries.tolist() == [50_000, 50_000, 0]
    unsaid = replace(made, eligibility=(), benefits=(benefit(amount=100.0, until=date(2025, 12, 31)),))
    assert one(project(unsaid)).beneficiaries.tolist() == [50_000, 0, 0]
    assert one(project(unsaid)).spending.tolist() == [6e7, 0, 0]


def test_tiers_are_paid_to_those_of_their_own_rule():
    made = scheme("age >= 65", benefit(amount=100.0), benefit(tier="more", amount=50.0, rule="age >= 80", per="year"))
    assert one(project(made)).spending[0] == 72_000 * 1200 + 42_000 * 50
    steps = project(made).explain("grant", 2025)
    assert [factor.name for factor in steps.factors] == ["persons", "target_share", "coverage", "take_up", "benefit"]


@pytest.mark.parametrize(("told", "paid"), [
    ({"per": "week"}, 365 / 7), ({"per": "day"}, 365), ({"per": "case"}, 1), ({"per": "month", "months": 4}, 4),
    ({"per": "week", "months": 4}, 4 * 365 / 84), ({"per": "day", "months": 6, "waiting_days": 7}, 6 * 365 / 12 - 7),
    ({"per": "month", "months": 0.1, "waiting_days": 7}, 0), ({"per": "case", "months": 4}, 1)])
def test_payments_a_year_follow_from_interval_duration_and_waiting_days(told, paid):
    assert one(project(scheme("age >= 65", benefit(amount=1.0, **told)))).benefit[0] == pytest.approx(paid)


def test_indexation_is_the_weighted_mean_of_the_growth_of_each_year():
    tier = benefit(amount=100.0, index=Index({"prices": 0.5, "wages": 0.5}))
    assert one(project(scheme("age >= 65", tier), where=money())).benefit / 1200 == pytest.approx([1, 1.035, 1.035**2])
    fixed = project(scheme("age >= 65", tier), where=money(), options=Options(indexation=0.1))
    assert one(fixed).benefit / 1200 == pytest.approx([1, 1.1, 1.21])


def test_a_share_of_the_line_moves_with_the_line_unless_an_indexation_is_asked_for():
    tier = benefit(share=0.5, of="poverty_line")
    assert one(project(scheme("age >= 65", tier), where=money())).benefit == pytest.approx([600, 618, 618 * 1.03])
    frozen = project(scheme("age >= 65", tier), where=money(), options=Options(indexation="none"))
    assert one(frozen).benefit == pytest.approx([600] * 3)


def test_a_cap_holds_what_is_paid_and_moves_with_the_amount():
    tier = benefit(amount=100.0, cap="80", index="prices")
    assert one(project(scheme("age >= 65", tier), where=money())).benefit == pytest.approx([960, 960 * 1.03, 960 * 1.03**2])


def test_earnings_that_are_assumed_move_with_wages_and_are_held_without():
    made = scheme("age >= 65", benefit(share=0.5, of="previous_earnings"), assumptions=(Assumption("previous_earnings", MADE_UP, value=200.0),))
    assert one(project(made, where=money())).benefit == pytest.approx([1200, 1248, 1200 * 1.04**2], rel=1e-4)
    held = project(made)
    assert one(held).benefit == pytest.approx([1200] * 3)
    assert "earnings_held" in codes(held)


def test_a_scheme_in_dollars_is_a_share_of_gdp_by_the_exchange_rate():
    made = replace(scheme("age >= 65", benefit(amount=100.0, currency="USD")), currency="USD")
    found = project(made, where=money())
    assert one(found).currency == "USD"
    assert one(found).share_of_gdp[0] == pytest.approx(86.4e6 * 1.1 * 2 / 1e10)
    without = project(made, where=money(without=("exchange_rate",)))
    assert np.isnan(one(without).share_of_gdp).all()
    assert "currency_mismatch" in codes(without)


def test_all_schemes_together_add_money_and_never_people():
    dollars = replace(scheme("age < 5", benefit(amount=10.0, currency="USD"), id="children"), currency="USD")
    found = project(scheme(), dollars, where=money())
    together = one(found, "")
    assert together.currency == "XUD"
    assert np.isnan(together.target).all()
    assert together.total == pytest.approx(one(found).total + 2 * one(found, "children").total)


def test_series_that_were_carried_on_are_said():
    where = money(years=(2025, 2026))
    carried = project(scheme(), where=where, options=Options(extrapolate="hold"))
    assert ("extrapolated", "gdp", "2027") in [(w.code, w.column, w.value) for w in carried.warnings]
    short = project(scheme(), where=where)
    assert ("economy_missing", "gdp", "2027") in [(w.code, w.column, w.value) for w in short.warnings]
    assert one(short).share_of_gdp[1] > 0
    assert np.isnan(one(short).share_of_gdp[2])


def test_a_stale_line_and_a_line_near_the_income_of_a_head_are_said():
    tier = benefit(share=0.5, of="poverty_line")
    stale = project(scheme("age >= 65", tier), where=money(line_of=2014))
    assert "poverty_line_old" in codes(stale)
    assert "poverty_line_old" not in codes(project(scheme("age >= 65", tier), where=money(line_of=2015)))
    high = project(scheme("age >= 65", tier), where=money(line=3000.0))
    assert "poverty_line_high" in codes(high)
    assert "poverty_line_high" not in codes(stale)


def test_shares_of_central_government_are_said_to_be_so():
    where = money()
    central = replace(where.series["government_expenditure"], level="central")
    where = replace(where, series=where.series | {"government_expenditure": central,
                                                  "government_revenue": series("government_revenue", "share", {2025: 0.2}, level="general")})
    assert {"central_government", "government_mixed"} <= set(codes(project(scheme(), where=where)))


def test_no_administration_is_counted_as_none_and_said():
    found = project(scheme(administration=None))
    assert one(found).administration.tolist() == [0, 0, 0]
    assert "administration_missing" in codes(found)
    for options in (Options(administration=0.0), Options(administration_of="none")):
        assert "administration_missing" not in codes(project(scheme(administration=None), options=options))


def test_people_and_schemes_of_different_countries_are_said():
    assert codes(project(scheme(), of=people("XVA"))).count("other_country") == 1


def test_ramps_step_or_are_drawn_as_lines_between_their_years():
    made = scheme(ramp=(Ramp(2025, 0.2, MADE_UP), Ramp(2027, 0.6, MADE_UP)))
    years = (2024, 2025, 2026, 2027, 2028)
    stepped = project(made, of=people(years=years), years=years)
    assert one(stepped).beneficiaries / 72_000 == pytest.approx([0, 0.2, 0.2, 0.6, 0.6])
    lines = project(made, of=people(years=years), years=years, options=Options(ramp_between="linear"))
    assert one(lines).beneficiaries / 72_000 == pytest.approx([0, 0.2, 0.4, 0.6, 0.6])


@pytest.mark.parametrize(("ramp", "shares"), [("immediate", [1, 1, 1]), ("linear:2026:20%", [0, 0.2, 0.4]), ("linear:2025:50%:10%", [0.6, 1, 1]),
                                              ("logistic:2026:0.5", [1 / (1 + np.exp(0.5)), 0.5, 1 / (1 + np.exp(-0.5))])])
def test_ramps_of_the_options_take_the_place_of_the_files(ramp, shares):
    assert one(project(scheme(ramp=(Ramp(2025, 0.9, MADE_UP),)), options=Options(ramp=ramp))).beneficiaries / 72_000 == pytest.approx(shares)


def test_a_ramp_by_cohort_lets_ages_in_year_by_year():
    children = project(scheme("age < 18"), options=Options(ramp="cohort:2025:up:2"))
    assert one(children).target.tolist() == [6000, 8000, 10_000]
    old = project(scheme("age >= 65"), options=Options(ramp="cohort:2026:down:75"))
    assert one(old).beneficiaries.tolist() == [0, 52_000, 54_000]


@pytest.mark.parametrize("text", ["", "at once", "linear", "linear:26:2", "linear:2026:-1", "logistic:2026", "cohort:2026:2", "cohort:2026:up:x"])
def test_what_is_no_ramp_is_refused_with_how_they_are_written(text):
    with pytest.raises(InputError) as refusal:
        Options(ramp=text)
    assert refusal.value.findings[0].code == "ramp"


def test_years_without_people_and_two_schemes_of_one_name_are_refused():
    with pytest.raises(InputError, match="no year 2031"):
        project(scheme(), years=(2025, 2031))
    with pytest.raises(InputError, match="Two schemes"):
        project(scheme(), scheme())
    with pytest.raises(InputError, match="no scheme"):
        project()


def test_options_are_read_from_texts_and_everything_wrong_is_told_at_once():
    assert Options.parse(["administration=15%", "prices=constant", "indexation=3%", "base-year=2024"]) == Options(
        administration=0.15, prices="constant", indexation=0.03, base_year=2024)
    assert Options.parse(["take_up=file"], before=Options(take_up=0.5)).take_up == 1.0
    with pytest.raises(InputError) as refusal:
        Options.parse(["administrtion=1", "take_up=2", "prices=curent", "base_year=x", "coverage=nan"])
    assert {(one.column, one.code) for one in refusal.value.findings} >= {
        ("administrtion", "unknown_option"), ("take_up", "share_range"), ("prices", "unknown_code"), ("base_year", "number"),
        ("coverage", "share_range")}


@pytest.mark.parametrize("said", ["prices", "take_up=", "administration", "administration="])
def test_an_option_without_a_value_is_no_option(said):
    with pytest.raises(InputError) as refusal:
        Options.parse([said])
    assert [(one.code, one.column) for one in refusal.value.findings] == [("required", said.rstrip("="))]
    assert "=file" in refusal.value.findings[0].remedy


def test_options_may_be_a_mapping_as_json_says_them():
    told = {"take_up": 0.5, "administration": "15%", "base_year": 2025, "coverage": None}
    assert Options.of(told) == Options(take_up=0.5, administration=0.15, base_year=2025)
    assert Options.of(None) == Options()
    assert Options.of(Options(take_up=0.5).as_dict()) == Options(take_up=0.5)
    assert list(costing.project(scheme(), people(), money(), years=YEARS, options=told).rows()) == list(
        costing.project(scheme(), people(), money(), years=YEARS, options=Options.of(told)).rows())
    with pytest.raises(InputError) as refusal:
        costing.project(scheme(), people(), years=YEARS, options={"take_upp": 1, "take_up": True, "ramp": 5, "base_year": 2025.5,
                                                                  "prices": "constannt", "indexation": [1], "coverage": {}})
    assert {(one.column, one.code) for one in refusal.value.findings} == {
        ("take_upp", "unknown_option"), ("take_up", "share_range"), ("ramp", "ramp"), ("base_year", "year"),
        ("prices", "unknown_code"), ("indexation", "unknown_code"), ("coverage", "share_range")}
    with pytest.raises(InputError, match="no options"):
        costing.project(scheme(), people(), years=YEARS, options=["take_up=1"])


def test_every_calculator_takes_a_mapping_of_options_and_one_year():
    package, half = costing.preset("floor-utania"), {"take_up": 0.5}
    for told in (costing.floor, costing.needs):
        assert told(package, people(), money(), years=2025, options=half).options.take_up == 0.5
    assert costing.gap(package, [costing.Inputs(people(), money())], (), years=2025, options=half).options.take_up == 0.5
    assert costing.compare(scheme(), people(), money(), scenarios=(), years=2025, options=half).projections[0].years == (2025,)
    response = costing.read_crisis(costing.preset_text("crisis-utania", "crisis"), name="crisis")
    where = people(years=(response.year,))
    assert costing.crisis(response, where, options=half).options.take_up == 0.5


@pytest.mark.parametrize("years", ["2025", 2025.5, [True], [None], [], None])
def test_what_is_no_year_is_refused_in_words(years):
    with pytest.raises(InputError, match="year"):
        costing.project(scheme(), people(), years=years)


def test_a_costing_without_people_says_how_to_get_them():
    for ask in (lambda: costing.project(scheme(), None, years=2025),
                lambda: costing.floor(costing.preset("floor-utania"), None, years=2025),
                lambda: costing.gap(costing.preset("floor-utania"), [costing.Inputs(None)], (), years=2025)):
        with pytest.raises(InputError, match="no population") as refusal:
            ask()
        assert "read_population" in refusal.value.remedy


def test_the_base_year_that_was_taken_is_said_with_the_results():
    assert project(scheme()).as_dict()["options"]["base_year"] == 2025
    assert project(scheme(), options=Options(base_year=2024)).options.base_year == 2024
    package = costing.preset("floor-utania")
    assert costing.floor(package, people(), money(), years=YEARS).options.base_year == 2025
    assert costing.gap(package, [costing.Inputs(people(), money())], (), years=YEARS).options.base_year == 2025


def test_an_amount_whose_law_is_older_than_the_base_year_is_told_with_the_way_to_move_it():
    fixed = scheme("age >= 65", benefit(amount=100.0, index=Index({"fixed": 1.0}, 0.05), since=date(2022, 1, 1)))
    [told] = [w for w in project(fixed).warnings if w.code == "amount_of_an_earlier_year"]
    assert (told.sheet, told.column, told.value) == ("grant", "base_year", "2022")
    assert "grant is of 2022; it is taken as that of 2025" in told.message
    assert "base_year=2022" in told.remedy
    moved = project(fixed, options=Options(base_year=2022))
    assert one(moved).benefit[0] == pytest.approx(1200 * 1.05**3)
    assert one(project(fixed)).benefit[0] == pytest.approx(1200)
    for silent in (moved, project(fixed, options=Options(base_year=2025)), project(fixed, options=Options(base_year=2024)), project(scheme("age >= 65", benefit(amount=100.0, since=date(2022, 1, 1)))), project(fixed, options=Options(indexation="none")),
                   project(scheme("age >= 65", benefit(amount=100.0, index="prices", since=date(2025, 1, 1))))):
        assert "amount_of_an_earlier_year" not in codes(silent)
    assert "amount_of_an_earlier_year" in codes(project(scheme(), options=Options(indexation=0.03)))


@pytest.mark.parametrize(("tier", "monthly"), [
    # half of a line of 100 that rises by 3% a year is 50.00, 51.50, 53.045
    (benefit(share=0.5, of="poverty_line", cap="51"), (50.0, 51.0, 51.0)),                              # follows the line: the cap is as written
    (benefit(share=0.5, of="poverty_line", cap="0.45 * poverty_line"), (45.0, 46.35, 47.7405)),         # written as a share: it follows too
    (benefit(share=0.5, of="poverty_line", cap="45", index=Index({"fixed": 1.0}, 0.1)), (45.0, 49.5, 54.45)),     # moved by an index, with its cap
    (benefit(share=0.5, of="poverty_line", floor="60", index=Index({"fixed": 1.0}, 0.1)), (60.0, 66.0, 72.6)),    # and with its floor
    (benefit(amount=50.0, cap="45", index=Index({"fixed": 1.0}, 0.1)), (45.0, 49.5, 54.45)),             # as an amount does
    (benefit(formula="50", cap="45", currency="XUD", index=Index({"fixed": 1.0}, 0.1)), (45.0, 49.5, 54.45))])    # and a formula
def test_floors_and_caps_move_with_what_an_index_moves_and_are_otherwise_as_written(tier, monthly):
    found = one(project(scheme("age >= 65", tier), where=money()))
    assert found.benefit == pytest.approx([12 * payment for payment in monthly], rel=1e-4)  # a bounded payment is in whole cents


def test_an_indexation_that_is_asked_for_moves_the_floors_and_caps_of_shares_too():
    tier = benefit(share=0.5, of="poverty_line", cap="45")
    found = one(project(scheme("age >= 65", tier), where=money(), options=Options(indexation=0.1)))
    assert found.benefit == pytest.approx([12 * 45.0, 12 * 49.5, 12 * 54.45])


def test_a_law_that_ends_within_a_year_is_told_once_and_counted_by_days_where_asked():
    ending = scheme("age >= 65", benefit(amount=100.0, until=date(2026, 9, 30)))
    found = project(ending)
    [told] = [w for w in found.warnings if w.code == "part_of_a_year"]
    assert (told.sheet, told.value) == ("grant", "2026")
    assert "law=pro_rata" in told.remedy
    counted = project(ending, options=Options(law="pro_rata"))
    assert "part_of_a_year" not in codes(counted)
    assert one(counted).spending[1] == pytest.approx(one(found).spending[1] * 273 / 365)
    beginning = scheme("age >= 65", benefit(amount=100.0, since=date(2026, 10, 1)))
    assert [w.value for w in project(beginning).warnings if w.code == "part_of_a_year"] == ["2026"]
    assert "part_of_a_year" not in codes(project(scheme("age >= 65", benefit(amount=100.0, until=date(2026, 12, 31)))))


def test_a_tier_that_ends_or_begins_within_a_year_while_others_go_on_is_told_too():
    base = benefit(amount=100.0)
    ending = scheme("age >= 65", base, benefit(tier="top-up", amount=20.0, until=date(2026, 9, 30)))
    found = project(ending)
    [told] = [w for w in found.warnings if w.code == "part_of_a_year"]
    assert (told.sheet, told.value) == ("grant", "2026")
    assert told.message == "Grant: top-up: in force for a part of 2026, and taken as on 1 July."
    persons = one(found).target[1]
    by_days = one(project(ending, options=Options(law="pro_rata"))).spending
    assert one(found).spending[1] == pytest.approx(persons * 12 * 120)                     # on 1 July it is there: all of the year
    assert by_days[1] == pytest.approx(persons * 12 * (100 + 20 * 273 / 365))              # 1 January to 30 September
    beginning = scheme("age >= 65", base, benefit(amount=20.0, tier="1", rule="age >= 80", since=date(2026, 10, 1)))
    [told] = [w for w in project(beginning).warnings if w.code == "part_of_a_year"]
    assert told.message == "Grant: Aged 80 or older: in force for a part of 2026, and taken as on 1 July."
    raised = scheme("age >= 65", base, benefit(amount=120.0, since=date(2026, 10, 1)))     # of one name: the law goes on
    assert "part_of_a_year" not in codes(project(raised)) + codes(project(ending, options=Options(law="pro_rata")))


def test_a_projection_is_a_table_and_a_drawing_that_any_reader_can_see():
    found = project(scheme(), scheme("age < 5", id="children"), where=money())
    lines = found.table().splitlines()
    assert len(lines) == 10
    assert lines[0].split()[:2] == ["scheme", "year"]
    assert "95,040,000" in found.table()
    drawing = ElementTree.fromstring(found.chart())
    assert len(drawing.findall("{http://www.w3.org/2000/svg}path")) == 3
    assert set(found.as_dict()) == {"rows", "options", "warnings"}
    assert found.as_dict()["options"]["month"] == "365/12 days"


def test_the_entitled_are_known_by_age_and_sex():
    found = project(scheme())
    assert found.cells["grant"].shape == (3, 2, 101)
    assert found.cells["grant"].sum(axis=(1, 2)) == pytest.approx(one(found).target)
    assert not found.cells["grant"][:, :, :65].any()


def test_target_beneficiaries_and_spending_are_told_by_age_and_sex_and_add_up():
    made = scheme("age >= 65", benefit(amount=100.0), benefit(tier="more", amount=50.0, rule="age >= 80"), ramp=(Ramp(2025, 0.5, MADE_UP),))
    found = project(made, options=Options(take_up=0.8))
    rows = list(found.by_age("grant", 2026))
    assert len(rows) == 202
    for name in ("target", "beneficiaries", "spending"):
        assert sum(row[name] for row in rows) == pytest.approx(getattr(one(found), name)[1])
    assert [row["spending"] for row in rows if row["age"] in (64, 65, 80) and row["sex"] == "male"] == pytest.approx([0, 480_000, 720_000])
    with pytest.raises(InputError):
        list(found.by_age("none", 2026))


def test_a_rule_of_a_day_of_birth_means_other_ages_in_every_year():
    """Who was born by 1960 is half a year past a birthday on 1 July: ages 66, 67, 68 and over."""
    found = project(scheme("born < 1960-01-01"))
    assert one(found).target.tolist() == [70_000, 68_000, 66_000]


def test_facts_of_the_country_move_with_the_years():
    tier = benefit(formula="min(200, 0.5 * poverty_line)", currency="XUD")
    assert one(project(scheme("age >= 65", tier), where=money())).benefit == pytest.approx([600, 618, 12 * 53.05], rel=1e-4)
