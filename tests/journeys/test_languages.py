"""The journey of the newcomer in French and in Spanish: words, numbers and addresses change together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from socle.vocabulary import COUNTRIES

pytestmark = pytest.mark.browser

TOLD = {
    "fr": {"name": "Français", "country": "Zambie", "figure": r"95\s000", "total": r"18\s267\s500", "report": "Rapport annuel 2024",
           "rule": "La règle", "day": "31 décembre 2023"},
    "es": {"name": "Español", "country": "Zambia", "figure": r"95\.000", "total": r"18\.267\.500", "report": "Informe anual 2024",
           "rule": "La regla", "day": "31 de diciembre de 2023"},
}


@pytest.mark.parametrize("language", TOLD)
def test_the_journey_of_the_newcomer_in_another_language(visit, language):
    told = TOLD[language]
    page = visit.page()
    page.goto("/")
    page.get_by_role("link", name=told["name"], exact=True).click()
    assert page.locator("html").get_attribute("lang") == language
    page.locator(".map").get_by_role("link", name=re.compile(f"^{told['country']}")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(told["country"])
    expect(page).to_have_url(re.compile(f"/{language}/countries/ZMB/$"))
    page.get_by_role("link", name=re.compile(f"^{told['figure']}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{told['figure']}$"))
    expect(page.get_by_role("heading", name=re.compile(told["rule"]))).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language

    page.goto(f"/{language}/report/2/2024/")
    expect(page.get_by_role("heading", level=1)).to_have_text(told["report"])
    expect(page.get_by_role("link", name=re.compile(f"^{told['total']}")).first).to_be_visible()
    page.goto(f"/{language}/report/2/?as_of=2023-12-31")
    expect(page.get_by_role("main")).to_contain_text(told["day"])


@pytest.mark.parametrize("address", [
    "/countries/ZMB/", "/results/?country=ZMB&step=3&list=changes",
    "/why/?table=impacts&row=effective_coverage/old_age&column=persons&phase=2&year=2024", "/report/2/?as_of=2023-12-31", "/search/?q=pension",
])
def test_changing_the_language_keeps_the_page_and_what_was_asked(visit, address):
    page = visit.page()
    page.goto(address)
    for language, told in TOLD.items():
        page.get_by_role("link", name=told["name"], exact=True).click()
        expect(page).to_have_url(f"{visit.site}/{language}{address}")
        assert page.locator("html").get_attribute("lang") == language
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{visit.site}{address}")


@pytest.mark.parametrize("language", TOLD)
def test_nothing_but_the_words_of_records_stays_in_english(visit, language):
    """What stands on an English page as on this one is a name, a number, or marked as English."""
    page, unsaid, names = visit.page(), {}, {place.name("en") for place in COUNTRIES.values()}
    for address in ("/", "/results/", "/countries/VNM/", "/partners/BEL/", "/changes/VNM-2024-2/", "/impacts/KHM-access-shi/", "/evaluation/",
                    "/team/", "/report/2/2024/", "/why/?table=impacts&row=all/all&column=persons&phase=2&year=2024"):
        page.goto(address)
        english = said(page)
        page.goto(f"/{language}{address}")
        same = [text for text in said(page) & english - names if re.search(r"[^\W\d_]{3,} [^\W\d_]{3,}", text)]
        unsaid |= {f"/{language}{address}": same} if same else {}
    assert not unsaid


def said(page):
    """Every piece of text that claims to be in the language of the page, outside of drawings, lists to choose from and sources."""
    return set(page.evaluate("""() => {
        const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walk.nextNode()) {
            const one = walk.currentNode.parentElement, said = one.closest("[lang]").lang
            if (said === document.documentElement.lang && !one.closest("option, svg, nav.tongues, .source") && !one.querySelector("[lang]"))
                found.push(walk.currentNode.textContent.replace(/\\s+/g, " ").trim())
        }
        return found.filter(Boolean)
    }"""))


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_report_is_downloaded_in_the_language_of_the_page(visit, language, tmp_path):
    page = visit.page()
    page.goto(f"/{language}/report/2/2024/")
    with page.expect_download() as getting:
        page.get_by_role("link", name="HTML", exact=True).click()
    getting.value.save_as(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'lang="{language}"' in text
    assert re.search(TOLD[language]["total"], text)
