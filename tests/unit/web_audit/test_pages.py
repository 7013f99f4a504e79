"""The log on the page: who may read it, what it shows, and its copy."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from socle_web.audit import views
from socle_web.audit.actions import record
from socle_web.audit.models import Event

pytestmark = pytest.mark.django_db


class Person:
    """Somebody who is signed in, and may or may not read the log."""

    is_authenticated, is_active = True, True

    def __init__(self, may):
        self.may = may

    def has_perm(self, permission, _of=None):
        return self.may and permission == "audit.view_event"

    def get_username(self):
        return "reader"


def ask(view, address="/audit/", user=None, data=None, **named):
    request = RequestFactory().get(address) if data is None else RequestFactory().post(address, data)
    request.user = user or Person(may=True)
    return view(request, **named)


def shown(*arguments, **named):
    answer = ask(*arguments, **named)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told():
    record("publish", by="ada", subject=("impacts", "a/b"), before={"persons": 12, "title": "Same"},
           after={"persons": 27500, "title": "Same", "note": "<script>"}, reason="Counted <b>again</b>", on_behalf_of="bo",
           summary={"lists": [1, 2, 3, 4, 5, 6, 7], "fine": True})
    record("sign_in", by="cy", subject=("person", "cy"))


@pytest.mark.parametrize(("view", "named"), [(views.log, {}), (views.record, {"sheet": "impacts", "key": "a/b"}), (views.export, {})])
def test_only_those_who_may_read_it(view, named, told, settings):
    settings.LOGIN_URL = "/sign-in/"
    data = {} if view is views.export else None
    answer = ask(view, user=AnonymousUser(), data=data, **named)
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)
    with pytest.raises(PermissionDenied):
        ask(view, user=Person(may=False), data=data, **named)
    assert Event.objects.count() == 2


def test_the_list_says_who_what_when_from_what_to_what_and_why(told):
    page = shown(views.log)
    for words in ("ada", "on behalf of bo", "publish", "impacts:a/b", "<del>12</del>", "<ins>27500</ins>", "&lt;script&gt;",
                  "Counted &lt;b&gt;again&lt;/b&gt;", "1, 2, 3, 4, 5 and 2 more", "/audit/records/impacts/a/b/"):
        assert words in page
    assert "Same" not in page, "what did not change is not shown"
    assert "<script" not in page


@pytest.mark.parametrize(("query", "events"), [
    ("by=ada", 1), ("deed=sign_in", 1), ("subject=impacts", 1), ("subject=impacts:a/b", 1), ("subject=impacts:x", 0),
    ("since=2020-01-01", 2), ("until=2020-01-01", 0), ("since=nonsense", 2), ("deed=nonsense", 2), ("older=1", 0), ("by=%00", 2),
    ("older=99999999999999999999999", 2), ("newer=0", 2),
])
def test_the_list_is_filtered(told, query, events):
    if query == "older=1":
        query = f"older={Event.objects.last().id}"
    assert shown(views.log, f"/audit/?{query}").count('id="event-') == events


def test_pages_are_turned_both_ways():
    ids = [record("save", by="ada", subject=("impacts", str(n))).id for n in range(120)]
    first, second = views._part(Event.objects.all(), None, None), views._part(Event.objects.all(), ids[70], None)
    assert ([event.id for event in first[0]], first[1:]) == (ids[:69:-1], (ids[70], 0))
    assert ([event.id for event in second[0]], second[1:]) == (ids[69:19:-1], (ids[20], ids[69]))
    back = views._part(Event.objects.all(), None, ids[69])
    assert ([event.id for event in back[0]], back[1:]) == (ids[:69:-1], (ids[70], 0))


def test_the_number_of_queries_does_not_grow():
    def queries():
        with CaptureQueriesContext(connection) as asked:
            shown(views.log)
            shown(views.record, sheet="impacts", key="I")
        return len(asked)

    record("save", by="ada", subject=("impacts", "I"), after={"n": 1}, rows=[["impacts", "I", None, {}]])
    queries()  # the imprint at the foot is remembered from now on
    few = queries()
    for n in range(20):
        record("save", by=f"p{n}", subject=("impacts", "I"), after={"n": n}, rows=[["impacts", "I", None, {"n": n}]])
    assert queries() == few


def test_a_record_has_its_history_and_what_it_said(told):
    event = Event.objects.last()
    page = shown(views.record, f"/?at={event.at:%Y-%m-%dT%H:%M:%S.%f}", sheet="impacts", key="a/b")
    assert "<dt>persons</dt><dd>27500</dd>" in page
    assert "not there" in shown(views.record, "/?at=2020-01-01T00:00", sheet="impacts", key="a/b")
    assert "27500</dd>" in shown(views.record, f"/?at={event.at:%Y-%m-%d}", sheet="impacts", key="a/b")
    assert "Write an instant" in shown(views.record, "/?at=nonsense", sheet="impacts", key="a/b")


@pytest.mark.parametrize("key", ["none", "\x00"])
def test_a_record_of_which_the_log_knows_nothing_is_not_found(key):
    with pytest.raises(Http404):
        ask(views.record, sheet="impacts", key=key)


def test_the_copy_is_recorded_and_no_formula(told):
    record("=1+1", by="@SUM(A1)", subject=("-1", "+1"), reason="=cmd|' /C calc'!A0", on_behalf_of="\t=1")
    answer = ask(views.export, "/audit/export.csv", data={"subject": ""})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["deed"] for row in rows] == ["'=1+1", "sign_in", "publish"]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert (Event.objects.first().deed, Event.objects.first().actor) == ("export", "reader")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_copy_has_what_the_list_shows(told):
    answer = ask(views.export, "/audit/export.csv", data={"by": "cy"})
    assert b"".join(answer.streaming_content).count(b"\n") == 2
    assert Event.objects.first().summary == {"by": "cy"}


def test_nobody_keeps_a_copy_in_between(told):
    assert "no-store" in ask(views.log)["Cache-Control"]
    assert "no-store" in ask(views.record, sheet="impacts", key="a/b")["Cache-Control"]


def test_a_stranger_is_asked_to_sign_in(client, told, settings):
    settings.LOGIN_URL = "/sign-in/"
    answer = client.get("/audit/")
    assert answer.status_code == 302
    assert client.get("/fr/audit/records/impacts/a/b/").status_code == 302
