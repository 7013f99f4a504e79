"""What people type for a rule, and what they are told."""

from __future__ import annotations

import pytest

from socle import schemes
from socle.errors import InputError
from tests.properties.rules import TABLES


def told(text, **options):
    with pytest.raises(InputError) as wrong:
        schemes.parse_rule(text, tables=TABLES, **options)
    return wrong.value.findings


def only(text, **options):
    findings = told(text, **options)
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


@pytest.mark.parametrize(("text", "code", "value", "remedy"), [
    ("", "rule_empty", "", "Write a condition"),
    (" \n\t", "rule_empty", "", "Write a condition"),
    ("age > 70 or", "rule_unfinished", "or", "Write what follows"),
    ("or age > 70", "rule_unfinished", "or", "Write a fact"),
    ("age > and disabled", "rule_unfinished", "and", "Write a fact"),
    ("((age > 3)", "rule_unfinished", "((age > 3)", "Close the parenthesis"),
    ("age > 3)", "rule_unfinished", ")", "open it earlier"),
    ("age > 3 disabled", "rule_unfinished", "disabled", "Join it"),
    ("age > 1,500", "rule_unfinished", ",", "1_500"),
    ("area in \"rural\"", "rule_unfinished", '"rural"', "in parentheses"),
    ("area in ()", "rule_unfinished", ")", "in parentheses"),
    ("area in (sex)", "rule_unfinished", "sex", "in parentheses"),
    ("if disabled then 1", "rule_unfinished", "if disabled then 1", "else that"),
    ("if disabled 1 else 2", "rule_unfinished", "1", "if a condition then this else that"),
    ("0 < if disabled then 1 else 2", "rule_unfinished", "if", "(if a condition"),
    ("70 < age < 80", "rule_chain", "70 < age < 80", "join them: 70 < age and age < 80."),
    ("rooms*2 < age+1 <= 80", "rule_chain", "rooms*2 < age+1 <= 80", "join them: rooms*2 < age+1 and age+1 <= 80."),
    ("age = 70", "rule_spelling", "=", "=="),
    ("age >= 70 AND disabled", "rule_spelling", "AND", "Write and"),
    ("age >= 70 && disabled", "rule_spelling", "&&", "Write and"),
    ("!disabled", "rule_spelling", "!", "Write not"),
    ("age ≥ 70", "rule_spelling", "≥", ">="),
    ("age <> 70", "rule_spelling", "<>", "!="),
    ("age − 3 > 2", "rule_spelling", "−", "Write -"),
    ("age > 70;", "rule_spelling", ";", "rule-language.md"),
    ("area == “rural”", "rule_spelling", "“rural”", '"rural"'),
    ("area == \"rural", "rule_spelling", '"rural', "straight quotes"),
    ("area == ' rural'", "rule_spelling", "' rural'", "without spaces"),
    ("age > 70 \u200b", "rule_spelling", "\u200b", "Take it out"),
    ("age > 70 # old", "rule_spelling", "# old", "above the rule"),
    ("age > 1e3", "rule_number", "1e3", "1_000_000"),
    ("age > 70years", "rule_number", "70years", "put a space"),
    ("age > 1__0", "rule_number", "1__0", "1_500"),
    ("age > 9999999999999999", "rule_number", "9999999999999999", "fifteen"),
    ("age > " + "9" * 400, "rule_number", "9" * 79 + "…", "fifteen"),
    ("born > 2023-02-30", "rule_day", "2023-02-30", "2024-02-28"),
    ("born > 2023-2-3", "rule_day", "2023-2-3", "2023-02-03"),
    ("ages > 70", "rule_unknown_word", "ages", "age"),
    ("Age > 70", "rule_unknown_word", "Age", "Did you mean age"),
    ("âge > 70", "rule_unknown_word", "âge", "Did you mean age"),
    ("area == rural", "rule_unknown_word", "rural", 'area == "rural"'),
    ("frobnicate > 1", "rule_unknown_word", "frobnicate", "facts.md"),
    ("maxi(age, 3) > 1", "rule_unknown_word", "maxi(age, 3)", "max"),
    ("__import__('os') == 1", "rule_unknown_word", "__import__('os')", "Use one of"),
    ("members > 3", "rule_unknown_word", "members", "count(members"),
    ("round > 3", "rule_arguments", "round", "round(x, 2)"),
    ("accrual > 3", "rule_arguments", "accrual", "accrual[...]"),
    ("min(age) > 3", "rule_arguments", "min(age)", "min(a, b)"),
    ("round(age, rooms) > 3", "rule_arguments", "rooms", "round(x, 2)"),
    ("round(age, 1.5) > 3", "rule_arguments", "1.5", "round(x, 2)"),
    ("count(age < 18) > 1", "rule_arguments", "count(age", "count(members, age < 18)"),
    ("any(members, disabled, disabled)", "rule_arguments", "any(members, disabled, disabled)", "any(members, disabled)"),
    ("accruel[age] > 1", "rule_unknown_table", "accruel[age]", "accrual"),
    ("area == \"rurl\"", "rule_unknown_code", '"rurl"', "rural"),
    ("\"rurl\" != area", "rule_unknown_code", '"rurl"', "rural"),
    ("sex in (\"female\", \"woman\")", "rule_unknown_code", '"woman"', "female"),
    ("contract == \"xyz\"", "rule_unknown_code", '"xyz"', "permanent, fixed_term"),
    ("area == 3", "rule_type", "area == 3", "quotes"),
    ("area < \"rural\"", "rule_type", 'area < "rural"', "=="),
    ("disabled == 1", "rule_type", "disabled == 1", "stands alone"),
    ("born > 1960", "rule_type", "born > 1960", "years(from, to)"),
    ("age in (3, \"a\")", "rule_type", '"a"', "number"),
    ("years(age, today) > 3", "rule_type", "age", "today"),
    ("accrual[area] > 3", "rule_type", "area", "number"),
    ("zone[age] > 3", "rule_type", "age", "code"),
    ("(if disabled then 1 else today) == 1", "rule_type", "if disabled then 1 else today", "one kind"),
    ("any(members, any(members, disabled))", "rule_scope", "any(members, disabled)", "once"),
    ("*".join(["age"] * 17) + " > 1", "rule_factors", "*".join(["age"] * 17), "constants"),
])
def test_what_cannot_be_understood_is_told_with_its_place_and_remedy(text, code, value, remedy):
    finding = only(text, expect="truth")
    assert (finding.code, finding.severity) == (code, "error")
    assert finding.value == value
    assert remedy in finding.remedy


