"""Averages over countries: weighted, said how much is behind them, withheld where it is too little."""

from __future__ import annotations

import pytest

from socle import coverage
from socle.errors import InputError
from socle.tables import Values

S = "SI_COV_BENFTS"


def values(*rows, series=S, sex="total", **more):
    return Values.of([{"series": series, "sex": sex, "country": country, "year": year, "value": value, "weight": weight, **more}
                      for country, year, value, weight in rows])


def only(found, **wanted):
    rows = [row for row in found.rows() if all(row[name] == one for name, one in wanted.items())]
    assert len(rows) == 1
    return rows[0]


EAST = {"east": ["KEN", "UGA", "TZA"]}


def test_an_average_is_weighted_by_persons():
    row = only(coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2020, 60, 300)), by=EAST))
    assert (row["value"], row["countries"], row["weight_covered"], row["withheld"]) == (57.5, 2, 1.0, False)


def test_a_country_without_a_value_lowers_the_weight_behind_the_average():
    row = only(coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2020, None, 60)), by=EAST))
    assert (row["value"], row["countries"], row["weight_covered"]) == (50.0, 1, 0.625)


def test_less_than_half_of_the_weight_withholds_the_average_and_exactly_half_does_not():
    half = values(("KEN", 2020, 50, 100), ("UGA", 2020, None, 100))
    less = values(("KEN", 2020, 50, 99), ("UGA", 2020, None, 100))
    assert only(coverage.aggregate(half, by=EAST))["value"] == 50.0
    row = only(coverage.aggregate(less, by=EAST))
    assert (row["value"], row["withheld"], row["countries"]) == (None, True, 1)
    assert only(coverage.aggregate(less, by=EAST, threshold=0.4))["value"] == 50.0


def test_a_value_of_another_year_is_no_value_of_this_one():
    found = coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2019, 60, 300)), by=EAST, threshold=0)
    assert (only(found, year=2020)["value"], only(found, year=2020)["weight_covered"]) == (50.0, 0.25)
    assert "weight_of_other_year" in {one.code for one in found.warnings}


def test_weights_of_a_file_stand_for_countries_without_their_own_and_their_own_come_first():
    weights = [{"country": "KEN", "year": 2020, "persons": 999}, {"country": "UGA", "year": 2020, "persons": 300},
               {"country": "TZA", "year": 2020, "persons": 400}]
    row = only(coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2020, 60, None)), by=EAST, weights=weights))
    assert (row["value"], row["weight_covered"], row["weight"]) == (57.5, 0.5, 800.0)


def test_weights_are_those_of_the_series_and_the_sex():
    weights = [{"country": code, "year": 2020, "persons": persons, "series": series, "sex": sex}
               for code, persons, series, sex in (
                   ("KEN", 1, "", ""), ("UGA", 1, "", ""), ("KEN", 3, "SI_COV_CHLD", ""), ("KEN", 9, "SI_COV_CHLD", "female"))]
    def average(series, sex):
        table = values(("KEN", 2020, 0, None), ("UGA", 2020, 100, None), series=series, sex=sex)
        return only(coverage.aggregate(table, by=EAST, weights=weights))["value"]
    assert (average(S, "total"), average("SI_COV_CHLD", "male"), average("SI_COV_CHLD", "female")) == (50.0, 25.0, 10.0)


def test_a_value_without_a_weight_is_left_out_and_said():
    found = coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2020, 60, None)), by=EAST)
    assert (only(found)["value"], only(found)["countries"]) == (50.0, 1)
    said = {one.code: one.message for one in found.warnings}
    assert "UGA" in said["no_weight"]
    assert "2 countries of east" in said["weight_unknown"]


def test_a_country_whose_weight_is_not_known_is_not_in_the_weight_of_the_region():
    found = coverage.aggregate(values(("KEN", 2020, 50, 100)), by=EAST)
    assert only(found)["weight_covered"] == 1.0
    assert [(one.code, one.value) for one in found.warnings] == [("weight_unknown", "east")]


def test_weights_of_zero_drop_out_and_only_zeros_give_no_average():
    with_zero = only(coverage.aggregate(values(("KEN", 2020, 50, 100), ("UGA", 2020, 90, 0)), by=EAST))
    assert (with_zero["value"], with_zero["countries"], with_zero["weight_covered"]) == (50.0, 1, 1.0)
    zeros = only(coverage.aggregate(values(("KEN", 2020, 50, 0), ("UGA", 2020, 90, 0)), by=EAST))
    assert (zeros["value"], zeros["weight_covered"]) == (None, None)


def test_zero_per_cent_is_a_value():
    assert only(coverage.aggregate(values(("KEN", 2020, 0, 100), ("UGA", 2020, None, 1)), by=EAST))["value"] == 0.0


def test_sexes_series_and_parts_stay_apart():
    rows = [{"series": series, "country": "KEN", "year": 2020, "sex": sex, "value": value, "weight": 1, "breakdown": part}
            for series, sex, value, part in (
                (S, "total", 1, ""), (S, "female", 2, ""), (S, "total", 3, "age=65+"), ("SI_COV_CHLD", "total", 4, ""))]
    found = coverage.aggregate(Values.of(rows), by=EAST).rows()
    assert [(row["series"], row["sex"], row["breakdown"], row["value"]) for row in found] == [
        (S, "total", "", 1.0), (S, "female", "", 2.0), (S, "total", "age=65+", 3.0), ("SI_COV_CHLD", "total", "", 4.0)]


