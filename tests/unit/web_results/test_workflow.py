"""From draft to fact: who may do what, and that nothing is lost on the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.results import actions, queries
from socle_web.results.models import Change, Entry, Impact, Observation, Project, State
from socle_web.results.permissions import visible
from tests.people import person
from tests.spec import books
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db

CHANGE = {"country": "Kenya", "year": "2024", "step": "2", "branches": "old_age", "title": "A law", "source": "Gazette, 2024"}


@pytest.fixture(autouse=True)
def _loaded(db):
    load(small())


def entered(by="owner", sheet="changes", **values):
    return actions.enter(sheet, {**(CHANGE if sheet == "changes" else {}), **values}, by=person(by))


def published(entry):
    actions.submit([entry], by=person("owner"))
    actions.verify([entry], by=person("verifier"))
    return actions.publish([entry], by=person("manager"))[0]


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value
    return refusal.value


def test_an_entry_becomes_a_fact_after_submission_verification_and_publication():
    entry = entered()
    assert (entry.key, entry.state, entry.countries) == ("KEN-2024-c1", "draft", ("KEN",))
    assert not Change.objects.filter(key=entry.key).exists()
    published(entry)
    fact = Change.objects.get(key=entry.key)
    assert (fact.origin, fact.entered_by, fact.verified_by, fact.title) == ("entered", "owner", "verifier", "A law")
    deeds = [event.deed for event in Event.objects.order_by("id")]
    assert deeds == ["load", "enter", "submit", "verify", "publish"]
    assert Event.objects.latest("id").after["title"] == "A law"


def test_a_published_entry_counts_in_the_report():
    before = queries.report(phase="P").tables["changes_by_step"]
    published(entered(year="2023"))
    after = queries.report(phase="P").tables["changes_by_step"]
    assert [row["changes"] for row in after if row["step"] == "2"] == [row["changes"] + 1 for row in before if row["step"] == "2"]


def test_a_draft_may_be_incomplete_and_says_what_is_missing_before_it_is_submitted():
    entry = actions.enter("changes", {"country": "Kenya", "year": "not a year"}, by=person("owner"))
    assert entry.values["year"] == "not a year"
    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit([entry], by=person("owner"))
    assert {f.column for f in refusal.value.findings} >= {"year", "step", "title", "source"}
    assert Entry.objects.get().state == State.DRAFT


def test_nobody_verifies_what_they_typed():
    entry = entered(by="manager")
    actions.submit([entry], by=person("manager"))
    refused("four_eyes", actions.verify, [entry], by=person("manager"))
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Entry.objects.update(state="verified", verified_by="manager")


@pytest.mark.parametrize("typist", ["owner", "colleague", "manager"])
def test_the_database_refuses_a_verifier_who_had_any_hand_in_it(typist):
    entry = entered()
    entry = actions.save(entry, entry.values | {"title": "B"}, version=1, by=person("colleague"))
    entry = actions.save(entry, entry.values | {"title": "C"}, version=2, by=person("manager"))
    entry = actions.save(entry, entry.values | {"title": "D"}, version=3, by=person("owner"))
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Entry.objects.update(state="verified", submitted_by="owner", verified_by=typist)


def test_the_database_refuses_a_fact_that_was_entered_and_not_verified():
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(origin="entered", entered_by="owner")
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(origin="entered", entered_by="owner", verified_by="owner")


def test_a_stranger_enters_sees_and_changes_nothing_of_another_country():
    entry = entered()
    stranger = person("stranger")
    refused("out_of_scope", actions.enter, "changes", CHANGE, by=stranger)
    refused("out_of_scope", actions.change, "changes", "C", {"title": "Mine"}, by=stranger)
    refused("not_editable", actions.save, entry, CHANGE, version=1, by=stranger)
    refused("not_yours", actions.withdraw, entry, by=stranger)
    refused("out_of_scope", actions.submit, [entry], by=stranger)
    assert not visible(stranger).exists()
    assert visible(person("colleague")).get() == entry


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_readers_and_administrators_enter_nothing(name):
    refused("forbidden", actions.enter, "changes", CHANGE, by=person(name))
    assert not visible(person(name)).exists()


def test_a_project_mandate_is_enough_for_its_records():
    stranger = person("stranger")
    funding = {"project": "PR", "partner": "GIZ", "on": "2024", "amount": "5", "currency": "USD", "status": "received", "source": "x"}
    refused("out_of_scope", actions.enter, "funding", funding, by=stranger)
    actions.give_project(stranger, Project.objects.get(key="PR"), by=person("administrator"))
    entry = actions.enter("funding", funding, by=stranger)
    assert (entry.key, entry.project) == ("PR/GIZ/2024", "PR")


def test_a_return_says_why_and_the_entry_is_corrected_and_comes_again():
    entry = entered()
    actions.submit([entry], by=person("owner"))
    refused("reason_needed", actions.send_back, [entry], by=person("verifier"), reason="  ")
    actions.send_back([entry], by=person("verifier"), reason="The gazette says 2023.")
    entry = Entry.objects.get()
    assert (entry.state, entry.reason, entry.returned_by) == ("draft", "The gazette says 2023.", "verifier")
    entry = actions.save(entry, entry.values | {"year": "2023"}, version=entry.version, by=person("owner"))
    published(entry)
    assert Change.objects.get(key=entry.key).on == date(2023, 12, 31)


def test_a_stale_save_shows_both_versions_and_loses_neither():
    entry = entered()
    actions.save(entry, entry.values | {"title": "Theirs"}, version=1, by=person("colleague"))
    with pytest.raises(actions.Stale) as stale:
        actions.save(entry, entry.values | {"title": "Mine"}, version=1, by=person("owner"))
    assert (stale.value.mine["title"], stale.value.theirs["title"]) == ("Mine", "Theirs")
    assert Entry.objects.get().values["title"] == "Theirs"


def test_what_is_published_is_changed_by_an_entry_and_only_when_that_is_published():
    entry = actions.change("changes", "C", {"title": "A better title", "source": "Gazette"}, by=person("owner"))
    assert entry.before["title"] == "A law"
    assert Change.objects.get(key="C").title == "A law"
    published(entry)
    fact = Change.objects.get(key="C")
    assert (fact.title, fact.origin) == ("A better title", "entered")
    assert [p.key for p in fact.projects.all()] == ["PR"]
    event = Event.objects.latest("id")
    assert (event.before["title"], event.after["title"]) == ("A law", "A better title")


def test_a_fact_that_changed_meanwhile_is_not_overwritten():
    entry = actions.change("changes", "C", {"title": "Mine", "source": "Gazette"}, by=person("owner"))
    actions.submit([entry], by=person("owner"))
    actions.verify([entry], by=person("verifier"))
    load(small(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "projects": "PR", "partners": "GIZ",
                         "branches": "old_age;family", "title": "Theirs"}]))
    refused("stale", actions.publish, [entry], by=person("manager"))
    assert Change.objects.get(key="C").title == "Theirs"


def test_a_record_has_one_open_entry():
    actions.change("changes", "C", {"title": "Mine"}, by=person("owner"))
    refused("open_already", actions.change, "changes", "C", {"title": "Also"}, by=person("colleague"))


def test_an_observation_is_corrected_by_a_later_one_that_says_why():
    refused("append_only", actions.change, "observations", "I1", {"persons": "9"}, by=person("owner"))
    entry = actions.enter("observations", {"impact": "I", "on": "2023-06-30", "measure": "level", "persons": "1600", "source": "x",
                                           "supersedes": "I2", "reason": "Counted again"}, by=person("owner"))
    assert entry.countries == ("KEN",)
    published(entry)
    assert Observation.objects.get(key=entry.key).supersedes.key == "I2"
    assert Observation.objects.get(key="I2").persons == 1500


def test_what_an_entry_refers_to_is_published_first_or_with_it():
    change = entered()
    impact = actions.enter("impacts", {"country": "KEN", "change": change.key, "kind": "legal_coverage", "branch": "old_age",
                                       "title": "Covered by law", "source": "x"}, by=person("owner"))
    both = actions.submit([impact, change], by=person("owner"))
    actions.verify(both, by=person("verifier"))
    with pytest.raises(actions.Incomplete, match=change.key):
        actions.publish([impact], by=person("manager"))
    actions.publish(both, by=person("manager"))
    assert Impact.objects.get(key=impact.key).change.key == change.key


def test_a_locked_period_takes_nothing_until_it_is_unlocked_with_a_reason():
    manager = person("manager")
    held = actions.lock(date(2024, 1, 1), date(2024, 12, 31), by=manager, reason="Reported", country="KEN")
    entry = entered()
    refusal = refused("locked", actions.submit, [entry], by=person("owner"))
    assert "Reported" in str(refusal)
    refused("forbidden", actions.unlock, held, by=person("owner"), reason="please")
    refused("reason_needed", actions.unlock, held, by=manager, reason="")
    actions.unlock(held, by=manager, reason="A late gazette")
    published(entry)
    assert [e.deed for e in Event.objects.filter(subject_kind="lock").order_by("id")] == ["lock", "unlock"]


def test_a_file_brings_nothing_into_a_locked_period():
    actions.lock(date(2022, 1, 1), date(2022, 12, 31), by=person("manager"), reason="Reported")
    late = {"observation": "late", "impact": "I", "on": "2022-06-30", "measure": "level", "persons": 7}
    more = small(observations=[*books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)), late])
    outcome = load(more)
    assert [f.code for f in outcome.findings if f.severity == "error"] == ["locked"]
    assert Observation.objects.count() == 2


def test_a_file_does_not_replace_what_was_entered_and_verified_here():
    published(actions.change("changes", "C", {"title": "Verified here", "source": "Gazette"}, by=person("owner")))
    outcome = load(small())
    assert [f.code for f in outcome.findings if f.code == "entered_here"] == ["entered_here"]
    assert Change.objects.get(key="C").title == "Verified here"


def test_imported_facts_are_marked_until_a_verifier_adopts_them_and_a_new_file_marks_them_again():
    refused("forbidden", actions.adopt, "changes", ["C"], by=person("owner"))
    assert actions.adopt("changes", ["C"], by=person("verifier")) == 1
    assert (Change.objects.get().origin, Change.objects.get().verified_by) == ("imported", "verifier")
    load(small(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "title": "Another title"}]))
    assert Change.objects.get().verified_by == ""


def test_a_withdrawn_entry_stays_to_be_read_and_its_record_can_be_entered_anew():
    entry = actions.change("changes", "C", {"title": "Mine"}, by=person("owner"))
    actions.withdraw(entry, by=person("owner"), reason="Wrong country")
    assert Entry.objects.get().state == State.WITHDRAWN
    actions.change("changes", "C", {"title": "Again"}, by=person("owner"))


def test_a_change_of_a_fact_stays_in_the_hands_of_its_country_whatever_it_would_become():
    entry = actions.change("changes", "C", {"country": "MWI"}, by=person("focal"))
    assert entry.countries == ("KEN", "MWI")
    entry = actions.save(entry, {name: text for name, text in entry.values.items() if name != "country"}, version=1, by=person("focal"))
    assert entry.countries == ("KEN",)
    assert visible(person("colleague")).get() == entry


OTHER = {"impact": "J", "on": "2024", "measure": "level", "persons": "7", "source": "x"}


@pytest.fixture
def _two_impacts():
    load(small(impacts=[books.impact(change="C"), books.impact("J", change="C")],
               observations=[*books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)),
                             *books.observed(("2022", "baseline", 10), key="J")]))


@pytest.mark.usefixtures("_two_impacts")
def test_nobody_corrects_an_observation_of_another_impact():
    entry = actions.enter("observations", OTHER | {"supersedes": "I2", "reason": "mine"}, by=person("owner"))
    assert "supersedes_other_impact" in {finding.code for finding in actions.examine([entry])}
    with pytest.raises(actions.Incomplete):
        actions.submit([entry], by=person("owner"))
    of = Observation.objects.get(key="I2")
    with pytest.raises(IntegrityError, match="same impact"), transaction.atomic():
        Observation.objects.create(key="J9", impact=Impact.objects.get(key="J"), on=of.on, measure="level", persons=1,
                                   supersedes=of, reason="mine")


def test_an_observation_is_never_removed():
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Observation.objects.filter(key="I2")._raw_delete("default")


def test_what_speaks_against_an_entry_in_the_light_of_the_facts_is_told_before_it_is_verified():
    level = actions.enter("observations", {"impact": "I", "on": "2024", "measure": "level", "persons": "10", "source": "x"},
                          by=person("owner"))
    late = actions.enter("observations", {"impact": "I", "on": "2099", "measure": "increase", "persons": "10", "source": "x"},
                         by=person("owner"))
    assert "level_falls" in {finding.code for finding in actions.examine([level])}
    assert "outside_phases" in {finding.code for finding in actions.examine([late])}
    first = actions.enter("observations", {"impact": "I", "on": "2023", "measure": "level", "persons": "1400", "source": "x",
                                           "supersedes": "I2", "reason": "counted again"}, by=person("owner"))
    published(first)
    second = actions.enter("observations", {"impact": "I", "on": "2023", "measure": "level", "persons": "1300", "source": "x",
                                            "supersedes": "I2", "reason": "and again"}, by=person("owner"))
    assert "superseded_twice" in {finding.code for finding in actions.examine([second])}


@pytest.mark.parametrize("values", [
    {"on": "2025", "supersedes": "I2", "reason": "counted again"},  # takes what was counted in 2023 away
    {"on": "2022-06-30", "measure": "increase"},  # the next level, of 2023, counts what it adds to this
], ids=["a later correction", "an earlier number"])
def test_a_locked_period_keeps_its_figures_whatever_day_an_observation_is_of(values):
    actions.lock(date(2023, 1, 1), date(2023, 12, 31), by=person("manager"), reason="Reported")
    entry = actions.enter("observations", {"impact": "I", "measure": "level", "persons": "5", "source": "x"} | values, by=person("owner"))
    refused("locked", actions.submit, [entry], by=person("owner"))


def test_an_entry_that_says_what_a_fact_says_already_is_remarked_on():
    entry = entered(country="KEN", year="2023", title="A law")
    assert "looks_the_same" in {finding.code for finding in actions.examine([entry])}


def test_what_is_verified_is_not_withdrawn_without_a_reason():
    entry = entered()
    actions.submit([entry], by=person("owner"))
    actions.verify([entry], by=person("verifier"))
    refused("reason_needed", actions.withdraw, entry, by=person("owner"), reason=" ")
    assert actions.withdraw(entry, by=person("owner"), reason="The law was repealed").state == "withdrawn"


def test_an_entry_is_submitted_by_who_acts_for_what_it_leans_on_now():
    change = actions.enter("changes", CHANGE | {"country": "KEN"}, by=person("focal"))
    impact = actions.enter("impacts", {"change": change.key, "kind": "legal_coverage", "branch": "old_age", "title": "t", "source": "x"},
                           by=person("owner"))
    assert impact.countries == ("KEN",)
    actions.save(change, change.values | {"country": "MWI"}, version=1, by=person("focal"))
    refused("out_of_scope", actions.submit, [impact], by=person("owner"))


def test_an_output_of_nobody_is_asked_for_its_country_or_project():
    entry = actions.enter("outputs", {"on": "2024", "kind": "knowledge", "title": "A study"}, by=person("owner"))
    with pytest.raises(actions.Incomplete, match="Say the country or the project"):
        actions.submit([entry], by=person("owner"))
    refused("out_of_scope", actions.submit, [entry], by=person("colleague"))
