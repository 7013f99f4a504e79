"""A scenario laid over a scheme."""

from __future__ import annotations

from datetime import date

import pytest

from socle import schemes
from tests.spec.schemes import GOOD

TWO = GOOD + """
[[benefit]]
tier = "care"
from = 2020-01-01
amount = 30
currency = "USD"
per = "month"
rule = "needs_care"
source = "Gazette, article 6"
"""


def laid(text, over=GOOD, **more):
    return schemes.overlay(schemes.parse(over).required(), text, **more)


def test_an_amount_of_a_tier_changes_and_is_said_by_the_scenario():
    changed = laid("[scheme.utania-grant.benefit.basic]\namount = 500\n", scenario="High").required()

    (benefit,) = changed.benefits
    assert (benefit.amount, benefit.source.document, benefit.source.verified) == (500, "Scenario “High”", False)


def test_the_name_of_the_only_tier_may_be_left_out_and_of_several_not():
    assert laid("[scheme.utania-grant.benefit]\namount = 500\n").required().benefits[0].amount == 500
    (finding,) = laid("[scheme.utania-grant.benefit]\namount = 500\n", TWO).findings
    assert (finding.code, finding.row) == ("hits_nothing", 2)
    assert "basic, care" in finding.remedy


def test_with_a_day_of_its_own_a_change_is_a_new_entry_from_then_on():
    made = laid('[scheme.utania-grant.eligibility.age]\nfrom = 2030-01-01\nrule = "age >= 65"\n').required()

    assert [entry.rule.text for entry in made.on(date(2029, 12, 31)).eligibility] == ["age >= 70"]
    assert [entry.rule.text for entry in made.on(date(2030, 1, 1)).eligibility] == ["age >= 65"]


def test_a_source_of_its_own_stays():
    made = laid('[scheme.utania-grant.benefit.basic]\namount = 500\nsource = "Bill 7, section 2"\n').required()

    assert str(made.benefits[0].source) == "Bill 7, section 2"


def test_a_share_takes_the_place_of_an_amount_and_the_other_way_round():
    shared = laid('[scheme.utania-grant.benefit.basic]\nshare = 0.2\nof = "poverty_line"\n').required()
    again = schemes.overlay(shared, '[scheme.utania-grant.benefit.basic]\namount = 5\ncurrency = "USD"\n').required()

    assert (shared.benefits[0].amount, shared.benefits[0].share) == (None, 0.2)
    assert (again.benefits[0].amount, again.benefits[0].share, again.benefits[0].of) == (5, None, None)


def test_ramp_administration_and_assumptions_are_replaced():
    made = laid("""
[[scheme.utania-grant.ramp]]
year = 2026
coverage = 0.5
[scheme.utania-grant.administration]
share = 0.1
of = "benefits"
[scheme.utania-grant.assumptions]
resident = 0.9
""").required()

    assert [(one.year, one.coverage) for one in made.ramp] == [(2026, 0.5)]
    assert [one.share for one in made.administration] == [0.1]
    assert [(one.fact, one.share) for one in made.assumptions] == [("resident", 0.9)]


def test_tables_may_be_given_instead_of_text():
    assert laid({"scheme": {"utania-grant": {"benefit": {"basic": {"amount": 7}}}}}).required().benefits[0].amount == 7


def test_what_is_not_of_the_scheme_is_left_to_others():
    made = laid("[economy.inflation]\nvalue = 0.03\n[options]\nprices = 'constant'\n")

    assert made.findings == ()
    assert made.required().benefits[0].amount == 100


@pytest.mark.parametrize(("text", "code", "row"), [
    ("[scheme.utania-grnat.benefit]\namount = 1\n", "no_scheme", 1),
    ("[scheme.utania-grant.benefit.bassic]\namount = 1\n", "hits_nothing", 1),
    ("[scheme.utania-grant.benefit.basic]\namonut = 1\n", "unknown_key", 2),
    ("[scheme.utania-grant.benefit.basic]\namount = -1\n", "negative", 2),
    ("[scheme.utania-grant.benefits.basic]\namount = 1\n", "unknown_key", 1),
    ("[scheme.utania-grant.eligibility.age]\n\nrule = 'agee > 3'\n", "rule_unknown_word", 3),
    ("[scheme.utania-grant.eligibility.age]\nfrom = 'soon'\n", "day", 2),
    ("[scheme.utania-grant]\nid = 'other'\n", "unknown_key", 2),
    ("[scheme.utania-grant]\nbranch = 'pension'\n", "unknown_code", 2),
    ("[[scheme.utania-grant.ramp]]\nyear = 2026\ncoverage = 2\n", "share_range", 3),
    ("[scheme.utania-grant.assumptions]\nresidence = 0.5\n", "unknown_fact", 2),
    ("[scheme.utania-grant.benefit.basic]\nfloor = 10\ncap = 5\n", "floor_above_cap", 2),
    ("[scheme.utania-grant.benefit.basic\namount = 1\n", "toml", 1),
    ("scheme = 5\n", "brackets", 1), ("[scheme]\nutania-grant = 5\n", "brackets", 2),
    ("[scheme.utania-grant]\nbenefit = 5\n", "brackets", 2), ("[scheme.utania-grant]\nassumptions = 5\n", "brackets", 2),
])
def test_what_hits_nothing_or_cannot_be_is_told_at_its_line(text, code, row):
    reading = laid(text)

    assert [(one.code, one.row, one.sheet) for one in reading.findings] == [(code, row, "scenario.toml")]
    assert reading.scheme is None


def test_a_scheme_of_the_same_run_may_be_changed_by_the_same_file():
    assert laid("[scheme.other-grant.benefit]\namount = 1\n", others=["other-grant"]).findings == ()


def test_a_broken_encoding_or_an_empty_scenario_is_told():
    assert [one.code for one in laid(b"\xff\xfe").findings] == ["encoding"]
    assert [one.code for one in laid("").findings] == ["empty"]
