"""How observations become persons. These are also the manual of the rule."""

from __future__ import annotations

from datetime import date

from socle import results
from tests.spec.books import book, chain, impact, observed


def persons_by_year(**sheets):
    report = results.report(chain(**sheets))
    return {row["year"]: row["persons"] for row in report.tables["impacts_by_year"] if row["kind"] == "all"}


def row(report, kind="all", branch="all"):
    return report.row("impacts", kind, branch)


def test_an_increase_counts_in_its_period():
    observations = observed((2021, "increase", 10), (2023, "increase", 5))
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2021": 10, "2023": 5}


def test_a_level_counts_what_is_above_the_baseline():
    assert persons_by_year(impacts=[impact()], observations=observed((2021, "baseline", 100), (2022, "level", 130))) == {"2022": 30}


def test_a_level_counts_from_the_previous_level():
    observations = observed((2021, "baseline", 100), (2022, "level", 130), (2024, "level", 180))
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2022": 30, "2024": 50}


def test_a_level_leaves_out_the_increases_since_the_previous_level():
    observations = observed((2021, "baseline", 100), (2022, "increase", 20), (2023, "increase", 5), (2024, "level", 150))
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2022": 20, "2023": 5, "2024": 25}


def test_a_level_and_an_increase_of_one_day_are_not_counted_twice():
    observations = observed((2022, "level", 100), (2022, "increase", 30))
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2022": 100}


def test_a_level_below_the_one_before_counts_negative_and_is_flagged():
    sheets = {"impacts": [impact()], "observations": observed((2021, "baseline", 100), (2022, "level", 60))}
    assert persons_by_year(**sheets) == {"2022": -40}
    assert [f.code for f in results.report(chain(**sheets)).warnings] == ["level_falls"]


def test_a_series_without_a_baseline_counts_from_zero_and_says_so():
    sheets = {"impacts": [impact()], "observations": observed((2022, "level", 60))}
    assert persons_by_year(**sheets) == {"2022": 60}
    [finding] = [f for f in results.check(book(**sheets)) if f.code == "no_baseline"]
    assert (finding.sheet, finding.row, finding.column, finding.value) == ("observations", 2, "measure", "level")


def test_the_order_is_that_of_the_days_not_of_the_file():
    observations = observed((2024, "level", 180), (2022, "level", 130), (2021, "baseline", 100))
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2022": 30, "2024": 50}


def test_a_level_in_a_year_counts_from_the_level_of_an_earlier_phase():
    phases = [{"phase": "1", "start": 2016, "end": 2020}, {"phase": "2", "start": 2021, "end": 2025}]
    sheets = {"phases": phases, "impacts": [impact()], "observations": observed((2020, "level", 100), (2021, "level", 150))}
    assert row(results.report(chain(**sheets)))["persons"] == 50


def test_potential_is_a_series_of_its_own_and_never_added():
    observations = [*observed((2022, "increase", 10)), *observed((2022, "increase", 7), key="X", status="potential")]
    report = results.report(chain(impacts=[impact(), impact("X")], observations=observations))
    assert (row(report)["persons"], row(report)["potential"]) == (10, 7)


def test_an_empty_figure_is_not_reported_and_is_not_zero():
    empty = results.report(chain(impacts=[impact()], observations=observed((2022, "increase", None))))
    zero = results.report(chain(impacts=[impact()], observations=observed((2022, "increase", 0))))
    assert row(empty)["persons"] is None
    assert row(zero)["persons"] == 0


def test_women_are_unknown_after_a_level_that_does_not_report_them():
    observations = observed((2021, "baseline", 100), (2022, "level", 130))
    observations[1] |= {"women": 70}
    report = results.report(chain(impacts=[impact()], observations=observations))
    assert (row(report)["persons"], row(report)["women"]) == (30, None)


def test_households_count_as_reported_and_are_said():
    sheets = {"impacts": [impact()], "observations": observed((2022, "increase", 50), unit="households")}
    report = results.report(chain(**sheets))
    assert row(report)["persons"] == 50
    assert [f.code for f in report.warnings] == ["households"]


def test_persons_compared_with_households_are_said():
    observations = observed((2021, "baseline", 100), (2022, "level", 500))
    observations[0] |= {"unit": "households"}
    report = results.report(chain(impacts=[impact()], observations=observations), year=2022)
    assert row(report)["persons"] == 400
    assert [f.code for f in report.warnings] == ["households"]


def test_a_correction_takes_the_place_of_what_it_supersedes():
    observations = observed((2022, "increase", 50), (2022, "increase", 40))
    observations[1] |= {"supersedes": "I1", "reason": "counted twice", "recorded_on": "2024-05-01"}
    sheets = {"impacts": [impact()], "observations": observations}
    assert row(results.report(chain(**sheets)))["persons"] == 40
    assert row(results.report(chain(**sheets), as_of=date(2024, 4, 30)))["persons"] == 50


def test_a_correction_of_a_correction_counts_alone():
    observations = observed((2022, "increase", 50), (2022, "increase", 40), (2022, "increase", 45))
    observations[1] |= {"supersedes": "I1", "reason": "a"}
    observations[2] |= {"supersedes": "I2", "reason": "b"}
    assert persons_by_year(impacts=[impact()], observations=observations) == {"2022": 45}


def test_what_is_recorded_later_is_not_there_on_the_day():
    observations = observed((2022, "increase", 50), (2023, "increase", 40))
    report = results.report(chain(impacts=[impact()], observations=observations), as_of=date(2022, 12, 31))
    assert row(report)["persons"] == 50


def test_the_same_people_count_once():
    impacts = [impact("A", population="elders"), impact("B", population="elders", kind="adequacy"), impact("C")]
    observations = [*observed((2022, "increase", 100), key="A"), *observed((2022, "increase", 60), key="B"),
                    *observed((2022, "increase", 5), key="C")]
    report = results.report(chain(impacts=impacts, observations=observations))
    assert (row(report)["persons"], row(report)["persons_counted_once"]) == (165, 105)
    assert row(report, "adequacy")["persons_counted_once"] == 60


def test_the_records_of_a_level_include_what_it_is_compared_with():
    observations = observed((2021, "level", 90), (2021, "increase", 5), (2022, "level", 130))
    report = results.report(chain(impacts=[impact()], observations=observations), year=2022)
    assert row(report)["persons"] == 40
    assert set(row(report)["records"]) == {"observations:I1", "observations:I3"}
    why = results.why(report, table="impacts", row="all/all", column="persons")
    assert {line.key: line.value for line in why.counted} == {"I1": None, "I3": 40}
