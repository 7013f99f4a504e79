"""A rule is read in words, of nobody in particular: every construct of the language."""

from __future__ import annotations

import pytest

from socle import schemes
from socle.entitlements import in_words
from socle.vocabulary import speaking
from tests.properties.rules import TABLES


@pytest.mark.parametrize(("text", "said"), [
    ("age >= 70", "Aged 70 or older."),
    ("70 > age", "Under 70."),
    ("age > 70", "Older than 70."),
    ("age <= 18", "Aged 18 or younger."),
    ("age == 5", "Aged exactly 5."),
    ("age != 5", "Of any age but 5."),
    ("years(born, today) >= 60", "Aged 60 or older."),
    ("not age < 60", "Aged 60 or older."),
    ("age >= 18 and age < 68 and resident", "Aged 18 or older, and under 68, and resident in the country."),
    ('age >= 60 or sex == "female" and age >= 58', "Aged 60 or older, or (sex: female, and aged 58 or older)."),
    ("disabled", "Recognized as a person with a disability."),
    ("seeks_work", "Seeks work and is available for it."),
    ("16_000", "KES\u00a016,000"),
    ("not receives_pension", "Not: receives another pension."),
    ("not (disabled or pregnant)", "Not: (recognized as a person with a disability, or pregnant)."),
    ("true", "Always."),
    ("contribution_months >= 180", "Months of contribution: at least 180."),
    ("land_area <= 2.5", "Land farmed: at most 2.5 hectares."),
    ("disability_degree >= 66.6%", "Recognized degree of disability: at least 66.6%."),
    ("income <= 1000", "“Income from all sources, a month”: at most KES\u00a01,000."),
    ('contract != "casual"', "Contract of employment: anything but “Casual or by the day”."),
    ('area in ("rural", "camp")', "Kind of area: one of (rural, camp)."),
    ('region not in ("north", "the east")', "“Region or district”: none of (north, “the east”)."),
    ("born < 1960-01-01", "Day of birth: earlier than 1 January 1960."),
    ("delivered_on == today", "Day of the last childbirth: the day of the question."),
    ("monthly_earnings < 0.5 * poverty_line", "“Earnings from work, a month”: less than 50% of “National poverty line, a person and month”."),
    ("any(members, age < 18)", "At least one member of the household is under 18."),
    ("not any(members, age < 18)", "No member of the household is under 18."),
    ("any(members, pregnant)", "At least one member of the household meets this: pregnant."),
    ("all(members, age >= 18 and employed)", "Every member of the household meets this: (aged 18 or older, and in employment)."),
    ("count(members, age < 5) >= 2", "The number of members under 5 is at least 2."),
    ("count(members, disabled) > rooms", "The number of members who meet this: (recognized as a person with a disability) is more than rooms of the dwelling."),
    ("sum(members, contribution_months)", "The sum of months of contribution over all members of the household"),
    ("20 * sum(members, contribution_months, age > 18)", "20 × (the sum of months of contribution over members older than 18)"),
    ("if pregnant then 2 else if disabled then 3 else 4",
     "If pregnant, then 2; otherwise if recognized as a person with a disability, then 3; otherwise 4"),
    ("(rooms + 1.0005) * 2 - -rooms", "(rooms of the dwelling + 1.0005) × 2 − (−rooms of the dwelling)"),
    ("rooms / (rooms * 3)", "Rooms of the dwelling ÷ (rooms of the dwelling × 3)"),
    ("previous_earnings * min(80%, 30% + 1.5% * max(0, contribution_years - 15))",
     "“Previous earnings (average of the reference period), a month” × the lowest of (80%; 30% + 1.5% of the highest of (0; years of contribution − 15))"),
    ("clip(rooms, 1, 5)", "Rooms of the dwelling, but at least 1 and at most 5"),
    ("round(rooms)", "Rooms of the dwelling, rounded to a whole number"),
    ("round(rooms, 2)", "Rooms of the dwelling, rounded to 2 decimals"),
    ("floor(rooms) + abs(rooms)", "(rooms of the dwelling, rounded down to a whole number) + (rooms of the dwelling, without its sign)"),
    ("months(delivered_on, today) < 4", "The completed months from day of the last childbirth to the day of the question is less than 4."),
    ("days(delivered_on, today)", "The days from day of the last childbirth to the day of the question"),
    ("accrual[contribution_years] * 2", "(the value of the table “accrual” for years of contribution) × 2"),
])
def test_a_rule_is_said_in_words(text, said):
    assert in_words(schemes.parse_rule(text, tables=TABLES), currency="KES") == said


def test_inside_another_sentence_there_is_no_capital_and_no_full_stop():
    assert in_words(schemes.parse_rule("resident and age >= 70"), inside=True) == "resident in the country, and aged 70 or older"


def test_an_amount_without_a_currency_is_a_number():
    assert in_words(schemes.parse_rule("income <= 1000")) == "“Income from all sources, a month”: at most 1,000."


def test_a_rule_names_things_in_the_language_spoken():
    with speaking("fr"):
        said = in_words(schemes.parse_rule('area == "rural" and disabled'))
    assert "ype de zone" in said
    assert "econnu" in said
