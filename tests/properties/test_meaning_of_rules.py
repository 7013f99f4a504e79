"""What is unknown: it never turns into a yes or a no, and it never matters where the answer is decided."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from socle import entitlements
from socle.vocabulary import FACTS
from tests.properties.rules import TABLES, days, households, persons, rules

PERSONS = st.tuples(st.one_of(rules("truth"), rules("number")), persons())
HOUSEHOLDS = st.tuples(st.one_of(rules("truth", unit="household"), rules("number", unit="household")), households())


@settings(max_examples=200, deadline=None)
@given(st.one_of(PERSONS, HOUSEHOLDS), days())
def test_a_rule_answers_with_its_kind_or_with_nothing(asked, on):
    expression, facts = asked
    answer = entitlements.evaluate(expression, facts, on=on, tables=TABLES)
    assert answer is None or isinstance(answer, bool | float)


@settings(max_examples=200, deadline=None)
@given(PERSONS, persons(), days())
def test_what_is_known_already_does_not_change_when_more_becomes_known(asked, more, on):
    expression, facts = asked
    before = entitlements.evaluate(expression, facts, on=on, tables=TABLES)
    later = {name: value for name, value in more.items() if FACTS[name].derived is None and not follows_into(name, facts)} | facts
    assert before is None or entitlements.evaluate(expression, later, on=on, tables=TABLES) == before


def follows_into(name, facts):
    """Whether a given fact could disagree with this one."""
    return any(given in facts and FACTS[given].derived and name in FACTS[given].derived for given in facts)


@settings(max_examples=200, deadline=None)
@given(st.one_of(PERSONS, HOUSEHOLDS), days())
def test_a_fact_is_missing_only_where_the_rule_is_unknown_and_it_is_not_given(asked, on):
    expression, facts = asked
    missing = entitlements.missing_facts(expression, facts, on=on, tables=TABLES)
    if entitlements.evaluate(expression, facts, on=on, tables=TABLES) is not None:
        assert missing == ()
    for name in missing:
        if name == "members" or FACTS[name].of != "person" or "members" not in facts:
            assert name not in facts
        else:
            assert any(name not in member for member in facts["members"])
