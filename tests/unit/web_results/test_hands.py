"""Who had a hand in an entry, and in whose hands it is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Entry, Project
from socle_web.results.permissions import asking, may_edit
from socle_web.results.scope import Scope
from tests.people import person
from tests.spec import books
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db

EVIDENCE = {"evidence": "E1", "record": "changes:C", "title": "The gazette", "kind": "document", "source": "x"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _loaded(db, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "private"
    load(small())


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value


def attached(entry, *, by):
    return actions.attach(entry, PDF, name="gazette.pdf", declared="application/pdf", by=person(by))


@pytest.mark.parametrize("detached", [False, True])
def test_who_attaches_a_document_or_takes_one_off_does_not_verify_it(detached):
    entry = actions.enter("evidence", EVIDENCE, by=person("owner"))
    file = attached(entry, by="owner" if detached else "manager")
    if detached:
        actions.detach(file, by=person("manager"))
    entry.refresh_from_db()
    assert (entry.typists, entry.changed_by, entry.version) == (("owner", "manager"), "manager", 3 if detached else 2)
    actions.submit([entry], by=person("owner"))
    refused("four_eyes", actions.verify, [entry], by=person("manager"))
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Entry.objects.update(state="verified", verified_by="manager")


def test_who_compares_a_change_with_what_is_published_now_does_not_verify_it():
    entry = actions.change("changes", "C", {"source": "Gazette"}, by=person("owner"))
    load(small(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "title": "Theirs"}]))
    entry = actions.catch_up(entry, by=person("manager"))
    assert (entry.typists, entry.changed_by) == (("owner", "manager"), "manager")
    actions.submit([entry], by=person("owner"))
    refused("four_eyes", actions.verify, [entry], by=person("manager"))


OUTPUT = {"project": "PR", "on": "2024-05-01", "kind": "training", "title": "A training", "source": "x"}


@pytest.fixture
def holder():
    """Somebody of Nepal who was given a project of Kenya and Malawi."""
    actions.give_project(person("stranger"), Project.objects.get(key="PR"), by=person("administrator"))
    return person("stranger")


@pytest.mark.parametrize(("country", "within"), [("KEN", True), ("MWI", True), ("NPL", True), ("", True), ("ZMB", False)])
def test_a_project_is_a_mandate_for_its_own_countries_and_no_other(holder, country, within):
    if within:
        assert actions.enter("outputs", OUTPUT | {"country": country}, by=holder).project == "PR"
    else:
        refused("out_of_scope", actions.enter, "outputs", OUTPUT | {"country": country}, by=holder)


@pytest.mark.parametrize(("countries", "within"), [("KEN", True), ("KEN;MWI;NPL", True), ("KEN;MWI;ZMB", False), ("ZMB", False)])
def test_who_was_given_a_project_widens_it_by_their_own_countries_only(holder, countries, within):
    if within:
        actions.change("projects", "PR", {"countries": countries}, by=holder)
    else:
        refused("out_of_scope", actions.change, "projects", "PR", {"countries": countries}, by=holder)
        entry = actions.change("projects", "PR", {"title": "A project"}, by=holder)
        refused("out_of_scope", actions.save, entry, entry.values | {"countries": countries}, version=1, by=holder)


def test_a_project_contributes_to_changes_of_its_countries_only(holder):
    load(small(changes=[books.change("C"), books.change("Z", "ZMB")]))
    share = {"project": "PR", "share": "leading", "source": "x"}
    actions.enter("contributions", share | {"change": "C"}, by=holder)
    refused("out_of_scope", actions.enter, "contributions", share | {"change": "Z"}, by=holder)
    refused("out_of_scope", actions.enter, "contributions", share | {"change": "C"}, by=person("second_stranger", "contributor", ("NPL",)))


def test_asking_for_many_records_asks_the_database_twice(holder, django_assert_num_queries):
    with django_assert_num_queries(2):
        asked = asking(holder)
        answers = [asked("outputs", Scope((code,), "PR")) for code in ("KEN", "MWI", "ZMB", "NPL", "UGA")]
    assert answers == [True, True, False, True, False]


@pytest.mark.parametrize(("name", "record", "within"), [
    ("owner", "partners:GIZ", True), ("focal", "actions:A", True), ("manager", "recommendations:R", True),
    ("owner", "actions:A", False), ("focal", "recommendations:R", False)])
def test_evidence_of_what_is_no_countrys_is_in_the_hands_of_whoever_enters_that(name, record, within):
    load(small(recommendations=[{"recommendation": "R", "title": "Do more"}],
               actions=[{"action": "A", "recommendation": "R", "title": "We do", "status": "planned"}]))
    if not within:
        refused("out_of_scope", actions.enter, "evidence", EVIDENCE | {"record": record}, by=person(name))
        return
    entry = actions.enter("evidence", EVIDENCE | {"record": record}, by=person(name))
    entry = actions.save(entry, entry.values | {"title": "A letter"}, version=1, by=person(name))
    assert actions.submit([entry], by=person(name))[0].state == "submitted"
    actions.withdraw(entry, by=person(name))


def test_evidence_of_nothing_yet_is_not_submitted_and_stays_its_typists():
    entry = actions.enter("evidence", {"evidence": "E1", "title": "A letter"}, by=person("focal"))
    refused("incomplete", actions.submit, [entry], by=person("focal"))  # what it lacks is told to whoever typed it
    refused("out_of_scope", actions.submit, [entry], by=person("colleague"))
    assert may_edit(person("focal"), entry)
    assert not may_edit(person("colleague"), entry)


def test_an_action_says_who_does_it_and_by_when():
    load(small(recommendations=[{"recommendation": "R", "title": "Do more"}]))
    entry = actions.enter("actions", {"action": "A", "recommendation": "R", "title": "We do", "status": "planned"}, by=person("focal"))
    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit([entry], by=person("focal"))
    assert {finding.column for finding in refusal.value.findings} == {"owner", "due_on"}


@pytest.mark.parametrize(("status", "warned"), [("planned", ["rejected"]), ("dropped", [])])
@pytest.mark.parametrize("published", [True, False])
def test_an_action_on_a_rejected_recommendation_is_told(status, warned, published):
    answered = {"response": "rejected", "response_text": "No money"}
    load(small(recommendations=[{"recommendation": "R", "title": "Do more", **(answered if published else {})}]))
    if not published:
        actions.change("recommendations", "R", answered, by=person("manager"))
    action = {"recommendation": "R", "title": "We do", "status": status, "owner": "A unit", "due_on": "2027", "source": "x"}
    entry = actions.enter("actions", action, by=person("focal"))
    assert [finding.code for finding in actions.examine([entry])] == warned
    actions.submit([entry], by=person("focal"))
