"""Countries: what they are called, and what is never guessed."""

from __future__ import annotations

from collections import defaultdict

import pytest

from socle.errors import InputError, UnknownCountry
from socle.vocabulary import COUNTRIES, INCOME_GROUPS, REGIONS, SUBREGIONS, country, fold, made_up_countries, speaking

EVERY = (*COUNTRIES.values(), *made_up_countries())


@pytest.mark.parametrize(("text", "alpha3"), [
    ("Republic of Korea", "KOR"), ("Korea, Republic of", "KOR"), ("South Korea", "KOR"), ("Korea, Rep.", "KOR"),
    ("République de Corée", "KOR"), ("Corea del Sur", "KOR"),
    ("DPRK", "PRK"), ("Democratic People's Republic of Korea", "PRK"), ("Korea, Democratic People's Republic of", "PRK"),
    ("North Korea", "PRK"), ("Korea, Dem. People's Rep.", "PRK"),
    ("Congo", "COG"), ("Republic of the Congo", "COG"), ("Congo, Rep.", "COG"), ("Congo-Brazzaville", "COG"),
    ("Democratic Republic of the Congo", "COD"), ("Congo, Democratic Republic of the", "COD"), ("DRC", "COD"), ("RDC", "COD"),
    ("Viet Nam", "VNM"), ("Vietnam", "VNM"), ("viet  nam", "VNM"),
    ("Lao PDR", "LAO"), ("Laos", "LAO"), ("Lao People's Democratic Republic", "LAO"),
    ("Occupied Palestinian Territory", "PSE"), ("State of Palestine", "PSE"), ("OPT", "PSE"), ("West Bank and Gaza", "PSE"),
    ("Côte d'Ivoire", "CIV"), ("Cote d’Ivoire", "CIV"), ("COTE D'IVOIRE", "CIV"), ("Ivory Coast", "CIV"),
    ("Costa de Marfil", "CIV"),
    ("Tanzania", "TZA"), ("Tanzania, United Republic of", "TZA"), ("Tanzania (United Republic of)", "TZA"),
    ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Turkiye", "TUR"), ("Turquie", "TUR"),
    ("Eswatini", "SWZ"), ("Swaziland", "SWZ"), ("Cabo Verde", "CPV"), ("Cape Verde", "CPV"), ("Cap-Vert", "CPV"),
    ("The Gambia", "GMB"), ("Gambia, The", "GMB"), ("Bahamas (the)", "BHS"),
    ("Guinea", "GIN"), ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG"),
    ("Niger", "NER"), ("Nigeria", "NGA"), ("Dominica", "DMA"), ("Dominican Republic", "DOM"), ("República Dominicana", "DOM"),
    ("Sudan", "SDN"), ("South Sudan", "SSD"), ("Samoa", "WSM"), ("American Samoa", "ASM"), ("Mauritania", "MRT"),
    ("Trinidad & Tobago", "TTO"), ("St. Lucia", "LCA"), ("St Vincent and the Grenadines", "VCT"),
    ("Hong Kong, China", "HKG"), ("Taiwan, China", "TWN"), ("Chinese Taipei", "TWN"), ("Macau", "MAC"),
    ("United Kingdom", "GBR"), ("UK", "GBR"), ("USA", "USA"), ("U.S.A.", "USA"), ("États-Unis", "USA"), ("EE. UU.", "USA"),
    ("Russia", "RUS"), ("Syria", "SYR"), ("Iran", "IRN"), ("Iran, Islamic Rep.", "IRN"), ("Bolivia", "BOL"),
    ("Venezuela, RB", "VEN"), ("Moldova", "MDA"), ("North Macedonia", "MKD"), ("Czech Republic", "CZE"), ("Burma", "MMR"),
    ("España", "ESP"), ("Allemagne", "DEU"), ("vnm", "VNM"), ("KE", "KEN"), (" KEN ", "KEN"),
])
def test_a_name_a_code_or_an_alias_finds_its_country(text, alpha3):
    assert country(text).alpha3 == alpha3


