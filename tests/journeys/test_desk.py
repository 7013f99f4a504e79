"""A focal point, a contributor and a manager at their desks."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.journeys import accessible
from tests.journeys.browser import DESK, PHONE, fits
from tests.people import person

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("SOCLE_PICTURES", "")  # a folder: keep what was seen


def at_the_desk_of(visit, name):
    """A page of somebody who is signed in."""
    client = Client()
    client.force_login(person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = visit.page()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visit.site}])
    return page


def seen(page, name):
    """What is wrong with a page, wide and narrow."""
    wrong = []
    for size, viewport in (("wide", DESK), ("narrow", PHONE)):
        page.set_viewport_size(viewport)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{size}.png", full_page=True)
        if not fits(page):
            wrong.append(f"{name}, {size}: has to be scrolled sideways")
        found = accessible.violations(page)
        wrong += [f"{name}, {size}: {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
    page.set_viewport_size(DESK)
    return wrong


@pytest.fixture
def work(programme):
    """Something in every state, for the focal point and the contributors of Kenya."""
    from socle_web.results import actions

    def entered(title, by="owner", **values):
        return actions.enter("changes", {"country": "KEN", "year": "2024", "step": "2", "branches": "old_age", "title": title,
                                         "source": "Gazette, 2024", **values}, by=person(by))

    for name in ("owner", "colleague", "focal", "stranger", "verifier", "manager"):
        person(name)
    waits = actions.submit([entered("Pensions for informal workers")], by=person("owner"))
    back = actions.submit([entered("Cash benefits for children under five")], by=person("owner"))
    actions.send_back(back, by=person("verifier"), reason="The gazette says 2023.\nPlease attach the page.")
    checked = actions.submit([entered("A registry of beneficiaries", by="colleague")], by=person("colleague"))
    actions.verify(checked, by=person("verifier"))
    entered("A half-written reform")
    actions.keep_typing(person("owner"), "impacts/new", {"title": "People covered"})
    return waits[0], back[0]


def test_a_round_is_planned_reported_and_closed(visit, work):
    _waits, _back = work
    manager, wrong = at_the_desk_of(visit, "manager"), []
    manager.goto("/desk/")
    wrong += seen(manager, "desk-manager")
    manager.goto("/desk/calendar/plan/")
    today = date.today()
    for name, day in (("start", date(2024, 1, 1)), ("end", date(2024, 12, 31)), ("opens_on", today - timedelta(40)),
                      ("due_on", today - timedelta(3))):
        manager.fill(f"#id_{name}", day.isoformat())
    manager.fill("#id_title", "Results of 2024")
    wrong += seen(manager, "plan")
    manager.get_by_role("button", name="Plan this round").click()
    wrong += seen(manager, "round")
    manager.goto("/desk/calendar/")
    wrong += seen(manager, "calendar")
    manager.goto("/desk/board/?sort=unobserved")
    wrong += seen(manager, "board")

    focal = at_the_desk_of(visit, "focal")
    focal.goto("/desk/")
    wrong += seen(focal, "desk-focal")
    focal.get_by_role("link", name="Kenya: Results of 2024").click()
    wrong += seen(focal, "duty")
    focal.get_by_role("button", name="It is complete").click()
    assert focal.get_by_text("Enter it, or say why this is all there is.").is_visible()
    focal.fill("#id_note", "The ministry reports in March.")
    focal.get_by_role("button", name="It is complete").click()
    assert focal.get_by_text("The ministry reports in March.").is_visible()

    manager.goto("/desk/news/")
    assert manager.get_by_text("focal says that Kenya is complete").is_visible()
    wrong += seen(manager, "news-manager")
    assert not wrong, "\n".join(wrong)


def test_what_was_returned_is_on_the_desk_and_a_remark_reaches_a_colleague(visit, work):
    _waits, back = work
    owner, wrong = at_the_desk_of(visit, "owner"), []
    owner.goto("/desk/")
    assert owner.get_by_text("The gazette says 2023.").is_visible()
    wrong += seen(owner, "desk-owner")
    owner.goto("/desk/news/")
    wrong += seen(owner, "news-owner")
    owner.get_by_role("button", name="I have read this").click()
    assert owner.get_by_text("Nothing new.").is_visible()
    owner.goto("/desk/absence/")
    owner.fill("#id_since", date.today().isoformat())
    owner.fill("#id_until", (date.today() + timedelta(14)).isoformat())
    owner.select_option("#id_deputy", "stranger")
    wrong += seen(owner, "absence")
    owner.get_by_role("button", name="Name this deputy").click()
    wrong += seen(owner, "absence-named")

    owner.goto(f"/workbench/entries/{back.pk}/")
    owner.get_by_role("textbox", name="Comment").fill("@colleague do you have the page of the gazette? https://example.org/gazette")
    owner.get_by_role("button", name="Say it").click()
    assert owner.get_by_role("link", name="https://example.org/gazette").is_visible()
    wrong += seen(owner, "entry-with-comment")
    colleague = at_the_desk_of(visit, "colleague")
    colleague.goto("/desk/")
    colleague.get_by_text("do you have the page of the gazette?").wait_for()
    wrong += seen(colleague, "desk-mentioned")

    deputy = at_the_desk_of(visit, "stranger")
    deputy.goto("/desk/")
    assert deputy.get_by_text("You act for owner until").is_visible()
    wrong += seen(deputy, "desk-deputy")
    assert deputy.goto(f"/workbench/entries/{back.pk}/").status == 200
    assert not wrong, "\n".join(wrong)


def test_what_follows_an_evaluation_is_seen_at_once(visit, work):
    manager = at_the_desk_of(visit, "manager")
    manager.goto("/desk/evaluation/")
    assert not (wrong := seen(manager, "evaluation")), "\n".join(wrong)
