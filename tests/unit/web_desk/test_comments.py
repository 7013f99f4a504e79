"""Remarks under an entry."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.desk import actions
from socle_web.desk.models import Comment
from socle_web.desk.queries.news import how_many
from tests.people import CAST, person
from tests.unit.web_desk.conftest import entered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme", "people")]


def say(entry, text, by="owner"):
    return actions.comment("entry", str(entry.pk), text, by=person(by))


def shown(entry, by="owner"):
    request = RequestFactory().get(f"/workbench/entries/{entry.pk}/")
    request.user = person(by)
    return Template('{% load desk %}{% comments "entry" entry.pk %}').render(Context({"request": request, "entry": entry}))


def test_a_comment_tells_those_it_mentions_who_may_see_the_entry():
    entry = entered()
    said = say(entry, "@colleague, @stranger and @nobody: see page 3. Write to mail@focal")
    assert said.comment.mentions == ("colleague",)
    assert said.not_told == ("stranger", "nobody")
    assert (how_many(person("colleague")), how_many(person("stranger")), how_many(person("focal"))) == (1, 0, 0)
    event = Event.objects.get(deed="comment")
    assert (event.actor, event.subject_kind, event.subject_key, event.before, event.after) == (
        "owner", "entry", str(entry.pk), None, None)


@pytest.mark.parametrize("name", CAST)
def test_who_may_not_see_an_entry_says_nothing_about_it(client, name):
    entry = entered()
    answer = signed_in(client, name).post("/desk/comments/", {"kind": "entry", "key": entry.pk, "text": "Well done"})
    expected = {"stranger": 404, "reader": 403, "administrator": 403}.get(name, 302)
    assert answer.status_code == expected
    assert Comment.objects.count() == (expected == 302)


@pytest.mark.parametrize(("kind", "key"), [("entry", "999"), ("entry", "x"), ("entry", "9" * 30), ("changes", "nothing"), ("rubbish", "C")])
def test_what_is_not_there_has_no_comments(kind, key):
    with pytest.raises(Refused):
        actions.comment(kind, key, "Hello", by=person("manager"))


def test_a_record_can_be_spoken_of_by_those_who_act_for_it(client):
    actions.comment("changes", "C", "Which article?", by=person("owner"))
    assert signed_in(client, "stranger").post("/desk/comments/", {"kind": "changes", "key": "C", "text": "x"}).status_code == 404


def test_what_is_said_of_a_published_record_stands_on_its_page_of_the_workbench_for_those_who_act_for_it(client):
    page = "/workbench/beside/changes/C/"
    owner = signed_in(client, "owner")
    answer = owner.post("/desk/comments/", {"kind": "changes", "key": "C", "text": "Which article? @colleague"})
    assert answer["Location"].startswith(f"{page}#comment-")
    for name in CAST:
        answer = signed_in(client, name).get(page)
        reads = name in ("owner", "colleague", "focal", "verifier", "second_verifier", "manager")
        assert ("Which article?" in answer.content.decode()) == reads, name
        assert ('id="comments"' in answer.content.decode()) == reads, name
    client.logout()
    assert "Which article?" not in client.get(page, follow=True).content.decode()
    assert "Which article?" not in client.get("/changes/C/", follow=True).content.decode()
    assert "Which article?" not in signed_in(client, "owner").get("/changes/C/", follow=True).content.decode(), "caches keep that page"


def test_links_are_made_and_everything_else_is_text():
    entry = entered()
    say(entry, "<script>alert(1)</script> https://example.org/a?b=1&c=2 javascript:alert(1) @colleague <b>\nNext")
    page = shown(entry)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow">' in page
    assert 'href="javascript' not in page
    assert '<b class="mention" title="colleague">@colleague</b>' in page
    assert "<br>Next" in page


def test_a_comment_is_taken_back_by_who_made_it_and_that_is_seen(client):
    entry = entered()
    there = say(entry, "A mistake of mine").comment
    assert signed_in(client, "manager").post(f"/desk/comments/{there.pk}/retract/").status_code == 404
    signed_in(client, "owner").post(f"/desk/comments/{there.pk}/retract/", {"note": "Wrong country"})
    page = shown(entry)
    assert "A mistake of mine" not in page
    assert "This comment was taken back. Wrong country" in page
    assert Comment.objects.get().text == "A mistake of mine"
    assert Event.objects.get(deed="retract").reason == "Wrong country"


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("x" * 5_001, "too_long"), (" ".join(f"@p{n}" for n in range(11)), "too_many")])
def test_a_comment_has_bounds(text, code):
    with pytest.raises(Refused) as refusal:
        say(entered(), text)
    assert refusal.value.code == code


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"])
def test_a_comment_leads_back_to_our_own_pages_only(client, back):
    entry = entered()
    answer = signed_in(client, "owner").post("/desk/comments/", {"kind": "entry", "key": entry.pk, "text": "x", "back": back})
    assert answer["Location"].startswith(f"/workbench/entries/{entry.pk}/#comment-")


def test_the_author_is_told_who_was_not_told(client):
    entry = entered()
    answer = signed_in(client, "owner").post("/desk/comments/", {"kind": "entry", "key": entry.pk, "text": "@stranger look", "back": "/desk/"},
                                             follow=True)
    assert "Not told, because nobody of that name may see this: @stranger" in answer.content.decode()


def test_who_may_not_comment_reads_no_form():
    entry = entered()
    assert "<textarea" in shown(entry)
    assert "<textarea" not in shown(entry, by="reader")
