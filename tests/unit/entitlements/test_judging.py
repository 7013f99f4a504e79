"""One person before a scheme: the answer, the amount, the reasons and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from socle import entitlements, schemes
from socle.vocabulary import speaking
from tests.spec.schemes import GOOD, changed
from tests.unit.entitlements.schemes_of_utania import ON, entry, scheme, source, tier

OLD = entry("age >= 70", article="s. 1(1)")
RESIDENT = entry("resident", article="s. 1(2)")
PENSION = scheme(OLD, RESIDENT, tier(amount=100.0))


def judge(scheme, on=ON, **facts):
    return entitlements.judge(scheme, facts, on=on)


def texts(answer, holds=...):
    return [reason.text for reason in answer.reasons if holds is ... or reason.holds is holds]


# -- three answers

def test_who_meets_every_entry_is_entitled_to_the_amount():
    answer = judge(PENSION, age=70, resident=True)
    assert (answer.entitled, answer.amount, answer.currency, answer.per, answer.missing) == (True, 100.0, "USD", "month", ())


def test_one_entry_that_fails_decides_whatever_is_unknown():
    answer = judge(PENSION, age=68)
    assert (answer.entitled, answer.amount, answer.missing) == (False, None, ())


def test_unknown_is_not_false_and_says_what_would_settle_it():
    answer = judge(PENSION, age=70)
    assert (answer.entitled, answer.amount, answer.missing) == (None, None, ("resident",))


def test_a_fact_that_is_null_is_a_fact_that_is_missing():
    assert judge(PENSION, age=70, resident=None) == judge(PENSION, age=70)


def test_what_would_be_paid_is_asked_for_too_while_the_answer_is_open():
    asked = scheme(OLD, tier(share=0.5, of="poverty_line"))
    assert judge(asked).missing == ("age", "poverty_line")
    assert judge(asked, age=71).missing == ("poverty_line",)
    assert judge(asked, age=3).missing == ()
    assert (judge(asked, age=71).entitled, judge(asked, age=71).amount) == (True, None)


def test_a_scheme_that_does_not_say_who_is_entitled_entitles_neither_everyone_nor_no_one():
    answer = judge(scheme(tier(amount=100.0)), age=70)
    assert (answer.entitled, answer.amount) == (None, None)
    assert texts(answer) == ["The scheme does not say who is entitled on this day."]


def test_before_the_law_nobody_can_say_and_afterwards_the_later_entry_counts():
    lowered = entry("age >= 60", part=OLD.part, since=date(2024, 3, 1))
    reformed = scheme(OLD, lowered, tier(amount=100.0))
    assert judge(reformed, on=date(1999, 12, 31), age=71).entitled is None
    assert judge(reformed, on=date(2024, 2, 29), age=65).entitled is False
    assert judge(reformed, on=date(2024, 3, 1), age=65).entitled is True


def test_the_age_follows_from_the_day_of_birth_on_the_day_asked_for():
    assert judge(PENSION, born="1954-03-01", resident=True).entitled is False
    assert judge(PENSION, born=date(1954, 2, 28), resident=True).entitled is True
    assert judge(PENSION, on=date(2024, 2, 29), born="1954-03-01", resident=True).entitled is False
    assert judge(PENSION, on=date(2024, 3, 1), born="1954-03-01", resident=True).entitled is True


# -- the amount

def test_tiers_add_up_and_a_tier_of_its_own_rule_is_paid_to_whom_it_says():
    tiers = scheme(OLD, tier(amount=100.0), tier("care", amount=40.5, where="needs_care"), tier("top", amount=7.0, where="age >= 80"))
    assert judge(tiers, age=70, needs_care=False).amount == 100.0
    assert judge(tiers, age=80, needs_care=True).amount == 147.5
    unknown = judge(tiers, age=70)
    assert (unknown.entitled, unknown.amount, unknown.missing) == (True, None, ("needs_care",))


@pytest.mark.parametrize(("per", "amount"), [("month", 36.5), ("year", 438.0), ("week", 8.4), ("day", 1.2), ("case", 36.5)])
def test_a_share_of_a_monthly_figure_is_paid_for_the_time_of_the_payment(per, amount):
    assert judge(scheme(OLD, tier(share=0.1, of="poverty_line", per=per)), age=70, poverty_line=365).amount == amount


@pytest.mark.parametrize(("earnings", "amount"), [(100, 80.0), (200, 100.0), (900, 300.0), (None, None)])
def test_a_benefit_lies_between_its_floor_and_its_cap(earnings, amount):
    between = scheme(OLD, tier(share=0.5, of="previous_earnings", floor="80", cap="2 * poverty_line"))
    assert judge(between, age=70, previous_earnings=earnings, poverty_line=150).amount == amount


def test_a_formula_never_takes_money_from_a_person():
    tapered = scheme(OLD, tier(formula="50 - monthly_earnings"))
    assert judge(tapered, age=70, monthly_earnings=80).amount == 0.0


@pytest.mark.parametrize(("currency", "amount"), [("USD", 33.33), ("JPY", 33.0), ("KWD", 33.333), (None, 33.33)])
def test_an_amount_is_rounded_to_the_minor_units_of_its_currency(currency, amount):
    assert judge(scheme(OLD, tier(formula="100 / 3"), currency=currency), age=70).amount == amount


@pytest.mark.parametrize(("formula", "amount"), [("1.005", 1.01), ("2.675", 2.68), ("0.125", 0.13), ("0.0149999", 0.01), ("1 / 0", None)])
def test_halves_are_rounded_away_from_zero_and_nothing_divides_by_zero(formula, amount):
    assert judge(scheme(OLD, tier(formula=formula)), age=70).amount == amount


def test_a_tier_whose_amount_the_source_does_not_say_makes_the_sum_unknown():
    gap = schemes.Missing("benefit.care.amount", "The report does not say how much is added for care.", source("p. 7"))
    answer = judge(scheme(OLD, tier(amount=100.0), tier("care"), missing=(gap,)), age=70)
    assert (answer.entitled, answer.amount) == (True, None)
    assert ("The report does not say how much is added for care.", "Pension Act of Utania, p. 7") in [
        (reason.text, str(reason.source)) for reason in answer.reasons]


def test_payments_at_different_intervals_are_no_single_amount():
    answer = judge(scheme(OLD, tier(amount=100.0), tier("grant", amount=500.0, per="case")), age=70)
    assert (answer.entitled, answer.amount, answer.per) == (True, None, None)
    assert "no single amount" in " ".join(texts(answer))


def test_a_table_of_the_scheme_is_read_as_it_stood_on_the_day():
    tables = (schemes.LookupTable("rate", date(2000, 1, 1), source("t. 1"), bands=((75.0, 10.0), (float("inf"), 20.0))),
              schemes.LookupTable("rate", date(2024, 1, 1), source("t. 2"), bands=((75.0, 11.0), (80.0, 22.0))))
    dated = scheme(OLD, tier(formula="rate[age]", tables=tables), tables=tables)
    assert judge(dated, on=date(2023, 12, 31), age=75).amount == 10.0
    assert judge(dated, on=date(2024, 1, 1), age=75).amount == 11.0
    assert judge(dated, on=date(2024, 1, 1), age=76).amount == 22.0
    assert judge(dated, on=date(2024, 1, 1), age=81).amount is None  # no row fits


# -- a tier in a reason

def of_tiers(*tiers, currency="KES", **facts):
    return plain(judge(scheme(OLD, *tiers, currency=currency), age=82, **facts))


def plain(answer):
    return [text.replace("\u00a0", " ") for text in texts(answer)[1:]]


def test_a_tier_without_a_name_is_called_by_whom_it_is_for():
    text = changed(('tier = "basic"\n', 'rule = "age >= 80 and disabled"\n'), text=GOOD + GOOD[GOOD.index("[[benefit]]"):].replace(
        'tier = "basic"\n', ""))
    told = plain(judge(schemes.parse(text).required(), age=82, disabled=True))
    assert told == ["Aged 80 or older, and recognized as a person with a disability: USD 100 a month.", "Benefit: USD 100 a month."]


def test_a_reason_rounds_no_amount_of_the_file():
    assert of_tiers(tier("a", amount=1.005), tier("b", amount=1250.5), tier("c", amount=100.0)) == [
        "a: KES 1.005 a month.", "b: KES 1,250.50 a month.", "c: KES 100 a month."]


def test_what_comes_out_of_a_formula_has_its_decimals_as_long_as_they_end():
    assert of_tiers(tier("a", share=0.1, of="poverty_line"), tier("b", formula="100 / 3"), tier("c", formula="0.1 * 3"),
                    poverty_line=33.335) == ["a: KES 3.3335 a month.", "b: KES 33.33 a month.", "c: KES 0.30 a month."]


# -- households

CHILDREN = scheme(entry("any(members, age < 18) and household_income < household_size * poverty_line"),
                  tier(formula="20 * count(members, age < 18)"), unit="household")


def test_a_household_is_judged_by_its_members():
    members = [{"age": 30, "income": 90}, {"age": 7, "income": 0}, {"born": "2020-05-05", "income": 0}]
    answer = judge(CHILDREN, members=members, poverty_line=50)
    assert (answer.entitled, answer.amount) == (True, 40.0)
    assert judge(CHILDREN, members=members, poverty_line=30).entitled is False


def test_a_member_of_unknown_age_leaves_the_answer_open_only_where_it_matters():
    known = judge(CHILDREN, members=[{"age": 7}, {}], household_income=10, poverty_line=50)
    assert (known.entitled, known.amount, known.missing) == (True, None, ("age",))
    assert judge(CHILDREN, members=[{"age": 40}, {}], household_income=10, poverty_line=50).entitled is None
    assert judge(CHILDREN, members=[{"age": 40}], household_income=10, poverty_line=50).entitled is False


def test_a_household_of_which_nobody_says_who_lives_there_is_unknown():
    answer = judge(CHILDREN, household_income=10, household_size=3, poverty_line=50)
    assert (answer.entitled, answer.missing) == (None, ("members",))


# -- reasons

def test_a_refused_person_hears_every_entry_with_its_article_and_source():
    answer = judge(PENSION, age=68, resident=True)
    assert [(reason.text, reason.article, str(reason.source), reason.holds) for reason in answer.reasons] == [
        ("You must be 70 or older; you are 68.", "s. 1(1)", "Pension Act of Utania, s. 1(1)", False),
        ("Resident in the country: this is required; the answer is yes.", "s. 1(2)", "Pension Act of Utania, s. 1(2)", True)]


@pytest.mark.parametrize(("text", "facts", "said"), [
    ("age >= 70", {}, "You must be 70 or older; your age is not known."),
    ("70 <= age", {"age": 69}, "You must be 70 or older; you are 69."),
    ("age > 70", {"age": 69}, "You must be older than 70; you are 69."),
    ("age < 18", {"age": 69}, "You must be younger than 18; you are 69."),
    ("age <= 18", {"age": 69}, "You must be 18 or younger; you are 69."),
    ("age <= 18", {}, "You must be 18 or younger; your age is not known."),
    ("years(born, today) >= 60", {"born": "1990-01-01"}, "You must be 60 or older; you are 34."),
    ("not age < 60", {"age": 69}, "You must be 60 or older; you are 69."),
    ("age != 60", {"age": 60}, "Age in completed years: anything but 60 is required; it is 60."),
    ("not disabled", {"disabled": True}, "Recognized as a person with a disability: this excludes; the answer is yes."),
    ("disabled", {}, "Recognized as a person with a disability: this is required; the answer is not known."),
    ("disability_degree >= 66.6%", {"disability_degree": 0.5}, "Recognized degree of disability: at least 66.6% is required; it is 50%."),
    ('area == "rural"', {"area": "urban"}, "Kind of area: Rural is required; it is Urban."),
    ('area != "camp"', {"area": "camp"}, "Kind of area: anything but Camp is required; it is Camp."),
    ('region in ("north", "east")', {"region": "south"}, "Region or district: one of north, east is required; it is south."),
    ('region not in ("north", "east")', {"region": "east"}, "Region or district: none of north, east is allowed; it is east."),
    ('region in ("north", "east")', {}, "Region or district: one of north, east is required; it cannot be said (not known: Region or district)."),
    ("monthly_earnings < 0.5 * poverty_line", {"monthly_earnings": 1200, "poverty_line": 200},
     "Earnings from work, a month: less than 50% of “National poverty line, a person and month” (100) is required; it is 1,200."),
    ("born < 1960-01-01", {"born": "1970-12-31"}, "Day of birth: earlier than 1 January 1960 is required; it is 31 December 1970."),
    ("monthly_earnings / contribution_months > 3", {"monthly_earnings": 7, "contribution_months": 0},
     "“Earnings from work, a month” ÷ months of contribution: more than 3 is required; it cannot be said (no figure comes out)."),
    ("disabled or age >= 70", {"disabled": False, "age": 60},
     "One of these is enough: (1) Recognized as a person with a disability: this is required; the answer is no. "
     "(2) You must be 70 or older; you are 60."),
    ("not (disabled or pregnant)", {"disabled": False, "pregnant": True}, "Pregnant: this excludes; the answer is yes."),
    ("age >= 18 and age < 60 and employed", {"age": 61, "employed": True}, "You must be younger than 60; you are 61."),
    ("any(members, disabled)", {"members": [{"disabled": False}]},
     "Required: at least one member of the household meets this: recognized as a person with a disability. It does not hold."),
    ("all(members, age >= 18)", {"members": [{"age": 18}, {"age": 3}]},
     "Required: every member of the household is aged 18 or older. It does not hold."),
    ("all(members, age >= 18)", {"members": [{"age": 18}, {}]},
     "Required: every member of the household is aged 18 or older. It cannot be said (not known: Age in completed years of member 2)."),
    ("count(members, age < 5) >= 1", {"members": [{"age": 18}]},
     "The number of members under 5: at least 1 is required; it is 0."),
    ("if employed then age >= 60 else disabled", {"employed": False, "disabled": False},
     "Required: if in employment, then aged 60 or older; otherwise recognized as a person with a disability. It does not hold."),
])
def test_an_entry_is_told_in_words_with_what_is_known(text, facts, said):
    answer = entitlements.judge(scheme(entry(text), tier(amount=1.0)), facts, on=ON)
    assert texts(answer)[0] == said


def test_a_reason_names_things_in_the_language_spoken():
    with speaking("fr"):
        answer = entitlements.judge(scheme(entry('area == "rural"'), tier(amount=1.0)), {"area": "urban"}, on=ON)
    assert "Type de zone" in answer.reasons[0].text
    assert "Urbaine" in answer.reasons[0].text


def test_who_is_entitled_hears_what_each_tier_pays():
    answer = judge(scheme(OLD, tier(amount=1100.0), tier("care", amount=40.5, where="needs_care")), age=70, needs_care=True)
    assert texts(answer)[1:] == ["base: USD\u00a01,100 a month.", "care: USD\u00a040.50 a month."]


def test_who_is_entitled_hears_for_how_long_and_from_when():
    answer = judge(scheme(OLD, tier(amount=90.0, months=4.0, waiting_days=7)), age=70)
    assert texts(answer)[1:] == ["base: USD\u00a090 a month, for 4 months at most. It is paid from day 8 on."]


def test_a_tier_that_cannot_be_counted_names_what_is_not_known():
    answer = judge(scheme(OLD, tier(share=0.5, of="poverty_line")), age=70)
    assert texts(answer)[1:] == ["base: how much it is cannot be said (not known: National poverty line, a person and month)."]


def test_an_answer_cannot_be_changed():
    with pytest.raises(AttributeError):
        judge(PENSION).entitled = True
