"""Every page of the site, as axe, the console and the network see it: wide and narrow, light and dark, in three languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import addresses
from tests.journeys.browser import DESK, PHONE, fits

pytestmark = pytest.mark.browser

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
MAIN = ("/", "/results/", "/countries/VNM/", "/report/2/2024/", addresses.EXAMPLES["why/"][0], "/search/?q=pension")
MAIN = tuple(f"/{address.lstrip('/')}" for address in MAIN)


def test_every_page_has_an_example():
    assert len(addresses.pages()) >= 20
    assert len(addresses.everything()) > len(addresses.pages())


@pytest.mark.parametrize("address", [*addresses.pages(), "/there-is-no-such-page/", "/why/?table=rubbish"])
def test_a_page_is_accessible_and_clean(visit, address):
    page = visit.page()
    if "such-page" in address or "rubbish" in address:
        with visit.expecting_trouble():
            page.goto(address)
    else:
        page.goto(address)
    wrong = []
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        assert fits(page), f"{address} has to be scrolled sideways at {viewport['width']}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{viewport['width']} {scheme}: {one}" for one in violations(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("address", MAIN)
def test_a_main_page_is_accessible_in_other_languages(visit, address, language):
    page = visit.page(viewport=PHONE)
    page.goto(f"/{language}{address}")
    assert fits(page)
    assert violations(page) == []


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
