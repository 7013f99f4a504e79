"""Published figures of population and life contingencies (design/methods.md, section 3).

Of the period life tables of the United States of 1970 only what follows from the published q0 alone is tested here (l1): the tables
themselves are not part of the project, so that e0 (67.15 for men, 74.86 for women) is not.
"""

import pytest

from socle.demography import Makeham, annuity_due, assurance, life_table

#: Dickson, Hardy, Waters, Actuarial Mathematics for Life Contingent Risks: the Standard Ultimate Survival Model at 5 per cent.
ULTIMATE = life_table(law=Makeham(0.00022, 2.7e-6, 1.124), first_age=20)


@pytest.mark.parametrize(("age", "published", "decimals"),
                         [(20, 19.966, 3), (40, 18.4578, 4), (60, 14.9041, 4), (65, 13.5498, 4), (80, 8.548, 3)])
def test_the_annuities_of_the_standard_ultimate_survival_model_come_out(age, published, decimals):
    assert round(annuity_due(ULTIMATE, age, interest=0.05), decimals) == published


def test_the_whole_life_assurance_at_65_comes_out():
    assert round(assurance(ULTIMATE, 65, interest=0.05), 5) == 0.35477


def test_the_quarterly_annuity_at_20_comes_out():
    assert round(annuity_due(ULTIMATE, 20, interest=0.05, per_year=4), 3) == 19.588


def test_the_survivors_of_the_first_year_in_the_united_states_of_1970_come_out():
    men = life_table(q=[0.022458, 1])
    assert round(men.l[1]) == 97_754
    assert men.d[0] == pytest.approx(2245.8)
