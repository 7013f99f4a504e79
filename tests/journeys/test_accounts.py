"""The first administrator comes in, sets up a second factor, and invites somebody; every page of theirs can be used by all."""

from __future__ import annotations

import re
import time

import pytest

from tests.journeys import accessible
from tests.journeys.browser import PHONE, fits

pytestmark = pytest.mark.browser

ENTRANCE = ("login", "signup", "password/reset", "password/reset/done", "inactive", "roles", "roles/verifier")
INSIDE = ("me", "people", "invite", "people/root", "systems", "sessions", "2fa", "2fa/recovery-codes", "password/change", "logout")
PASSWORD = "three small words together"


@pytest.fixture
def _as_deployed(settings):
    settings.SOCLE_MFA = "required"
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"


def trouble(page):
    """What axe finds, wide and light, then narrow and dark."""
    found = []
    for view in ({"width": 1280, "height": 900}, PHONE):
        page.set_viewport_size(view)
        page.emulate_media(color_scheme="light" if view is not PHONE else "dark")
        seen = accessible.violations(page, also="target-size")
        found += [f"{page.url} {view['width']}: {one['id']}: {node['html'][:160]}" for one in seen for node in one["nodes"][:3]]
        found += [] if fits(page) else [f"{page.url} has to be scrolled sideways"]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def code_of(secret):
    """The code of now, with time enough left to send it: a code holds for half a minute."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    if (gone := time.time() % 30) > 22:
        time.sleep(30.1 - gone)
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.usefixtures("_as_deployed")
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_whoever_is_not_signed_in_can_use_every_page_at_the_entrance(visit, prefix):
    page, wrong = visit.page(), []
    for address in ENTRANCE:
        page.goto(f"{prefix}/accounts/{address}/")
        wrong += trouble(page)
    page.goto(f"{prefix}/accounts/login/")
    page.fill("#id_login", "nobody@example.org")
    page.fill("#id_password", "wrong")
    page.click("main form button")
    wrong += trouble(page)
    assert page.locator("[role=alert]").count() == 1
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("_as_deployed")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_first_administrator_comes_in_and_invites_somebody(visit, scripts, mailoutbox):
    from socle_web.accounts.actions import invite_first_administrator

    check = trouble if scripts else lambda page: []
    _invitation, token = invite_first_administrator("root@example.org")
    page = visit.page(java_script_enabled=scripts)
    page.goto(f"/accounts/invitation/{token}/")
    wrong = check(page)
    page.fill("#id_name", "Rosa Example")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    assert page.url.endswith("/accounts/2fa/totp/activate/")
    wrong += check(page)
    page.fill("#id_code", code_of(page.locator("#secret").inner_text()))
    page.click("main form button")
    page.wait_for_selector("code >> nth=9")
    assert page.locator("code").count() == 10
    for address in INSIDE:
        page.goto(f"/accounts/{address}/")
        wrong += check(page)
    page.goto("/accounts/people/")
    page.click("a.button")
    page.fill("#id_email", "ada@example.org")
    page.locator("summary").first.click()
    page.locator("details[open] input").first.check()
    page.click("main form button")
    assert "invitation was sent" in page.inner_text("[role=status]")
    wrong += check(page)
    assert re.search(r"/accounts/invitation/[\w-]{43}/", mailoutbox[-1].body)
    page.goto("/accounts/people/")
    assert page.locator("tbody tr").count() == 2
    wrong += check(page)
    assert not wrong, "\n".join(wrong)