@pytest.mark.parametrize(("text", "suggested"), [
    ("Korea", {"KOR", "PRK"}), ("Corée", {"KOR", "PRK"}), ("Corea", {"KOR", "PRK"}),
    ("Virgin Islands", {"VGB", "VIR"}), ("Saint-Martin", {"MAF", "SXM"}), ("St Martin", {"MAF", "SXM"}),
    ("Netherlands Antilles", {"ABW", "BES", "CUW", "SXM"}), ("Serbia and Montenegro", {"SRB", "MNE"}),
])
def test_a_name_that_countries_share_is_refused_and_all_of_them_are_suggested(text, suggested):
    with pytest.raises(UnknownCountry) as refusal:
        country(text)
    assert {country(name).alpha3 for name in refusal.value.suggestions} == suggested


@pytest.mark.parametrize(("text", "suggested"), [
    ("Vietnm", "VNM"), ("Micronezia", "FSM"), ("Kenyaa", "KEN"), ("Northern Ireland", "GBR"), ("Nigerr", "NER"),
    ("Republic of Koreaa", "KOR"),
])
def test_a_misspelt_name_is_suggested_and_never_guessed(text, suggested):
    with pytest.raises(UnknownCountry) as refusal:
        country(text)
    assert suggested in {country(name).alpha3 for name in refusal.value.suggestions}
    assert refusal.value.findings[0].value == text


@pytest.mark.parametrize("text", ["", " ", "?", "XXX", "Africa", "several", "all", "Zorgland", "America", "ZZ", "東京"])
def test_what_is_no_country_is_refused(text):
    with pytest.raises(UnknownCountry):
        country(text)


def test_no_two_countries_share_a_name_once_folded():
    named = defaultdict(set)
    for entry in EVERY:
        for text in (entry.alpha3, entry.alpha2, *entry.names.values(), *entry.aliases):
            named[fold(text)].add(entry.alpha3)
    assert not {name: codes for name, codes in named.items() if len(codes) > 1 or not name}


def test_a_shared_name_is_nobodys_alias():
    for text in ("Korea", "Corée", "Corea", "Virgin Islands", "Saint-Martin", "San Martín"):
        assert not [entry for entry in EVERY if fold(text) in {fold(name) for name in (*entry.names.values(), *entry.aliases)}]


def test_all_of_iso_3166_are_there_with_their_codes():
    assert len(COUNTRIES) == 249
    assert {"PSE", "TWN", "HKG", "MAC", "ESH", "GRL", "PRI", "COK", "NIU"} <= set(COUNTRIES)
    assert len({entry.alpha2 for entry in EVERY}) == len(EVERY)
    assert len({entry.m49 for entry in COUNTRIES.values()}) == 249
    for alpha3, entry in COUNTRIES.items():
        assert entry.alpha3 == alpha3
        assert len(alpha3) == 3
        assert alpha3.isupper()
        assert len(entry.m49) == 3
        assert entry.m49.isdigit()


@pytest.mark.parametrize(("alpha3", "alpha2", "m49"), [
    ("AFG", "AF", "004"), ("KOR", "KR", "410"), ("PRK", "KP", "408"), ("PSE", "PS", "275"), ("COD", "CD", "180"),
    ("SSD", "SS", "728"), ("TWN", "TW", "158"),
])
def test_codes_are_those_of_the_standards(alpha3, alpha2, m49):
    assert (COUNTRIES[alpha3].alpha2, COUNTRIES[alpha3].m49) == (alpha2, m49)


def test_names_are_those_of_the_united_nations_in_the_language_spoken():
    assert country("KOR").name() == "Republic of Korea"
    assert country("CIV").name("es") == "Côte d’Ivoire"
    with speaking("fr"):
        assert country("DEU").name() == "Allemagne"
        assert country("PSE").name() == "État de Palestine"


