"""Somebody brings a workbook with errors, sees what it would do, and takes over what is good; a long one is left and found again."""

from __future__ import annotations

import io
import os
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from socle_web.results.models import Entry, Upload
from tests.journeys.browser import PHONE, fits
from tests.journeys.test_entering import signed, violations
from tests.unit.web_uploads.files import CHANGE, many, workbook

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SOCLE_SHOTS")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "private"
    settings.SOCLE_MFA = "optional"


@pytest.fixture
def worker(settings, monkeypatch):
    """Jobs wait in the database until ``worker()`` does them."""
    from django_tasks_db.management.commands.db_worker import Worker

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(Worker, "configure_signals", lambda self: None)
    return lambda: call_command("worker", "--once")


def looked_at(page, name):
    """Accessible, and as wide as the window; kept as a picture where somebody wants to see it."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS, f"{name}.png"), full_page=True)
    assert fits(page), page.url
    assert violations(page) == []


def bring(page, content, name="results.xlsx"):
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("main button[type=submit]")


def template(page):
    """The workbook of the country as it comes, to be changed."""
    with page.expect_download() as download:
        page.click("text=Kenya (XLSX)")
    return openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))


def bytes_of(book):
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_template_is_filled_in_brought_with_errors_mended_and_published(visit):
    owner = signed(visit, "owner")
    owner.goto("/workbench/uploads/")
    looked_at(owner, "uploads-empty")
    book = template(owner)
    owner.click("text=Bring a workbook")
    looked_at(owner, "new")
    page = book["changes"]
    names = [cell.value for cell in page[1]]
    title, last = names.index("title") + 1, page.max_row
    for column, text in {"change": "KEN-new", "country": "Kenya", "year": 2024, "step": 2, "title": "A law on pensions", "source": "Gazette"}.items():
        page.cell(last + 1, names.index(column) + 1).value = text
    for column, text in {"change": "KEN-wrong", "country": "Atlantis", "year": "30/06/2024", "step": 7, "title": "x"}.items():
        page.cell(last + 2, names.index(column) + 1).value = text
    for column, text in {"change": "NPL-mine", "country": "Nepal", "year": 2024, "step": 2, "title": "Not mine", "source": "x"}.items():
        page.cell(last + 3, names.index(column) + 1).value = text
    page.cell(2, title).value = "Another title"
    bring(owner, bytes_of(book), "KEN.xlsx")
    owner.wait_for_selector("text=What the file would do")
    owner.click("details summary >> text=changes")
    for text in ("Another title", "KEN-new", "Atlantis", "This row belongs to a country or project that you do not act for."):
        assert text in owner.inner_text("main"), text
    looked_at(owner, "preview")
    owner.set_viewport_size(PHONE)
    looked_at(owner, "preview-phone")
    owner.set_viewport_size({"width": 1280, "height": 900})
    with owner.expect_download() as download:
        owner.click("text=The same workbook with the cells marked")
    marked = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert marked["changes"].cell(last + 2, names.index("country") + 1).comment
    assert not Entry.objects.exists()

    owner.click("text=Take the good rows over as drafts")
    owner.wait_for_selector("text=The entries of this file")
    assert {(entry.key, entry.state) for entry in Entry.objects.all()} >= {("KEN-new", "draft")}
    looked_at(owner, "taken")
    owner.click("text=Submit all")
    owner.wait_for_selector("text=2 entries were submitted.")

    verifier = signed(visit, "verifier")
    verifier.goto(owner.url)
    looked_at(verifier, "verifier")
    verifier.click("text=Verify all")
    verifier.wait_for_selector("text=2 entries were verified.")
    manager = signed(visit, "manager")
    manager.goto("/workbench/uploads/")
    looked_at(manager, "uploads")
    manager.set_viewport_size(PHONE)
    looked_at(manager, "uploads-phone")
    manager.click("text=KEN.xlsx")
    manager.click("text=Publish all")
    manager.wait_for_selector("text=2 entries were published.")
    manager.goto("/results/?country=KEN&year=2024")
    assert "A law on pensions" in manager.inner_text("main")


def test_a_stranger_finds_nothing_of_it(visit):
    owner, stranger = signed(visit, "owner"), signed(visit, "stranger")
    owner.goto("/workbench/uploads/new/")
    bring(owner, workbook(changes=[CHANGE]))
    owner.wait_for_selector("text=What the file would do")
    with visit.expecting_trouble():
        assert stranger.goto(owner.url).status == 404
    stranger.goto("/workbench/uploads/")
    assert "results.xlsx" not in stranger.inner_text("main")


def test_a_long_file_is_read_beside_the_server_can_be_left_and_is_found_again(visit, worker):
    owner = signed(visit, "owner")
    owner.goto("/workbench/uploads/new/")
    impact = {"impact": "I", "country": "KEN", "kind": "effective_coverage", "branch": "old_age", "title": "Reached", "source": "x"}
    bring(owner, workbook(impacts=[impact], observations=many(2_000, wrong_every=100)))
    owner.wait_for_selector("text=You can leave this page")
    looked_at(owner, "progress")
    there = Upload.objects.get()
    assert there.stage == "waiting"
    owner.goto("/workbench/")
    owner.goto("/workbench/uploads/")
    owner.click("text=results.xlsx")
    worker()
    owner.wait_for_selector("text=What the file would do")  # without being asked: the page looks by itself
    assert "20" in owner.inner_text(".keys")
    looked_at(owner, "long")
    owner.set_viewport_size(PHONE)
    looked_at(owner, "long-phone")
    owner.click("text=Take the good rows over as drafts")
    owner.wait_for_selector("text=The rows are being taken over")
    worker()
    owner.wait_for_selector("text=The entries of this file")
    assert Entry.objects.count() == 1_981
    owner.click("text=Submit all")
    owner.wait_for_selector("text=waits for its turn")
    looked_at(owner, "errand-phone")
    owner.goto("/workbench/uploads/")
    assert "Being worked on" in owner.inner_text("main")
    owner.click("text=results.xlsx")
    worker()
    owner.wait_for_selector("text=1,981 entries were submitted.")
    looked_at(owner, "errand-done-phone")


def test_without_javascript_the_same_work_is_done_with_a_link(visit, worker):
    owner = signed(visit, "owner", java_script_enabled=False)
    owner.goto("/workbench/uploads/new/")
    impact = {"impact": "I", "country": "KEN", "kind": "effective_coverage", "branch": "old_age", "title": "Reached", "source": "x"}
    bring(owner, workbook(impacts=[impact], observations=many(2_000)))
    worker()
    owner.click("text=Look again")
    assert "What the file would do" in owner.inner_text("main")


def test_a_document_is_attached_to_evidence_and_taken_off_again(visit):
    from socle_web.results import actions
    from tests.people import person
    from tests.unit.web_uploads.test_attaching import PDF

    owner = signed(visit, "owner")
    entry = actions.enter("evidence", {"evidence": "E-doc", "title": "The gazette", "kind": "document"}, by=person("owner"))
    owner.goto(f"/workbench/entries/{entry.pk}/")
    owner.set_input_files("#document", {"name": "gazette.pdf", "mimeType": "application/pdf", "buffer": PDF})
    owner.click("#files button:text-is('Attach')")
    owner.wait_for_selector("text=gazette.pdf is attached.")
    looked_at(owner, "evidence")
    owner.set_viewport_size(PHONE)
    looked_at(owner, "evidence-phone")
    with owner.expect_download() as download:
        owner.click("a >> text=gazette.pdf")
    assert Path(download.value.path()).read_bytes() == PDF
    owner.click("#files button:text-is('Take off')")
    owner.wait_for_selector("text=No document is attached.")
    owner.set_input_files("#document", {"name": "gazette.pdf", "mimeType": "application/pdf", "buffer": b"<script>alert(1)</script>"})
    owner.click("#files button:text-is('Attach')")
    owner.wait_for_selector("text=The file is not what its name says.")
