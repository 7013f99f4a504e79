"""The financing gap: what the uncovered need, its averages, and what one country does to them."""

from __future__ import annotations

import numpy as np
import pytest

from socle import costing
from socle.costing import Covered, Inputs, Options
from socle.errors import InputError
from tests.unit.costing.places import money, people

YEARS = (2025, 2026)
PRESET = costing.preset("floor-utania")
GUARANTEES = ("health", "children", "working_age", "older_persons")


def covered(share, *countries, guarantees=GUARANTEES, year=2024):
    return [Covered(country, guarantee, share, year, "Made up") for country in countries or ("XUT",) for guarantee in guarantees]


def places(*countries):
    """XUT, XVA, XWE, XYO: growing GDP and poverty lines."""
    sizes = {"XUT": (1e10, 100, 2.0), "XVA": (4e10, 150, 4.0), "XWE": (2e10, 500, 1.0), "XYO": (9e10, 300, 5.0)}
    return [Inputs(people(one), money(one, gdp=sizes[one][0], line=sizes[one][1], rate=sizes[one][2])) for one in countries]


def rows(found, **wanted):
    return [row for row in found.rows() if all(row[key] == value for key, value in wanted.items())]


def test_the_gap_is_the_floor_of_those_who_are_not_covered():
    found = costing.gap(PRESET, places("XUT"), covered(0.25), years=YEARS)
    floor = costing.floor(PRESET, people(), money(), years=YEARS)
    pension = next(line for line in floor.lines if line.scheme == "old-age")
    (row,) = rows(found, guarantee="older_persons", year=2026)
    assert row["country"] == "XUT"
    assert row["average"] == "none"
    assert row["uncovered"] == pytest.approx(pension.target[1] * 0.75)
    assert row["gap"] == pytest.approx(pension.total[1] * 0.75)
    assert row["share_of_gdp"] == pytest.approx(pension.share_of_gdp[1] * 0.75)
    (whole,) = rows(found, guarantee="all", year=2026)
    assert whole["gap"] == pytest.approx(floor.lines[-1].total[1] * 0.75)
    assert whole["uncovered"] is None


def test_the_coverage_of_the_options_is_not_that_of_today():
    found = costing.gap(PRESET, places("XUT"), covered(0.25), years=YEARS, options=Options(coverage=0.1))
    assert rows(found) == rows(costing.gap(PRESET, places("XUT"), covered(0.25), years=YEARS))


def test_coverage_that_is_not_stated_is_not_zero():
    found = costing.gap(PRESET, places("XUT"), covered(0.25, guarantees=("children",)), years=YEARS)
    assert rows(found, guarantee="children", year=2025)[0]["gap"] > 0
    assert rows(found, guarantee="health", year=2025)[0]["gap"] is None
    assert rows(found, guarantee="all", year=2025)[0]["gap"] is None
    assert sum(finding.code == "coverage_missing" for finding in found.warnings) == 3


def test_the_latest_coverage_that_is_not_after_the_year_counts():
    stated = [*covered(0.2, year=2010), *covered(0.5, year=2025), *covered(0.9, year=2026)]
    found = costing.gap(PRESET, places("XUT"), stated, years=YEARS)
    first, second = (rows(found, guarantee="all", year=year)[0]["share_of_gdp"] for year in YEARS)
    assert first / second == pytest.approx(5, rel=0.02)
    old = costing.gap(PRESET, places("XUT"), covered(0.2, year=2010), years=YEARS)
    assert "coverage_stale" in {finding.code for finding in old.warnings}


def test_all_three_averages_are_there_unless_one_is_asked_for():
    of = places("XUT", "XVA", "XWE")
    stated = covered(0.25, "XUT", "XVA", "XWE")
    found = costing.gap(PRESET, of, stated, years=YEARS)
    assert {row["average"] for row in found.rows()} == {"none", "weighted", "unweighted", "median"}
    one = costing.gap(PRESET, of, stated, years=YEARS, options=Options(average="median"))
    assert {row["average"] for row in one.rows()} == {"none", "median"}
    shares = sorted(row["share_of_gdp"] for row in rows(found, guarantee="all", year=2025, average="none"))
    (median,) = rows(found, guarantee="all", year=2025, average="median")
    (plain,) = rows(found, guarantee="all", year=2025, average="unweighted")
    assert median["share_of_gdp"] == shares[1]
    assert plain["share_of_gdp"] == pytest.approx(sum(shares) / 3)
    assert plain["gap"] is None
    assert {row["average"] for row in costing.gap(PRESET, places("XUT"), covered(0.25), years=YEARS).rows()} == {"none"}


