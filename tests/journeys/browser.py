"""A real Chromium, and the site with the real programme in it.

One browser for all journeys. What it sees is watched: an error in the console, a breach of the content security policy, a request
to another host or a missing file fails the test that caused it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CATALOGUE = Path(__file__).parents[2] / "catalogue" / "programmes" / "building-spf-for-all"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
WATCH = """document.addEventListener("securitypolicyviolation",
  e => console.error(`content security policy: ${e.violatedDirective} refuses ${e.blockedURI}`))"""


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import sync_playwright

    binary = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(binary).exists():
        pytest.skip("No Chromium on this machine: the journeys of the site were not made.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright leaves its loop running in the thread of the tests
    try:
        with sync_playwright() as playwright, closing(playwright.chromium.launch(executable_path=binary, args=QUIET)) as browser:
            yield browser
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
        if before is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """Where the database with the real programme in it is kept: each test begins with a copy."""
    return tmp_path_factory.mktemp("journeys") / "catalogue.sqlite3"


@pytest.fixture
def programme(transactional_db, loaded):
    """The real programme in the database."""
    from django.db import connection

    from socle import datasets
    from socle_web.results import actions, queries
    from tests import measures, schemes
    from tests.unit.web_coverage import editions

    connection.ensure_connection()
    if loaded.exists():
        with closing(sqlite3.connect(loaded)) as kept:
            kept.backup(connection.connection)
    else:
        outcome = actions.load(datasets.read_book(CATALOGUE), by="a journey", source=CATALOGUE.name)
        assert not outcome.refused, outcome.findings
        schemes.bring()
        measures.bring()
        editions.bring()
        with closing(sqlite3.connect(loaded)) as kept:
            connection.connection.backup(kept)
    queries.forget()


@pytest.fixture
def site(programme, live_server):
    """The address of the site, without a slash at the end."""
    return live_server.url


class Watched:
    """Opens pages, and remembers what went wrong in them."""

    def __init__(self, browser, site):
        self.browser, self.site, self.contexts, self.wrong = browser, site, [], []

    def page(self, *, viewport=DESK, **how):
        context = self.browser.new_context(base_url=self.site, viewport=viewport, service_workers="block",
                                           reduced_motion="reduce", **how)
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        if how.get("java_script_enabled", True):
            page.add_init_script(WATCH)
        page.on("console", lambda said: said.type in ("error", "warning") and self.wrong.append(f"console: {said.text} ({page.url})"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error} ({page.url})"))
        page.on("request", lambda asked: self._own(asked.url))
        page.on("response", lambda got: self._there(got, page))
        return page

    def _own(self, address):
        if urlsplit(address).scheme in ("http", "https", "ws") and not address.startswith(f"{self.site}/"):
            self.wrong.append(f"request to another host: {address}")

    def _there(self, response, page):
        if response.status >= 400:
            self.wrong.append(f"{response.status} {response.url} ({page.url})")

    @contextmanager
    def expecting_trouble(self):
        """For a page that is meant to be refused."""
        before = list(self.wrong)
        yield
        self.wrong[:] = before

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def visit(chromium, site):
    """``page = visit.page()``."""
    watched = Watched(chromium, site)
    yield watched
    watched.close()
    assert not watched.wrong, "\n".join(dict.fromkeys(watched.wrong))


def fits(page) -> bool:
    """Nothing has to be scrolled sideways."""
    wide, window = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    return wide <= window
