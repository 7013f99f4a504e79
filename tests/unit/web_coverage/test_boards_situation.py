"""The page of a country says who is covered, from one edition; an impact says what it begins from."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle.vocabulary import BRANCHES, COVERAGE_SERIES
from socle_web.coverage.situation import SERIES_OF, situation
from socle_web.results import actions
from tests.spec import books
from tests.unit.web_coverage.editions import UN, international, national
from tests.unit.web_coverage.test_boards import many, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def impact():
    """Of Kenya, in old age, first observed in 2021."""
    loaded = actions.load(books.parsed(phases=books.PHASES, impacts=[books.impact("I1", branch="old_age")],
                                       observations=books.observed(("2021", "level", 10), ("2023", "level", 20), key="I1")),
                          by="a tester", source="made-up")
    assert not loaded.refused, loaded.findings


def test_the_page_of_a_country_says_who_is_covered_and_where_the_rest_is(client):
    international()
    text = page(client, "/countries/KEN/")
    for words in ("The situation", "20.0%", "7.5%", "Edition un-2025", "since 2015", '<svg class="spark"', "/coverage/KEN/?edition=un-2025"):
        assert words in text
    assert "The situation" not in page(client, "/countries/FRA/")


def test_the_situation_is_of_one_edition_the_countrys_own_before_another(client):
    international()
    national(country="KEN", value=33.3)
    text = page(client, "/countries/KEN/")
    assert "33.3%" in text
    assert "7.5%" not in text


def test_the_page_of_a_country_changes_when_an_edition_is_released(client):
    international()
    first = client.get("/countries/KEN/")
    national(country="KEN", value=33.3)
    again = client.get("/countries/KEN/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "33.3%" in again.content.decode()


def test_an_impact_says_the_figure_of_its_branch_nearest_to_its_beginning(client, impact):
    international()
    for address in ("/impacts/I1/", "/countries/KEN/"):
        assert "Where it begins from: Older persons receiving an old-age pension, 2020:" in " ".join(page(client, address).split())
    assert "Edition un-2025" in page(client, "/impacts/I1/")


def test_an_impact_without_figures_of_its_branch_says_nothing_of_it(client, impact):
    international(text=UN.replace("404,Kenya,2015", "524,Nepal,2015").replace("SI_COV_PENSN,Older persons,404", "SI_COV_POOR,x,404"))
    assert "Where it begins from" not in page(client, "/impacts/I1/")


def test_the_nearest_year_is_taken_and_of_two_the_earlier(client):
    many(1, years=(2010, 2018, 2022))
    there = situation("AFG")
    assert [there.baseline("old_age", year).figure.low.year for year in (1990, 2017, 2020, 2021, 2030)] == [2010, 2018, 2018, 2022, 2022]
    assert there.baseline("old_age", None) is None
    assert there.baseline("survivors", 2020) is None


def test_every_branch_leads_to_a_series_that_exists():
    assert set(SERIES_OF) <= set(BRANCHES)
    assert {series for series in SERIES_OF.values() if series != "health_affiliation"} <= set(COVERAGE_SERIES)


def test_the_situation_takes_three_questions_however_many_countries_and_editions():
    counts = []
    for times in (3, 60):
        many(times, key=f"of-{times}")
        national(country="KEN", released_on=date(2020 + times % 4, 1, 1))
        with CaptureQueriesContext(connection) as captured:
            situation("AFG")
        counts.append(len(captured))
    assert counts == [3, 3]
