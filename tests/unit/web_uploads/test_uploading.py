"""A file is brought, looked through, and its good rows become drafts."""

from __future__ import annotations

import pytest

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.results import actions, jobs, uploads
from socle_web.results.models import Change, Entry, Upload
from tests.people import person
from tests.unit.web_uploads.files import CHANGE, csv_of, workbook, zipped

pytestmark = pytest.mark.django_db


def brought(content, *, name="results.xlsx", by="owner"):
    return jobs.bring(content, name=name, by=person(by))


def accepted(content, *, by="owner", **how):
    there = brought(content, by=by, **how)
    jobs.accept(there, by=person(by))
    there.refresh_from_db()
    return there


def codes(there, severity="error"):
    return [f.code for f in uploads.findings(there, severity=severity)]


def of(there, sheet):
    return next(one for one in there.preview["sheets"] if one["sheet"] == sheet)


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value


def test_a_preview_says_what_is_new_changed_unchanged_and_absent_and_writes_nothing():
    there = brought(workbook(
        changes=[CHANGE, {"change": "C", "country": "KEN", "year": "2023", "step": "2", "branches": "old_age;family", "title": "A better law"}],
        observations=[{"observation": "I1", "impact": "I", "on": "2022", "measure": "baseline", "persons": 1000}],
    ))
    assert there.stage == Upload.Stage.READY
    changes = of(there, "changes")
    assert (changes["new"], changes["changed"], changes["unchanged"], changes["left"]) == (1, 1, 0, 0)
    assert changes["changes"] == [{"key": "C", "row": 3, "differences": [["title", "A law", "A better law"]]}]
    assert changes["new_keys"] == ["K1"]
    observations = of(there, "observations")
    assert (observations["unchanged"], observations["absent_keys"]) == (1, ["I2"])
    assert not Entry.objects.exists()


def test_a_number_with_thousands_apart_is_the_number():
    same = {"observation": "I1", "impact": "I", "on": "2022", "measure": "baseline", "persons": "1 000"}
    new = {"observation": "I3", "impact": "I", "on": "2024", "measure": "level", "persons": "27\u202f500", "source": "x"}
    there = accepted(workbook(observations=[same, new, new | {"observation": "I4", "persons": "27,500"}]))
    assert of(there, "observations")["unchanged"] == 1
    entry = Entry.objects.get()
    assert (entry.key, entry.values["persons"]) == ("I3", "27500")
    [finding] = uploads.findings(there, severity="error")
    assert (finding.code, finding.row) == ("whole_number", 4)
    assert "27500 or 27.5" in finding.remedy


def test_a_file_of_observations_alone_says_what_is_absent_in_the_countries_of_its_impacts():
    first = {"observation": "I1", "impact": "I", "on": "2022", "measure": "baseline", "persons": 1000}
    there = brought(csv_of([first]), name="observations.csv")
    assert of(there, "observations")["absent_keys"] == ["I2"]
    there = brought(csv_of([first]), name="observations.csv", by="stranger")
    assert of(there, "observations")["absent"] == 0


def test_good_rows_become_drafts_in_one_event_and_bad_rows_stay_out():
    there = accepted(workbook(changes=[CHANGE, CHANGE | {"change": "K2", "step": "9"}, CHANGE | {"change": "K3", "country": "NPL"},
                                       {"change": "C", "country": "KEN", "year": "2023", "step": "2", "branches": "old_age;family", "title": "A better law"}]))
    assert there.stage == Upload.Stage.TAKEN
    first, second = Entry.objects.order_by("key")
    assert (first.key, first.before["title"], first.values["title"]) == ("C", "A law", "A better law")
    assert first.values["projects"] == "PR", "what the file has no column for stays"
    assert (second.key, second.state, second.countries, second.before, second.upload) == ("K1", "draft", ("KEN",), None, there)
    assert sorted(codes(there)) == ["out_of_scope", "unknown_code"]
    event = Event.objects.latest("id")
    assert (event.deed, event.actor, event.summary["entries"]) == ("accept_upload", "owner", 2)
    assert event.attachment


def test_the_drafts_of_a_file_go_all_the_way():
    there = accepted(workbook(changes=[CHANGE], impacts=[{"impact": "KI", "country": "KEN", "change": "K1", "kind": "legal_coverage",
                              "branch": "old_age", "title": "Covered", "source": "x"}],
                              observations=[{"observation": "KO", "impact": "KI", "on": "2024-06-30", "measure": "increase", "persons": 7, "source": "x"}]))
    actions.submit(there.entries.all(), by=person("owner"))
    actions.verify(there.entries.all(), by=person("verifier"))
    actions.publish(there.entries.all(), by=person("manager"))
    assert Change.objects.get(key="K1").entered_by == "owner"
    assert uploads.states(there) == {"published": 3}


