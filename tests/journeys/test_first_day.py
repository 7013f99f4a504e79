"""The tutorial of the workbench, as somebody follows it: what it promises to show is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from socle import datasets
from socle_web.accounts.actions import invite_first_administrator
from socle_web.audit.verification import verify
from socle_web.results import actions, queries
from tests.journeys.browser import Watched

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs/tutorial/a-first-day-at-the-workbench.md").read_text(encoding="utf-8")
PASSWORD = "four words in a row"


@pytest.fixture
def day(chromium, transactional_db, live_server, settings):
    settings.SOCLE_MFA = "optional"
    assert not actions.load(datasets.read_book(ROOT / "catalogue/programmes/made-up"), by="start", source="made-up").refused
    queries.forget()
    watched = Watched(chromium, live_server.url)
    yield watched
    watched.close()
    assert not watched.wrong, "\n".join(dict.fromkeys(watched.wrong))


class Seen(list):
    """All that was to be read on the way."""

    def look(self, page, *texts):
        for text in texts:
            page.wait_for_selector(f"text={text}")
        self.append(re.sub(r"\s+", " ", page.inner_text("main")))


def accepts(day, link, name):
    page = day.page()
    page.goto(link)
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("text=Open my account")
    page.wait_for_url(lambda address: "/invitation/" not in address)
    return page


def invites(ada, email, role, country=""):
    ada.goto(reverse("people"))
    ada.click("text=Invite somebody")
    ada.fill("[name=email]", email)
    ada.select_option("[name=role]", label=role)
    if country:
        ada.click(f"details:has([value={country}]) > summary")
        ada.check(f"[value={country}]")
    ada.click("text=Send the invitation")
    ada.wait_for_selector("text=The invitation was sent.")
    return re.search(r"http\S+", mail.outbox[-1].body).group()


def test_a_first_day_at_the_workbench_goes_as_the_tutorial_says(day):
    seen, public = Seen(), day.page()
    why = "/why/?table=impacts&row=effective_coverage/old_age&column=persons&phase=2&year=2024"
    public.goto(why)
    seen.look(public, "45,000")
    assert public.inner_text(".answer").split()[0] == "45,000"

    _invitation, token = invite_first_administrator("ada@example.org")
    ada = accepts(day, reverse("account_invitation", args=[token]), "Ada")
    amina = accepts(day, invites(ada, "amina@example.org", "Contributor", "XUT"), "Amina")
    victor = accepts(day, invites(ada, "victor@example.org", "Verifier"), "Victor")
    mary = accepts(day, invites(ada, "mary@example.org", "Programme manager"), "Mary")

    amina.goto(reverse("desk"))
    seen.look(amina)
    amina.click("text=an impact")
    amina.select_option("#id_kind", label="Effective coverage")
    amina.select_option("#id_branch", label="Old age")
    for field, text in (("#id_title", "Farmers receive the Old-age Grant"), ("#id_change", "C05"),
                        ("#id_source", "Pension office, annual report 2024, table 3"), ("[name=first-on]", "2024"),
                        ("[name=first-persons]", "27500")):
        amina.fill(field, text)
    amina.select_option("[name=first-measure]", label="Increase")
    seen.look(amina, "This adds 27,500 people to effective coverage in 2024.")
    amina.click("text=Save and submit")
    seen.look(amina, "2 entries submitted.")
    assert amina.locator("button[name=verify]").count() == 0

    observation = ".tasks li:has-text('observation') h3 a"
    victor.goto(reverse("desk"))
    seen.look(victor, "To verify")
    victor.click(observation)
    victor.fill("#reason", "The annual report says 25,000, in table 3.")
    victor.click("button[name=return]")
    victor.wait_for_selector("text=2 entries returned")

    amina.goto(reverse("desk"))
    seen.look(amina, "Returned to you")
    amina.click(".tasks li:has-text('observation') >> text=Correct it")
    amina.click("aside >> text=Edit")
    amina.fill("#id_persons", "25000")
    seen.look(amina, "This adds 25,000 people")
    amina.click("text=Save and submit")
    seen.look(amina, "2 entries submitted.", "What happened")

    victor.goto(reverse("desk"))
    victor.click(observation)
    victor.click("button[name=verify]")
    victor.wait_for_selector("text=2 entries verified.")
    public.reload()
    assert public.inner_text(".answer").split()[0] == "45,000"

    mary.goto(reverse("desk"))
    seen.look(mary, "To publish")
    mary.click(observation)
    mary.click("button[name=publish]")
    seen.look(mary, "2 entries published: they count now.")

    public.reload()
    seen.look(public)
    assert public.inner_text(".answer").split()[0] == "70,000"
    mary.goto(reverse("audit"))
    seen.look(mary)
    assert verify().sound

    told = re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", TUTORIAL)
    assert len(told) > 5
    shown = " ".join(seen)
    assert [words for words in told if words not in shown] == []
