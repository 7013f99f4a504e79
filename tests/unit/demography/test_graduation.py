"""Age groups become single ages."""

import numpy as np
import pytest

from socle.demography import FIVES, graduate
from socle.errors import InputError

GROUPS = np.array([3300, 3000, 2700, 2300, 2000, 1700, 1400, 1150, 950, 780, 640, 510, 400, 300, 210, 130, 70, 30, 9, 2, .4]) * 1000


def in_groups(ages, starts=FIVES):
    return np.add.reduceat(ages, starts, axis=-1)


@pytest.mark.parametrize("method", ["log_smooth", "sprague", "uniform"])
def test_every_method_keeps_the_total_of_every_group(method):
    assert in_groups(graduate(GROUPS, method=method)) == pytest.approx(GROUPS)


def test_what_grows_at_one_rate_is_found_again_exactly():
    """A straight line of logarithms does not bend at all: nothing bends less."""
    ages = 1e5 * np.exp(-0.03 * np.arange(105))
    assert graduate(in_groups(ages))[:100] == pytest.approx(ages[:100], rel=1e-9)


def test_the_shape_of_a_life_table_is_found_again_within_a_per_cent():
    """Gompertz: the force of mortality doubles every eight years."""
    force = 0.00005 * 2 ** (np.arange(111) / 8)
    ages = 1e5 * np.exp(-np.cumsum(force))
    closed = np.append(ages[:100], ages[100:].sum())
    made = graduate(in_groups(closed))
    assert np.abs(made[:90] / closed[:90] - 1).max() < 0.01
    assert np.abs(graduate(in_groups(closed), method="uniform")[:90] / closed[:90] - 1).max() > 0.2


def test_there_is_no_step_where_two_groups_meet():
    made = graduate(GROUPS)
    bends = np.abs(np.diff(np.log(made[:95]), 2))
    even = np.abs(np.diff(np.log(graduate(GROUPS, method="uniform")[:95]), 2))
    assert bends.max() < even.max() / 5


def test_many_populations_at_once_are_each_alone():
    many = np.stack([GROUPS, GROUPS[::-1], GROUPS * 1e-6]).reshape(3, 1, 21)
    made = graduate(many)
    assert made.shape == (3, 1, 101)
    assert made[1, 0] == pytest.approx(graduate(GROUPS[::-1]), rel=1e-6)


def test_groups_of_any_width_can_be_given():
    starts = (0, 1, 5, 15, 65, 85)
    ages = 1e5 * np.exp(-0.03 * np.arange(105))
    made = graduate(in_groups(ages, starts), starts=starts)
    assert in_groups(made, starts) == pytest.approx(in_groups(ages, starts))
    assert made[:100] == pytest.approx(ages[:100], rel=1e-6)


def test_single_ages_stay_as_they_are():
    ages = 1e5 * np.exp(-0.03 * np.arange(101))
    assert graduate(ages, starts=range(101)) == pytest.approx(ages)


@pytest.mark.parametrize("groups", [np.zeros(21), np.eye(21)[0] * 7, np.eye(21)[20] * 7, np.tile([1e9, 0, 1], 7)])
def test_empty_and_ragged_groups_are_kept_too(groups):
    made = graduate(groups)
    assert (made >= 0).all()
    assert in_groups(made) == pytest.approx(groups)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_less_than_nobody_is_refused(wrong):
    groups = GROUPS.copy()
    groups[3] = wrong
    with pytest.raises(InputError):
        graduate(groups)


def test_sprague_is_refused_for_other_groups_than_of_five():
    with pytest.raises(InputError, match="Sprague"):
        graduate([1.0, 2.0], starts=(0, 50), method="sprague")


def test_a_method_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(InputError) as refusal:
        graduate(GROUPS, method="beers")
    assert "log_smooth" in refusal.value.remedy


def test_sprague_gives_the_quarters_that_were_tabulated():
    """A straight line stays straight: the multipliers reproduce polynomials up to the fourth degree."""
    line = 1000 - 8 * np.arange(101.0)
    groups = in_groups(line)
    assert graduate(groups, method="sprague")[:100] == pytest.approx(line[:100])
