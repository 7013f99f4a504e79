"""A scheme in cells of age and sex: what is assumed, what is said of it, and what cannot be said."""

from __future__ import annotations

import ibis
import numpy as np
import pytest

from socle import entitlements
from socle.errors import InputError
from socle.schemes import Assumption
from tests.unit.entitlements.schemes_of_utania import ON, entry, scheme, source, tier

FEMALE, MALE = 0, 1


def assume(fact, **what):
    return Assumption(fact, source("annex"), **what)


def test_age_and_sex_are_known_in_a_cell():
    cells = entitlements.cells(scheme(entry('age >= 65 or (sex == "female" and age >= 60)'), tier(amount=100.0)), on=ON)
    assert cells.share[FEMALE, 59:66].tolist() == [0, 1, 1, 1, 1, 1, 1]
    assert cells.share[MALE, 59:66].tolist() == [0, 0, 0, 0, 0, 0, 1]
    assert cells.amount[MALE, 70] == 100
    assert np.isnan(cells.amount[MALE, 64])
    assert (cells.currency, cells.per, cells.missing, cells.notes) == ("USD", "month", (), ())


def test_two_facts_are_taken_as_independent_and_that_is_said():
    made = scheme(entry("disabled and resident"), tier(amount=1.0), assumptions=(assume("disabled", share=0.1), assume("resident", share=0.5)))
    cells = entitlements.cells(made, on=ON)
    np.testing.assert_allclose(cells.share, 0.05)
    assert any("independent" in note for note in cells.notes)
    alone = entitlements.cells(scheme(entry("disabled"), tier(amount=1.0), assumptions=(assume("disabled", share=0.1),)), on=ON)
    assert not any("independent" in note for note in alone.notes)
    assert any("assumptions" in note for note in alone.notes)


def test_without_an_assumption_a_cell_is_neither_nobody_nor_everybody():
    cells = entitlements.cells(scheme(entry("age >= 60 and resident"), tier(amount=1.0)), on=ON)
    assert (cells.share[:, :60] == 0).all()
    assert np.isnan(cells.share[:, 60:]).all()
    assert cells.missing == ("resident",)


def test_an_assumption_speaks_of_its_ages_and_its_sex_alone():
    made = scheme(entry("disabled"), tier(amount=1.0), assumptions=(
        assume("disabled", share=0.2, ages=(0, 120)), assume("disabled", share=0.4, sex="female", ages=(60, 69))))
    cells = entitlements.cells(made, on=ON)
    assert cells.share[FEMALE, [59, 60, 69, 70]].tolist() == [0.2, 0.4, 0.4, 0.2]
    assert cells.share[MALE, [59, 60, 69, 70]].tolist() == [0.2, 0.2, 0.2, 0.2]


def test_the_latest_assumption_of_the_year_is_taken():
    made = scheme(entry("disabled"), tier(amount=1.0), assumptions=(
        assume("disabled", share=0.3, since=2030), assume("disabled", share=0.1), assume("disabled", share=0.2, since=2025)))
    assert [entitlements.cells(made, on=ON, year=year).share[0, 0] for year in (2024, 2025, 2029, 2030)] == [0.1, 0.2, 0.2, 0.3]


def test_a_number_is_the_same_for_everybody_of_a_cell_and_that_is_said():
    made = scheme(entry("true"), tier(formula="0.4 * previous_earnings"), assumptions=(assume("previous_earnings", value=1000.0),))
    cells = entitlements.cells(made, on=ON)
    assert (cells.amount == 400).all()
    assert any("same for everybody" in note for note in cells.notes)


def test_the_amount_is_the_average_of_the_entitled_alone():
    made = scheme(entry("resident"), tier(amount=100.0), tier("more", amount=50.0, where="disabled"),
                  assumptions=(assume("disabled", share=0.2), assume("resident", share=0.5)))
    cells = entitlements.cells(made, on=ON)
    np.testing.assert_allclose(cells.share, 0.5)
    np.testing.assert_allclose(cells.amount, 110)


def test_codes_have_shares_and_what_they_leave_is_unknown():
    made = scheme(entry('area == "rural"'), tier(amount=1.0))
    whole = entitlements.cells(scheme(*made.eligibility, *made.benefits, assumptions=(assume("area", shares={"rural": 0.6, "urban": 0.4}),)), on=ON)
    part = entitlements.cells(scheme(*made.eligibility, *made.benefits, assumptions=(assume("area", shares={"rural": 0.6}),)), on=ON)
    np.testing.assert_allclose(whole.share, 0.6)
    assert np.isnan(part.share).all()
    assert part.missing == ("area",)


def test_a_fact_follows_from_what_is_assumed():
    made = scheme(entry("orphan"), tier(amount=1.0), assumptions=(assume("lost_father", share=0.1), assume("lost_mother", share=0.1)))
    np.testing.assert_allclose(entitlements.cells(made, on=ON).share, 0.19)


def test_a_fact_of_the_country_is_given():
    made = scheme(entry("age >= 60"), tier(share=0.4, of="poverty_line"))
    assert entitlements.cells(made, on=ON, facts={"poverty_line": 50.0}).amount[0, 60] == 20
    without = entitlements.cells(made, on=ON)
    assert np.isnan(without.amount).all()
    assert without.missing == ("poverty_line",)


def test_a_day_of_birth_is_taken_from_the_age_and_that_is_said():
    cells = entitlements.cells(scheme(entry("years(born, today) >= 60"), tier(amount=1.0)), on=ON)
    assert cells.share[0, [59, 60]].tolist() == [0, 1]
    assert any("day of birth" in note for note in cells.notes)


def test_of_members_a_cell_knows_nothing_but_how_many_are_assumed():
    asked = scheme(entry("count(members, age < 18) > 0"), tier(amount=1.0), unit="household")
    assert entitlements.cells(asked, on=ON).missing == ("members",)
    size = scheme(entry("count(members, true) > 4"), tier(amount=1.0), unit="household", assumptions=(assume("household_size", value=5.0),))
    assert (entitlements.cells(size, on=ON).share == 1).all()


def test_more_states_than_can_be_gone_through_are_refused():
    truths = ("disabled", "resident", "citizen", "employed", "unemployed", "retired", "insured", "pregnant", "needs_care", "dependent",
              "dismissed", "seeks_work", "registered")
    made = scheme(entry(" or ".join(truths)), tier(amount=1.0), assumptions=tuple(assume(name, share=0.1) for name in truths))
    with pytest.raises(InputError, match="13 facts"):
        entitlements.cells(made, on=ON)


def test_a_population_drawn_by_the_assumptions_comes_to_the_same_within_the_error_of_a_sample():
    made = scheme(entry("age >= 60 and (disabled or resident)"), tier(amount=100.0), tier("care", amount=40.0, where="disabled"),
                  assumptions=(assume("disabled", share=0.3), assume("resident", share=0.6)))
    draw, persons = np.random.default_rng(4), 40_000
    table = ibis.memtable({"age": np.full(persons, 65), "disabled": draw.random(persons) < 0.3, "resident": draw.random(persons) < 0.6})
    answer = ibis.duckdb.connect().to_pyarrow(entitlements.judge_rows(made, table, on=ON).select("entitled", "amount"))
    entitled, amount = np.array(answer["entitled"].to_pylist()), answer["amount"].drop_null().to_numpy()
    cells = entitlements.cells(made, on=ON)
    assert abs(entitled.mean() - cells.share[0, 65]) < 4 * np.sqrt(0.72 * 0.28 / persons)
    assert abs(amount.mean() - cells.amount[0, 65]) < 4 * amount.std() / np.sqrt(len(amount))
