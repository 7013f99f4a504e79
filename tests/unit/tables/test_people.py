"""The people of a country over the years."""

import numpy as np
import pytest

from socle.errors import InputError
from socle.tables import LAST_AGE, SEXES, Population
from socle.vocabulary import Source

YEARS = (2024, 2025, 2026, 2030)


@pytest.fixture
def people():
    persons = np.arange(len(YEARS) * 2 * 101, dtype=float).reshape(len(YEARS), 2, 101)
    return Population("XUT", YEARS, persons, Source("an example"))


def test_a_year_is_the_persons_by_sex_and_age(people):
    assert people.year(2025).shape == (len(SEXES), LAST_AGE + 1)
    assert people.year(2025)[0, 0] == 202


def test_a_year_that_is_not_there_names_those_that_are(people):
    with pytest.raises(InputError) as refusal:
        people.year(2028)
    assert "2024–2026, 2030" in refusal.value.remedy


def test_a_total_counts_both_ends_of_the_ages(people):
    assert list(people.total(first=0, last=1, sex="female")) == [0 + 1, 202 + 203, 404 + 405, 606 + 607]
    assert people.total(first=100)[0] == 100 + 201


def test_the_sexes_add_up_to_the_total(people):
    assert np.array_equal(people.total(), people.total(sex="female") + people.total(sex="male"))


@pytest.mark.parametrize("wrong", [{"sex": "both"}, {"first": 5, "last": 4}, {"first": -1}])
def test_what_is_no_sex_and_no_age_is_refused(people, wrong):
    with pytest.raises(InputError):
        people.total(**wrong)


def test_an_array_of_another_shape_is_no_population():
    with pytest.raises(ValueError, match="shape"):
        Population("XUT", (2024,), np.zeros((1, 2, 100)), Source("an example"))
