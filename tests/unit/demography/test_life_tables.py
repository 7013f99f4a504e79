"""Life tables from probabilities, from rates, from a law."""

import numpy as np
import pytest

from socle.demography import Makeham, life_table
from socle.errors import InputError

LAW = Makeham(0.0003, 3e-5, 1.1)


def test_a_table_by_hand_comes_out():
    """Ten births: two die in the first year, four in the second, the others in the third."""
    table = life_table(q=[0.2, 0.5, 1], radix=10)
    assert table.l.tolist() == [10, 8, 4]
    assert table.d.tolist() == [2, 4, 4]
    assert table.L.tolist() == [9, 6, 2]
    assert table.T.tolist() == [17, 8, 2]
    assert table.e.tolist() == [1.7, 1.0, 0.5]


def test_infants_who_die_have_lived_as_long_as_is_said():
    table = life_table(q=[0.2, 0.5, 1], radix=10, infant=0.1)
    assert table.L[0] == pytest.approx(8 + 0.1 * 2)


def test_rates_and_probabilities_make_the_same_table():
    by_q = life_table(law=LAW, last_age=110)
    by_m = life_table(m=by_q.m)
    assert by_m.q[:90] == pytest.approx(by_q.q[:90], rel=2e-3)
    assert by_m.e[0] == pytest.approx(by_q.e[0], abs=0.01)


def test_a_law_agrees_with_its_force_of_mortality():
    table = life_table(law=LAW)
    assert -np.diff(np.log(table.l))[50] == pytest.approx(float(LAW.force(50.5)), rel=2e-3)
    assert float(LAW.survival(30, 0)) == 1


def test_a_constant_force_gives_the_expectation_of_an_exponential():
    table = life_table(law=Makeham(0.05, 1e-30, 1.01), last_age=130)
    assert table.e[0] == pytest.approx(1 / 0.05, rel=0.01)


def test_a_table_may_begin_later_than_at_birth():
    table = life_table(law=LAW, first_age=40)
    assert table.ages[0] == 40
    assert table.expectation(40) == pytest.approx(life_table(law=LAW).expectation(40))


def test_parts_of_a_year_follow_the_assumption():
    even = life_table(q=[0.5, 1], within="uniform_deaths")
    steady = life_table(q=[0.5, 1], within="constant_force")
    assert even.survival(0, 0.5) == pytest.approx(0.75)
    assert steady.survival(0, 0.5) == pytest.approx(0.5 ** 0.5)
    assert even.survival(0, [0, 1, 2, 7]).tolist() == [1, 0.5, 0, 0]


def test_an_age_beyond_the_table_is_refused_with_those_there_are():
    with pytest.raises(InputError) as refusal:
        life_table(q=[0.5, 1]).expectation(2)
    assert "0 to 1" in refusal.value.remedy


@pytest.mark.parametrize("given", [{}, {"q": [0.1], "m": [0.1]}, {"q": [0.1, 1.2]}, {"q": [np.nan, 1]}, {"m": [-0.1, 1]}, {"q": []},
                                   {"m": [0.1, 0]}, {"q": [[0.1]]}])
def test_what_makes_no_table_is_refused(given):
    with pytest.raises(InputError):
        life_table(**given)


@pytest.mark.parametrize("parameters", [(0, 0, 1.1), (0, 1e-5, 1), (-1, 1e-5, 1.1)])
def test_parameters_that_make_no_law_are_refused(parameters):
    with pytest.raises(InputError, match="law"):
        Makeham(*parameters)
