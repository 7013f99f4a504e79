"""What is moved in the studio: ages in rules, amounts of tiers, coverage by year; the file stays."""

from __future__ import annotations

import pytest

from socle import schemes
from socle.vocabulary import Source
from socle_web.schemes import bridge
from socle_web.schemes.bridge import Moved, ages_of, moved
from tests.unit.web_schemes.texts import GRANT, PENSION

STUDIO = Source("studio")


def scheme(text=GRANT, rule=None):
    return schemes.parse(text if rule is None else text.replace("age < 5", rule)).required()


def changed(asked, text=GRANT, rule=None, first=2025, last=2035):
    return moved(scheme(text, rule), asked, first=first, last=last, by=STUDIO)


@pytest.mark.parametrize(("rule", "first", "last"), [
    ("age < 5", None, 4), ("age <= 5", None, 5), ("age >= 70", 70, None), ("age > 69", 70, None), ("70 <= age", 70, None),
    ("age >= 3 and age < 6", 3, 5), ("resident", None, None), ("age == 65", None, None), ("age < 5 or age < 8", None, None)])
def test_the_ages_of_a_rule_are_completed_years(rule, first, last):
    assert ages_of(scheme(rule=rule)) == (first, last)


@pytest.mark.parametrize(("rule", "becomes"), [
    ("age < 5", "age < 8"), ("age <= 4", "age <= 7"), ("resident and age < 5", "resident and age < 8"), ("5 > age", "8 > age")])
def test_a_last_age_is_written_into_the_rule_as_the_rule_says_it(rule, becomes):
    entry = changed(Moved(last_age=7), rule=rule).eligibility[0]
    assert entry.rule.text == becomes
    assert schemes.parse_rule(entry.rule.text).expression == entry.rule.expression
    assert entry.source == STUDIO


def test_what_is_not_asked_stays_with_its_source():
    before = scheme()
    assert changed(Moved()) == before
    assert changed(Moved(first_age=3)).eligibility == before.eligibility


def test_an_amount_is_paid_from_the_beginning_whatever_the_file_says_later():
    later = GRANT.replace("[administration]", """[[benefit]]
tier = "grant"
from = 2028-01-01
amount = 1500
per = "month"
source = "A test, page 9"

[administration]""")
    assert [one.amount for one in scheme(later).benefits] == [1000, 1500]
    (benefit,) = changed(Moved(amounts=(("grant", 800.0),)), later).benefits
    assert (benefit.amount, benefit.source, benefit.per) == (800.0, STUDIO, "month")


def test_coverage_rises_in_equal_steps():
    ramp = changed(Moved(coverage=0.2, full_in=2029)).ramp
    assert [(one.year, round(one.coverage, 10)) for one in ramp] == [(2025, .2), (2026, .4), (2027, .6), (2028, .8), (2029, 1.0)]


def test_coverage_without_a_year_stays():
    assert [(one.year, one.coverage) for one in changed(Moved(coverage=0.5), PENSION).ramp] == [(2025, 0.5)]


def test_the_same_question_is_read_once():
    assert bridge.read(GRANT) is bridge.read(str(GRANT))


def test_what_is_assumed_of_the_youngest_holds_down_to_the_age_that_is_asked():
    text = PENSION.replace("age >= 70", "age >= 70 and resident") + """
[assumptions.resident]
share = 0.9
ages = [70, 100]
source = "A test, page 9"
"""
    (assumed,) = changed(Moved(first_age=62), text).assumptions
    assert (assumed.ages, assumed.share) == ((62, 100), 0.9)
    assert "studio" in str(assumed.source)
    assert changed(Moved(first_age=75), text).assumptions == scheme(text).assumptions


FORMULA = GRANT.replace("amount = 1000", 'formula = "min(1000, 1200)"')


def test_what_a_formula_gives_is_raised_or_lowered_as_a_whole():
    (benefit,) = changed(Moved(amounts=(("grant", 0.8),)), FORMULA).benefits
    assert benefit.amount is None
    assert schemes.parse_rule(benefit.formula.text).expression == benefit.formula.expression
    assert benefit.source == STUDIO
