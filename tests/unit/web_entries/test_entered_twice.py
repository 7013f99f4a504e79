"""The same thing typed twice: by a second click, or by two people."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from socle_web.results import actions
from socle_web.results.likeness import alike
from socle_web.results.models import Entry
from tests.people import person
from tests.spec import books
from tests.unit.web_entries.conftest import CHANGE, IMPACT, entered, signed_in, text, verified
from tests.unit.web_results.test_loading import load, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

NUMBER = {"impact": "I", "on": "2024", "measure": "increase", "persons": "100", "source": "Report, 2024"}


def found(*entries):
    return [(finding.row, finding.severity, finding.code, finding.message) for finding in alike(entries)]


def test_an_entry_that_says_what_another_one_says_looks_the_same():
    first, second, other = entered(), entered(by="colleague", country="Kenya"), entered(title="Another law")
    assert found(first, other) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{second.key}.")]
    assert found(second) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{first.key}.")]
    actions.withdraw(second, by=person("colleague"))
    assert found(first) == []


def test_an_entry_that_says_what_a_fact_says_looks_the_same():
    fact = actions.publish([verified()], by=person("manager"))[0]
    assert found(entered()) == [(1, "warning", "looks_the_same", f"It looks the same as changes:{fact.key}.")]


def test_a_change_of_a_fact_does_not_look_like_the_fact():
    fact = actions.publish([verified()], by=person("manager"))[0]
    assert found(actions.change("changes", fact.key, {**CHANGE, "summary": "More"}, by=person("owner"))) == []


def test_a_number_looks_like_another_of_the_same_day_unless_it_corrects_it():
    load(small(observations=books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500), ("2024", "increase", 5))))
    correction = entered(sheet="observations", **NUMBER, supersedes="I3", reason="A slip")
    assert found(correction) == []
    actions.withdraw(correction, by=person("owner"))
    [(_row, _severity, _code, message)] = found(entered(sheet="observations", **NUMBER))
    assert message == "It looks the same as observations:I3."


def test_the_questions_do_not_grow_with_the_entries(django_assert_max_num_queries):
    several = [entered(title=f"Law {n}") for n in range(5)]
    with django_assert_max_num_queries(4):
        assert found(*several) == []


def form(client, sheet="changes"):
    """A new form, as it would be sent."""
    address = reverse("work-new", args=[sheet])
    mark = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    return address, {"once": mark[1], "save": "1"}


def test_a_form_that_is_sent_twice_makes_one_record_and_leads_to_it(client):
    address, sent = form(signed_in(client, "owner"))
    first = client.post(address, CHANGE | sent)
    second = client.post(address, CHANGE | sent, follow=True)
    assert second.redirect_chain[-1][0] == first.url
    assert "This form had been saved before" in text(second)
    assert Entry.objects.count() == 1


def test_what_was_typed_after_the_first_save_is_not_lost(client):
    address, sent = form(signed_in(client, "owner"))
    client.post(address, CHANGE | sent)
    page = client.post(address, CHANGE | {"title": "A better law"} | sent, follow=True)
    entry = Entry.objects.get()
    assert page.redirect_chain[-1][0] == reverse("entry-edit", args=[entry.pk]) + "?typed=1"
    assert 'value="A better law"' in text(page)
    assert entry.values["title"] == "A law"


def test_a_form_that_was_saved_may_still_be_submitted(client):
    address, sent = form(signed_in(client, "owner"), "impacts")
    number = {"first-on": "2024", "first-measure": "increase", "first-persons": "27500"}
    client.post(address, IMPACT | number | sent)
    client.post(address, IMPACT | number | sent | {"submit": "1"})
    assert [entry.state for entry in Entry.objects.all()] == ["submitted", "submitted"]


def test_two_forms_make_two_records(client):
    signed_in(client, "owner")
    for _ in range(2):
        address, sent = form(client)
        client.post(address, CHANGE | sent)
    assert Entry.objects.count() == 2