@pytest.mark.parametrize(("subregion", "size"), [
    ("northern_africa", 7), ("sub_saharan_africa", 50), ("northern_america", 5), ("arab_states", 12), ("eastern_asia", 8),
    ("south_eastern_asia_pacific", 35), ("southern_asia", 9), ("eastern_europe", 10), ("central_western_asia", 11),
    ("northern_southern_western_europe", 36),  # 38 with Kosovo and the Channel Islands as one, which are not in ISO 3166-1
    ("latin_america_caribbean", 46),  # 47 with the Netherlands Antilles, which ISO 3166-1 no longer lists
])
def test_a_subregion_has_as_many_countries_as_the_ilo_lists(subregion, size):
    assert sum(entry.subregion == subregion for entry in COUNTRIES.values()) == size


@pytest.mark.parametrize(("alpha3", "region"), [
    ("ISR", "europe_central_asia"), ("CYP", "europe_central_asia"), ("TUR", "europe_central_asia"), ("IRN", "asia_pacific"),
    ("SDN", "africa"), ("EGY", "africa"), ("PSE", "arab_states"), ("USA", "americas"), ("ATA", None),
])
def test_a_country_is_in_the_region_where_the_ilo_puts_it(alpha3, region):
    assert COUNTRIES[alpha3].region == region


def test_regions_subregions_and_income_groups_are_codes():
    for entry in EVERY:
        assert (entry.region is None) == (entry.subregion is None)
        assert entry.region in {None, *REGIONS}
        assert entry.subregion in {None, *SUBREGIONS}
        assert entry.subregion is None or SUBREGIONS[entry.subregion].group == entry.region
        assert entry.income_group in {None, *INCOME_GROUPS}


def test_an_income_group_has_its_year_and_its_source():
    for entry in COUNTRIES.values():
        assert (entry.income_group is None) == (entry.income_year is None)
        assert entry.sources["income_group"]
    assert COUNTRIES["VEN"].income_group is COUNTRIES["ETH"].income_group is None  # not classified from July 2025


@pytest.mark.parametrize(("alpha3", "group"), [
    ("CRI", "high"), ("BGR", "high"), ("CPV", "upper_middle"), ("DZA", "upper_middle"), ("UKR", "upper_middle"),
    ("NAM", "lower_middle"), ("PSE", "lower_middle"), ("KHM", "lower_middle"), ("MWI", "low"), ("BFA", "low"),
])
def test_income_groups_are_those_the_world_bank_announced_for_2025(alpha3, group):
    assert (COUNTRIES[alpha3].income_group, COUNTRIES[alpha3].income_year) == (group, 2025)


def test_made_up_countries_can_be_looked_up_and_are_never_listed():
    codes = {entry.alpha3 for entry in made_up_countries()}
    assert codes == {"XUT", "XVA", "XWE", "XYO", "XZA"}
    assert not codes & set(COUNTRIES)
    assert not [entry for entry in COUNTRIES.values() if entry.made_up]
    assert country("Utania") is country("XUT") is COUNTRIES["XUT"]
    assert {entry.region for entry in made_up_countries()} == set(REGIONS)
    assert {entry.income_group for entry in made_up_countries()} == set(INCOME_GROUPS)
    assert not any(entry.verified for entry in made_up_countries())


def test_a_made_up_country_is_never_suggested():
    with pytest.raises(UnknownCountry) as refusal:
        country("Utanya")
    assert "Utania" not in refusal.value.suggestions


def test_a_refusal_is_the_users_to_mend_and_says_how():
    with pytest.raises(InputError) as refusal:
        country("Korea")
    assert "Republic of Korea" in str(refusal.value)
    assert refusal.value.findings[0].code == "unknown_country"


def test_countries_are_in_alphabetical_order():
    names = [fold(entry.name("en")) for entry in COUNTRIES.values()]
    assert names == sorted(names)
