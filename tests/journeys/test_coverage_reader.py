"""A reader: looks at the world, compares three countries, asks why, downloads what is shown; with a keyboard and without scripts."""

from __future__ import annotations

import csv
import io

import pytest

from tests.journeys.browser import PHONE, fits

pytestmark = pytest.mark.browser


def test_a_reader_compares_three_countries_and_downloads_what_is_shown(visit):
    page = visit.page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Coverage").click()
    page.get_by_label("Series").select_option("SI_COV_PENSN")
    page.get_by_label("Year").select_option("2020")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("link", name="Nepal: 84.0% in 2020").is_visible()
    page.get_by_role("link", name="Compare countries").click()
    page.get_by_label("Edition").select_option("national")
    page.get_by_role("button", name="Compare").click()
    for name in ("Utania", "Welkara", "Valmoria"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Series").select_option("SI_COV_PENSN")
    page.get_by_role("button", name="Compare").click()
    shown = page.get_by_role("main").inner_text()
    assert all(figure in shown for figure in ("30.0%", "52.5%", "71.0%"))
    with page.expect_download() as download:
        page.get_by_role("link", name="table (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert {(row["country"], row["value"]) for row in rows if row["series"] == "SI_COV_PENSN"} == {
        ("XUT", "30"), ("XWE", "52.5"), ("XVA", "71")}
    assert all(row["edition"] for row in rows)


def test_a_reader_asks_why_and_comes_to_the_cells_of_the_inquiry(visit):
    page = visit.page(viewport=PHONE)
    page.goto("/coverage/XUT/")
    page.get_by_role("link", name="30.0% – why?").first.click()
    said = page.get_by_role("main").inner_text()
    assert "Recipients of a pension among older persons." in said
    assert "older_persons" in said
    assert fits(page)


def test_the_map_is_walked_with_a_keyboard_and_can_be_skipped(visit):
    page = visit.page()
    page.goto("/coverage/?series=SI_COV_PENSN&year=2020&edition=un-2025")
    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("in 2020") or "Malawi" in page.evaluate(
        "document.activeElement.getAttribute('aria-label')")
    page.get_by_role("link", name="Nepal: 84.0% in 2020").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/coverage/NPL/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Nepal"


def test_a_permanent_link_opens_what_was_shown(visit):
    page = visit.page()
    page.goto("/coverage/?series=SI_COV_PENSN&year=2020")
    page.get_by_role("link", name="Permanent link").click()
    assert "edition=un-2025" in page.url
    assert page.get_by_role("link", name="Nepal: 84.0% in 2020").is_visible()
