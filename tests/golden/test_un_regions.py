"""Regions of the SDG reports and of the ILO: the traps of section 10 of the standards, country by country."""

from __future__ import annotations

from collections import Counter

import pytest

from socle.vocabulary import COUNTRIES, UN_REGIONS, made_up_countries

#: Country, region of the SDG reports, ILO region: where the two part.
TRAPS = [
    ("SDN", "northern_africa_western_asia", "africa"),
    ("SSD", "sub_saharan_africa", "africa"),
    ("ISR", "northern_africa_western_asia", "europe_central_asia"),
    ("CYP", "northern_africa_western_asia", "europe_central_asia"),
    ("TUR", "northern_africa_western_asia", "europe_central_asia"),
    ("GEO", "northern_africa_western_asia", "europe_central_asia"),
    ("KAZ", "central_southern_asia", "europe_central_asia"),
    ("IRN", "central_southern_asia", "asia_pacific"),
    ("YEM", "northern_africa_western_asia", "arab_states"),
    ("MRT", "sub_saharan_africa", "africa"),
    ("MEX", "latin_america_caribbean", "americas"),
    ("GRL", "europe_northern_america", "americas"),
    ("AUS", "oceania", "asia_pacific"),
    ("TLS", "eastern_south_eastern_asia", "asia_pacific"),
]


@pytest.mark.parametrize(("alpha3", "un_region", "region"), TRAPS, ids=[trap[0] for trap in TRAPS])
def test_a_country_is_where_each_house_puts_it(alpha3, un_region, region):
    assert (COUNTRIES[alpha3].un_region, COUNTRIES[alpha3].region) == (un_region, region)


def test_every_country_but_antarctica_has_one_region_of_the_sdg_reports():
    assert [code for code, entry in COUNTRIES.items() if entry.un_region is None] == ["ATA"]
    assert {entry.un_region for entry in (*COUNTRIES.values(), *made_up_countries())} == {None, *UN_REGIONS}


def test_the_regions_are_as_large_as_the_un_draws_them():
    assert Counter(entry.un_region for entry in COUNTRIES.values() if entry.un_region) == {
        "sub_saharan_africa": 53, "northern_africa_western_asia": 25, "central_southern_asia": 14, "eastern_south_eastern_asia": 19,
        "latin_america_caribbean": 52, "oceania": 29, "europe_northern_america": 56}


def test_a_region_knows_its_code_of_the_m49():
    assert {code.code: code.group for code in UN_REGIONS.values()}["northern_africa_western_asia"] == "747"
