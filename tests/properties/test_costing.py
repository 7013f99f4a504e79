"""What holds for every costing, whatever the country, the money and the scheme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import costing
from socle.costing import Options
from socle.schemes import Ramp, parse_rule
from tests.unit.costing.made_schemes import MADE_UP, benefit, scheme
from tests.unit.costing.places import money, people, series

YEARS = (2025, 2026, 2027, 2028)
SHARES = st.floats(0, 1)
AGES = st.integers(0, 100)
AMOUNTS = st.floats(0.01, 1e6)
few = settings(deadline=None, max_examples=25)


def economy(**told):
    found = money(**told)
    return replace(found, series={**found.series, "deflator": series("deflator", "growth", dict.fromkeys(range(2025, 2031), 0.04))})


def line(projection, name="grant"):
    return next(one for one in projection.lines if one.scheme == name)


def project(*schemes, options=None, where=None, of=None):
    return costing.project(schemes, of or people(growth=0.01), where or economy(), years=YEARS, options=options)


@given(st.floats(0.001, 0.5), AGES, st.floats(0, 0.5), st.floats(1, 1e6), st.floats(-0.02, 0.2), st.sampled_from(["current", "constant"]))
@few
def test_a_share_of_gdp_per_head_costs_that_share_of_the_people_whatever_currency_and_prices(r, age, admin, gdp, growth, prices):
    made = scheme(f"age >= {age}", benefit(share=r, of="gdp_per_capita", per="year"), administration=admin)
    found = line(project(made, where=economy(gdp=gdp * 1e6, growth=growth), options=Options(prices=prices)))
    of_the_people = (101 - age) / 101
    assert found.share_of_gdp == pytest.approx(np.full(4, r * of_the_people * (1 + admin)), rel=1e-9)


@given(AMOUNTS, AGES, st.sampled_from(["none", "prices", "wages", "gdp_per_capita"]))
@few
def test_doubling_the_benefit_doubles_the_cost(amount, age, index):
    once, twice = (line(project(scheme(f"age >= {age}", benefit(amount=one, index=index)))) for one in (amount, 2 * amount))
    for name in ("benefit", "spending", "administration", "total", "share_of_gdp", "share_of_government"):
        assert getattr(twice, name) == pytest.approx(2 * getattr(once, name), rel=1e-9)
    assert (twice.target == once.target).all()


@given(AGES, AGES, AGES, SHARES)
@few
def test_the_cost_is_additive_over_disjoint_age_groups(a, b, c, take_up):
    low, middle, high = sorted((a, b, c))
    rules = (f"age >= {low} and age < {middle}", f"age >= {middle} and age < {high}", f"age >= {low} and age < {high}")
    one, two, whole = (line(project(scheme(rule), options=Options(take_up=take_up))) for rule in rules)
    for name in ("target", "beneficiaries", "spending", "administration", "total", "share_of_gdp"):
        assert getattr(one, name) + getattr(two, name) == pytest.approx(getattr(whole, name), rel=1e-9, abs=1e-12)


@given(st.sampled_from(["none", "prices", "wages", "gdp_per_capita"]), AMOUNTS)
@few
def test_constant_and_current_prices_reconcile_by_the_deflator(index, amount):
    made = scheme("age < 18", benefit(amount=amount, index=index))
    current, constant = (line(project(made, options=Options(prices=prices))) for prices in ("current", "constant"))
    deflator = 1.04 ** np.arange(4)
    for name in ("benefit", "spending", "administration", "total"):
        assert getattr(constant, name) * deflator == pytest.approx(getattr(current, name), rel=1e-9)
    for name in ("target", "beneficiaries", "share_of_gdp", "share_of_government"):
        assert (getattr(constant, name) == getattr(current, name)).all()


@given(SHARES, SHARES)
@few
def test_take_up_and_coverage_change_only_who_is_reached_and_what_that_costs(take_up, coverage):
    before = line(project(scheme()))
    after = line(project(scheme(), options=Options(take_up=take_up, coverage=coverage)))
    assert (after.target == before.target).all()
    assert (after.benefit == before.benefit).all()
    for name in ("beneficiaries", "spending", "administration", "total", "share_of_gdp", "share_of_government"):
        assert getattr(after, name) == pytest.approx(getattr(before, name) * take_up * coverage, rel=1e-9, abs=1e-300)


@given(st.floats(0, 0.9))
@few
def test_administration_changes_nothing_but_itself_and_the_total(share):
    of_benefits, of_total, none = (line(project(scheme(), options=Options(administration=share, administration_of=of)))
                                   for of in ("benefits", "total", "none"))
    assert (of_benefits.spending == of_total.spending).all()
    assert (of_benefits.spending == none.total).all()
    assert of_benefits.administration == pytest.approx(share * of_benefits.spending)
    assert of_total.administration == pytest.approx(share * of_total.total)


@given(st.lists(AGES, min_size=1, max_size=4, unique=True))
@few
def test_the_shares_of_schemes_add_up_to_that_of_all(ages):
    schemes = [scheme(f"age == {age}", id=f"at-{age}") for age in ages]
    found = project(*schemes)
    if len(ages) > 1:
        for name in ("spending", "administration", "total", "share_of_gdp", "share_of_government"):
            added = sum(getattr(one, name) for one in found.lines if one.scheme)
            assert getattr(line(found, ""), name) == pytest.approx(added, rel=1e-9)
    else:
        assert [one.scheme for one in found.lines] == [f"at-{ages[0]}"]


@given(AGES, SHARES, st.sampled_from(["month", "year", "week", "day", "case"]), st.floats(0.5, 24) | st.none(), AMOUNTS,
       st.sampled_from(["current", "constant"]))
@few
def test_the_factors_of_an_explanation_multiply_to_the_spending(age, coverage, per, months, amount, prices):
    made = scheme(f"age >= {age}", benefit(amount=amount, per=per, months=months), ramp=(Ramp(2025, coverage, MADE_UP),))
    found = project(made, options=Options(take_up=0.7, prices=prices))
    for (name, year), told in found.explanations.items():
        product = np.prod([factor.value for factor in told.factors])
        assert product == pytest.approx(told.spending, rel=1e-9, abs=1e-9)
        assert told.spending == next(row["spending"] for row in found.rows() if (row["scheme"], row["year"]) == (name, year))


@given(st.floats(0.0005, 0.05), AMOUNTS, st.booleans())
@few
def test_the_benefit_that_fits_a_budget_costs_the_budget(wanted, amount, with_formula):
    tier = benefit(formula=f"{amount!r}", currency="XUD") if with_formula else benefit(amount=amount)
    made, other = scheme("age >= 60", tier), scheme("age == 0", benefit(amount=0.001), id="other")
    solved = costing.solve([made, other], people(), economy(), years=YEARS, by="benefit", share_of_gdp=wanted, scheme="grant")
    again = costing.project([solved.scheme, other], people(), economy(), years=YEARS)
    # A formula pays whole cents: the budget is met to half a cent for each beneficiary and payment.
    cents = 0.005 * again.lines[0].beneficiaries[-1] * 12 * 1.1 / economy().at("gdp", 2028) if with_formula else 0.0
    assert again.lines[-1].share_of_gdp[-1] == pytest.approx(wanted, rel=1e-9, abs=2 * cents)


@given(st.floats(0.001, 0.05), st.sampled_from(["age >= 60", "60 < age", "age <= 17", "age < 5"]))
@few
def test_the_age_that_fits_a_budget_is_the_last_that_does(wanted, rule):
    made = scheme(rule, benefit(amount=2000.0))
    per_age = line(project(scheme("age == 0", benefit(amount=2000.0)), of=people())).share_of_gdp[-1]
    if wanted < per_age:
        return
    (answer,) = costing.solve(made, people(), economy(), years=YEARS, by="age", share_of_gdp=wanted).rows()
    assert answer["reached"] <= wanted
    assert answer["next"] is None or answer["next"] > wanted
    assert answer["next"] is not None or answer["value"] in (0, 100)


@given(st.lists(st.floats(0, 0.05), min_size=4, max_size=4))
@few
def test_the_coverage_that_a_budget_pays_costs_the_budget_or_everyone_is_covered(budget):
    wanted = dict(zip(YEARS, budget, strict=True))
    solved = costing.solve(scheme(), people(), economy(), years=YEARS, by="ramp", share_of_gdp=wanted)
    for answer in solved.rows():
        assert 0 <= answer["value"] <= 1
        assert answer["reached"] == pytest.approx(answer["wanted"], rel=1e-9, abs=1e-15) or (
            answer["value"] == 1 and answer["reached"] < answer["wanted"])


@given(st.integers(1, 12), st.integers(1, 28))
@few
def test_a_law_that_changes_within_the_year_counts_for_its_days(month, day):
    changed = date(2026, month, day)
    made = scheme()
    later = replace(made.eligibility[0], since=changed, rule=parse_rule("age >= 60"))
    made = replace(made, eligibility=(*made.eligibility, later))
    found = line(project(made, options=Options(law="pro_rata"), of=people()))
    days = (date(2027, 1, 1) - changed).days
    assert found.target == pytest.approx([72_000, 72_000 + 10_000 * days / 365, 82_000, 82_000], rel=1e-12)
    stepped = line(project(made, of=people()))
    assert stepped.target[1] == (82_000 if changed <= date(2026, 7, 1) else 72_000)
