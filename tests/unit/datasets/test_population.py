"""Reading the population of a country from what comes with the product."""

import sys

import numpy as np
import pytest

from socle import datasets
from socle.datasets.population_shipped import countries_shipped, shipped_counts
from socle.errors import InputError, UnknownCountry
from socle.tables import LAST_AGE, SEXES


def test_the_population_of_a_country_needs_its_name_only():
    people = datasets.read_population(country="Malawi")
    assert people.country == "MWI"
    assert people.years == tuple(range(1950, 2101))
    assert people.persons.shape == (151, len(SEXES), LAST_AGE + 1)
    assert "CC BY 3.0 IGO" in people.source.place
    assert people.vintage == "WPP 2024"


def test_the_group_totals_of_the_un_are_kept_in_the_years_of_its_counts():
    years, groups = shipped_counts("MWI")
    people = datasets.read_population(country="MWI", years=years)
    assert np.add.reduceat(people.persons, range(0, 101, 5), axis=2) == pytest.approx(groups)


def test_how_the_figures_were_made_is_told():
    notes = " ".join(datasets.read_population(country="MWI", years=[2025, 2026]).notes)
    assert "log_smooth" in notes
    assert "1 years" in notes or "1 year" in notes


def test_years_that_are_counts_are_not_said_to_be_filled_in():
    assert len(datasets.read_population(country="MWI", years=[2025]).notes) == 1


def test_a_part_of_the_years_is_the_same_as_in_the_whole():
    whole = datasets.read_population(country="VNM")
    part = datasets.read_population(country="VNM", years=range(2024, 2036))
    assert part.persons == pytest.approx(whole.persons[74:86], rel=1e-6)


@pytest.mark.parametrize("method", ["sprague", "uniform"])
def test_another_method_of_graduation_keeps_the_same_groups(method):
    _, groups = shipped_counts("ZMB")
    people = datasets.read_population(country="ZMB", years=[2025], graduation=method)
    assert np.add.reduceat(people.persons[0], range(0, 101, 5), axis=1) == pytest.approx(groups[15])


def test_a_country_that_is_not_there_is_told_how_many_there_are():
    with pytest.raises(InputError) as refusal:
        datasets.read_population(country="ALA")
    assert "Åland" in str(refusal.value.findings[0])
    assert "236" in refusal.value.findings[0].remedy


def test_what_is_no_country_is_refused_with_the_nearest():
    with pytest.raises(InputError) as refusal:
        datasets.read_population(country="Malavi")
    assert refusal.value.findings[0].code == UnknownCountry.code
    assert "Malawi" in refusal.value.findings[0].remedy


def test_a_variant_that_is_not_shipped_is_refused():
    with pytest.raises(InputError, match="population cannot be read") as refusal:
        datasets.read_population(country="MWI", variant="high")
    assert "medium variant only" in refusal.value.findings[0].message


@pytest.mark.parametrize("year", [1949, 2101])
def test_a_year_that_is_not_shipped_is_refused(year):
    with pytest.raises(InputError) as refusal:
        datasets.read_population(country="MWI", years=[2020, year])
    assert "1950 to 2100" in refusal.value.findings[0].remedy


def test_every_country_of_the_un_that_the_vocabulary_knows_is_there():
    assert len(countries_shipped()) == 236
    assert {"MWI", "LBN", "PSE", "VNM", "ZMB", "NPL", "IDN", "PAK", "MOZ"} <= set(countries_shipped())


def test_nothing_of_bokeh_is_imported():
    datasets.read_population(country="MWI", years=[2025])
    assert [name for name in sys.modules if name.startswith("bokeh")] in ([], ["bokeh_sampledata"])
