"""Take the picture of the home page that README.md shows: ``python scripts/pictures.py [ADDRESS]`` while the site is served."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")


def main(address: str = "http://127.0.0.1:8000/") -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1720})
        page.goto(address)
        page.screenshot(path=PICTURES / "home.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
