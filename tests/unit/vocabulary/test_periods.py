"""A year, a day, or from a day to a day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from socle.errors import InputError
from socle.vocabulary import Period


def test_a_year_is_from_its_first_to_its_last_day():
    year = Period.parse("2024")
    assert (year.start, year.end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert year.is_year
    assert not year.is_day
    assert year.text == str(year) == "2024"
    assert Period.parse(2024) == Period.parse(" 2024 ") == Period.year(2024) == year


@pytest.mark.parametrize("value", ["2024-06-30", date(2024, 6, 30), datetime(2024, 6, 30, 17, 5)])
def test_a_day_may_be_text_or_a_date(value):
    day = Period.parse(value)
    assert day == Period(date(2024, 6, 30), date(2024, 6, 30))
    assert day.is_day
    assert day.text == "2024-06-30"


@pytest.mark.parametrize("value", [
    "30/06/2024", "2024-06", "June 2024", "", " ", None, "24", "20240630", "2024-13-01", "2023-02-29", "2024-6-3", "1899",
    "2201", 1899, 99999, "1899-12-31", date(1899, 12, 31), "٢٠٢٤", "2024/2025", "2024-06-30T00:00", True, 2024.5, "2024.0",
])
def test_anything_else_is_refused_with_a_remedy(value):
    with pytest.raises(InputError, match="2024-06-30"):
        Period.parse(value)


@pytest.mark.parametrize(("start", "end", "text"), [
    (date(2021, 1, 1), date(2025, 12, 31), "2021/2025"),
    (date(2021, 3, 1), date(2025, 12, 31), "2021-03-01/2025-12-31"),
    (date(2024, 1, 1), date(2024, 6, 30), "2024-01-01/2024-06-30"),
])
def test_a_longer_period_is_written_with_a_slash(start, end, text):
    assert Period(start, end).text == text
    assert Period.from_text(text) == Period(start, end)


def test_a_period_does_not_end_before_it_starts():
    with pytest.raises(InputError):
        Period(date(2024, 2, 1), date(2024, 1, 1))


def test_a_period_contains_what_lies_inside_it():
    year = Period.parse("2024")
    assert year.contains(year)
    assert year.contains(date(2024, 12, 31))
    assert year.contains(datetime(2024, 12, 31, 23, 59))
    assert year.contains(Period.parse("2024-06-30"))
    assert not year.contains(date(2025, 1, 1))
    assert not Period.parse("2024-06-30").contains(year)


def test_periods_overlap_when_they_share_a_day():
    year = Period.parse("2024")
    assert year.overlaps(Period(date(2024, 12, 31), date(2025, 1, 1)))
    assert not year.overlaps(Period.parse("2025"))


def test_the_years_of_a_period_are_those_it_touches():
    assert list(Period(date(2021, 12, 31), date(2023, 1, 1)).years) == [2021, 2022, 2023]


def test_a_period_splits_into_its_years():
    parts = list(Period(date(2021, 7, 1), date(2023, 6, 30)).split())
    assert [part.text for part in parts] == ["2021-07-01/2021-12-31", "2022", "2023-01-01/2023-06-30"]


def test_periods_are_in_order_of_their_start():
    assert sorted(map(Period.parse, ["2025", "2024-06-30", "2024"])) == list(map(Period.parse, ["2024", "2024-06-30", "2025"]))