@pytest.mark.parametrize("text", ["age", "70", "today", "area", "\"rural\"", "age + 1", "if disabled then 1 else 2", "accrual[age]"])
def test_what_is_no_condition_is_never_taken_for_one(text):
    assert only(text, expect="truth").code == "rule_type"


def test_a_condition_is_no_amount():
    assert "if the condition then 1 else 0" in only("age > 70", expect="number").remedy


def test_every_mismatch_of_a_rule_is_told_at_once_in_the_order_of_the_text():
    findings = told('ag > 70 and area == "rurl" and (disabled + 1 > 2 or today == 3) and foo(1)', expect="truth")
    assert [finding.code for finding in findings] == ["rule_unknown_word", "rule_unknown_code", "rule_type", "rule_type", "rule_unknown_word"]


def test_what_is_meant_by_a_foreign_sign_is_read_on_so_that_later_mistakes_are_told_too():
    assert [finding.code for finding in told("age = 70 && ages ≥ 3")] == ["rule_spelling"] * 3 + ["rule_unknown_word"]


def test_a_finding_names_the_line_of_the_file_and_the_character_of_the_rule():
    finding = only("age >= 70\n  and ag < 3", line=12, sheet="scheme.toml", key="eligibility[1].rule")
    assert (finding.sheet, finding.row, finding.column, finding.value) == ("scheme.toml", 13, "eligibility[1].rule", "ag")
    assert "line 2, character 7" in finding.message


def test_a_rule_of_many_mistakes_ends_with_fifty():
    assert len(told(" and ".join(f"x{n} > 1" for n in range(45)) + " and " + " or ".join(f"y{n} > 1" for n in range(45)))) == 50


