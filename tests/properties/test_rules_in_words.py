"""Whatever a rule asks is said in its words: every fact as often as the rule names it, every figure, always the same."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle.entitlements import in_words
from socle.schemes import children_of, expressions
from socle.vocabulary import FACTS, speaking
from tests.properties.rules import rules

RULES = st.one_of(rules("truth"), rules("number"), rules("truth", unit="household"), rules("number", unit="household"), rules("day"))
AGES = {"age", "born"}  # "aged 18 or older" names neither by its label


def facts_of(e):
    found = Counter([e.name] if isinstance(e, expressions.Fact) else [])
    for part in children_of(e):
        found += facts_of(part)
    return found



@pytest.mark.parametrize("lang", ["en", "fr", "es"])
@settings(max_examples=120, deadline=None)
@given(rule=RULES)
def test_every_fact_a_rule_names_is_in_its_words_as_often(lang, rule):
    with speaking(lang):
        said = in_words(rule).lower()
        for name, times in facts_of(rule).items():
            if name not in AGES:
                assert said.count(FACTS[name].label().lower()) >= times, name
        assert said == in_words(rule).lower()


@settings(max_examples=120, deadline=None)
@given(rule=RULES)
def test_an_age_is_never_left_out(rule):
    named = facts_of(rule)
    said = in_words(rule).lower()
    times = len(re.findall(r"(?:aged(?: exactly)?|older than|under|of any age but) −?[\d.,]+", said))
    assert times + said.count("age in completed years") + said.count("day of birth") >= named["age"] + named["born"]


@settings(max_examples=120, deadline=None)
@given(rule=RULES)
def test_every_parenthesis_of_the_words_closes(rule):
    depth = 0
    for sign in in_words(rule):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
