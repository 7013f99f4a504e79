"""A journalist uses the site on a small phone with JavaScript off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, fits

pytestmark = pytest.mark.browser

SMALLEST_TEXT = 12  # px
SMALLEST_TARGET = 24  # px, WCAG 2.2, success criterion 2.5.8

SMALL_TEXT = """least => [...document.querySelectorAll("main *, header *, footer *")].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) && !one.closest(".map, svg, option")
    && one.checkVisibility() && parseFloat(getComputedStyle(one).fontSize) < least).map(one => one.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """least => [...document.querySelectorAll("nav.rooms a, nav.tongues a, button, select, input:not([type=hidden]), summary")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < least).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def phone(visit):
    return visit.page(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, java_script_enabled=False)


def assert_readable(page):
    assert fits(page), f"{page.url} has to be scrolled sideways"
    assert page.evaluate(SMALL_TEXT, SMALLEST_TEXT) == []
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
    assert "user-scalable" not in page.locator("meta[name=viewport]").get_attribute("content")


def test_scripts_are_off_on_the_phone_of_this_journey(phone):
    phone.set_content("<p id=p>off</p><script>document.getElementById('p').textContent = 'on'</script>")
    assert phone.locator("#p").inner_text() == "off"


def test_a_journalist_reads_a_country_and_asks_why(phone):
    phone.goto("/")
    assert_readable(phone)
    phone.get_by_text("The map as a table").tap()
    phone.get_by_role("table", name="Institutional changes by country").get_by_role("link", name="Zambia").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Zambia")
    assert_readable(phone)
    phone.get_by_role("link", name=re.compile("^95,000")).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("95,000")
    expect(phone.get_by_role("main")).to_contain_text("inferred")
    assert_readable(phone)


def test_a_journalist_filters_the_results_by_a_form(phone):
    phone.goto("/")
    phone.get_by_role("link", name="All results").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Results")
    assert_readable(phone)
    phone.get_by_label("Country").select_option(label="Zambia")
    phone.get_by_label("Step", exact=True).select_option(label="Step 3: improve operations")
    phone.get_by_role("button", name="Show").tap()
    expect(phone.get_by_role("heading", level=3)).to_have_count(1)
    expect(phone.get_by_role("heading", level=3)).to_have_text("Health insurance for cash transfer households, digital registration")
    assert_readable(phone)


def test_a_journalist_reads_the_report_and_follows_a_figure(phone):
    phone.goto("/report/2/2024/")
    assert_readable(phone)
    expect(phone.get_by_role("region", name="Key figures")).to_contain_text("18,267,500")
    phone.get_by_role("region", name="Key figures").get_by_role("link", name=re.compile("^18,267,500")).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("18,267,500")
    assert_readable(phone)
