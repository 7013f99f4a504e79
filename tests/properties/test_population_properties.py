"""What holds for any age groups and any two counts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from socle.demography import FIVES, between_counts, graduate

COUNTS = st.one_of(st.just(0.0), st.floats(0.001, 1e9))
GROUPS = arrays(np.float64, 21, elements=COUNTS)


@given(GROUPS, st.sampled_from(["log_smooth", "sprague", "uniform"]))
@settings(max_examples=150, deadline=None)
def test_graduation_keeps_every_total_and_makes_no_age_negative(groups, method):
    made = graduate(groups, method=method)
    assert (made >= 0).all()
    assert np.isfinite(made).all()
    assert np.allclose(np.add.reduceat(made, FIVES), groups, rtol=1e-12, atol=0)


@given(st.data(), st.lists(st.integers(1, 100), min_size=0, max_size=30, unique=True))
@settings(max_examples=60, deadline=None)
def test_groups_of_any_widths_keep_their_totals(data, starts):
    first = (0, *sorted(starts))
    groups = data.draw(arrays(np.float64, len(first), elements=COUNTS))
    made = graduate(groups, starts=first)
    assert (made >= 0).all()
    assert np.allclose(np.add.reduceat(made, first), groups, rtol=1e-12, atol=0)


@given(GROUPS, st.floats(1e-3, 1e3))
@settings(max_examples=40, deadline=None)
def test_uniform_graduation_of_more_persons_is_as_many_times_more(groups, times):
    assert np.allclose(graduate(groups * times, method="uniform"), graduate(groups, method="uniform") * times)


@given(arrays(np.float64, (2, 2, 101), elements=st.one_of(st.just(0.0), st.floats(0.01, 1e7))), st.integers(2, 10))
@settings(max_examples=60, deadline=None)
def test_no_year_between_counts_has_less_than_nobody(counts, apart):
    made = between_counts(counts, (2000, 2000 + apart), range(2000, 2001 + apart))
    assert (made >= 0).all()
    assert np.isfinite(made).all()
    assert np.array_equal(made[[0, -1]], counts)
