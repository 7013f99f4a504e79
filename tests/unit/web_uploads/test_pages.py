"""The pages of files that were brought: who sees which, and what they do."""

from __future__ import annotations

import csv
import io
import os

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle_web.audit.models import Event
from socle_web.results import jobs
from socle_web.results.models import Entry, Upload
from tests.people import CAST, person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_uploads.files import CHANGE, csv_of, many, workbook

pytestmark = pytest.mark.django_db


def sent(content, name="results.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def there():
    return jobs.bring(workbook(changes=[CHANGE, CHANGE | {"change": "K2", "step": "9"}]), name="results.xlsx", by=person("owner"))


def test_a_workbook_is_brought_looked_through_and_taken_over(signed_in):
    owner = signed_in("owner")
    answer = owner.post("/workbench/uploads/new/", sent(workbook(changes=[CHANGE, CHANGE | {"change": "K2", "step": "=9"}])), follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "results.xlsx" in page
    assert "step" in page
    there = Upload.objects.get()
    answer = owner.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "accept"}, follow=True)
    assert "Submit all" in answer.content.decode()
    owner.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "submit"})
    verifier = signed_in("verifier")
    assert "Verify all" in verifier.get(f"/workbench/uploads/{there.pk}/").content.decode()
    verifier.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "return"})
    assert Entry.objects.get().state == "submitted", "a return says why"
    verifier.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "verify"})
    manager = signed_in("manager")
    answer = manager.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "publish"}, follow=True)
    assert "1 entry was published." in answer.content.decode()
    assert Entry.objects.get().state == "published"


@pytest.mark.parametrize("name", [*CAST, ""])
def test_who_sees_the_file_of_the_owner(name, signed_in, client, there):
    someone = signed_in(name) if name else client
    expected = {"owner": 200, "verifier": 200, "second_verifier": 200, "manager": 200, "colleague": 404, "focal": 404, "stranger": 404,
                "reader": 403, "administrator": 403, "": 302}[name]
    for page in ("", "findings.csv", "marked.xlsx"):
        assert someone.get(f"/workbench/uploads/{there.pk}/{page}").status_code == expected, page
    answer = someone.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "discard"})
    assert answer.status_code == (302 if expected == 200 else expected)
    there.refresh_from_db()
    assert (there.stage == "discarded") == (name == "owner")


@pytest.mark.parametrize("name", [*CAST, ""])
def test_who_may_bring_files_and_take_templates(name, signed_in, client):
    someone = signed_in(name) if name else client
    brings = {"owner", "colleague", "focal", "stranger", "manager"}
    expected = 200 if name in brings else 403 if name else 302
    assert someone.get("/workbench/uploads/new/").status_code == expected
    acts_for_kenya = {"owner", "colleague", "focal", "verifier", "second_verifier", "manager"}
    assert someone.get("/workbench/templates/KEN.xlsx").status_code == (200 if name in acts_for_kenya else 403 if name else 302)
    listed = someone.get("/workbench/uploads/")
    assert listed.status_code == (200 if name in brings | acts_for_kenya else 403 if name else 302)


def test_the_list_is_of_ones_own_files_or_of_all(signed_in, there):
    assert "results.xlsx" in signed_in("owner").get("/workbench/uploads/").content.decode()
    assert "results.xlsx" not in signed_in("colleague").get("/workbench/uploads/").content.decode()
    assert "results.xlsx" in signed_in("manager").get("/workbench/uploads/").content.decode()


