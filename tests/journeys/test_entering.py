"""People at the workbench: a number on its way from a form to the public figure, and all that may come between."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from socle_web.results import actions
from socle_web.results.models import Entry, Observation, Typing
from tests.journeys import accessible
from tests.journeys.browser import DESK, PHONE, fits
from tests.people import person

pytestmark = pytest.mark.browser
WHY = "/why/?table=impacts&row=effective_coverage/all&column=persons&phase=2&year=2024"
CHANGE = {"country": "KEN", "year": "2024", "step": "2", "title": "A law on pensions", "source": "Gazette, 2024"}

COPIES = "Object.keys(localStorage).filter(key => key.startsWith('socle:'))"


def signed(visit, name, **how):
    """Somebody who has signed in."""
    client = Client()
    client.force_login(person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = visit.page(**how)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visit.site}])
    return page


def figure(page):
    page.goto(WHY)
    return int(re.sub(r"\D", "", page.inner_text(".answer")))


def violations(page):
    found = accessible.violations(page, also="target-size")
    return [f"{page.url} {one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def test_an_impact_is_entered_returned_corrected_verified_and_published_and_the_public_figure_says_why(visit):
    public = visit.page()
    before = figure(public)

    contributor = visit.page()
    person("owner")
    contributor.goto("/workbench/new/impacts/")
    contributor.fill("[name=login]", "owner@example.org")
    contributor.fill("[name=password]", "a long password of owner")
    contributor.click("main button[type=submit]")
    contributor.wait_for_url("**/workbench/new/impacts/")
    contributor.select_option("#id_kind", "effective_coverage")
    contributor.select_option("#id_branch", "old_age")
    contributor.fill("#id_title", "Informal workers join the pension scheme")
    contributor.fill("#id_source", "Pension authority, annual report 2024")
    contributor.fill("[name=first-on]", "2024")
    contributor.select_option("[name=first-measure]", "increase")
    contributor.fill("[name=first-persons]", "27500")
    contributor.wait_for_selector("text=This adds 27,500 people to effective coverage in 2024.")
    contributor.click("text=Save and submit")
    contributor.wait_for_selector("text=2 entries submitted.")
    entry = contributor.url
    assert contributor.locator("button[name=verify]").count() == 0

    verifier = signed(visit, "verifier")
    verifier.goto("/workbench/")
    verifier.click("text=Informal workers join the pension scheme, Increase")
    verifier.fill("#reason", "The annual report says 25,000, in table 3.")
    verifier.click("button[name=return]")
    verifier.wait_for_selector("text=Returned, with your reason.")

    contributor.goto("/workbench/")
    assert "The annual report says 25,000, in table 3." in contributor.inner_text("main")
    contributor.click(".entries h2 a")
    contributor.click("aside >> text=Edit")
    contributor.fill("#id_persons", "25000")
    contributor.wait_for_selector("text=This adds 25,000 people")
    contributor.click("text=Save and submit")
    contributor.wait_for_selector("text=2 entries submitted.")

    second = signed(visit, "second_verifier")
    second.goto(entry)
    second.click("button[name=verify]")
    second.wait_for_selector("text=2 entries verified.")
    assert figure(public) == before

    manager = signed(visit, "manager")
    manager.goto(entry)
    manager.click("button[name=publish]")
    manager.wait_for_selector("text=2 entries published")
    assert figure(public) == before + 25_000
    observation = Observation.objects.get(persons=25_000, origin="entered")
    assert (observation.entered_by, observation.verified_by) == ("owner", "second_verifier")
    public.goto(f"/impacts/{observation.impact.key}/")
    assert "25,000" in public.inner_text("main")


def test_two_people_at_one_record_lose_nothing(visit):
    entry = actions.enter("changes", CHANGE, by=person("owner"))
    mine, theirs = signed(visit, "owner"), signed(visit, "colleague")
    for page in (mine, theirs):
        page.goto(f"/workbench/entries/{entry.pk}/edit/")
    theirs.fill("#id_title", "The Pensions Act")
    theirs.fill("#id_summary", "It covers farmers.")
    theirs.click("text=Save draft")
    theirs.wait_for_selector("text=Saved as a draft.")
    mine.fill("#id_title", "A law on old-age pensions")
    with visit.expecting_trouble():  # the answer says 409: somebody else was there
        mine.click("text=Save draft")
        mine.wait_for_selector("text=colleague saved this entry while you were typing.")
    told = mine.inner_text("main")
    assert "The Pensions Act" in told
    assert "A law on old-age pensions" in told
    assert violations(mine) == []
    mine.check("#t-summary")
    mine.click("text=Save what is chosen")
    mine.wait_for_selector("text=What you did not choose is still in the history.")
    entry.refresh_from_db()
    assert (entry.values["title"], entry.values["summary"]) == ("A law on old-age pensions", "It covers farmers.")


def test_a_locked_period_refuses_and_says_why_until_it_is_unlocked(visit):
    manager, owner = signed(visit, "manager"), signed(visit, "owner")
    entry = actions.enter("changes", CHANGE, by=person("owner"))
    manager.goto("/workbench/locks/")
    manager.fill("#id_start", "2024-01-01")
    manager.fill("#id_end", "2024-12-31")
    manager.fill("#id_reason", "The annual report is out.")
    manager.click("button:has-text('Lock')")
    manager.wait_for_selector("text=Locked.")
    owner.goto(f"/workbench/entries/{entry.pk}/")
    owner.click("button[name=submit]")
    owner.wait_for_selector("text=is locked: The annual report is out.")
    manager.click("summary:has-text('Unlock')")
    manager.fill("[name=reason] >> nth=0", "A late figure of Kenya.")
    manager.click("form button:has-text('Unlock')")
    manager.wait_for_selector("text=Unlocked.")
    owner.click("button[name=submit]")
    owner.wait_for_selector("text=Submitted.")


def test_a_stranger_from_another_country_sees_and_changes_nothing(visit):
    entry = actions.enter("changes", CHANGE, by=person("owner"))
    stranger = signed(visit, "stranger")
    stranger.goto("/workbench/")
    assert "A law on pensions" not in stranger.inner_text("main")
    stranger.goto("/workbench/new/changes/")
    assert stranger.locator("#id_country option").all_inner_texts() == ["Choose …", "Nepal"]
    with visit.expecting_trouble():
        for address in (f"/workbench/entries/{entry.pk}/", f"/workbench/entries/{entry.pk}/edit/"):
            assert stranger.goto(address).status == 404


def test_what_is_typed_survives_a_closed_page_a_lost_connection_and_the_end_of_a_session(visit):
    page = signed(visit, "owner")
    page.goto("/workbench/new/changes/")
    page.fill("#id_title", "Typed and never saved")
    page.wait_for_selector("text=Kept at")
    page.goto("/workbench/new/changes/")
    page.click("a:has-text('Use it')")
    assert page.input_value("#id_title") == "Typed and never saved"

    with visit.expecting_trouble():
        page.context.set_offline(True)
        page.fill("#id_title", "Typed without a connection")
        page.click("text=Save draft")
        page.wait_for_selector("text=No connection: kept in this browser.")
        page.context.set_offline(False)
        page.wait_for_timeout(500)
    Typing.objects.all().delete()
    page.evaluate("localStorage.setItem('socle:owner:changes/new', JSON.stringify([['title', 'Typed without a connection']]))")
    page.goto("/workbench/new/changes/")
    page.click("button:has-text('Use it')")
    assert page.input_value("#id_title") == "Typed without a connection"

    page.context.clear_cookies(name="sessionid")
    page.click("text=Save draft")
    page.fill("[name=login]", "owner@example.org")
    page.fill("[name=password]", "a long password of owner")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Your session had ended.")
    assert page.input_value("#id_title") == "Typed without a connection"
    page.click("text=Save draft")
    page.wait_for_selector("text=Saved as a draft.")
    assert Entry.objects.get().values["title"] == "Typed without a connection"
    nothing_is_kept(page)  # the script is deferred: the words are there before it has run
    page.evaluate("localStorage.setItem('socle:owner:changes/new', '[]')")
    page.goto("/accounts/logout/")
    page.click("main form button")
    page.wait_for_url("**/")
    nothing_is_kept(page)


def nothing_is_kept(page):
    """Asked again and again from outside the page: its own policy lets nothing be evaluated in it."""
    for _ in range(100):
        if page.evaluate(f"{COPIES}.length === 0"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(COPIES))


def test_everything_is_entered_and_decided_without_scripts(visit):
    owner = signed(visit, "owner", java_script_enabled=False)
    owner.goto("/workbench/new/changes/")
    for name in ("title", "source", "year"):
        owner.fill(f"#id_{name}", CHANGE[name])
    owner.select_option("#id_step", "2")
    owner.click("text=What would this change?")
    assert "This adds one institutional change in Kenya, 2024." in owner.inner_text("#consequence")
    owner.click("text=Save and submit")
    entry = owner.url
    for name, deed in (("verifier", "verify"), ("manager", "publish")):
        page = signed(visit, name, java_script_enabled=False)
        page.goto(entry)
        page.click(f"button[name={deed}]")
    assert Entry.objects.get().state == "published"


@pytest.mark.parametrize("name", ["owner", "manager"])
def test_every_page_of_the_workbench_is_accessible_and_fits_a_phone(visit, name):
    impact = actions.begin("impacts", {"country": "KEN", "kind": "access", "title": "Farmers"}, {"on": "2024", "measure": "level"},
                           by=person("owner"))[0]
    returned = actions.submit([actions.enter("changes", CHANGE, by=person("owner"))], by=person("owner"))
    actions.send_back(returned, by=person("verifier"), reason="The gazette says 2023.")
    waiting = actions.submit([actions.enter("changes", CHANGE | {"title": "B"}, by=person("owner"))], by=person("owner"))[0]
    page, wrong = signed(visit, name), []
    addresses = ["/workbench/", "/workbench/new/", "/workbench/new/changes/", "/workbench/new/impacts/", "/workbench/new/observations/", "/workbench/locks/",
                 f"/workbench/entries/{impact.pk}/", f"/workbench/entries/{impact.pk}/edit/", f"/workbench/entries/{waiting.pk}/",
                 f"/workbench/entries/{returned[0].pk}/", "/workbench/records/changes/KEN-2024-2/change/",
                 "/workbench/beside/changes/KEN-2024-2/", "/workbench/beside/countries/KEN/"]
    for address in (*addresses, *(["/workbench/adopt/"] if name == "manager" else [])):
        page.goto(address)
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            wrong += violations(page)
            if not fits(page):
                wrong.append(f"{address} has to be scrolled sideways")
    assert not wrong, "\n".join(wrong)