def test_editions_are_never_mixed():
    mixed = Values.of([{"series": S, "country": code, "year": 2020, "value": 10, "weight": 1, "vintage": edition}
                       for code, edition in (("KEN", "2022"), ("UGA", "2024"))])
    with pytest.raises(InputError) as refusal:
        coverage.aggregate(mixed, by="world")
    assert refusal.value.findings[0].code == "vintages_mixed"
    assert "2022, 2024" in refusal.value.findings[0].message
    assert only(coverage.aggregate(mixed, by="world", vintage="2024"))["countries"] == 1
    with pytest.raises(InputError):
        coverage.aggregate(mixed, by="world", vintage="2023")


def test_a_row_that_is_there_twice_is_refused():
    with pytest.raises(InputError, match="more than once"):
        coverage.aggregate(values(("KEN", 2020, 50, 100), ("KEN", 2020, 60, 100)), by=EAST)


@pytest.mark.parametrize(("by", "regions"), [
    ("ilo_region", {"africa", "europe_central_asia"}), ("ilo_subregion", {"northern_africa", "central_western_asia"}),
    ("un_region", {"northern_africa_western_asia"}), ("income_group", {"low", "high"}), ("world", {"world"})])
def test_countries_are_grouped_in_five_ways(by, regions):
    found = coverage.aggregate(values(("SDN", 2020, 10, 1), ("ISR", 2020, 90, 1)), by=by)
    assert {row["region"] for row in found.rows()} == regions


def test_regions_of_ones_own_may_share_a_country():
    found = coverage.aggregate(values(("KEN", 2020, 10, 1), ("UGA", 2020, 90, 1)), by={"a": ["KEN", "Uganda"], "b": ["UGA"]})
    assert [(row["region"], row["value"]) for row in found.rows()] == [("a", 50.0), ("b", 90.0)]


@pytest.mark.parametrize("by", ["continent", {"a": ["Atlantis"]}, {}])
def test_an_unknown_grouping_or_country_is_refused(by):
    with pytest.raises(InputError):
        coverage.aggregate(values(("KEN", 2020, 10, 1)), by=by)


def test_a_region_that_is_published_is_in_no_average():
    found = coverage.aggregate(values(("KEN", 2020, 10, 1), ("202", 2020, 90, 100)), by="world")
    assert only(found)["value"] == 10.0
    assert "not_a_country" in {one.code for one in found.warnings}


def test_made_up_countries_are_in_their_regions_without_the_real_ones():
    found = coverage.aggregate(values(("XUT", 2020, 10, 1)), by="ilo_region")
    assert found.warnings == ()
    assert only(found)["region"] == "africa"


@pytest.mark.parametrize(("method", "value", "countries", "added"), [
    ("last_observation", 55.0, 1, 0.5), ("last_observation:1", 50.0, 0, 0.0), ("linear", 60.0, 1, 0.5), ("region_median", 50.0, 1, 0.5)])
def test_what_is_imputed_stands_in_a_row_of_its_own(method, value, countries, added):
    table = values(("KEN", 2018, 50, 1), ("KEN", 2020, 50, 1), ("UGA", 2018, 60, 1), ("UGA", 2020, None, 1), ("UGA", 2022, 80, 1))
    found = coverage.aggregate(table, by=EAST, impute=method)
    plain, guessed = only(found, year=2020, imputed=False), only(found, year=2020, imputed=True)
    assert (plain["value"], plain["countries"], plain["weight_covered"], plain["countries_imputed"]) == (50.0, 1, 0.5, 0)
    assert (guessed["value"], guessed["countries"], guessed["countries_imputed"]) == (value, 1, countries)
    assert (guessed["weight_covered"], guessed["weight_imputed"]) == (0.5, added)


def test_imputing_needs_a_method_with_a_name():
    with pytest.raises(InputError):
        coverage.aggregate(values(("KEN", 2020, 10, 1)), by="world", impute="guess")
    assert coverage.aggregate(values(("KEN", 2020, 10, 1)), by="world", impute="none").with_imputed is None


def test_series_with_other_denominators_should_not_share_their_weights():
    table = Values.of([{"series": one, "country": "KEN", "year": 2020, "sex": sex, "value": 1}
                       for one in (S, "SI_COV_CHLD") for sex in ("total", "female")])
    found = coverage.aggregate(table, by=EAST, weights=[{"country": "KEN", "year": 2020, "persons": 5}])
    assert {"weights_shared", "weights_of_both_sexes"} <= {one.code for one in found.warnings}


def test_the_figures_of_an_inquiry_are_values_with_their_denominators_as_weights():
    figure = coverage.Figure(S, "XUT", "female", 2024, 40.0, 100.0, 40.0, "exact", ("recipients:a",), age_group="65+")
    bound = coverage.Figure(S, "XUT", "total", 2024, 40.0, 100.0, 40.0, "lower", ())
    table = coverage.values_of([figure, bound])
    assert [(row["value"], row["weight"], row["breakdown"]) for row in table.rows()] == [(40, 100, "age=65+"), (None, 100, "")]
