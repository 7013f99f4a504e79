"""The facts that a rule may name."""

from __future__ import annotations

import re

import pytest

from socle import schemes
from socle.vocabulary import FACTS, LANGUAGES, UNITS_OF_FACTS, speaking

EVERY = list(FACTS.values())


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.name)
def test_a_fact_is_named_in_every_language_and_bounded_where_it_is_a_number(fact):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", fact.name)
    assert fact.name not in schemes.RESERVED
    assert set(fact.labels) == set(LANGUAGES)
    assert all(fact.labels.values())
    assert fact.of in ("person", "household", "country")
    assert (fact.low is not None and fact.high is not None and fact.low < fact.high) == (fact.type in ("number", "day"))
    assert (fact.unit in UNITS_OF_FACTS) == (fact.type == "number")
    assert not fact.codes or fact.type == "code"
    assert all(set(labels) == set(LANGUAGES) for labels in fact.codes.values())


@pytest.mark.parametrize("fact", [fact for fact in EVERY if fact.derived], ids=lambda fact: fact.name)
def test_what_a_fact_follows_from_is_a_rule_of_its_type(fact):
    assert schemes.parse_rule(fact.derived, expect=fact.type, unit="household" if fact.of == "household" else None)
    assert schemes.derived(fact.name) is not None


def test_no_fact_follows_from_itself():
    def names(expression):
        found = {expression.name} if isinstance(expression, schemes.expressions.Fact) else set()
        return found.union(*map(names, schemes.children_of(expression)))

    follows = {name: names(schemes.derived(name)) for name in FACTS if schemes.derived(name) is not None}
    while resting := {name for name in follows if not follows[name] & follows.keys()}:
        follows = {name: asked for name, asked in follows.items() if name not in resting}
    assert follows == {}


def test_a_fact_is_called_by_its_name_in_the_language_spoken():
    assert FACTS["age"].label() == "Age in completed years"
    with speaking("fr"):
        assert FACTS["age"].label() == "Âge en années révolues"
        assert FACTS["poverty_line"].unit_label() == "monnaie par mois"
        assert FACTS["sex"].code_label("female") == "Femme"
    assert FACTS["region"].code_label("north") == "north"
    assert FACTS["disabled"].unit_label() == ""


@pytest.mark.parametrize("name", ["poverty_line", "minimum_wage", "average_wage", "gdp_per_capita", "previous_earnings"])
def test_what_a_benefit_may_be_a_share_of_is_money_a_month(name):
    assert FACTS[name].unit == "currency_per_month"


def test_the_bounds_of_a_day_are_whole_numbers_as_the_language_counts_days():
    assert (FACTS["born"].low, FACTS["born"].high) == (18900101, 22001231)
