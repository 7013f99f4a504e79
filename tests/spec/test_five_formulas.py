"""The five formulas that the rule language had to say before it was frozen (docs/decisions/0011-the-rule-language.md), each worked by hand.

The country, the law and every figure are made up.
"""

from __future__ import annotations

from datetime import date

import pytest

from socle import entitlements, schemes

ON = date(2024, 2, 28)
HEAD = """
id = "{id}"
country = "XUT"
name = {{ en = "{id}", fr = "{id}", es = "{id}" }}
branch = "{branch}"
contributory = {contributory}
unit = "{unit}"
institution = "Institute of Utania"
currency = "USD"
"""


def scheme(text, *, name, branch, contributory="false", unit="person"):
    read = schemes.parse(HEAD.format(id=name, branch=branch, contributory=contributory, unit=unit) + text)
    assert [str(finding) for finding in read.findings if finding.severity == "error"] == []
    assert read.scheme is not None
    return read.scheme


def paid(scheme, on=ON, **facts):
    answer = entitlements.judge(scheme, facts, on=on)
    return answer.entitled, answer.amount


# 1. A contributory pension: accrual, a minimum and a maximum

PENSION = scheme("""
[[eligibility]]
from = 2000-01-01
rule = "age >= 60 and contribution_months >= 180"
source = "Pension Act, s. 10"

[[benefit]]
from = 2000-01-01
formula = "previous_earnings * min(80%, 40% + 1% * (contribution_years - 15))"
per = "month"
floor = "0.5 * minimum_wage"
cap = "2 * average_wage"
source = "Pension Act, s. 12"
""", name="pension", branch="old_age", contributory="true")
WAGES = {"minimum_wage": 600, "average_wage": 1_500}


@pytest.mark.parametrize(("earnings", "months", "amount"), [
    (1_000, 300, 500.00),     # 40% + 10 years at 1% = 50%
    (1_000, 181, 400.83),     # 40% + a twelfth of a year
    (400, 300, 300.00),       # 200 is raised to half the minimum wage
    (9_000, 300, 3_000.00),   # 4,500 is cut to twice the average wage
    (1_000, 720, 800.00),     # never more than 80%
])
def test_a_contributory_pension_accrues_between_its_minimum_and_maximum(earnings, months, amount):
    assert paid(PENSION, age=60, previous_earnings=earnings, contribution_months=months, **WAGES) == (True, amount)


def test_a_pension_without_the_qualifying_period_is_refused_with_the_period_that_lacks():
    answer = entitlements.judge(PENSION, {"age": 71, "contribution_months": 179}, on=ON)
    assert (answer.entitled, answer.amount, answer.missing) == (False, None, ())
    assert [reason.text for reason in answer.reasons] == ["Months of contribution: at least 180 is required; it is 179."]


# 2. A proxy means test over a household

GRANT = scheme("""
[[eligibility]]
from = 2020-01-01
rule = '''
  40 + 6 * rooms - 4 * household_size
  + (if roof == "thatch" then 0 else if roof == "metal" then 3 else 9)
  + (if owns_land then 5 else 0)
  + 20 * (count(members, age >= 15 and age <= 64) / household_size)
  - (if any(members, disabled) then 6 else 0) <= 45
'''
source = "Grant Order, schedule 1"

[[benefit]]
tier = "household"
from = 2020-01-01
amount = 20
per = "month"
source = "Grant Order, s. 4"

[[benefit]]
tier = "children"
from = 2020-01-01
formula = "5 * min(3, count(members, age < 18))"
per = "month"
source = "Grant Order, s. 5"
""", name="grant", branch="social_assistance", unit="household")
MEMBERS = [{"age": 34, "disabled": False}, {"age": 9, "disabled": False}, {"age": 6, "disabled": False}, {"age": 2, "disabled": False}]


def test_a_proxy_means_test_scores_the_household_and_pays_by_its_children():
    # 40 + 6 - 16 + 3 + 0 + 20 / 4 - 0 = 38
    assert paid(GRANT, rooms=1, roof="metal", owns_land=False, members=MEMBERS) == (True, 35.0)
    # 40 + 12 - 16 + 9 + 5 + 5 - 0 = 55
    assert paid(GRANT, rooms=2, roof="tiles", owns_land=True, members=MEMBERS) == (False, None)


