"""Loading a book into the database."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from socle_web.audit.models import Event
from socle_web.places.models import Country
from socle_web.results import actions, bridge
from socle_web.results.models import BY_SHEET, Change, Impact, Observation, Project
from tests.spec import books

pytestmark = pytest.mark.django_db


def load(parsed, **options):
    return actions.load(parsed, **({"by": "a tester", "source": "made-up"} | options))


def small(**sheets):
    return books.parsed(**({
        "programme": [{"programme": "made-up", "name": "A programme"}],
        "phases": books.PHASES,
        "partners": [{"partner": "GIZ", "kind": "bilateral"}],
        "projects": [{"project": "PR", "countries": "KEN;MWI", "themes": "culture;digital"}],
        "funding": [{"project": "PR", "partner": "GIZ", "on": "2023", "amount": "16.50", "currency": "USD"}],
        "changes": [{"change": "C", "country": "KEN", "year": "2023", "step": "2", "projects": "PR", "partners": "GIZ",
                     "branches": "old_age;family", "title": "A law"}],
        "impacts": [books.impact(change="C", expected=5000, expected_on="2025-06-30")],
        "observations": books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)),
    } | sheets))


def rows_in_database():
    return sum(model.objects.count() for model in BY_SHEET.values())


def test_a_first_load_is_all_new_and_one_event():
    outcome = load(small())
    assert outcome.new == {"programme": 1, "phases": 1, "partners": 1, "projects": 1, "funding": 1, "changes": 1, "impacts": 1,
                           "observations": 2}
    assert (outcome.changed, outcome.unchanged, outcome.absent) == ({}, {}, {})
    assert not outcome.refused
    event = Event.objects.get()
    assert (event.actor, event.deed, event.subject_kind, event.subject_key) == ("a tester", "load", "programme", "made-up")
    assert event.summary["source"] == "made-up"
    assert event.summary["new"]["observations"] == 2
    assert event.summary["digest"] == actions.digest(small().book)


def test_rows_say_what_the_file_said():
    load(small())
    change = Change.objects.get(key="C")
    assert (change.country_id, change.on.isoformat(), change.on_is_year, change.step) == ("KEN", "2023-12-31", True, "2")
    assert change.branches == ("old_age", "family")
    assert [p.key for p in change.projects.all()] == ["PR"]
    assert change.period("on").text == "2023"
    impact = Impact.objects.get(key="I")
    assert (impact.change, impact.expected, impact.period("expected_on").text) == (change, 5000, "2025-06-30")
    assert Observation.objects.get(key="I2").origin == "imported"
    assert [c.alpha3 for c in Project.objects.get().countries.order_by("projects")] == ["KEN", "MWI"]
    assert str(Project.objects.get().funding.get().amount) == "16.50"


def test_what_was_loaded_comes_back_as_the_same_book():
    parsed = small()
    load(parsed)
    assert bridge.book() == parsed.book


def test_a_second_load_changes_nothing_and_leaves_no_event():
    load(small())
    outcome = load(small())
    assert not outcome.changes_something
    assert sum(outcome.unchanged.values()) == rows_in_database()
    assert Event.objects.count() == 1


def test_the_same_amount_written_otherwise_is_unchanged():
    load(small())
    outcome = load(small(funding=[{"project": "PR", "partner": "GIZ", "on": "2023", "amount": "16.5", "currency": "USD"}]))
    assert not outcome.changes_something


def test_other_values_replace_those_that_are_there():
    load(small())
    outcome = load(small(changes=[{"change": "C", "country": "MWI", "year": "2024-05-01", "step": "1", "title": "A strategy", "projects": None}],
                         projects=[{"project": "PR", "countries": "MWI"}]))
    assert outcome.changed == {"projects": ("PR",), "changes": ("C",)}
    change = Change.objects.get()
    assert (change.country_id, change.title, change.period("on").text) == ("MWI", "A strategy", "2024-05-01")
    assert not change.projects.exists()
    assert [c.alpha3 for c in Project.objects.get().countries.all()] == ["MWI"]
    assert Event.objects.first().summary["changed"] == {"projects": ["PR"], "changes": ["C"]}


def test_the_partners_of_a_change_alone_may_change():
    parsed = small()
    load(parsed)
    rows = [{"change": "C", "country": "KEN", "year": "2023", "step": "2", "projects": "PR", "branches": "old_age;family",
             "title": "A law", "partners": None}]
    assert load(small(changes=rows)).changed == {"changes": ("C",)}
    assert not Change.objects.get().partners.exists()


def test_a_column_that_the_file_does_not_have_leaves_what_is_there():
    load(small())
    before = bridge.book()
    rows = [{"change": "C", "country": "KEN", "year": "2023", "step": "2"}]
    assert load(small(changes=rows)).changed == {}
    assert bridge.book() == before


def test_recorded_at_the_end_of_its_period_is_what_an_empty_cell_says():
    load(small())
    rows = books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500))
    for row, day in zip(rows, ("2022-12-31", "2023-06-30"), strict=True):
        row["recorded_on"] = day
    outcome = load(small(observations=rows))
    assert not outcome.refused, outcome.findings
    assert outcome.changed == {}


def test_a_country_that_the_vocabulary_gained_later_is_there_when_it_is_needed():
    Country.objects.filter(alpha3="KEN").delete()
    assert not load(small()).refused
    assert Country.objects.filter(alpha3="KEN").exists()


def test_an_observation_is_never_changed_by_a_load():
    load(small())
    outcome = load(small(observations=books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1501)),
                         partners=[{"partner": "GIZ", "kind": "un"}]))
    assert outcome.refused
    [finding] = [f for f in outcome.findings if f.severity == "error"]
    assert (finding.code, finding.sheet, finding.row, finding.column, finding.value) == (
        "append_only", "observations", 3, "persons", "1501")
    assert "supersedes" in finding.remedy
    assert Observation.objects.get(key="I2").persons == 1500
    assert BY_SHEET["partners"].objects.get().kind == "bilateral"


def test_an_observation_is_corrected_by_one_that_supersedes_it():
    load(small())
    later = [*books.observed(("2022", "baseline", 1000), ("2023-06-30", "level", 1500)),
             {"observation": "I3", "impact": "I", "on": "2023-06-30", "measure": "level", "persons": 1501, "supersedes": "I2",
              "reason": "a slip"}]
    assert load(small(observations=later)).new == {"observations": 1}
    assert Observation.objects.get(key="I3").supersedes.key == "I2"


def test_what_the_file_does_not_mention_stays_and_is_absent():
    load(small())
    before = rows_in_database()
    outcome = load(books.parsed(phases=books.PHASES))
    assert outcome.absent["observations"] == ("I1", "I2")
    assert outcome.absent["funding"] == ("PR/GIZ/2023",)
    assert outcome.unchanged == {"phases": 1}
    assert rows_in_database() == before


def test_a_dry_run_says_the_same_and_writes_nothing():
    dry = load(small(), dry_run=True)
    assert rows_in_database() == 0
    assert not Event.objects.exists()
    assert dry == load(small())


def test_one_error_in_the_file_refuses_all_of_it():
    outcome = load(small(impacts=[books.impact(expected=-5)]))
    assert outcome.refused
    assert rows_in_database() == 0


def test_a_rule_across_rows_refuses_the_load_too():
    shares = [{"change": "C", "project": p, "share": "0.6"} for p in ("PR", "PS")]
    outcome = load(small(projects=[{"project": "PR"}, {"project": "PS"}], contributions=shares))
    assert outcome.refused
    assert rows_in_database() == 0


def test_another_programme_is_refused():
    load(small())
    outcome = load(small(programme=[{"programme": "another"}], partners=[{"partner": "NEW"}, {"partner": "GIZ"}]))
    assert [f.code for f in outcome.findings if f.severity == "error"] == ["other_programme"]
    assert not BY_SHEET["partners"].objects.filter(key="NEW").exists()


def test_a_failure_in_the_middle_writes_nothing(monkeypatch):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(actions.loading, "record", full)
    with pytest.raises(OSError, match="full"):
        load(small())
    assert rows_in_database() == 0


def test_two_sources_may_publish_different_values_for_one_cell():
    published = [{"table": "changes_by_step", "row": "1", "column": "changes", "value": value, "source": source}
                 for value, source in (("10", "Report A"), ("11", "Report B"))]
    assert load(small(published=published)).new["published"] == 2
    published[1]["value"] = "12"
    outcome = load(small(published=published))
    assert outcome.changed == {"published": ("changes_by_step/1/changes",)}
    assert sorted(str(p.value) for p in BY_SHEET["published"].objects.all()) == ["10", "12"]


def test_rows_of_a_book_without_a_file_are_loaded_too():
    book = small().book
    nameless = replace(book, tables={t.sheet.name: replace(t, numbers=[None] * len(t)) for t in book})
    assert not load(nameless).refused


def test_long_work_tells_how_far_it_is():
    told = []
    load(small(), progress=lambda *step: told.append(step))
    assert ("observations", 2, 2) in told


def test_an_observation_is_corrected_once_also_when_the_corrections_come_in_two_files():
    """Both would count."""
    first = books.observed(("2022", "increase", 100))
    corrections = [{"observation": key, "impact": "I", "on": "2022", "measure": "increase", "persons": 50, "supersedes": "I1",
                    "reason": "A slip"} for key in ("I2", "I3")]
    assert not load(small(observations=[*first, corrections[0]])).refused
    assert not load(small(observations=[*first, corrections[0]])).refused
    outcome = load(small(observations=[*first, corrections[1]]))
    [error] = [finding for finding in outcome.findings if finding.severity == "error"]
    assert (error.sheet, error.row, error.column, error.code) == ("observations", 3, "supersedes", "superseded_twice")
    assert not Observation.objects.filter(key="I3").exists()


def test_shares_of_one_change_never_pass_1_also_when_they_come_in_two_files():
    projects = [{"project": "PR"}, {"project": "PS"}]
    assert not load(small(projects=projects, contributions=[{"change": "C", "project": "PR", "share": 0.7}])).refused
    assert not load(small(projects=projects, contributions=[{"change": "C", "project": "PR", "share": 0.6}])).refused
    outcome = load(small(projects=projects, contributions=[{"change": "C", "project": "PS", "share": 0.5}]))
    [error] = [finding for finding in outcome.findings if finding.severity == "error"]
    assert (error.sheet, error.row, error.column, error.code) == ("contributions", 2, "share", "shares_over_one")
    assert not load(small(projects=projects, contributions=[{"change": "C", "project": "PS", "share": 0.4}])).refused


def test_a_partial_file_refers_to_records_that_are_there(tmp_path):
    load(small())
    (tmp_path / "observations.csv").write_text("observation,impact,on,measure,persons,source\nI9,I,2024,level,1700,a count\n")
    with pytest.raises(SystemExit) as ended:
        call_command("load", tmp_path, stdout=StringIO(), stderr=StringIO())
    assert ended.value.code == 0
    assert Observation.objects.get(key="I9").impact.key == "I"
    (tmp_path / "observations.csv").write_text("observation,impact,on,measure,persons,source\nI10,nowhere,2024,level,1700,a count\n")
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("load", tmp_path, stdout=StringIO(), stderr=said)
    assert ended.value.code == 2
    assert "nowhere" in said.getvalue()
