"""How far the graduated ages are from the single ages that the UN publishes, for one country in twelve (all: scripts/graduation.py)."""

import re

import pytest

from scripts import graduation
from socle import datasets, demography

PAGE = graduation.PAGE.read_text(encoding="utf-8")
needs_truth = pytest.mark.skipif(not graduation.TRUTH.exists(), reason="needs the single ages of ../shared")


@pytest.fixture(scope="module")
def codes():
    return sorted(graduation.truth())[::12]


@pytest.fixture(scope="module")
def smooth(codes):
    return means(codes, "log_smooth", demography.between_counts, counts_only=False)


def means(codes, method, between, *, counts_only):
    return [mean for mean, _ in graduation.errors(codes, method, between, counts_only=counts_only)]


@needs_truth
@pytest.mark.slow
def test_graduated_ages_are_within_three_per_cent_and_closer_than_an_even_split(codes, smooth):
    even = means(codes, "uniform", graduation.straight, counts_only=False)
    assert max(smooth) < 0.03
    assert all(ours < 0.6 * theirs for ours, theirs in zip(smooth, even, strict=True))
    assert smooth[-1] < even[-1] / 4


@needs_truth
@pytest.mark.slow
def test_the_default_is_the_method_with_the_least_error_at_high_ages(codes):
    ours = means(codes, "log_smooth", demography.between_counts, counts_only=True)
    sprague = means(codes, "sprague", demography.between_counts, counts_only=True)
    assert ours[-1] < 0.85 * sprague[-1]
    assert sum(ours) < sum(sprague)


@needs_truth
@pytest.mark.slow
def test_years_between_counts_are_closer_along_cohorts_than_along_straight_lines(codes, smooth):
    straight = means(codes, "log_smooth", graduation.straight, counts_only=False)
    assert all(ours < theirs for ours, theirs in zip(smooth[1:], straight[1:], strict=True))


def test_the_documentation_publishes_the_error_of_every_method_and_band():
    measured = PAGE.split(graduation.BEGIN)[1].split(graduation.END)[0]
    rows = re.findall(r"^\| (`\w+`[^|]*) \|((?: [\d.]+ \(\d+\) \|)+)$", measured, re.MULTILINE)
    assert {name for name, _ in rows} >= {"`log_smooth`", "`sprague`", "`uniform`"}
    assert {len(cells.split("|")) - 1 for _, cells in rows} == {len(graduation.BANDS)}


@needs_truth
@pytest.mark.parametrize("code", ["LBN", "MOZ", "MWI"])
def test_the_file_of_the_un_as_downloaded_has_the_same_persons(code):
    sample = graduation.TRUTH.parent / "WPP2024_PopulationBySingleAgeSex_Medium_sample.csv.gz"
    people = datasets.read_population(sample, country=code)
    theirs = graduation.truth()[code][24:51]
    assert people.years == tuple(range(2024, 2051))
    assert people.vintage == "WPP 2024"
    assert abs(people.persons - theirs).max() <= 1
