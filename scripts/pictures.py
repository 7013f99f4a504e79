"""Take the pictures of the documentation while the site is served: ``python scripts/pictures.py [ADDRESS [E-MAIL PASSWORD]]``.

The home page for README.md; with the e-mail address and password of a contributor for Utania, a form of the workbench for the
tutorial.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")
TYPED = {"#id_title": "Farmers receive the Old-age Grant", "#id_change": "C05",
         "#id_source": "Pension office, annual report 2024, table 3",
         "[name=first-on]": "2024", "[name=first-persons]": "27500"}
CHOSEN = {"#id_kind": "effective_coverage", "#id_branch": "old_age", "[name=first-measure]": "increase"}


def main(address: str = "http://127.0.0.1:8000/", email: str = "", password: str = "") -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        if email:
            take_the_workbench(browser, address, email, password)
        else:
            page = browser.new_page(viewport={"width": 1280, "height": 1720})
            page.goto(address)
            page.screenshot(path=PICTURES / "home.png")
        browser.close()


def take_the_workbench(browser: Browser, address: str, email: str, password: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1300})
    page.goto(f"{address}accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.click("text=an impact")
    for field, value in CHOSEN.items():
        page.select_option(field, value)
    for field, text in TYPED.items():
        page.fill(field, text)
    page.wait_for_selector("text=This adds 27,500 people")
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "workbench.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