def test_the_findings_are_a_list_no_spreadsheet_takes_for_formulas(signed_in):
    there = jobs.bring(workbook(changes=[CHANGE | {"step": '=HYPERLINK("http://x.example","y")'}, CHANGE | {"change": "K2", "step": "@SUM(A1)"}]),
                       name="results.xlsx", by=person("owner"))
    answer = signed_in("owner").get(f"/workbench/uploads/{there.pk}/findings.csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["severity", "sheet", "row", "column", "value", "code", "what", "remedy"]
    assert {row[4][0] for row in rows[1:]} == {"'"}


@pytest.mark.parametrize("name", ["results.xlsx", "changes.csv"])
def test_the_same_workbook_comes_back_with_its_cells_marked(signed_in, name):
    rows = [CHANGE, CHANGE | {"change": "K2", "step": "9"}, CHANGE | {"change": "K3", "country": "NPL"}]
    there = jobs.bring(csv_of(rows) if name.endswith(".csv") else workbook(changes=rows), name=name, by=person("owner"))
    answer = signed_in("owner").get(f"/workbench/uploads/{there.pk}/marked.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert page["changes"]["D3"].comment
    assert "do not act for" in page["changes"]["B4"].comment.text
    assert not page["changes"]["D2"].comment
    assert page["findings"].max_row == 3


def test_findings_are_chosen_by_sheet_and_severity_and_come_in_pages(signed_in):
    rows = [{"observation": f"O{i}", "impact": "I", "on": "2024", "measure": "increase", "persons": -i} for i in range(1, 451)]
    there = jobs.bring(csv_of(rows), name="observations.csv", by=person("owner"))
    owner = signed_in("owner")
    page = owner.get(f"/workbench/uploads/{there.pk}/?severity=error&page=3").content.decode()
    assert "401–450 / 450" in page
    assert page.count("<tr>") < 250
    assert "/ 450" not in owner.get(f"/workbench/uploads/{there.pk}/?sheet=changes").content.decode()


def test_the_page_asks_no_more_questions_of_five_thousand_rows_than_of_five(signed_in, there):
    owner = signed_in("owner")
    long = jobs.bring(csv_of(many(5_000, wrong_every=2)), name="observations.csv", by=person("owner"))
    long.refresh_from_db()
    assert (long.stage, long.total, long.preview["good"], long.preview["errors"]) == ("ready", 5_000, 2_500, 2_500)
    owner.get("/workbench/uploads/")
    asked = []
    for one in (there, long):
        with CaptureQueriesContext(connection) as questions:
            assert owner.get(f"/workbench/uploads/{one.pk}/").status_code == 200
        asked.append(len(questions))
    assert asked[0] == asked[1]


def test_a_template_that_comes_back_unchanged_changes_nothing(signed_in):
    answer = signed_in("owner").get("/workbench/templates/KEN.xlsx")
    event = Event.objects.latest("id")
    assert (event.deed, event.actor, event.subject_kind, event.subject_key) == ("export", "owner", "template", "KEN")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert page.sheetnames[0] == "read_me"
    assert page["changes"].freeze_panes == "A2"
    assert page["changes"].data_validations.dataValidation
    assert page["changes"]["D1"].comment
    there = jobs.bring(answer.content, name="KEN.xlsx", by=person("owner"))
    assert [f for f in there.findings if f[0] == "error"] == []
    assert [(one["sheet"], one["new"], one["changed"], one["left"], one["absent"]) for one in there.preview["sheets"]] == [
        ("projects", 0, 0, 0, 0), ("funding", 0, 0, 0, 0), ("changes", 0, 0, 0, 0), ("impacts", 0, 0, 0, 0), ("observations", 0, 0, 0, 0)]
    assert not there.preview["errors"]


def test_a_template_holds_the_evidence_of_the_records_of_its_country(signed_in):
    load(small(evidence=[{"evidence": "E", "record": "impacts:I", "title": "A report", "kind": "document"},
                         {"evidence": "F", "record": "partners:GIZ", "title": "Another", "kind": "document"}]))
    page = openpyxl.load_workbook(io.BytesIO(signed_in("owner").get("/workbench/templates/KEN.xlsx").content))
    column = [cell.value for cell in page["evidence"]["A"]]
    assert "E" in column
    assert "F" not in column


def test_a_template_speaks_the_language_of_the_person(signed_in):
    answer = signed_in("owner").get("/fr/workbench/templates/KEN.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert page["changes"]["A1"].comment


def test_a_file_without_a_name_or_a_file_is_refused_in_words(signed_in):
    owner = signed_in("owner")
    assert owner.post("/workbench/uploads/new/").status_code == 422
    answer = owner.post("/workbench/uploads/new/", sent(b"", "changes.csv"))
    assert answer.status_code == 422
    assert Upload.objects.count() == 0


def test_files_are_kept_outside_the_web_root_under_other_names(signed_in, settings):
    signed_in("owner").post("/workbench/uploads/new/", sent(workbook(changes=[CHANGE]), "../../etc/passwd.xlsx"))
    there = Upload.objects.get()
    assert there.name == "passwd.xlsx"
    assert there.file.path.startswith(str(settings.PRIVATE_FILES))
    assert "passwd" not in there.file.name
    assert os.stat(there.file.path).st_mode & 0o777 == 0o600
