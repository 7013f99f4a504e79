"""A newcomer finds a country's results and asks why a number is what it is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def by_the_map(page):
    page.get_by_role("region", name="Map of countries").get_by_role("link", name=re.compile("^Viet Nam: 2 changes")).click()


def by_the_table(page):
    page.get_by_text("The map as a table: 31 countries").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Viet Nam"))
    expect(row).to_contain_text("Asia and the Pacific")
    row.get_by_role("link", name="Viet Nam").click()


def by_searching(page):
    page.get_by_role("searchbox").fill("vietnam")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Countries").get_by_role("link", name="Viet Nam", exact=True).click()


@pytest.mark.parametrize("find", [by_the_map, by_the_table, by_searching])
def test_a_newcomer_finds_a_country_and_asks_why(visit, find):
    page = visit.page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Building Social Protection Floors for All")
    find(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Viet Nam")
    expect(page.get_by_role("main")).to_contain_text("Law on Social Insurance amended, social assistance raised")
    expect(page.get_by_role("img", name=re.compile("Workers newly under mandatory social insurance"))).to_be_visible()
    page.get_by_role("link", name=re.compile("^8,200,000.*why")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("8,200,000")
    expect(page.get_by_role("heading", name="The rule that counted it")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^3 rows behind it"))).to_be_visible()
    rows = page.get_by_role("region", name=re.compile("rows behind it")).get_by_role("row").filter(has=page.get_by_role("rowheader"))
    counted = [int(row.get_by_role("cell").first.inner_text().split("–")[0].replace(",", "")) for row in rows.all()]
    assert sum(counted) == 8_200_000
    expect(rows.first).to_contain_text("not verified here")
    expect(rows.first).to_contain_text("Law on Social Insurance as amended in June 2024")
    expect(page.get_by_role("heading", name="What was left out, and why")).to_be_visible()

    page.get_by_role("link", name=re.compile("^Viet Nam: Workers newly under mandatory social insurance")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Workers newly under mandatory social insurance")
    page.get_by_role("table").get_by_role("link", name=re.compile("^3,000,000.*why")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("3,000,000")
    expect(page.get_by_role("region", name="Where it counts")).to_contain_text("Adds 3,000,000 to the total of its country and kind")
    expect(page.get_by_role("region", name="What the record says")).to_contain_text("Law on Social Insurance as amended in June 2024")
    expect(page.get_by_role("region", name="Where it counts").get_by_role("link", name=re.compile("^18,267,500"))).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="AR2024").first.click()

    source = page.get_by_role("region", name=re.compile("Annual Report 2024"))
    expect(source.get_by_role("heading")).to_be_in_viewport()
    expect(source).to_contain_text("CC BY 4.0")
    expect(source.get_by_role("link", name="https://doi.org/10.54394/KJKB8455")).to_be_visible()


def test_every_key_figure_of_the_home_page_can_be_asked_why(visit):
    page = visit.page()
    page.goto("/")
    figures = page.get_by_role("region", name="At a glance").get_by_role("link")
    told = [(figure.inner_text().split("–")[0].strip(), figure.get_attribute("href")) for figure in figures.all()]
    assert [number for number, _address in told[:5]] == ["60,000,000", "55,527,500", "80", "149", "31"]  # ambitions among them
    for number, address in told:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(number)


def test_a_newcomer_needs_only_the_keyboard(visit):
    page = visit.page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    walk_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("viet nam")
    page.keyboard.press("Enter")
    walk_to(page, page.get_by_role("region", name="Countries").get_by_role("link", name="Viet Nam", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Viet Nam")
    walk_to(page, page.get_by_role("link", name=re.compile("^8,200,000")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("8,200,000")


def test_the_map_can_be_skipped_and_read_with_the_keyboard(visit):
    page = visit.page()
    page.goto("/")
    walk_to(page, page.get_by_role("link", name="Skip the map"))
    expect(page.get_by_role("link", name="Skip the map")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_text("The map as a table")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Institutional changes by country")).to_be_visible()
    page.get_by_role("region", name="Map of countries").get_by_role("link", name=re.compile("^Kenya")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")


def walk_to(page, target, most=60):
    """Press Tab until ``target`` has the focus; wherever the focus goes it can be seen."""
    goal = target.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        here, outlined, seen = page.evaluate("""goal => {
            const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect()
            return [one === goal, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
                    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth]
        }""", goal)
        told = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert outlined, f"the focus cannot be seen on {told}"
        assert seen, f"the focus is outside of the window on {told}"
        if here:
            return
    raise AssertionError("Tab never came there")