def test_the_weighted_average_is_the_sum_of_the_gaps_over_the_sum_of_the_gdps_in_dollars():
    found = costing.gap(PRESET, places("XUT", "XVA", "XWE"), covered(0.25, "XUT", "XVA", "XWE"), years=YEARS)
    of = rows(found, guarantee="all", year=2025, average="none")
    dollars = sum(row["gap"] / rate for row, rate in zip(of, (2.0, 4.0, 1.0), strict=True))
    (row,) = rows(found, guarantee="all", year=2025, average="weighted")
    assert row["gap"] == pytest.approx(dollars)
    assert row["currency"] == "USD"
    assert row["share_of_gdp"] == pytest.approx(dollars / (1e10 / 2 + 4e10 / 4 + 2e10))
    assert row["countries"] == 3


def test_regions_and_income_groups_hold_their_countries_and_all_of_them():
    of, stated = places("XUT", "XVA", "XWE", "XYO"), covered(0.25, "XUT", "XVA", "XWE", "XYO")
    found = costing.gap(PRESET, of, stated, years=YEARS, by="income_group")
    assert [row["income_group"] for row in rows(found, guarantee="all", year=2025, average="median")] == [
        "low", "lower_middle", "upper_middle", "high", "all"]
    assert {row["region"] for row in costing.gap(PRESET, of, stated, years=YEARS, by="region").rows()} == {
        "africa", "americas", "asia_pacific", "europe_central_asia", "all"}


def test_a_country_left_out_is_shown_and_not_averaged():
    of, stated = places("XUT", "XVA", "XWE"), covered(0.25, "XUT", "XVA", "XWE")
    without = costing.gap(PRESET, of, stated, years=YEARS, leave_out=["XWE"])
    two = costing.gap(PRESET, of[:2], stated, years=YEARS)
    assert rows(without, country="XWE", average="none")
    assert rows(without, country="all") == rows(two, country="all")
    assert "left_out_of_averages" in {finding.code for finding in without.warnings}


def test_the_influence_of_a_country_is_the_average_without_it():
    of, stated = places("XUT", "XVA", "XWE"), covered(0.25, "XUT", "XVA", "XWE")
    found = costing.gap(PRESET, of, stated, years=YEARS)
    without = costing.gap(PRESET, of, stated, years=YEARS, leave_out=["XWE"])
    for kind in costing.KINDS:
        (told,) = [one for one in found.influence() if one.country == "XWE" and one.kind == kind]
        assert told.without[0] == pytest.approx(rows(without, country="all", guarantee="all", year=2025, average=kind)[0]["share_of_gdp"])
        assert told.with_it[0] == pytest.approx(rows(found, country="all", guarantee="all", year=2025, average=kind)[0]["share_of_gdp"])
    assert found.influence()[0].country == "XWE"
    assert len(list(found.influence_rows())) == 3 * 3 * 2


def test_a_country_whose_dollars_are_not_known_is_in_the_other_averages():
    of = [*places("XUT", "XVA"), Inputs(people("XWE"), money("XWE", without=("exchange_rate",)))]
    found = costing.gap(PRESET, of, covered(0.25, "XUT", "XVA", "XWE"), years=YEARS)
    assert [row["countries"] for row in rows(found, country="all", guarantee="all", year=2025)] == [2, 3, 3]
    assert "not_weighted" in {finding.code for finding in found.warnings}
    (row,) = rows(found, country="all", guarantee="all", year=2025, average="weighted")
    (two,) = rows(costing.gap(PRESET, places("XUT", "XVA"), covered(0.25, "XUT", "XVA"), years=YEARS), country="all", guarantee="all",
                  year=2025, average="weighted")
    assert row["share_of_gdp"] == pytest.approx(two["share_of_gdp"])


def test_what_cannot_be_asked_is_told_at_once():
    with pytest.raises(InputError) as refusal:
        costing.gap(PRESET, [*places("XUT"), *places("XUT")], (), years=YEARS, leave_out=["XWE"])
    assert {finding.code for finding in refusal.value.findings} == {"unknown_country", "duplicate_key"}
    with pytest.raises(InputError):
        costing.gap(PRESET, [], (), years=YEARS)


def test_an_average_of_nothing_is_not_known():
    assert np.isnan(costing.average(np.full((2, 1), np.nan), np.ones((2, 1)), "median")).all()
    assert np.isnan(costing.average(np.zeros((0, 1)), np.zeros((0, 1)), "unweighted")).all()