def test_one_unknown_part_makes_the_score_unknown_and_is_named():
    answer = entitlements.judge(GRANT, {"rooms": 1, "roof": "metal", "members": [*MEMBERS[:3], {"age": 2}]}, on=ON)
    assert (answer.entitled, answer.amount) == (None, None)
    assert answer.missing == ("owns_land", "disabled")
    assert "Owns land" in answer.reasons[0].text
    assert "of member 4" in answer.reasons[0].text


# 3. A contribution with a floor and a ceiling

def contribution(**facts):
    rule = schemes.parse_rule("round(5% * clip(monthly_earnings, minimum_wage, 3 * average_wage), 2)", expect="number")
    return entitlements.evaluate(rule.expression, facts, on=ON)


@pytest.mark.parametrize(("earnings", "amount"), [(1_000, 50.0), (100, 30.0), (9_000, 225.0), (1_000.1, 50.01), (None, None)])
def test_a_contribution_is_taken_of_earnings_between_a_floor_and_a_ceiling(earnings, amount):
    assert contribution(monthly_earnings=earnings, **WAGES) == amount


# 4. Maternity with a qualifying period

MATERNITY = scheme("""
[[eligibility]]
from = 2010-01-01
rule = 'sex == "female" and (pregnant or months(delivered_on, today) < 4)'
source = "Maternity Act, s. 3"

[[eligibility]]
part = "qualifying-period"
from = 2010-01-01
article = "s. 4"
rule = "contribution_months_last_year >= 6"
source = "Maternity Act, s. 4"

[[benefit]]
from = 2010-01-01
formula = "min(previous_earnings, 3_000) * 2 / 3"
per = "month"
months = 4
source = "Maternity Act, s. 5"
""", name="maternity", branch="maternity", contributory="true")


@pytest.mark.parametrize(("delivered", "entitled"), [("2024-02-20", True), ("2023-10-29", True), ("2023-10-28", False)])
def test_a_maternity_benefit_ends_four_completed_months_after_the_birth(delivered, entitled):
    facts = {"sex": "female", "pregnant": False, "delivered_on": delivered, "contribution_months_last_year": 6, "previous_earnings": 900}
    assert paid(MATERNITY, **facts) == (entitled, 600.0 if entitled else None)


def test_a_mother_who_lacks_the_qualifying_period_hears_so_with_its_article():
    answer = entitlements.judge(MATERNITY, {"sex": "female", "pregnant": True, "contribution_months_last_year": 5}, on=ON)
    refused = [reason for reason in answer.reasons if reason.holds is False]
    assert answer.entitled is False
    assert [(reason.text, reason.article, str(reason.source)) for reason in refused] == [
        ("Months of contribution in the last twelve months: at least 6 is required; it is 5.", "s. 4", "Maternity Act, s. 4")]


def test_the_day_of_birth_does_not_matter_before_the_birth():
    facts = {"sex": "female", "pregnant": True, "contribution_months_last_year": 6, "previous_earnings": 1_000}
    answer = entitlements.judge(MATERNITY, facts, on=ON)
    assert (answer.entitled, answer.amount, answer.missing) == (True, 666.67, ())


# 5. A tapered benefit

TAPERED = scheme("""
[[eligibility]]
from = 2015-01-01
rule = "household_income < 600"
source = "Family Act, s. 2"

[[benefit]]
from = 2015-01-01
formula = "250 - 50% * max(0, household_income - 100)"
per = "month"
source = "Family Act, s. 3"
""", name="family", branch="family", unit="household")


@pytest.mark.parametrize(("income", "answer"), [(0, (True, 250.0)), (100, (True, 250.0)), (100.01, (True, 250.0)), (100.03, (True, 249.99)),
                                                (300, (True, 150.0)), (599.99, (True, 0.01)), (600, (False, None))])
def test_a_tapered_benefit_falls_by_half_of_what_is_earned_more(income, answer):
    assert paid(TAPERED, household_income=income) == answer


def test_the_income_of_a_household_is_that_of_its_members_where_it_is_not_given():
    assert paid(TAPERED, members=[{"income": 120}, {"income": 80.5}]) == (True, 199.75)
    answer = entitlements.judge(TAPERED, {"members": [{"income": 120}, {}]}, on=ON)
    assert (answer.entitled, answer.missing) == (None, ("household_income",))
