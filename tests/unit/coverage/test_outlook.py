"""Coverage ahead: straight, capped, weighted; how far the target is and who is left behind."""

from __future__ import annotations

import pytest

from socle import coverage
from socle.errors import InputError
from socle.tables import Values

S = "SI_COV_BENFTS"


def values(*rows, **more):
    return Values.of([{"series": S, "sex": "total", "country": country, "year": year, "value": value, "weight": weight, **more}
                      for country, year, value, weight in rows])


def at(found, area, year):
    return next(row for row in found.rows if (row["area"], row["year"]) == (area, year))


def target(found, area):
    return next(row for row in found.targets if row["area"] == area)


def test_points_a_year_are_straight_and_capped_at_a_hundred():
    found = coverage.outlook(values(("KEN", 2023, 20, 100), ("UGA", 2023, 95, 300)), path="+2")
    assert (at(found, "KEN", 2030)["value"], at(found, "UGA", 2025)["value"], at(found, "UGA", 2030)["value"]) == (34.0, 99.0, 100.0)
    assert (at(found, "world", 2030)["value"], at(found, "world", 2030)["not_covered"]) == (83.5, 66.0)


def test_a_fall_ends_at_zero():
    assert at(coverage.outlook(values(("KEN", 2023, 3, 1)), path="-1"), "KEN", 2030)["value"] == 0.0


def test_as_in_the_last_years_takes_the_change_between_the_first_and_the_last():
    table = values(("KEN", 2010, 90, 1), ("KEN", 2015, 20, 1), ("KEN", 2019, 44, 1), ("KEN", 2023, 36, 1))
    assert target(coverage.outlook(table, path="as_last:10"), "KEN")["points_a_year"] == 2.0
    assert target(coverage.outlook(table, path="as_last:4"), "KEN")["points_a_year"] == -2.0


def test_the_least_squares_line_is_that_of_the_textbook():
    table = values(("KEN", 2020, 10, 1), ("KEN", 2021, 30, 1), ("KEN", 2022, 20, 1))
    assert coverage.trend(table, method="ols")[0]["points_a_year"] == pytest.approx(5.0)
    assert coverage.trend(table)[0]["points_a_year"] == pytest.approx(5.0)
    assert coverage.trend(values(("KEN", 2020, 10, 1), ("KEN", 2021, 30, 1), ("KEN", 2023, 20, 1)), method="ols")[0][
        "points_a_year"] == pytest.approx(15 / 7)


def test_a_path_that_is_given_is_followed_from_year_to_year():
    path = [{"country": "KEN", "year": 2025, "value": 40}, {"country": "KEN", "year": 2028, "value": 70}]
    found = coverage.outlook(values(("KEN", 2023, 20, 1), ("UGA", 2023, 20, 1)), path=path)
    assert [at(found, "KEN", year)["value"] for year in range(2023, 2031)] == [20, 30, 40, 50, 60, 70, 70, 70]
    assert next((one.code, one.value) for one in found.warnings) == ("no_path", "UGA")


def test_the_distance_is_told_in_points_and_the_year_it_is_gone():
    one = target(coverage.outlook(values(("KEN", 2023, 50, 1)), path="+2.5", target=80), "KEN")
    assert (one["value"], one["distance"], one["needed"], one["reached"]) == (67.5, 12.5, pytest.approx(30 / 7), 2035)
    assert target(coverage.outlook(values(("KEN", 2023, 50, 1)), path="0"), "KEN")["reached"] is None


def test_a_country_without_the_base_year_is_left_out_and_said():
    found = coverage.outlook(values(("KEN", 2023, 50, 1), ("UGA", 2021, 10, 1)), path="+1")
    assert {row["area"] for row in found.rows} == {"KEN", "world"}
    assert ("no_base", "UGA") in {(one.code, one.value) for one in found.warnings}
    assert {row["base_year"] for row in coverage.outlook(values(("KEN", 2021, 9, 1), ("UGA", 2021, 10, 1)), path="+1",
                                                        base_year=2021).rows} == {2021}


def test_weights_of_years_to_come_are_taken_where_they_are_told_and_held_otherwise():
    table = values(("KEN", 2028, 0, None), ("UGA", 2028, 100, None))
    weights = [{"country": code, "year": year, "persons": persons} for code, year, persons in (
        ("KEN", 2028, 1), ("UGA", 2028, 1), ("KEN", 2030, 3), ("UGA", 2030, 1))]
    found = coverage.outlook(table, path="0", weights=weights)
    assert [at(found, "world", year)["value"] for year in (2028, 2029, 2030)] == [50.0, 50.0, 25.0]
    assert "weights_held" in {one.code for one in found.warnings}


def test_who_is_left_behind_is_told_in_persons_by_group_and_sex():
    table = Values.of([{"series": "SI_COV_CHLD", "country": "KEN", "year": 2023, "sex": sex, "value": value, "weight": 200}
                       for sex, value in (("female", 40), ("male", 45))])
    found = coverage.outlook(table, path="+1", by={"here": ["KEN"]}).left_behind
    assert [(row["area"], row["group"], row["sex"], row["year"], row["not_covered"]) for row in found[:4]] == [
        ("here", "children", "female", 2023, 120.0), ("here", "children", "male", 2023, 110.0),
        ("here", "children", "female", 2030, 106.0), ("here", "children", "male", 2030, 96.0)]


def test_editions_are_never_mixed():
    table = Values.of([{"series": S, "country": "KEN", "year": 2020, "value": 10, "vintage": one} for one in ("a", "b")])
    with pytest.raises(InputError):
        coverage.outlook(table, path="+1")


@pytest.mark.parametrize("more", [{"path": "fast"}, {"path": "as_last:0"}, {"path": "+1", "to": 2020}, {"path": "+1", "target": 0},
                                  {"path": [{"country": "KEN", "year": 2030, "value": 120}]}, {"path": "as_last:5", "trend": "best"}])
def test_what_cannot_be_asked_is_refused(more):
    with pytest.raises(InputError):
        coverage.outlook(values(("KEN", 2022, 50, 1), ("KEN", 2023, 51, 1)), **more)


def test_editions_are_compared_figure_by_figure():
    older = values(("KEN", 2016, "12.5", 1), ("UGA", 2016, "5", 1), ("TZA", 2016, None, 1), vintage="2020")
    newer = values(("KEN", 2016, "12.50", 1), ("UGA", 2016, "4", 1), ("TZA", 2016, "1", 1), ("TZA", 2017, "2", 1), vintage="2024")
    assert [(one.area, one.year, one.status, one.before, one.after, one.change) for one in coverage.compare_editions(older, newer)] == [
        ("UGA", 2016, "restated", 5, 4, -1), ("TZA", 2016, "restated", None, 1, None), ("TZA", 2017, "added", None, 2, None)]
    assert coverage.compare_editions(newer, older)[-1].status == "removed"


def test_tables_of_different_editions_are_not_joined():
    one, other = values(("KEN", 2016, 12, 1), vintage="2020"), values(("KEN", 2017, 13, 1), vintage="2024")
    with pytest.raises(InputError, match="several editions"):
        coverage.joined([one, other])
    assert len(coverage.joined([one, values(("KEN", 2017, 13, 1), vintage="2020")])) == 2
    with pytest.raises(InputError, match="same rows"):
        coverage.joined([one, one])