def test_the_longest_rule_of_nothing_but_mistakes_is_told_with_fifty():
    assert len(told(" or ".join(f"unknown_{n}" for n in range(640)))) == 50


DEEP = ["(" * 60 + "age" + ")" * 60 + " > 3", "(" * 5_000, "not " * 2_000 + "disabled", "-" * 9_000 + "age > 3", "if " * 3_000,
        "abs(" * 2_000 + "age", "accrual[" * 1_000, "count(members, " * 600, "if disabled then " * 500, "+".join(["age"] * 200) + " > 3",
        "/".join(["age"] * 2_000), "min(age, " * 1_000]


@pytest.mark.parametrize("text", DEEP, ids=lambda text: text[:20])
def test_a_deep_rule_is_an_error_and_never_runs_out_of_stack(text):
    assert "rule_too_deep" in [finding.code for finding in told(text)]


def test_a_rule_may_be_fifty_deep_and_no_deeper():
    assert schemes.parse_rule("not " * 48 + "disabled")
    assert schemes.parse_rule("+".join(["age"] * 50))
    assert only("+".join(["age"] * 51)).code == "rule_too_deep"


def test_a_long_sum_is_written_in_groups():
    group = "(" + " + ".join(["age"] * 12) + ")"
    rule = schemes.parse_rule(" + ".join([group] * 12) + " > 3", expect="truth")
    assert schemes.written(rule.expression).count("age") == 144


def test_a_rule_longer_than_ten_thousand_characters_is_not_read():
    assert only(("age > 3 or " * 1_000) + "disabled").code == "rule_too_long"


@pytest.mark.parametrize(("text", "again"), [
    ("age>=70", "age >= 70"), ("((age)) > (3)", "age > 3"), ("40% * age > 0.10", "0.4 * age > 0.1"), ("age > 1_500", "age > 1500"),
    ("1 - (2 - 3) > 0", "1 - (2 - 3) > 0"), ("(1 - 2) - 3 > 0", "1 - 2 - 3 > 0"), ("(1 + 2) * 3 / (4 * 5) > 0", "(1 + 2) * 3 / (4 * 5) > 0"),
    ("disabled and (pregnant or resident)", "disabled and (pregnant or resident)"), ("(disabled and pregnant) or resident", "disabled and pregnant or resident"),
    ("not (disabled) and resident", "not disabled and resident"), ("not (disabled and resident)", "not (disabled and resident)"),
    ("not area in ('rural', 'urban')", 'area not in ("rural", "urban")'), ("(area not in ('rural')) == disabled", '(area not in ("rural")) == disabled'), ("-(5) < - 3", "-(5) < -3"), ("--age < 3", "--age < 3"),
    ("(disabled or pregnant) == (age > 3)", "(disabled or pregnant) == (age > 3)"), ("33.3% > age", "0.333 > age"),
    ("if (disabled) then 1 else (if resident then 2 else 3)", "if disabled then 1 else if resident then 2 else 3"),
    ("sum(members, income, age > 3) > accrual[age + 1]", "sum(members, income, age > 3) > accrual[age + 1]"),
    ("born<2024-02-29 and today>=2024-03-01", "born < 2024-02-29 and today >= 2024-03-01"), ("age in (-1, 2.5)", "age in (-1, 2.5)"),
])
def test_a_rule_is_written_with_the_parentheses_that_it_needs_and_no_others(text, again):
    rule = schemes.parse_rule(text, tables=TABLES)
    assert schemes.written(rule.expression) == again
    assert schemes.parse_rule(again, tables=TABLES).expression == rule.expression
    assert rule.text == text


def test_a_share_is_exactly_the_number_it_says():
    for text, value in (("40%", 0.4), ("7%", 0.07), ("33.3%", 0.333), ("0.29", 0.29), ("4.35%", 0.0435)):
        assert schemes.parse_rule(text).expression.value == value


def test_a_rule_of_a_household_asks_of_which_members_a_personal_fact_is():
    assert schemes.parse_rule("any(members, disabled) and household_size > 3", unit="household")
    finding = only("disabled and household_size > 3", unit="household")
    assert finding.code == "rule_scope"
    assert "any(members" in finding.remedy
