"""Files as they come, by mistake or on purpose: each is told in words, with sheet, row, column, value and remedy."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from socle_web.audit.refusals import Refused
from socle_web.results import actions, jobs, receiving, uploads
from socle_web.results.actions import uploading
from socle_web.results.models import Entry, Upload
from tests.people import person
from tests.unit.web_uploads.files import CHANGE, csv_of, many, workbook, zipped

pytestmark = pytest.mark.django_db
OBSERVATION = {"observation": "O1", "impact": "I", "on": "2024-06-30", "measure": "increase", "persons": 10, "source": "x"}


def brought(content, name="results.xlsx"):
    return jobs.bring(content, name=name, by=person("owner"))


def told(content, name="results.xlsx", severity="error"):
    """(code, sheet, row, column, value) of each error; everyone says what to do."""
    there = brought(content, name)
    found = uploads.findings(there, severity=severity)
    assert all(f.message and f.remedy for f in found)
    return [(f.code, f.sheet, f.row, f.column, f.value) for f in found]


def refusal(content, name="results.xlsx"):
    with pytest.raises(Refused) as refused:
        brought(content, name)
    assert refused.value.remedy
    assert not Upload.objects.exists()
    return refused.value.code


def test_an_empty_file():
    assert refusal(b"", "changes.csv") == "empty"


def test_a_file_that_is_none_of_those():
    assert refusal(b"%PDF-1.7 ...", "changes.csv") == "unreadable"
    assert refusal(b"\xd0\xcf\x11\xe0old excel", "results.xlsx") == "unreadable"
    assert refusal(b"<html><script>alert(1)</script>", "changes.csv") == "unreadable"
    assert refusal(csv_of([CHANGE]), "my results.csv") == "unknown_sheet"


@pytest.mark.parametrize("content", [b"half a workb", b"PK\x03\x04 half a workbook", workbook(changes=[CHANGE])[:2_000]])
def test_a_broken_workbook_is_told_to_be_one(content):
    with pytest.raises(Refused, match="cannot be read as one"):
        brought(content, "results.xlsx")


def test_a_workbook_without_its_first_part():
    parts = io.BytesIO()
    with zipfile.ZipFile(parts, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    there = brought(parts.getvalue(), "results.xlsx")
    assert there.stage == "failed"
    assert "The workbook is damaged" in there.refusal


def test_a_file_in_another_encoding():
    content = csv_of([CHANGE | {"title": "Société"}]).decode().encode("latin-1")
    assert [code for code, *_ in told(content, "changes.csv")] == ["encoding"]


def test_a_missing_column():
    without = [{name: text for name, text in CHANGE.items() if name != "change"}]
    assert told(workbook(changes=without)) == [("missing_column", "changes", None, "change", None)]


def test_one_key_twice():
    assert ("duplicate_key", "changes", 3, "change", "K1") in told(workbook(changes=[CHANGE, CHANGE]))


def test_a_country_nobody_knows():
    assert ("unknown_country", "changes", 2, "country", "Atlantis") in told(workbook(changes=[CHANGE | {"country": "Atlantis"}]))


@pytest.mark.parametrize("number", [-5, "99999999999999999999", "12abc", "1e400", "NaN"])
def test_numbers_that_are_none_or_absurd(number):
    found = told(workbook(observations=[OBSERVATION | {"persons": number}]))
    assert [(sheet, row, column) for _, sheet, row, column, _ in found] == [("observations", 2, "persons")]


def test_three_ways_to_write_a_day():
    from datetime import datetime
    rows = [OBSERVATION, OBSERVATION | {"observation": "O2", "on": datetime(2024, 6, 30)}, OBSERVATION | {"observation": "O3", "on": "30/06/2024"},
            OBSERVATION | {"observation": "O4", "on": "2024"}]
    found = told(workbook(observations=rows))
    assert [(row, column, value) for _, _, row, column, value in found] == [(4, "on", "30/06/2024")]


def test_a_hundred_times_the_expected_size_is_refused_before_it_is_read(signed_in, monkeypatch):
    monkeypatch.setattr(uploading, "LARGEST", 1_000)
    assert refusal(b"observation,impact\n" * 10_000, "observations.csv") == "too_large"


def test_what_is_larger_than_all_bounds_is_not_even_kept_while_it_arrives(signed_in, monkeypatch):
    monkeypatch.setattr(receiving, "MOST", 100_000)
    answer = signed_in("owner").post("/workbench/uploads/new/", {"file": SimpleUploadedFile("changes.csv", b"x" * 1_000_000)})
    assert answer.status_code == 422
    assert "25 million bytes" in answer.content.decode()


def test_many_more_rows_than_usual_are_read_all_the_same():
    there = brought(csv_of(many(20_000)), "observations.csv")
    there.refresh_from_db()
    assert (there.stage, there.preview["good"]) == ("ready", 20_000)


def test_a_cell_that_a_spreadsheet_would_run_is_an_error_and_written_as_text_it_is_text(signed_in):
    formula = '=HYPERLINK("http://evil.example","click")'
    assert [(sheet, row, column, value) for _, sheet, row, column, value in told(workbook(changes=[CHANGE | {"title": formula}]))] == [
        ("changes", 2, "title", formula)]
    there = brought(workbook(changes=[CHANGE | {"title": "'=1+1"}]))
    jobs.accept(there, by=person("owner"))
    assert Entry.objects.get().values["title"] == "=1+1"


def test_a_bomb_is_refused_before_it_goes_off():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("observations.csv", b"0" * 60_000_000)
    there = brought(packed.getvalue(), "results.zip")
    there.refresh_from_db()
    assert there.stage == "failed"
    assert "unpack" in there.refusal
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", b"<x/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    there = brought(packed.getvalue())
    there.refresh_from_db()
    assert there.stage == "failed"


def test_names_inside_a_zip_are_never_places(tmp_path):
    there = brought(zipped(**{"../../../tmp/changes.csv": csv_of([CHANGE]), "/etc/impacts.csv": b"impact\n", "..\\..\\evil.csv": b"a\n1\n"}), "x.zip")
    assert there.preview["good"] == 1
    assert {path.name for path in tmp_path.iterdir()} == {"private"}
    assert actions.upload(csv_of([CHANGE]), name="..\\..\\..\\changes.csv", by=person("owner")).name == "changes.csv"


def test_a_workbook_of_something_else_says_so():
    assert "empty" in {code for code, *_ in told(workbook(accounts=[{"a": 1}]))}


def test_a_workbook_that_is_cut_off():
    assert refusal(workbook(changes=[CHANGE])[:900]) == "unreadable"


def test_a_macro_workbook_or_document_is_no_workbook():
    there = brought(zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
    assert there.stage == "failed"
    assert there.refusal
