"""A donor finds what their money contributed to: projects, the changes they led to, and what these mean for people."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_donor_follows_their_money_to_people(visit):
    page = visit.page()
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Partners").click()
    page.get_by_role("main").get_by_role("link", name="Belgium", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belgium")
    expect(page.get_by_role("main")).to_contain_text("A contribution is not the sole cause")

    funding = page.get_by_role("region", name="Funding", exact=True)
    expect(funding.get_by_role("link", name=re.compile("^Multi-donor Programme"))).to_be_visible()
    expect(funding).to_contain_text("not reported")

    contributed = page.get_by_role("region", name="What it contributed to")
    changes = contributed.get_by_role("heading", level=3)
    expect(changes).to_have_count(8)
    health = contributed.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Decree 824/MOH/2024 on health insurance"))
    expect(health).to_contain_text("Lao People’s Democratic Republic")
    expect(health).to_contain_text("share not reported")
    expect(health).to_contain_text("7,000,000")

    health.get_by_role("heading", level=3).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decree 824/MOH/2024 on health insurance")
    page.get_by_role("link", name=re.compile("better reimbursement")).click()
    expect(page.get_by_role("main")).to_contain_text("7,000,000")
    expect(page.get_by_role("main")).to_contain_text("Adequacy")


def test_the_figure_of_a_donor_counts_only_what_the_donor_had_a_part_in(visit):
    page = visit.page()
    page.goto("/partners/BEL/")
    page.get_by_role("link", name=re.compile("^7,300,000")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7,300,000")
    headers = page.get_by_role("region", name=re.compile("rows behind it")).get_by_role("rowheader")
    assert sorted(text.split(":")[0] for text in headers.all_inner_texts()) == ["Burkina Faso", "Lao People’s Democratic Republic"]


def test_a_donor_of_many_projects_finds_each(visit):
    page = visit.page()
    page.goto("/partners/")
    page.get_by_role("link", name="European Union", exact=True).click()
    page.get_by_role("region", name="Projects").get_by_role("link", name=re.compile("^Country support: Viet Nam|^Country support: Iraq")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Country support: Iraq")
    expect(page.get_by_role("main").get_by_role("link", name="European Union").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Enrolment under the Social Security and Pensions Law supported")


def test_a_donor_without_credited_changes_is_told_so_and_not_shown_a_zero(visit):
    page = visit.page()
    page.goto("/partners/NESTLE/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nestlé")
    expect(page.get_by_role("region", name="What it contributed to")).to_contain_text("No change is recorded")
    expect(page.get_by_role("main")).not_to_contain_text(re.compile(r"\b0\b"))
