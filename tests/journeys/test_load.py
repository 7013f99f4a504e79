"""Somebody loads a programme at the command line."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from socle import datasets
from socle_web.audit.models import Event
from socle_web.results.models import Change, Observation
from tests.spec import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "made-up")
    return tmp_path / "made-up"


def write(folder, **sheets):
    datasets.write_book(books.book(**({
        "programme": [{"programme": "made-up"}],
        "changes": [{"change": "C", "country": "KEN", "year": "2023", "step": "2"}],
        "impacts": [books.impact(change="C")],
        "observations": books.observed(("2023", "increase", 1500)),
    } | sheets)), folder)


def socle_web_load(path, *options):
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("load", str(path), *options, stdout=out, stderr=err)
    return end.value.code, out.getvalue(), err.getvalue()


def test_a_programme_is_loaded_twice_and_is_there_once(folder):
    code, out, err = socle_web_load(folder)
    assert (code, err) == (0, "")
    assert "observations" in out
    assert Event.objects.get().summary["source"] == "made-up"
    code, out, _ = socle_web_load(folder)
    assert (code, out.splitlines()[-1]) == (0, "Everything was already there.")
    assert Observation.objects.count() == Event.objects.count() == 1


def test_a_trial_writes_nothing(folder):
    code, out, _ = socle_web_load(folder, "--dry-run", "--format", "json")
    assert (code, json.loads(out)["new"]["changes"]) == (0, 1)
    code, out, _ = socle_web_load(folder, "--dry-run")
    assert "nothing was written" in out
    assert not Change.objects.exists()


def test_a_changed_observation_is_refused_with_the_way_to_mend_it(folder):
    socle_web_load(folder)
    write(folder, observations=books.observed(("2023", "increase", 1600)))
    code, out, err = socle_web_load(folder)
    assert (code, out) == (2, "")
    assert "observations, row 2, column persons" in err
    assert "supersedes" in err
    assert Observation.objects.get().persons == 1500


def test_what_changed_and_what_is_absent_is_listed(folder):
    socle_web_load(folder)
    write(folder, changes=[{"change": "D", "country": "KEN", "year": "2023", "step": "2"}], impacts=[books.impact(change="D")])
    _, out, _ = socle_web_load(folder)
    assert "changed: impacts:I" in out
    assert "absent: changes:C" in out


def test_a_workbook_brings_the_same_records_as_a_folder(folder, tmp_path):
    socle_web_load(folder)
    datasets.write_book(datasets.read_book(folder).book, tmp_path / "programme.xlsx")
    code, out, _ = socle_web_load(tmp_path / "programme.xlsx")
    assert (code, out.splitlines()[-1]) == (0, "Everything was already there.")


def test_every_error_of_a_file_is_told_at_once(folder):
    (folder / "changes.csv").write_text("change,country,year,step\nC,Atlantis,2023,9\n")
    code, _, err = socle_web_load(folder)
    assert code == 2
    assert "Atlantis" in err
    assert "step" in err
    assert not Change.objects.exists()


def test_a_warning_does_not_stop_the_load(folder):
    write(folder, observations=books.observed(("2023", "level", 1500)))
    assert socle_web_load(folder)[0] == 1
    assert Observation.objects.exists()


def test_a_path_that_is_not_there_is_bad_input(tmp_path):
    code, out, err = socle_web_load(tmp_path / "nowhere", "--format", "json")
    assert (code, json.loads(out)["findings"][0]["severity"]) == (2, "error")
    assert "nowhere" in err
