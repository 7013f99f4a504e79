"""What holds for any age groups and any two counts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from socle.demography import (
    FIVES,
    Components,
    annuity_due,
    assurance,
    between_counts,
    graduate,
    labour_force,
    life_table,
    project_population,
)
from socle.tables import Population
from socle.vocabulary import Source

COUNTS = st.one_of(st.just(0.0), st.floats(0.001, 1e9))
GROUPS = arrays(np.float64, 21, elements=COUNTS)


@given(GROUPS, st.sampled_from(["log_smooth", "sprague", "uniform"]))
@settings(max_examples=60, deadline=None)
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


SHARES = st.floats(0, 1)
PEOPLE = arrays(np.float64, (1, 2, 101), elements=st.floats(0, 1e6))
BY_AGE = arrays(np.float64, (2, 101), elements=SHARES)


def population(persons):
    return Population("XUT", (2024,), persons, Source("drawn"))


@given(PEOPLE, st.integers(1, 120))
@settings(max_examples=25, deadline=None)
def test_where_nobody_dies_is_born_or_moves_nobody_is_lost(persons, years):
    components = Components(np.ones((2, 101)), np.ones(2), np.zeros(101))
    made = project_population(population(persons), components, to=2024 + years).population
    assert np.allclose(made.persons.sum(axis=2), persons[0].sum(axis=1))


@given(PEOPLE, BY_AGE, arrays(np.float64, 101, elements=st.floats(0, 0.3)), arrays(np.float64, (2, 101), elements=st.floats(0, 1e4)),
       st.floats(0.9, 1.2), SHARES)
@settings(max_examples=40, deadline=None)
def test_births_less_deaths_and_migration_are_the_change(persons, survival, fertility, migration, sex_ratio, newborn):
    components = Components(survival, np.array([newborn, newborn]), fertility, migration, sex_ratio)
    made = project_population(population(persons), components, to=2027)
    totals = made.population.persons.sum(axis=2)
    assert np.allclose(np.diff(totals, axis=0), made.births - made.deaths + made.migration, rtol=1e-9, atol=1e-3)
    assert (made.population.persons >= 0).all()
    assert np.allclose(made.births[:, 1], sex_ratio * made.births[:, 0])


@given(st.lists(SHARES, min_size=1, max_size=120), st.floats(1, 1e6))
@settings(max_examples=60, deadline=None)
def test_a_life_table_loses_nobody(q, radix):
    table = life_table(q=q, radix=radix)
    assert np.isclose(table.d.sum(), radix)
    assert (np.diff(table.l) <= 1e-9 * radix).all()
    assert np.isclose(table.T[0], table.L.sum())
    assert (table.l + 1e-9 * radix >= table.L).all()


@given(st.lists(st.floats(0, 0.9), min_size=2, max_size=110), st.floats(0, 0.2), st.sampled_from([1, 2, 4, 12]))
@settings(max_examples=60, deadline=None)
def test_an_annuity_and_an_assurance_are_worth_one_together(q, interest, per_year):
    """1 = d · ä + A, at any frequency: d is the discount on what is paid in advance."""
    table = life_table(q=q)
    discount = per_year * (1 - (1 + interest) ** (-1 / per_year))
    annuity = annuity_due(table, 0, interest=interest, per_year=per_year)
    assert np.isclose(discount * annuity + assurance(table, 0, interest=interest, per_year=per_year), 1)


@given(PEOPLE, BY_AGE, BY_AGE)
@settings(max_examples=25, deadline=None)
def test_who_works_and_who_seeks_work_are_the_labour_force(persons, participation, unemployment):
    made = labour_force(population(persons), participation=participation, unemployment=unemployment)
    assert np.allclose(made.employed + made.unemployed, made.active)
    assert (made.active <= persons).all()
    assert (made.employed >= 0).all()
