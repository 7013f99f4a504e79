"""The text of a rule and its tree say the same."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import schemes
from socle.errors import InputError
from tests.properties.rules import TABLES, rules

RULES = st.one_of(rules("truth"), rules("number"), rules("truth", unit="household"), rules("number", unit="household"), rules("day"))


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_a_rule_that_is_written_reads_back_as_itself(expression):
    text = schemes.written(expression)
    assert schemes.parse_rule(text, tables=TABLES).expression == expression


@settings(max_examples=100, deadline=None)
@given(RULES)
def test_no_parenthesis_of_a_written_rule_can_be_left_out(expression):
    text = schemes.written(expression)
    for start, end in pairs(text):
        shorter = text[:start] + text[start + 1:end] + text[end + 1:]
        with contextlib.suppress(InputError):
            assert schemes.parse_rule(shorter, tables=TABLES).expression != expression


def pairs(text):
    """Where the parentheses stand that only group: not those of a call or of a list."""
    opened = []
    for at, sign in enumerate(text):
        if sign == "(":
            before = text[:at].rstrip()
            called = text[at - 1:at].isalnum() or before.endswith(" in")
            chosen = before.endswith(("if", "then"))  # an "if" inside an "if" keeps its parentheses for the reader's sake
            opened.append(None if called or chosen else at)
        elif sign == ")":
            start = opened.pop()
            if start is not None:
                yield start, at


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(
    ["age", "sex", "born", "members", "today", "70", "40%", "2024-02-28", '"rural"', "(", ")", "[", ",", "and", "or", "not", "in", "if", "then",
     "else", "==", "=", "<", ">=", "+", "-", "*", "/", "count", "sum", "min", "round", "accrual", "true", "“", "\x00", "\n"]), max_size=14).map(" ".join)))
def test_whatever_is_typed_is_a_rule_or_an_error_that_says_what_to_do(text):
    rule, findings = read(text)
    assert (rule is None) == bool(findings)
    assert all(finding.severity == "error" and finding.code.startswith("rule_") and finding.row for finding in findings)
    assert all("of the rule)" in finding.message and finding.remedy for finding in findings)
    if rule is not None:
        assert schemes.parse_rule(schemes.written(rule.expression), tables=TABLES).expression == rule.expression


def read(text):
    try:
        return schemes.parse_rule(text, tables=TABLES, expect="truth"), ()
    except InputError as wrong:
        return None, wrong.findings


@pytest.mark.parametrize("name", sorted(schemes.RESERVED))
def test_no_fact_has_the_name_of_a_word_of_the_language(name):
    from socle.vocabulary import FACTS
    assert name not in FACTS
