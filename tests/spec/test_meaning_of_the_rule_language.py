"""Every sentence of docs/reference/rule-language.md on what a rule means, with an example."""

from __future__ import annotations

from datetime import date

import pytest

from socle import entitlements, schemes
from tests.properties.rules import TABLES

ON = date(2024, 2, 28)
HOME = {"members": [{"age": 40, "income": 100.5}, {"age": 9, "income": 0}, {"income": 20}]}


def value(text, facts, on=ON):
    return entitlements.evaluate(schemes.parse_rule(text, tables=TABLES).expression, facts, on=on, tables=TABLES)


def missing(text, facts):
    return entitlements.missing_facts(schemes.parse_rule(text, tables=TABLES).expression, facts, on=ON, tables=TABLES)


@pytest.mark.parametrize(("text", "answer"), [
    ("true and true", True), ("true and false", False), ("true and disabled", None), ("false and disabled", False), ("disabled and false", False),
    ("disabled and pregnant", None), ("false or false", False), ("true or disabled", True), ("disabled or true", True), ("false or disabled", None),
    ("not disabled", None), ("not true", False), ("not false", True), ("disabled == disabled", None), ("disabled == true", None),
    ("if disabled then 1 else 1", None), ("if true then 1 else age", 1.0), ("if false then age else 2", 2.0), ("if true then age else 2", None),
    ("age in (1, 2)", None), ("min(1, age)", None), ("max(1, age)", None), ("clip(1, 2, age)", None), ("0 * age", None), ("age - age", None),
])
def test_what_is_unknown_stays_unknown_unless_the_known_decides(text, answer):
    assert value(text, {}) is answer or (answer is not None and value(text, {}) == answer)


@pytest.mark.parametrize(("text", "figure"), [
    ("7 / 0", None), ("0 / 0", None), ("7 / 2", 3.5), ("1 - 2 - 3", -4.0), ("2 + 3 * 4", 14.0), ("-(2 + 3)", -5.0), ("-2 * -3", 6.0), ("12 / 3 / 2", 2.0),
    ("round(1.005, 2)", 1.01), ("round(2.5)", 3.0), ("round(-2.5)", -3.0), ("round(-1.005, 2)", -1.01), ("round(0.4999)", 0.0), ("round(2.675, 2)", 2.68),
    ("round(1234.5678, 0)", 1235.0), ("round(0.4999995)", 1.0), ("floor(-1.5)", -2.0), ("floor(1.5)", 1.0), ("abs(-3)", 3.0),
    ("min(3, 1, 2)", 1.0), ("max(3, 1, 2)", 3.0), ("clip(5, 1, 3)", 3.0), ("clip(0, 1, 3)", 1.0), ("clip(2, 1, 3)", 2.0), ("clip(2, 3, 1)", 1.0),
    ("40% * 50", 20.0), ("accrual[10]", 0.5), ("accrual[10.01]", 0.75), ("accrual[1000]", 2.0), ("accrual[-3]", 0.5), ("band[70]", 20.5), ("band[71]", None),
    ('zone["rural"]', 1.5), ('zone["camp"]', None), ("if 1 > 2 then 3 else 4", 4.0),
])
def test_numbers_are_counted_the_same_way_everywhere(text, figure):
    assert value(text, {}) == figure
    assert type(value(text, {})) in (float, type(None))


@pytest.mark.parametrize(("text", "figure"), [
    ("years(1954-03-01, 2024-02-28)", 69.0), ("years(1954-03-01, 2024-02-29)", 69.0), ("years(1954-03-01, 2024-03-01)", 70.0),
    ("years(2000-02-29, 2023-02-28)", 22.0), ("years(2000-02-29, 2023-03-01)", 23.0), ("years(2000-02-29, 2024-02-29)", 24.0),
    ("years(2024-01-01, 2023-12-31)", -1.0), ("months(2024-01-31, 2024-02-29)", 0.0), ("months(2024-01-31, 2024-03-31)", 2.0),
    ("months(2023-12-15, 2024-01-14)", 0.0), ("months(2023-12-15, 2024-01-15)", 1.0), ("months(2024-01-15, 2024-01-14)", -1.0),
    ("months(2020-02-29, 2024-02-28)", 47.0), ("days(2024-02-28, 2024-03-01)", 2.0), ("days(2023-02-28, 2023-03-01)", 1.0),
    ("days(1900-02-28, 1900-03-01)", 1.0), ("days(2000-02-28, 2000-03-01)", 2.0), ("days(2024-03-01, 2024-02-28)", -2.0),
    ("days(1970-01-01, 2024-02-28)", float((date(2024, 2, 28) - date(1970, 1, 1)).days)), ("days(today, today)", 0.0), ("years(born, today)", None),
])
def test_days_are_counted_by_the_calendar(text, figure):
    assert value(text, {}) == figure


