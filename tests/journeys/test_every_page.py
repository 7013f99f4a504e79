"""Every page of the site, as axe, the console and the network see it: wide and narrow, light and dark, in three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.journeys import accessible, addresses
from tests.journeys.browser import PHONE, fits

pytestmark = pytest.mark.browser

MAIN = ("/", "/results/", "/countries/VNM/", "/report/2/2024/", f"/{addresses.EXAMPLES['why/'][0]}", "/search/?q=pension")
REFUSED = ("/there-is-no-such-page/", "/why/?table=rubbish")


def test_every_page_has_an_example():
    assert len(addresses.pages()) >= 20
    assert len(addresses.everything()) > len(addresses.pages())


@pytest.mark.parametrize("address", [*addresses.pages(), *REFUSED])
def test_a_page_is_accessible_and_asks_for_nothing_from_elsewhere(visit, address):
    """In the style sheet width and colour scheme do not depend on each other: two views show both widths and both schemes."""
    page = visit.page()
    if address in REFUSED:
        with visit.expecting_trouble():
            page.goto(address)
    else:
        page.goto(address)
    wrong = violations(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    wrong += [f"narrow and dark: {one}" for one in violations(page, also="target-size")]
    assert fits(page), f"{address} has to be scrolled sideways on a phone"
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("address", MAIN)
def test_a_main_page_is_accessible_in_other_languages(visit, address, language):
    page = visit.page(viewport=PHONE)
    page.goto(f"/{language}{address}")
    assert fits(page)
    assert violations(page, but="color-contrast") == []


def test_the_watch_sees_what_it_is_there_for(visit):
    page = visit.page()
    page.goto("/")
    page.evaluate("""() => {
        document.body.append(Object.assign(document.createElement("img"), {src: "https://elsewhere.example/x.png"}))
        document.body.append(Object.assign(document.createElement("script"), {textContent: "1"}))
        return fetch("/missing/").then(() => console.error("an error of ours"))
    }""")
    page.wait_for_load_state("networkidle")
    seen, visit.wrong[:] = "\n".join(visit.wrong), []
    for word in ("content security policy: script-src", "content security policy: img-src", "404", "an error of ours"):
        assert word in seen


def violations(page, *, also="", but=""):
    found = accessible.violations(page, also=also, but=but)
    return [f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def test_width_and_colour_scheme_do_not_depend_on_each_other():
    """What the accessibility test relies on."""
    style = Path(finders.find("pages/site.css")).read_text(encoding="utf-8")
    conditions = re.findall(r"@media ([^{]+){", style)
    assert any("prefers-color-scheme" in one for one in conditions)
    assert not [one for one in conditions if "width" in one and "color-scheme" in one]
