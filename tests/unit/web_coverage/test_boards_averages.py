"""Averages beside the figures of countries: weighted, said how much is covered, withheld where that is too little."""

from __future__ import annotations

import re

import pytest

from socle.vocabulary import COUNTRIES
from tests.unit.web_coverage.editions import international, national
from tests.unit.web_coverage.test_boards import page

pytestmark = pytest.mark.django_db
HEADER = "series,country,year,sex,value,weight"
NORTH = [code for code, one in COUNTRIES.items() if one.region == "arab_states"]


def edition(rows, key="weighed"):
    return international(key, text="\n".join([HEADER, *(",".join(map(str, row)) for row in rows)]))


def averages(client, address="/coverage/?series=SI_COV_PENSN&year=2020"):
    """By label: the cells of the row."""
    section = re.search(r'<section aria-labelledby="averages">.*?</section>', page(client, address), re.DOTALL)
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", section[0] if section else "", re.DOTALL)
    return {label: [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)]
            for label, cells in rows}


def test_a_country_weighs_as_much_as_the_persons_it_is_a_share_of(client):
    first, *others = NORTH
    edition([("SI_COV_PENSN", first, 2020, "total", 10, 900), *(("SI_COV_PENSN", code, 2020, "total", 90, 100 / len(others))
                                                               for code in others)])
    assert averages(client)["Arab States"] == ["18.0%", f"{len(NORTH)} of {len(NORTH)}", "100.0%"]


def test_an_average_is_withheld_where_little_of_the_weight_has_a_figure(client):
    first, *others = NORTH
    edition([("SI_COV_PENSN", first, 2020, "total", 10, 100), *(("SI_COV_PENSN", code, 2020, "total", "", 100) for code in others)])
    average, countries, covered = averages(client)["Arab States"]
    assert "withheld: too little of its weight is covered" in average
    assert countries == f"1 of {len(NORTH)}"
    assert covered == f"{100 / len(NORTH):.1f}%"


def test_an_average_is_withheld_where_nobody_knows_how_much_most_countries_weigh(client):
    edition([("SI_COV_PENSN", code, 2020, "total", 10, 100) for code in NORTH[:2]])
    average, _countries, covered = averages(client)["Arab States"]
    assert "the persons of most of its countries are not known" in average
    assert covered == "not known"


def test_made_up_countries_are_in_no_average(client):
    national()
    national(country=NORTH[0], value=50.0)
    assert averages(client, "/coverage/?edition=national&series=SI_COV_PENSN&year=2024")["World"][1] == f"1 of {len(COUNTRIES)}"


def test_bounds_are_in_no_average(client):
    national(country=NORTH[0])
    assert averages(client, "/coverage/?edition=national&series=SI_COV_BENFTS&year=2024")["Arab States"][1].startswith("0 of")


def test_a_country_stands_beside_its_region_and_its_income_group(client):
    edition([("SI_COV_PENSN", code, 2020, "total", 40, 100) for code in COUNTRIES])
    text = page(client, f"/coverage/{NORTH[0]}/")
    assert "Beside its region and income group" in text
    assert text.count("40.0%") >= 3
    assert "Arab States" in text
