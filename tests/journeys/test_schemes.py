"""People at schemes: an economist in the costing studio, and somebody whose file is broken."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from socle_web.schemes import actions
from socle_web.schemes.actions.loading import Brought
from socle_web.schemes.models import Kind, Scenario, Version
from tests.journeys.browser import DESK, PHONE, fits
from tests.journeys.test_entering import signed, violations
from tests.schemes import KEY
from tests.unit.web_schemes.texts import BROKEN, GRANT

pytestmark = pytest.mark.browser


def cost(page):
    """The first figure of the page: what it costs in the first year."""
    return page.locator("#outcome .keys dd").first.inner_text()


def in_the_studio(page):
    """Kenya's child grant, chosen with the mouse."""
    page.goto("/schemes/studio/")
    page.select_option("#country", "KEN")
    version = Version.objects.get(key="test-child-grant", number=2).pk
    page.check(f"#s-{version}")
    page.wait_for_selector("#outcome .keys")
    return version


def until_the_cost_is_another(page, before):
    """Asked from outside the page: its own policy lets nothing be evaluated in it."""
    for _ in range(100):
        if cost(page) != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the cost is still {before}")


def test_an_economist_costs_a_child_grant_at_three_ages_keeps_two_scenarios_and_compares_them(visit):
    page = signed(visit, "owner")
    version = in_the_studio(page)
    page.fill("#l-start", "2025")
    seen = [cost(page)]
    for age in ("7", "10", "17"):
        page.fill(f"[id='l-{version}.last']", age)
        until_the_cost_is_another(page, seen[-1])
        seen.append(cost(page))
        if age != "17":
            page.click("text=Keep as a scenario")
            page.fill("#id_name", f"Child grant to age {age}")
            page.click("button:has-text('Keep it')")
            page.wait_for_selector("text=Kept. Only you and your colleagues see it")
            page.click("text=Go on from here in the studio")
            page.wait_for_selector("#outcome .keys")
    assert len(set(seen)) == 4, seen
    page.goto("/schemes/work/")
    for box in page.locator("input[name=c]").all():
        box.check()
    page.click("text=Compare what is ticked")
    page.wait_for_selector("table")
    told = page.inner_text("main")
    assert "Child grant to age 7" in told
    assert "Child grant to age 10" in told
    assert page.locator("figure svg").count() == 2
    assert violations(page) == []
    with page.expect_download() as downloading:
        page.click("text=Workbook (XLSX)")
    book = load_workbook(BytesIO(downloading.value.path().read_bytes()))
    assert any("Child grant to age 10" in str(cell) for sheet in book for row in sheet.values for cell in row)
    page.set_viewport_size(PHONE)
    assert fits(page)
    assert Scenario.objects.filter(author="owner").count() == 2


def test_the_studio_works_without_javascript(visit):
    page = visit.page(java_script_enabled=False)
    page.goto("/schemes/studio/")
    page.select_option("#country", "KEN")
    page.click("button:has-text('Choose')")
    version = Version.objects.get(key="test-child-grant", number=2).pk
    page.check(f"#s-{version}")
    page.click("button:has-text('Choose')")
    before = cost(page)
    page.fill(f"[id='l-{version}.amount.grant']", "2500")
    page.click("button:has-text('Show what it costs')")
    assert cost(page) != before
    page.click("#outcome .keys a >> nth=0")
    assert "The multiplication" in page.inner_text("main")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_broken_file_shows_every_error_beside_its_line(visit, viewport):
    page = signed(visit, "owner", viewport=viewport)
    page.goto("/schemes/work/new/")
    page.set_input_files("#id_file", {"name": "scheme.toml", "mimeType": "text/plain", "buffer": BROKEN.encode()})
    page.click("button:has-text('Keep it as a draft')")
    page.wait_for_selector("text=3 errors")
    beside = {re.sub(r"\D", "", line.get_attribute("id")): line.inner_text() for line in page.locator("ol.lines li.wrong").all()}
    assert list(beside) == ["4", "20", "27"]
    assert "famly" in beside["4"]
    assert "Did you mean family?" in beside["4"]
    assert "Did you mean age?" in beside["20"]
    assert "is not a number" in beside["27"]
    assert violations(page) == []
    assert fits(page)
    page.click("text=Edit")
    page.fill("#id_text", GRANT.replace("test-child-grant", "mended-grant"))
    page.click("button:has-text('Save draft')")
    page.wait_for_selector("text=nothing is wrong with it")
    page.click("button:has-text('Submit to be verified')")
    page.wait_for_selector("text=Submitted.")


def test_a_slider_moves_the_number_and_the_keyboard_does_too(visit):
    page = visit.page()
    version = in_the_studio(page)
    before = cost(page)
    page.focus(f"[id='l-{version}.last']")
    page.keyboard.press("ArrowUp")
    until_the_cost_is_another(page, before)
    assert page.evaluate(f"document.activeElement.id == 'l-{version}.last'")
    assert f"{version}.last=5" in page.url
    assert page.locator("input[type=range]").first.input_value() == "5"


CONTRIBUTED = GRANT.replace("test-child-grant", "contributed-grant").replace("amount = 1000", 'formula = "min(1000, 1200)"') + """
[[contribution]]
payer = "worker"
from = 2020-01-01
rate = 0.03
source = "A test, page 12"
"""
ECONOMY = """country = "KEN"
currency = "KES"
source = "An office of a test, table 1"
vintage = "2025"

[gdp]
unit = "currency"
values = { 2024 = 16_000_000_000_000, 2025 = 17_000_000_000_000 }
"""


def test_what_is_older_what_moves_nothing_and_the_economy_are_told_on_pages_that_fit_a_phone(visit):
    newer = [Brought("grant/scheme.toml", GRANT.replace("1000", "1500")), Brought("contributed/scheme.toml", CONTRIBUTED),
             Brought("economy.toml", ECONOMY, kind=Kind.ECONOMY, country="KEN")]
    assert not actions.load(newer, by="a test", source="tests").refused
    page = visit.page()
    contributed = Version.objects.get(key="contributed-grant").pk
    for address, told in ((f"/schemes/scenarios/{KEY}/", "Version 3 is published by now"),
                          (f"/schemes/studio/?country=KEN&s={contributed}", "the rates of contributions move nothing here"),
                          ("/countries/KEN/", "The economy that is reckoned with")):
        page.goto(address)
        page.wait_for_selector(f"text={told}")
        for summary in page.locator("details.economy > summary").all():
            summary.click()
        for viewport in (DESK, PHONE):
            page.set_viewport_size(viewport)
            assert fits(page), address
            assert violations(page) == []
        page.set_viewport_size(DESK)