@pytest.mark.parametrize(("content", "name"), [
    (csv_of([CHANGE]), "changes.csv"),
    (zipped(**{"my results/changes.csv": csv_of([CHANGE])}), "results.zip"),
    (workbook(changes=[CHANGE]), "no name at all"),
])
def test_the_form_comes_as_a_workbook_a_zipped_folder_or_one_sheet(content, name):
    assert of(brought(content, name=name), "changes")["new"] == 1


def test_rows_of_another_country_are_errors_one_by_one():
    there = brought(workbook(changes=[CHANGE, CHANGE | {"change": "N1", "country": "NPL"}]), by="stranger")
    assert [(f.code, f.row) for f in uploads.findings(there, severity="error")] == [("out_of_scope", 2)]
    assert there.preview["good"] == 1


def test_moving_a_record_of_another_country_into_ones_own_is_refused():
    there = brought(workbook(changes=[{"change": "C", "country": "NPL", "year": "2023", "step": "2", "title": "Mine now"}]), by="stranger")
    assert codes(there) == ["out_of_scope"]


def test_observations_are_only_added():
    there = brought(workbook(observations=[{"observation": "I1", "impact": "I", "on": "2022", "measure": "baseline", "persons": 9}]))
    assert [(f.code, f.column, f.value) for f in uploads.findings(there, severity="error")] == [("append_only", "persons", "9")]


def test_rows_in_a_locked_period_are_errors():
    from datetime import date
    actions.lock(date(2024, 1, 1), date(2024, 12, 31), by=person("manager"), reason="Reported")
    there = brought(workbook(changes=[CHANGE, CHANGE | {"change": "K2", "year": "2025"}]))
    assert [(f.code, f.row, f.column) for f in uploads.findings(there, severity="error")] == [("locked", 2, "year")]


def test_a_record_that_is_being_worked_on_is_not_brought_again():
    actions.change("changes", "C", {"title": "Mine"}, by=person("colleague"))
    there = brought(workbook(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "title": "Yours"}]))
    assert codes(there) == ["open_already"]
    refused("nothing_to_accept", jobs.accept, there, by=person("owner"))
    there.refresh_from_db()
    assert there.stage == Upload.Stage.READY


def test_a_row_that_leans_on_a_refused_row_stays_out_with_it():
    there = brought(workbook(changes=[CHANGE | {"country": "NPL"}], impacts=[
        {"impact": "KI", "country": "KEN", "change": "K1", "kind": "legal_coverage", "branch": "old_age", "title": "x", "source": "x"}]))
    assert (of(there, "impacts")["left"], there.preview["good"]) == (1, 0)


def test_sheets_that_are_not_for_the_role_are_said_once():
    there = brought(workbook(phases=[{"phase": "P2", "title": "Another", "start": "2026", "end": "2030"}], changes=[CHANGE]))
    assert (codes(there), there.preview["good"]) == (["not_for_the_role"], 1)


def test_unchanged_rows_make_no_entry_whosever_they_are():
    there = brought(workbook(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "branches": "old_age;family", "title": "A law"}]), by="stranger")
    assert (codes(there), of(there, "changes")["unchanged"], there.preview["good"]) == ([], 1, 0)


def test_two_people_bring_the_same_file_and_both_are_told():
    content = workbook(changes=[CHANGE])
    one, two = brought(content), brought(content, by="colleague")
    assert (uploads.twins(one).get(), uploads.twins(two).get()) == (two, one)
    jobs.accept(one, by=person("owner"))
    refused("nothing_to_accept", jobs.accept, two, by=person("colleague"))
    assert Entry.objects.count() == 1


def test_a_file_is_taken_over_once_and_only_by_who_brought_it():
    there = brought(workbook(changes=[CHANGE]))
    refused("forbidden", jobs.accept, there, by=person("colleague"))
    refused("forbidden", actions.discard_upload, there, by=person("colleague"))
    jobs.accept(there, by=person("owner"))
    refused("not_ready", jobs.accept, there, by=person("owner"))
    refused("not_ready", actions.discard_upload, there, by=person("owner"))


def test_a_file_that_was_thrown_away_is_gone_from_the_disk_and_stays_in_the_log():
    there = brought(workbook(changes=[CHANGE]))
    path = there.file.path
    actions.discard_upload(there, by=person("owner"))
    there.refresh_from_db()
    assert (there.stage, there.findings) == ("discarded", [])
    import os
    assert not os.path.exists(path)
    assert Event.objects.latest("id").deed == "discard_upload"


@pytest.mark.parametrize("name", ["reader", "verifier", "administrator"])
def test_only_who_enters_for_a_country_brings_files(name):
    refused("forbidden", actions.upload, b"x", name="changes.csv", by=person(name))
