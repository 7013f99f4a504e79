"""Scenarios lie over schemes, economies and conventions; inverse questions are answered or refused with a reason."""

from __future__ import annotations

import pytest

from socle import costing, datasets
from socle.costing import Options
from socle.errors import InputError
from tests.unit.costing.made_schemes import benefit, scheme
from tests.unit.costing.places import money, people

YEARS = (2025, 2026, 2027)
HIGH = '''
name = "high"
[scheme.xut-old-age-grant.benefit.high-age]
amount = 300
[economy.gdp_growth]
add = 0.01
from = 2026
[options]
take_up = "80%"
'''


@pytest.fixture(scope="module")
def utania():
    return datasets.made_up("XUT")


def compared(utania, *texts, **more):
    scenarios = [costing.read_scenario(text, name=f"{place}.toml") for place, text in enumerate(texts)]
    return costing.compare([utania.scheme("old-age-grant"), utania.scheme("child-grant")], utania.population, utania.economy,
                           scenarios=scenarios, years=YEARS, **more)


def test_scenarios_stand_beside_what_is_and_their_rows_say_which(utania):
    found = compared(utania, HIGH, 'name = "low"\n[options]\ntake_up = 0.5\n')
    rows = list(found.rows())
    assert list(dict.fromkeys(row["scenario"] for row in rows)) == ["", "high", "low"]
    assert len(rows) == 3 * 3 * 3
    child = {row["scenario"]: row["beneficiaries"] for row in rows if (row["scheme"], row["year"]) == ("xut-child-grant", 2025)}
    assert child["high"] == pytest.approx(0.8 * child[""])
    assert child["low"] == pytest.approx(0.5 * child[""])
    assert found.options()["scenarios"]["low"]["take_up"] == 0.5
    assert found.as_dict()["options"]["take_up"] == 1.0
    assert "high" in found.table()
    assert "<svg" in found.chart()


def test_a_change_of_a_series_holds_from_its_year_and_says_who_says_so(utania):
    scenario = costing.read_scenario(HIGH)
    _, economy, options = costing.changed_by(scenario, (utania.scheme("old-age-grant"),), utania.economy, Options())
    assert economy.at("gdp_growth", 2025) == utania.economy.at("gdp_growth", 2025)
    assert economy.at("gdp_growth", 2026) == pytest.approx(utania.economy.at("gdp_growth", 2026) + 0.01)
    assert "high" in str(economy.series["gdp_growth"].source)
    assert not economy.series["gdp_growth"].source.verified
    assert options.take_up == 0.8


def test_everything_wrong_with_scenarios_is_told_at_once(utania):
    with pytest.raises(InputError) as refusal:
        costing.read_scenario('name = ""\ncolour = 1\n[economy.inflation]\nadd = 1\n[economy.prices]\nadd = "x"\n[options]\ntake_up = 3\n',
                              name="wrong.toml")
    assert {(one.row, one.column) for one in refusal.value.findings} >= {
        (1, "name"), (2, "colour"), (3, "economy.inflation"), (6, "economy.prices.add"), (8, "options.take_up")}
    with pytest.raises(InputError) as refusal:
        compared(utania, HIGH, HIGH, 'name = "none"\n[scheme.nobody]\nunit = "person"\n[economy.exchange_rate]\nadd = 1\n')
    assert {one.code for one in refusal.value.findings} >= {"duplicate_key", "no_scheme"}
    with pytest.raises(InputError, match="errors"):
        costing.read_scenario('name = "nothing"\n')


def test_a_budget_that_nothing_fits_is_refused_with_the_reason():
    made, dear = scheme("age >= 60", benefit(amount=100.0)), scheme("age >= 0", benefit(amount=9e5), id="dear")
    with pytest.raises(InputError, match="other schemes alone"):
        costing.solve([made, dear], people(), money(), years=YEARS, by="benefit", share_of_gdp=0.01, scheme="grant")
    capped = scheme("age >= 60", benefit(amount=100.0, cap="120"))
    with pytest.raises(InputError, match="a cap holds it"):
        costing.solve(capped, people(), money(), years=YEARS, by="benefit", share_of_gdp=0.5)
    with pytest.raises(InputError, match="cannot be said"):
        costing.solve(made, people(), years=YEARS, by="benefit", share_of_gdp=0.01)
    with pytest.raises(InputError, match="Which of the schemes"):
        costing.solve([made, dear], people(), money(), years=YEARS, by="ramp", share_of_gdp=0.01)
    with pytest.raises(InputError, match="one of them"):
        costing.solve(made, people(), money(), years=YEARS, by="ramp")
    with pytest.raises(InputError, match="compares the age"):
        costing.solve(scheme("true"), people(), money(), years=YEARS, by="age", share_of_gdp=0.01)


def test_a_capped_benefit_is_found_by_halving():
    made = scheme("age >= 60", benefit(amount=100.0, cap="150"), benefit(tier="more", amount=50.0))
    now = costing.project(made, people(), money(), years=YEARS).lines[0].share_of_gdp[-1]
    solved = costing.solve(made, people(), money(), years=YEARS, by="benefit", share_of_gdp=2 * now)
    first = next(solved.rows())
    assert first["reached"] == pytest.approx(2 * now, rel=1e-4)
    assert first["value"] == pytest.approx(3.0, rel=1e-3)  # 150 held by the cap, and 3 x 50


def test_the_age_changes_wherever_the_rule_states_it():
    made = scheme('(sex == "female" and age >= 60) or (sex == "male" and 65 <= age)')
    assert costing.at_age(made, "first", 70).eligibility[0].rule.text.count("age >= 70") == 2
    assert costing.bounds_of(made) == {"first"}