def test_a_day_is_a_whole_number_of_year_month_and_day():
    assert value("today", {}) == 20240228
    assert value("born", {"born": date(1954, 3, 1)}) == value("born", {"born": "1954-03-01"}) == value("1954-03-01", {}) == 19540301
    assert value("born < today and born >= 1954-03-01 and born in (1954-03-01, 1999-01-01)", {"born": date(1954, 3, 1)}) is True


@pytest.mark.parametrize(("text", "answer"), [
    ("age == 40", True), ("age != 40", False), ("age < 40", False), ("age <= 40", True), ("age > 40", False), ("age >= 40", True), ("age in (39, 40)", True),
    ("age not in (39, 40)", False), ('sex == "female"', True), ('sex != "female"', False), ('sex in ("male")', False), ("(age > 3) == disabled", False),
])
def test_comparisons_compare_what_is_known(text, answer):
    assert value(text, {"age": 40, "sex": "female", "disabled": False}) is answer


@pytest.mark.parametrize(("text", "answer", "lacking"), [
    ("count(members, income > 50)", 1.0, ()), ("count(members, age > 18)", None, ("age",)), ("sum(members, income)", 120.5, ()),
    ("sum(members, age)", None, ("age",)), ("sum(members, age, income > 50)", 40.0, ()), ("sum(members, income, age > 18)", None, ("age",)),
    ("sum(members, age, income < 50)", None, ("age",)), ("any(members, age > 30)", True, ()), ("any(members, age > 50)", None, ("age",)),
    ("any(members, income > 500)", False, ()), ("all(members, age > 30)", False, ()), ("all(members, age > 3)", None, ("age",)),
    ("all(members, income >= 0)", True, ()), ("household_size", 3.0, ()), ("household_income", 120.5, ()),
    ("count(members, income < poverty_line)", None, ("poverty_line",)), ("count(members, income < household_size)", 1.0, ()),
    ("any(members, disabled and age > 30)", None, ("disabled", "age")),
])
def test_members_are_gone_through(text, answer, lacking):
    assert value(text, HOME) == answer
    assert missing(text, HOME) == lacking


def test_what_is_unknown_of_a_member_who_is_left_out_of_a_sum_does_not_matter():
    facts = {"members": [{"age": 9}, {"age": 40, "income": 5}, {"income": 3}]}
    assert missing("sum(members, income, age > 30)", facts) == ("age",)
    assert value("sum(members, income, age > 30)", {"members": facts["members"][:2]}) == 5.0


@pytest.mark.parametrize(("text", "answer"), [
    ("count(members, disabled)", 0.0), ("sum(members, income)", 0.0), ("any(members, disabled)", False), ("all(members, disabled)", True)])
def test_nobody_counts_nothing_and_a_household_of_which_nobody_speaks_is_unknown(text, answer):
    assert value(text, {"members": []}) == answer
    assert value(text, {}) is None
    assert missing(text, {}) == ("members",)


@pytest.mark.parametrize(("facts", "age"), [
    ({"born": "1954-03-01"}, 69.0), ({"age": 50}, 50.0), ({"age": None, "born": "1954-03-01"}, 69.0), ({"age": float("nan")}, None), ({}, None)])
def test_a_fact_follows_from_others_where_it_is_not_given(facts, age):
    assert value("age", facts) == age


@pytest.mark.parametrize(("text", "facts", "lacking"), [
    ("age > 70 and disabled", {"age": 3}, ()), ("age > 70 and disabled", {"age": 71}, ("disabled",)), ("age > 70 and disabled", {}, ("age", "disabled")),
    ("age > 70 or disabled", {"age": 71}, ()), ("not (age > 70 or disabled)", {"disabled": False}, ("age",)), ("if disabled then age else income", {}, ("disabled",)),
    ("if disabled then age else income", {"disabled": False}, ("income",)), ("age + income > age", {}, ("age", "income")), ("accrual[age]", {}, ("age",)),
    ("monthly_earnings / rooms > 3", {"monthly_earnings": 3, "rooms": 0}, ()), ("-age in (3, 4)", {}, ("age",)), ("gave_birth", {}, ("gave_birth",)),
])
def test_only_the_facts_that_matter_are_missing(text, facts, lacking):
    assert missing(text, facts) == lacking


def test_the_deepest_rule_and_the_longest_product_are_read_to_the_end():
    assert value("not " * 48 + "disabled", {"disabled": True}) is True
    assert value("+".join(["age"] * 50), {"age": 2}) == 100.0
    largest = value(" * ".join(["999_999_999_999_999"] * 16), {})
    assert largest == pytest.approx(1e240)


def test_a_figure_too_large_to_be_rounded_is_left_as_it_is():
    x = schemes.expressions
    assert entitlements.evaluate(x.Call("round", (x.Number(1e305), x.Number(6.0))), {}, on=ON) == 1e305
    assert entitlements.evaluate(x.Arithmetic("*", x.Number(1e305), x.Number(1e305)), {}, on=ON) is None


def test_a_table_counts_from_its_day_on():
    first = date(1900, 1, 1)
    assert value("accrual[3]", {}, on=first) == 0.5
    assert value("accrual[3]", {}, on=date(1899, 12, 31)) is None
