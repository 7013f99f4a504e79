"""A population a year later, by cohort components."""

import numpy as np
import pytest

from socle.demography import Components, Makeham, fertility_by_age, life_table, project_population, survival_ratios
from socle.errors import InputError
from socle.tables import LAST_AGE, Population
from socle.vocabulary import Source

NOBODY_DIES = np.ones((2, 101))
ALL_LIVE = np.ones(2)
NO_BIRTHS = np.zeros(101)


@pytest.fixture
def people():
    persons = np.zeros((1, 2, 101))
    persons[0, :, :80] = 1000
    return Population("XUT", (2024,), persons, Source("an example"))


def test_everybody_is_a_year_older_a_year_later(people):
    made = project_population(people, Components(NOBODY_DIES, ALL_LIVE, NO_BIRTHS), to=2025).population
    assert made.persons[1, :, 1:81].tolist() == people.persons[0, :, :80].tolist()
    assert made.persons[1, :, 0].tolist() == [0, 0]


def test_those_of_a_hundred_and_over_stay_together(people):
    made = project_population(people, Components(NOBODY_DIES, ALL_LIVE, NO_BIRTHS), to=2124).population
    assert made.persons[-1, :, LAST_AGE].tolist() == [80_000, 80_000]


def test_births_are_those_of_the_women_of_the_middle_of_the_year(people):
    fertility = np.zeros(101)
    fertility[30] = 0.1
    made = project_population(people, Components(NOBODY_DIES, ALL_LIVE, fertility, sex_ratio=1.0), to=2025)
    assert made.births.tolist() == [[50, 50]]
    assert made.population.persons[1, :, 0].tolist() == [50, 50]
    assert made.population.births.tolist() == [100, 100]


def test_more_boys_than_girls_are_born(people):
    fertility = np.zeros(101)
    fertility[30] = 0.1
    made = project_population(people, Components(NOBODY_DIES, ALL_LIVE, fertility), to=2025)
    assert made.births[0, 1] / made.births[0, 0] == pytest.approx(1.05)


def test_newborns_die_at_their_own_rate(people):
    fertility = np.zeros(101)
    fertility[30] = 0.1
    made = project_population(people, Components(NOBODY_DIES, np.array([0.9, 0.8]), fertility, sex_ratio=1.0), to=2025)
    assert made.population.persons[1, :, 0].tolist() == pytest.approx([45, 40])
    assert made.deaths.tolist() == [pytest.approx([5, 10])]


def test_half_of_those_who_come_share_the_mortality_of_the_year(people):
    half_die = np.full((2, 101), 0.5)
    migration = np.zeros((2, 101))
    migration[0, 20] = 100
    before = project_population(people, Components(half_die, ALL_LIVE, NO_BIRTHS), to=2025).population.persons[1]
    after = project_population(people, Components(half_die, ALL_LIVE, NO_BIRTHS, migration), to=2025).population.persons[1]
    assert (after - before)[0, [20, 21]].tolist() == [50, 25]


def test_components_may_change_from_year_to_year(people):
    survival = np.stack([NOBODY_DIES, np.full((2, 101), 0.5)])
    made = project_population(people, Components(survival, ALL_LIVE, NO_BIRTHS), to=2026).population
    assert made.total().tolist() == [160_000, 160_000, 80_000]


def test_a_life_table_gives_its_own_stationary_population_back():
    table = life_table(law=Makeham(0.0003, 3e-5, 1.1))
    ratios, newborn = survival_ratios(table)
    stationary = np.append(table.L[:100], table.T[100])
    persons = np.tile(stationary, (2, 1))[None]
    base = Population("XUT", (2024,), persons, Source("an example"))
    births = table.l[0] / stationary[25] * (np.arange(101) == 25) * 2
    components = Components(np.stack([ratios, ratios]), np.array([newborn, newborn]), births, sex_ratio=1.0)
    made = project_population(base, components, to=2034).population
    assert made.persons[-1] == pytest.approx(persons[0], rel=1e-9)


def test_a_table_that_ends_at_a_hundred_gives_its_last_two_ages_one_ratio():
    ratios, _ = survival_ratios(life_table(m=np.full(101, 0.05)))
    assert ratios[99] == ratios[100]
    assert 0.9 < ratios[100] < 1


def test_a_table_that_is_too_short_is_refused():
    with pytest.raises(InputError, match="from 0 to 90"):
        survival_ratios(life_table(m=np.full(91, 0.05)))


def test_fertility_sums_to_the_children_of_a_woman():
    made = fertility_by_age(4.2, mean=28, spread=6)
    assert made.sum() == pytest.approx(4.2)
    assert made[:15].sum() == made[50:].sum() == 0
    assert np.argmax(made) in (27, 28)


def test_more_cannot_leave_than_there_are(people):
    migration = np.zeros((2, 101))
    migration[1, 40] = -5000
    with pytest.raises(InputError, match="age 40"):
        project_population(people, Components(NOBODY_DIES, ALL_LIVE, NO_BIRTHS, migration), to=2025)


@pytest.mark.parametrize("wrong", [{"survival": NOBODY_DIES * 1.1}, {"survival": np.ones((3, 101))}, {"fertility": -np.ones(101)},
                                   {"newborn": np.array([np.nan, 1])}])
def test_components_that_are_no_shares_are_refused(people, wrong):
    with pytest.raises(InputError):
        project_population(people, Components(**{"survival": NOBODY_DIES, "newborn": ALL_LIVE, "fertility": NO_BIRTHS, **wrong}), to=2025)


def test_the_past_is_not_projected(people):
    with pytest.raises(InputError, match="2023"):
        project_population(people, Components(NOBODY_DIES, ALL_LIVE, NO_BIRTHS), to=2023)
