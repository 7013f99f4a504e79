"""Who works or seeks work."""

import numpy as np
import pytest

from socle.demography import by_age, labour_force
from socle.errors import InputError
from socle.tables import Population
from socle.vocabulary import Source

PEOPLE = Population("XUT", (2024, 2025), np.full((2, 2, 101), 100.0), Source("an example"))


def test_a_labour_force_by_hand_comes_out():
    made = labour_force(PEOPLE, participation=by_age({(15, 24): 0.4, (25, 64): (0.5, 0.9)}), unemployment=0.1)
    assert made.active[0].sum() == pytest.approx(2 * 10 * 40 + 40 * 50 + 40 * 90)
    assert made.unemployed[0, 1, 30] == pytest.approx(9)
    assert made.employed[0, 0, 20] == pytest.approx(36)
    assert made.unemployment().tolist() == pytest.approx([0.1, 0.1])
    assert made.participation(PEOPLE, first=15, last=64)[0] == pytest.approx(6400 / 10_000)


def test_shares_may_change_from_year_to_year():
    shares = np.stack([by_age({(15, 64): 0.5}), by_age({(15, 64): 0.6})])
    made = labour_force(PEOPLE, participation=shares)
    assert made.active.sum(axis=(1, 2)).tolist() == [5000, 6000]


def test_without_a_labour_force_its_unemployment_cannot_be_said():
    assert np.isnan(labour_force(PEOPLE, participation=0.0).unemployment()).all()


@pytest.mark.parametrize("bands", [{(15, 24): 0.4, (20, 30): 0.5}, {(24, 15): 0.4}, {(-1, 4): 0.1}])
def test_ages_that_are_given_twice_or_backwards_are_refused(bands):
    with pytest.raises(InputError):
        by_age(bands)


@pytest.mark.parametrize("wrong", [1.5, -0.1, np.nan, np.ones((3, 101))])
def test_what_is_no_share_is_refused(wrong):
    with pytest.raises(InputError):
        labour_force(PEOPLE, participation=wrong)
