"""The years between two counts."""

import numpy as np
import pytest

from socle.demography import between_counts
from socle.errors import InputError


def cohorts(years, *, growth=0.0):
    """Everybody lives to 100 and each year has ``exp(growth)`` times the births of the year before."""
    return np.stack([np.tile(1000 * np.exp(growth * (year - np.arange(101))), (2, 1)) for year in years])


def test_a_cohort_is_followed_from_count_to_count():
    counts = cohorts((0, 5))
    counts[0, :, 20] *= 2       # one large cohort, aged 20, 25 at the next count
    counts[1, :, 25] *= 2
    made = between_counts(counts, (2020, 2025), (2022,))
    assert made[0, 0, 22] == pytest.approx(2 * made[0, 0, 40])
    assert made[0, 0, 20] == pytest.approx(made[0, 0, 40])


def test_the_counts_themselves_stay_as_they_are():
    counts = cohorts((0, 5, 10), growth=0.02)
    assert np.array_equal(between_counts(counts, (2020, 2025, 2030), (2030, 2020)), counts[[2, 0]])


def test_births_that_grow_at_one_rate_are_found_again():
    truth = cohorts(range(11), growth=0.02)
    made = between_counts(truth[::5], (2020, 2025, 2030), range(2020, 2031))
    assert made[:, :, :100] == pytest.approx(truth[:, :, :100], rel=1e-9)


def test_mortality_that_rises_with_age_is_followed_closely():
    force = 0.0002 * 2 ** (np.arange(101) / 8)
    stationary = np.tile(1e8 * np.exp(-np.cumsum(force)), (2, 1))
    made = between_counts(np.stack([stationary, stationary]), (2020, 2025), range(2020, 2026))
    assert np.abs(made[:, :, :86] / stationary[:, :86] - 1).max() < 0.005


@pytest.mark.parametrize("year", [2019, 2026])
def test_a_year_outside_the_counts_is_refused(year):
    with pytest.raises(InputError, match=str(year)):
        between_counts(cohorts((0, 5)), (2020, 2025), (year,))


def test_a_gap_of_more_than_ten_years_is_not_filled():
    with pytest.raises(InputError, match="Between 2020 and 2031"):
        between_counts(cohorts((0, 11)), (2020, 2031), (2025,))


def test_the_years_of_a_wide_gap_are_not_needed_for_its_ends():
    assert between_counts(cohorts((0, 50)), (2020, 2070), (2020, 2070)).shape == (2, 2, 101)


def test_nobody_stays_nobody():
    assert between_counts(np.zeros((2, 2, 101)), (2020, 2025), range(2020, 2026)).sum() == 0
