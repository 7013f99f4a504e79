"""The floor calculator: the multiplication, its conventions, and what it says of its inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from socle import costing
from socle.costing import Options
from socle.errors import InputError
from socle.tables import Economy, extended
from tests.unit.costing.places import YEARS, money, people, series

OWN = """
id = "own"
name = "Own"
source = "Made up"
[[benefit]]
id = "pension"
guarantee = "older_persons"
name = "Pension"
target = { ages = [70, 120], sex = "female", share = 0.5, source = "Made up" }
level = { LEVEL, source = "Made up" }
"""


def own(level, more=""):
    return costing.read_preset(OWN.replace("LEVEL", level).replace('id = "own"', f'id = "own"\n{more}'), name="own.toml")


def line(projection, scheme):
    return next(one for one in projection.lines if one.scheme == scheme)


def codes(projection):
    return {finding.code for finding in projection.warnings}


def test_a_cost_is_persons_times_share_times_payments_times_amount():
    found = costing.floor(own('amount = 10, currency = "XUD", index = "none"'), people(), money(), years=YEARS)
    pension = line(found, "pension")
    assert pension.target == pytest.approx([31 * 1000 * 0.5] * 6)
    assert pension.benefit == pytest.approx([120.0] * 6)
    assert pension.total == pytest.approx([15_500 * 120.0] * 6)
    assert pension.share_of_gdp[0] == pytest.approx(15_500 * 120 / 1e10)
    assert pension.share_of_government[0] == pytest.approx(15_500 * 120 / 0.25e10)


def test_a_share_of_the_poverty_line_is_moved_with_prices_from_the_first_year():
    found = costing.floor(own('share = 0.5, of = "poverty_line"'), people(), money(), years=YEARS)
    assert line(found, "pension").benefit == pytest.approx([600 * 1.03 ** t for t in range(6)])


def test_a_day_is_a_365th_of_the_year():
    found = costing.floor(own('share = 1.0, of = "poverty_line", per = "day", times = 100'), people(), money(), years=YEARS)
    assert line(found, "pension").benefit[0] == pytest.approx(1200 * 100 / 365)


def test_an_amount_in_dollars_is_converted_at_the_rate_of_its_year():
    found = costing.floor(own('amount = 10, currency = "USD", per = "year", index = "none"'), people(), money(rate=7.0), years=YEARS)
    assert line(found, "pension").benefit[0] == pytest.approx(70.0)
    assert line(found, "pension").currency == "XUD"


@pytest.mark.parametrize(("more", "options", "overhead"), [
    ('administration = { share = 0.1, of = "benefits", source = "Made up" }', Options(), 0.1),
    ('administration = { share = 0.1, of = "total", source = "Made up" }', Options(), 1 / 9),
    ('administration = { of = "none", source = "Made up" }', Options(), 0.0),
    ('administration = { share = 0.1, of = "benefits", source = "Made up" }', Options(administration_of="none"), 0.0),
    ("", Options(administration=0.2), 0.2),
    ('administration = { share = 0.1, of = "benefits", source = "Made up" }', Options(administration=0.0), 0.0),
])
def test_administration_is_a_share_of_the_benefits_or_of_the_total_or_excluded(more, options, overhead):
    found = costing.floor(own('amount = 10, currency = "XUD"', more), people(), money(), years=YEARS, options=options)
    pension = line(found, "pension")
    assert pension.administration == pytest.approx(pension.spending * overhead)
    assert pension.total == pytest.approx(pension.spending + pension.administration)


def test_constant_prices_divide_money_by_the_deflator_and_leave_shares_alone():
    preset = own('share = 0.5, of = "poverty_line"')
    current = costing.floor(preset, people(), money(), years=YEARS)
    constant = costing.floor(preset, people(), money(), years=YEARS, options=Options(prices="constant"))
    assert line(constant, "pension").benefit == pytest.approx([600.0] * 6)
    assert line(constant, "").total == pytest.approx(line(current, "").total / 1.03 ** np.arange(6))
    assert line(constant, "").share_of_gdp == pytest.approx(line(current, "").share_of_gdp)


def test_an_option_moves_every_benefit_otherwise():
    found = costing.floor(own('amount = 10, currency = "XUD"'), people(), money(), years=YEARS, options=Options(indexation=0.1))
    assert line(found, "pension").benefit == pytest.approx(120 * 1.1 ** np.arange(6))


def test_a_ramp_and_take_up_reach_fewer_and_the_target_stays():
    found = costing.floor(own('amount = 10, currency = "XUD"'), people(), money(), years=YEARS,
                          options=Options(ramp="linear:2025:25%", take_up=0.8))
    pension = line(found, "pension")
    assert pension.beneficiaries == pytest.approx(pension.target * 0.8 * np.array([0.25, 0.5, 0.75, 1, 1, 1]))


def test_births_are_those_of_the_population_and_infants_where_it_has_none():
    preset = costing.preset("floor-utania")
    with_births = costing.floor(preset, people(births=2500.0), money(), years=YEARS)
    without = costing.floor(preset, people(), money(), years=YEARS)
    assert line(with_births, "maternity").target[0] == 2500
    assert line(without, "maternity").target[0] == 2000
    assert "births_estimated" not in codes(with_births)
    assert "births_estimated" in codes(without)


def test_the_last_line_adds_money_and_never_persons():
    found = costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS)
    assert line(found, "").total == pytest.approx(sum(one.total for one in found.lines if one.scheme))
    assert np.isnan(line(found, "").target).all()


def test_a_missing_series_leaves_the_cost_unknown_and_is_named_once():
    found = costing.floor(costing.preset("floor-utania"), people(), money(without=("poverty_line",)), years=YEARS)
    assert np.isnan(line(found, "old-age").total).all()
    assert np.isnan(line(found, "").total).all()
    assert not np.isnan(line(found, "health").total).any()
    assert [finding.column for finding in found.warnings if finding.code == "economy_missing"] == ["poverty_line"]


def test_without_an_economy_amounts_stay_in_the_currency_of_the_preset():
    found = costing.floor(own('amount = 10, currency = "XUD", index = "none"'), people(), years=YEARS)
    assert line(found, "").currency == "XUD"
    assert line(found, "").total[0] == pytest.approx(15_500 * 120)
    assert np.isnan(line(found, "").share_of_gdp).all()
    assert "economy_missing" in codes(found)


def test_benefits_that_the_preset_does_not_state_are_left_out_and_said():
    found = costing.floor(costing.preset("floor-2017-style"), people(), money(), years=YEARS)
    assert {one.scheme for one in found.lines} == {"children", "maternity", "disability", "old-age", ""}
    said = next(finding for finding in found.warnings if finding.code == "left_out")
    assert "orphans.share" in said.remedy
    assert "unverified" in codes(found)


def test_what_the_preset_does_not_state_can_be_assumed():
    preset = costing.assumed(costing.preset("floor-2017-style"), {"orphans.share": 0.03, "health.amount": 40.0})
    found = costing.floor(preset, people(), money(), years=YEARS)
    assert line(found, "orphans").target[0] == pytest.approx(18 * 2000 * 0.03)
    assert line(found, "health").benefit[0] == pytest.approx(80.0)
    with pytest.raises(InputError) as refusal:
        costing.assumed(preset, {"orphan.share": 0.03, "old-age.share": 2.0, "children.amount": 3.0})
    assert [finding.code for finding in refusal.value.findings] == ["unknown_assumption", "share_range", "one_of"]


def test_no_shipped_level_that_was_not_read_calls_itself_verified():
    assert not costing.preset("floor-2017-style").verified
    assert all(benefit.unverified for benefit in costing.preset("floor-2017-style").benefits)
    assert not [name for name in costing.presets() if "73" in name or "113" in name]


@pytest.mark.parametrize(("economy", "code"), [
    (money(line_of=2014), "poverty_line_stale"),
    (money(line=4000.0, gdp=1e10), "poverty_line_implausible"),
])
def test_a_poverty_line_that_is_old_or_too_high_is_said(economy, code):
    assert code in codes(costing.floor(costing.preset("floor-utania"), people(), economy, years=YEARS))
    assert code not in codes(costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS))
    assert code not in codes(costing.floor(own('amount = 1, currency = "XUD"'), people(), economy, years=YEARS))


def test_a_poverty_line_of_ten_years_is_not_yet_stale():
    assert "poverty_line_stale" not in codes(costing.floor(costing.preset("floor-utania"), people(), money(line_of=2015), years=YEARS))


def test_series_are_carried_on_only_where_it_is_asked_for_and_it_is_said():
    economy = money(years=YEARS[:2])
    preset = costing.preset("floor-utania")
    alone = costing.floor(preset, people(), economy, years=YEARS)
    assert np.isnan(line(alone, "").share_of_gdp[2:]).all()
    asked = Economy("XUT", "XUD", {name: replace(one, extrapolate="last_growth" if name != "prices" else "hold")
                                   for name, one in economy.series.items()})
    carried = costing.floor(preset, people(), asked, years=YEARS)
    assert not np.isnan(line(carried, "").share_of_gdp).any()
    assert "extrapolated" in codes(carried)
    assert "extrapolated" not in codes(alone)


@pytest.mark.parametrize("method", ["prices", "hold"])
def test_a_line_in_the_prices_of_one_year_is_moved_with_prices_once(method):
    line_2025 = series("poverty_line", "currency_per_month", {2025: 100.0}, prices_of=2025, extrapolate=method)
    told = extended(Economy("XUT", "XUD", {**money().series, "poverty_line": line_2025}), until=2030)
    assert told.a_year("poverty_line", YEARS) == pytest.approx([1200 * 1.03 ** t for t in range(6)])


@pytest.mark.parametrize("prices", ["current", "constant"])
def test_the_explanation_multiplies_to_the_spending_and_names_its_sources(prices):
    found = costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS, options=Options(prices=prices))
    told = found.explanations["disability", 2027]
    assert np.prod([factor.value for factor in told.factors]) == pytest.approx(told.spending)
    assert told.total == pytest.approx(line(found, "disability").total[2])
    assert {factor.name for factor in told.factors if factor.source} >= {"persons", "target_share", "benefit"}
    with pytest.raises(KeyError):
        found.explanations["disability", 1999]


def test_cells_add_up_to_the_target_group():
    found = costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS)
    for one in found.lines:
        if one.scheme and one.scheme != "maternity":
            assert found.cells[one.scheme].sum(axis=(1, 2)) == pytest.approx(one.target)


def test_a_year_that_the_population_does_not_have_is_refused():
    with pytest.raises(InputError, match="2031"):
        costing.floor(costing.preset("floor-utania"), people(), money(), years=(2030, 2031))


def test_a_floor_is_not_ramped_by_cohort():
    with pytest.raises(InputError, match="cohort"):
        costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS, options=Options(ramp="cohort:2026:up:2"))


def test_every_fault_of_a_preset_is_told_at_once_with_its_line():
    with pytest.raises(InputError) as refusal:
        costing.read_preset('''id = "own"
name = "Own"
source = "Made up"
administartion = 3
[[benefit]]
id = "a"
guarantee = "old"
name = "A"
target = { ages = [7, 3], share = 1.2, source = "Made up" }
level = { amount = -3, source = "Made up" }
[[benefit]]
id = "a"
guarantee = "children"
name = "B"
target = { ages = [0, 3] }
[benefit.level]
share = nan
of = "poverty_lines"
index = "fixed"
source = "Made up"
''', name="own.toml")
    told = {(finding.row, finding.code) for finding in refusal.value.findings}
    assert {(4, "unknown_key"), (7, "unknown_code"), (9, "ages"), (9, "share_range"), (10, "negative"), (10, "currency_missing"),
            (12, "duplicate_key"), (15, "required"), (17, "number"), (18, "unknown_code"), (16, "rate")} <= told
    assert all(finding.sheet == "own.toml" for finding in refusal.value.findings)


def test_a_series_of_nothing_is_no_economy():
    bare = Economy("XUT", "XUD", {"gdp": series("gdp", "currency", {})})
    assert np.isnan(line(costing.floor(costing.preset("floor-utania"), people(), bare, years=YEARS), "").share_of_gdp).all()
