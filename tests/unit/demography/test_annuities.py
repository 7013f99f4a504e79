"""What payments for life are worth."""

import pytest

from socle.demography import annuity_due, annuity_immediate, assurance, life_table, pure_endowment
from socle.errors import InputError

TABLE = life_table(q=[0.2, 0.5, 1])


def test_an_annuity_by_hand_comes_out():
    """1 now, 1 in a year with 0.8, 1 in two years with 0.4; half is interest."""
    assert annuity_due(TABLE, 0, interest=1.0) == pytest.approx(1 + 0.8 / 2 + 0.4 / 4)
    assert annuity_due(TABLE, 0, interest=1.0, years=2) == pytest.approx(1 + 0.8 / 2)
    assert annuity_due(TABLE, 0, interest=1.0, deferred=1) == pytest.approx(0.8 / 2 + 0.4 / 4)
    assert annuity_immediate(TABLE, 0, interest=1.0) == pytest.approx(0.8 / 2 + 0.4 / 4)


def test_an_assurance_by_hand_comes_out():
    assert assurance(TABLE, 0, interest=1.0) == pytest.approx(0.2 / 2 + 0.4 / 4 + 0.4 / 8)
    assert assurance(TABLE, 0, interest=1.0, years=1) == pytest.approx(0.2 / 2)
    assert pure_endowment(TABLE, 0, interest=1.0, years=2) == pytest.approx(0.4 / 4)


def test_payments_in_parts_of_the_year_follow_the_deaths_in_it():
    assert annuity_due(TABLE, 0, interest=0.0, per_year=2) == pytest.approx((1 + 0.9 + 0.8 + 0.6 + 0.4 + 0.2) / 2)


@pytest.mark.parametrize("wrong", [{"interest": -1}, {"interest": 0.05, "per_year": 0}, {"interest": 0.05, "years": -1}])
def test_what_is_no_annuity_is_refused(wrong):
    with pytest.raises(InputError):
        annuity_due(TABLE, 0, **wrong)


def test_an_age_that_the_table_has_not_is_refused():
    with pytest.raises(InputError, match="no age 7"):
        annuity_due(TABLE, 7, interest=0.05)
