"""What follows an evaluation: what is missing, and what is late."""

from __future__ import annotations

from datetime import date

import pytest

from socle_web.desk.queries.evaluation import loop
from socle_web.results import actions
from tests.people import person
from tests.unit.web_desk.conftest import signed_in
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db
NOW = date(2026, 6, 1)


def told(recommendation=None, *steps, **sheets):
    rec = {"recommendation": "R", "title": "Do more", "evaluation": "An evaluation"} | (recommendation or {})
    load(small(recommendations=[rec], actions=[{"action": f"A{n}", "recommendation": "R", "title": "A step"} | step
                                               for n, step in enumerate(steps)], **sheets))
    found = loop(on=NOW)
    return found, found.followed[0]


WHOLE = {"owner": "Country office", "due_on": "2026-12-31", "status": "ongoing"}


@pytest.mark.parametrize(("recommendation", "steps", "missing"), [
    ({}, (), ("response",)),
    ({"response_text": "We shall see"}, (), ("decision",)),
    ({"response": "accepted"}, (), ("action",)),
    ({"response": "partly"}, (), ("action",)),
    ({"response": "rejected"}, (), ("reason",)),
    ({"response": "rejected", "response_text": "Beyond our mandate"}, (), ()),
    ({"response": "accepted"}, (WHOLE,), ()),
])
def test_a_recommendation_says_what_is_missing(recommendation, steps, missing):
    assert told(recommendation, *steps)[1].missing == missing


@pytest.mark.parametrize(("step", "missing"), [
    ({}, ("owner", "due_on", "status")), (WHOLE, ()), (WHOLE | {"status": "done"}, ("evidence",)), (WHOLE | {"status": "dropped"}, ()),
    ({"status": "done", "owner": "x"}, ("evidence",)),
])
def test_an_action_says_what_is_missing(step, missing):
    assert told({"response": "accepted"}, step)[1].steps[0].missing == missing


def test_what_is_done_and_borne_out_is_followed_to_the_end():
    found, one = told({"response": "accepted"}, WHOLE | {"status": "done"},
                      evidence=[{"evidence": "E", "record": "actions:A0", "title": "Minutes", "kind": "document"}])
    assert one.is_followed
    assert (found.complete, found.answered) == (1, 1)


def test_what_is_late_is_listed_the_latest_first_with_its_days():
    found, _one = told({"response": "accepted"}, WHOLE | {"due_on": "2026-05-31"}, WHOLE | {"due_on": "2025-06-01"}, WHOLE,
                       WHOLE | {"due_on": "2020-01-01", "status": "done"})
    assert [(step.action.key, step.days) for step in found.overdue] == [("A1", 365), ("A0", 1)]


def test_a_rejection_without_a_reason_is_not_submitted():
    values = {"recommendation": "R", "title": "Do more", "source": "x", "response": "rejected"}
    load(small())
    entry = actions.enter("recommendations", values, by=person("manager"))
    with pytest.raises(actions.Incomplete, match="Say why"):
        actions.submit([entry], by=person("manager"))
    entry = actions.save(entry, values | {"response_text": "Beyond our mandate"}, version=1, by=person("manager"))
    actions.submit([entry], by=person("manager"))


def test_the_page_leads_to_the_right_form(client):
    told({"response": "accepted"}, WHOLE)
    page = signed_in(client, "manager").get("/desk/evaluation/").content.decode()
    assert "/workbench/new/actions/?recommendation=R" in page
    assert "/workbench/records/recommendations/R/change/" in page
    assert "/workbench/records/actions/A0/change/" in page
    assert "/workbench/new/evidence/?record=actions%3AA0" in page
    focal = signed_in(client, "focal").get("/desk/evaluation/").content.decode()
    assert "/workbench/records/recommendations/R/change/" not in focal
    assert "/workbench/records/actions/A0/change/" in focal
    owner = signed_in(client, "owner").get("/desk/evaluation/").content.decode()
    assert "/workbench/records/" not in owner
