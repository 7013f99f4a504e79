"""The boards: the world, a country, several countries, why; the same figures as files; editions never joined in silence."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle.vocabulary import COUNTRIES
from socle_web.coverage.actions import releasing
from socle_web.coverage.actions.releasing import Announced
from tests.unit.web_coverage.editions import UN, Report, book, international, national, report

pytestmark = pytest.mark.django_db
HEADER = UN.splitlines()[0]


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def tiles(text):
    """Country, shade and words of each tile that says something."""
    return {found[2]: (found[1], found[3]) for found in
            re.finditer(r'<a class="c\d+ r\d+(?: s(\d))?[^"]*" href="/coverage/(\w{3})/[^"]*" aria-label="([^"]*)"', text)}


def many(count, years=(2019, 2020), key="many"):
    rows = [f"1,1.3,1.3.1,{series},x,{COUNTRIES[code].m49.lstrip('0')},x,{year},{n % 100}.5,Test,,C,{sex},PERCENT"
            for n, code in enumerate(list(COUNTRIES)[:count]) for year in years for sex in ("BOTHSEX", "FEMALE", "MALE")
            for series in ("SI_COV_PENSN", "SI_COV_CHLD", "SI_COV_BENFTS")]
    return international(key, text="\n".join([HEADER, *rows]))


def test_without_an_edition_the_board_says_so(client):
    assert "No edition of figures is published yet." in page(client, "/coverage/")
    assert "No edition of figures is published yet." in page(client, "/coverage/compare/")
    assert "No edition of figures is published yet." in page(client, "/coverage/editions/")


def test_the_map_shades_a_series_in_a_year_and_says_what_is_missing(client):
    international()
    text = page(client, "/coverage/?series=SI_COV_PENSN&year=2020")
    assert tiles(text) == {"KEN": ("1", "Kenya: 20.0% in 2020, estimated"), "NPL": ("4", "Nepal: 84.0% in 2020"),
                           "ZWE": ("1", "Zimbabwe: 0.0% in 2020"), "MWI": (None, "Malawi: nothing is said")}
    assert "cannot be said" in text  # of Malawi, in the table


def test_the_first_year_that_is_shown_is_the_one_most_countries_have(client):
    international()
    assert "Older persons receiving an old-age pension, 2020" in page(client, "/coverage/?series=SI_COV_PENSN")
    assert "15.0%" in page(client, "/coverage/?series=SI_COV_PENSN&year=2020&sex=female")


def test_the_last_of_each_country_is_of_different_years_and_has_no_average(client):
    international()
    text = page(client, "/coverage/?series=SI_COV_PENSN&year=latest")
    assert "The figures are of different years" in text
    assert "Malawi" not in re.sub(r'title="[^"]*"', "", text)


@pytest.mark.parametrize("query", ["edition=none", "series=none", "year=x", "sex=both", "edition=national-x", "edition=%00"])
def test_what_is_not_there_is_a_page_not_found(client, query):
    international()
    page(client, f"/coverage/?{query}", 404)


def test_a_series_or_a_year_that_this_edition_does_not_have_is_said_and_something_else_shown(client):
    international()
    national(country="KEN")
    for query in ("series=SI_COV_CHLD&edition=national", "series=SI_COV_PENSN&year=1066", "series=SI_COV_PENSN&year=2015&edition=national"):
        text = page(client, f"/coverage/?{query}")
        assert "This edition does not have what you asked for" in text
        assert "<select" in text
    assert "This edition does not have" in page(client, "/coverage/compare/?c=KEN&series=SI_COV_CHLD&edition=national")
    assert "This edition does not have" not in page(client, "/coverage/?series=SI_COV_CHLD")


def test_an_address_with_its_edition_shows_the_same_for_good(client):
    international("first")
    permanent = re.search(r'<link rel="canonical" href="http://testserver([^"]*)"', page(client, "/coverage/?series=SI_COV_PENSN"))[1]
    permanent = permanent.replace("&amp;", "&")
    assert "edition=first" in permanent
    before = tiles(page(client, permanent))
    international("second", text=UN.replace("84.0", "11.0"))
    assert tiles(page(client, permanent)) == before
    assert "11.0%" in page(client, "/coverage/?series=SI_COV_PENSN&year=2020&edition=second")


def test_national_editions_stand_beside_each_other_each_named(client):
    national(country="KEN")
    national(country="NPL", value=50.0)
    text = page(client, "/coverage/?edition=national&series=SI_COV_PENSN&year=2024")
    assert {code: label for code, (_shade, label) in tiles(text).items()} == {
        "KEN": "Kenya: 30.0% in 2024", "NPL": "Nepal: 50.0% in 2024"}
    assert "Each country from its latest national edition: 2 countries" in text
    assert "Inquiry of KEN" in text
    assert "Inquiry of NPL" in text


def test_the_national_map_of_a_day_stays_when_a_country_releases_again(client):
    first = national(country="KEN")
    pinned = f"/coverage/?edition=national-{first.pk}&series=SI_COV_PENSN&year=2024"
    assert "30.0%" in page(client, pinned)
    national(country="KEN", value=44.0)
    assert "30.0%" in page(client, pinned)
    assert "44.0%" in page(client, "/coverage/?edition=national&series=SI_COV_PENSN&year=2024")


def test_an_edition_that_is_taken_back_is_on_no_page(client):
    edition = international()
    page(client, "/coverage/KEN/")
    releasing.take_back(edition, by="tester", reason="Wrong.")
    for address in ("/coverage/KEN/", "/coverage/?edition=un-2025", "/coverage/editions/un-2025/",
                    "/coverage/KEN/why/?edition=un-2025&series=SI_COV_PENSN&year=2020"):
        page(client, address, 404)


def test_a_made_up_country_is_marked_and_not_on_the_map(client):
    national()
    text = page(client, "/coverage/?series=SI_COV_PENSN")
    assert tiles(text) == {}
    assert "Made-up countries" in text
    assert "every figure is invented" in text
    assert "made up, for training" in page(client, "/coverage/XUT/")


def test_a_range_is_shown_as_one(client):
    national()
    assert "25.0–40.0%" in page(client, "/coverage/XUT/")
    assert "25.0–40.0%" in page(client, "/coverage/?series=SI_COV_BENFTS")


def test_the_page_of_a_country_has_its_groups_its_trends_and_what_cannot_be_said(client):
    international()
    text = page(client, "/coverage/KEN/")
    for words in ("Coverage by group", "20.0%", "15.0%", "25.0%", "Over the years", "10.5%", "Children receiving a child", "7.5%"):
        assert words in text
    assert text.count("<svg") > 2
    page(client, "/coverage/FRA/", 404)
    assert client.get("/coverage/ken/")["Location"] == "/coverage/KEN/"


def test_the_page_of_a_country_shows_one_edition_and_offers_the_others(client):
    international()
    national(country="KEN", value=33.3)
    own = page(client, "/coverage/KEN/")
    assert "33.3%" in own
    assert "10.5%" not in own
    assert "Edition un-2025" in own
    other = page(client, "/coverage/KEN/?edition=un-2025")
    assert "10.5%" in other
    assert "33.3%" not in other


def test_countries_are_compared_up_to_six(client):
    many(8)
    codes = list(COUNTRIES)[:8]
    text = page(client, "/coverage/compare/?" + "&".join(f"c={code}" for code in codes))
    assert "At most 6 fit beside each other" in text
    assert text.count(" checked>") == 6
    assert "Choose countries to see them side by side." in page(client, "/coverage/compare/")


def test_three_made_up_countries_are_compared(client):
    for code, value in (("XUT", 30.0), ("XWE", 50.0), ("XVA", 70.0)):
        national(country=code, value=value)
    text = page(client, "/coverage/compare/?c=XUT&c=XWE&c=XVA&series=SI_COV_PENSN")
    for words in ("30.0%", "50.0%", "70.0%", "<svg"):
        assert words in text


def test_why_leads_to_the_cells_of_the_inquiry(client):
    edition = national()
    text = page(client, f"/coverage/XUT/why/?edition={edition.key}&family=sdg&series=SI_COV_PENSN&year=2024&sex=total")
    for words in ("30.0%", "Recipients of a pension among older persons.", "300", "1,000", "recipients", "denominators",
                  "older_persons", "Register"):
        assert words in text


def test_why_of_a_range_says_both_bounds(client):
    edition = national()
    text = page(client, f"/coverage/XUT/why/?edition={edition.key}&series=SI_COV_BENFTS&year=2024")
    assert "Lower bound" in text
    assert "Upper bound" in text


def test_why_of_an_international_edition_says_its_source(client):
    international()
    text = page(client, "/coverage/KEN/why/?edition=un-2025&series=SI_COV_PENSN&year=2020")
    for words in ("A note.", "A test", "Edition un-2025", "Estimated"):
        assert words in text


def test_every_figure_on_a_page_leads_to_a_page_that_says_why(client):
    international()
    national(country="KEN")
    for address in ("/coverage/?series=SI_COV_PENSN", "/coverage/KEN/", "/coverage/compare/?c=KEN&c=NPL&edition=un-2025&series=SI_COV_PENSN"):
        links = set(re.findall(r'href="(/coverage/\w{3}/why/[^"]*)"', page(client, address)))
        assert links
        for link in sorted(links):
            assert "Where it was published" in page(client, link.replace("&amp;", "&"))


def test_what_is_shown_is_downloaded_as_a_table_with_its_edition(client):
    international()
    answer = client.get("/coverage/download.csv?series=SI_COV_PENSN&year=2020&edition=un-2025")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {(row["country"], row["value"], row["edition"]) for row in rows} == {
        ("KEN", "20.0", "un-2025"), ("NPL", "84.0", "un-2025"), ("ZWE", "0", "un-2025"), ("MWI", "", "un-2025")}
    assert "attachment" in answer["Content-Disposition"]


def test_what_is_downloaded_in_the_layout_of_the_un_is_read_again(client):
    edition = international()
    text = client.get("/coverage/editions/un-2025/download.un").content.decode()
    again = international("again", text=text)
    told = [sorted(one.values.values_list("country", "series", "year", "sex", "value", "nature", "footnote"), key=str)
            for one in (edition, again)]
    assert told[0] == told[1]


def test_the_workbook_and_the_json_have_the_same_figures(client):
    national()
    address = "/coverage/XUT/download."
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address + "xlsx").content)).active
    told = json.loads(client.get(address + "json").content)
    assert sheet.max_row == 1 + len(told["values"]) == 4
    assert {row["value"] for row in told["values"]} == {30.0, 25.0, 40.0}
    assert told["editions"][0]["digest"]


def test_texts_of_a_source_are_no_formulas_in_a_spreadsheet(client):
    said = Report((replace(report(country="KEN").figures[0], definition="=1+1"),))
    releasing.release(said, Announced("KEN", "A test", date(2025, 1, 1)), country="KEN", book=book(), by="tester")
    text = client.get("/coverage/KEN/download.csv").content.decode()
    assert "=1+1" in text
    assert ",=1+1" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/coverage/KEN/download.xlsx").content)).active
    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)


def test_pictures_are_downloaded(client):
    international()
    for address in ("/coverage/download.svg?series=SI_COV_PENSN", "/coverage/KEN/download.svg?series=SI_COV_PENSN",
                    "/coverage/KEN/download.svg", "/coverage/compare/download.svg?c=KEN&c=NPL&series=SI_COV_PENSN"):
        assert client.get(address).content.startswith(b"<svg")
    assert client.get("/coverage/download.png?series=SI_COV_PENSN").content.startswith(b"\x89PNG")
    for address in ("/coverage/download.exe", "/coverage/compare/download.csv", "/coverage/editions/un-2025/download.png",
                    "/coverage/KEN/download.svg?series=none"):
        page(client, address, 404)


def test_two_editions_say_what_is_restated_added_and_gone(client):
    international("first")
    international("second", text=UN.replace("84.0", "85.5").replace("2015,10.50", "2016,10.50"))
    text = page(client, "/coverage/editions/differences/?a=first&b=second")
    for words in ("Restated", "84.0%", "85.5%", "Added by the later edition", "No longer in the later edition"):
        assert words in text
    page(client, "/coverage/editions/differences/?a=first&b=none", 404)
    page(client, "/coverage/editions/differences/?a=national", 404)


def test_texts_of_a_source_are_escaped(client):
    bad = "<script>alert(1)</script>"
    edition = international(text=UN.replace("A note.", bad).replace(",Test,", f",{bad},"))
    releasing.Edition.objects.filter(pk=edition.pk).update(title=bad, source=bad, notice=bad)
    for address in ("/coverage/", "/coverage/KEN/", "/coverage/compare/?c=KEN", "/coverage/editions/", "/coverage/editions/un-2025/",
                    "/coverage/KEN/why/?edition=un-2025&series=SI_COV_PENSN&year=2020", "/coverage/editions/differences/?a=un-2025&b=un-2025"):
        assert bad not in page(client, address)


ADDRESSES = ("/coverage/", "/coverage/?year=latest", "/coverage/AFG/", "/coverage/compare/?c=AFG&c=ALB&c=DZA", "/coverage/editions/",
             "/coverage/editions/differences/?a=few&b=many", "/coverage/AFG/why/?edition=few&series=SI_COV_PENSN&year=2020",
             "/coverage/download.csv", "/coverage/AFG/download.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_same_number_of_questions_of_three_countries_and_of_sixty(client, address):
    many(3, key="few")
    many(4)

    def questions():
        page(client, address)  # what is remembered until something is published
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        return len(captured)

    few = questions()
    many(60, key="full")
    for code in list(COUNTRIES)[10:20]:
        national(country=code)
    assert questions() == few
    assert few < 20
