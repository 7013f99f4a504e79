"""Somebody prints a page: the text is there, the navigation is not."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("address", "holds", "most"), [
    ("/countries/VNM/", ("Viet Nam", "8,200,000", "Law on Social Insurance amended", "not an ILO publication"), 8),
    ("/report/2/2024/", ("Annual report 2024", "18,267,500", "Decree 824/MOH/2024", "not an ILO publication"), 30),
])
def test_a_printed_page_holds_what_it_is_about_and_nothing_to_click(visit, address, holds, most):
    page = visit.page()
    page.goto(address)
    printed = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = "\n".join(sheet.extract_text() for sheet in printed)
    flat = " ".join(text.split())
    for words in holds:
        assert words in flat, f"{words} is missing on paper"
    page.emulate_media(media="print")
    for name in ("Main", "Language"):
        assert not page.get_by_role("navigation", name=name).is_visible()
    assert "Skip to the content" not in flat
    assert "Français" not in flat
    assert 1 <= len(printed) <= most
    assert page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
