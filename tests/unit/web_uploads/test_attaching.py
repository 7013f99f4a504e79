"""Documents behind evidence: which are taken, who sees them, how they are handed out."""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import EvidenceFile, Upload
from tests.people import CAST, person
from tests.unit.web_uploads.files import CHANGE, csv_of, workbook

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND")


def document(*, part="word/document.xml", **more):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        for name in ("[Content_Types].xml", part, *more):
            parts.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.fixture
def entry():
    return actions.enter("evidence", {"evidence": "E1", "record": "changes:C", "title": "The gazette", "kind": "document", "source": "x"}, by=person("owner"))


def attached(entry, content=PDF, name="gazette.pdf", declared="application/pdf", by="owner"):
    return actions.attach(entry, content, name=name, declared=declared, by=person(by))


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value
    return refusal.value


@pytest.mark.parametrize(("content", "name", "declared"), [
    (PDF, "a.pdf", "application/pdf"), (PNG, "a.png", "image/png"), (JPEG, "a.JPG", "image/jpeg"), (JPEG, "a.jpeg", ""),
    (document(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (workbook(changes=[CHANGE]), "a.xlsx", "application/octet-stream"), (csv_of([CHANGE]), "a.csv", "application/vnd.ms-excel"),
    ("Un décret de 2024\n".encode(), "a.txt", "text/plain; charset=utf-8"),
])
def test_documents_that_are_what_they_say_are_taken(entry, content, name, declared):
    there = attached(entry, content, name, declared)
    assert there.file.read() == content
    assert (there.evidence, there.size, there.by) == ("E1", len(content), "owner")
    assert Event.objects.latest("id").deed == "attach"


@pytest.mark.parametrize(("content", "name", "declared", "code"), [
    (b"<html></html>", "a.html", "text/html", "kind_of_file"),
    (b"<svg onload='x'/>", "a.svg", "image/svg+xml", "kind_of_file"),
    (b"alert(1)", "a.js", "text/javascript", "kind_of_file"),
    (PDF, "a.pdf.exe", "application/pdf", "kind_of_file"),
    (PDF, "a.png", "image/png", "polyglot"),
    (PNG, "a.pdf", "application/pdf", "polyglot"),
    (PDF, "a.pdf", "text/html", "polyglot"),
    (PNG + b"<script>alert(1)</script>", "a.png", "image/png", "polyglot"),
    (PNG + document(), "a.png", "image/png", "polyglot"),
    (PDF + document() + b"%%EOF", "a.pdf", "application/pdf", "polyglot"),
    (b"%PDF-1.7 <html><script>x</script>\n%%EOF", "a.pdf", "application/pdf", "polyglot"),
    (JPEG[:-2] + document() + b"\xff\xd9", "a.jpg", "image/jpeg", "polyglot"),
    (b"MZ" + document(), "a.docx", "", "polyglot"),
    (document() + b"trailing", "a.docx", "", "polyglot"),
    (document(**{"word/vbaProject.bin": ""}), "a.docx", "", "polyglot"),
    (document(part="xl/workbook.xml"), "a.docx", "", "polyglot"),
    (b"<!DOCTYPE html><p>hello", "a.txt", "text/plain", "polyglot"),
    (b"name\n<script>alert(1)</script>\n", "a.csv", "text/csv", "polyglot"),
    (b"\xff\xfeU\0T\0F\0", "a.txt", "text/plain", "polyglot"),
    (b"", "a.txt", "text/plain", "empty"),
])
def test_documents_that_are_something_else_are_not(entry, content, name, declared, code):
    refused(code, attached, entry, content, name, declared)
    assert not EvidenceFile.objects.exists()


def test_a_document_larger_than_the_bound_is_refused(entry, monkeypatch):
    from socle_web.results.actions import attaching
    monkeypatch.setattr(attaching, "LARGEST", 10)
    refused("too_large", attached, entry)


def test_the_same_document_twice_is_told(entry):
    attached(entry)
    assert "gazette.pdf" in refused("same_file", attached, entry, name="again.pdf").what
    assert EvidenceFile.objects.count() == 1


def test_who_attaches_to_a_draft(entry):
    for name in ("stranger", "reader", "verifier", "administrator"):
        with pytest.raises(Refused):
            attached(entry, by=name)
    attached(entry, by="colleague")
    actions.submit([entry], by=person("owner"))
    entry.refresh_from_db()
    refused("not_editable", attached, entry, PNG, "b.png", "image/png")
    refused("not_editable", actions.detach, EvidenceFile.objects.get(), by=person("owner"))


def test_files_are_for_evidence_only():
    change = actions.enter("changes", CHANGE, by=person("owner"))
    refused("not_evidence", attached, change)


def test_a_document_is_taken_off_a_draft(entry):
    there = attached(entry)
    path = there.file.path
    refused("not_editable", actions.detach, there, by=person("stranger"))
    actions.detach(there, by=person("colleague"))
    assert not os.path.exists(path)
    event = Event.objects.latest("id")
    assert (event.deed, event.summary["name"], event.summary["digest"]) == ("detach", "gazette.pdf", there.digest)


@pytest.mark.parametrize("name", [*CAST, ""])
def test_a_draft_is_seen_by_who_sees_the_entry_and_published_evidence_by_everyone(entry, name, signed_in, client):
    there = attached(entry)
    someone = signed_in(name) if name else client
    address = f"/evidence/{there.pk}/gazette.pdf"
    sees = name in ("owner", "colleague", "focal", "verifier", "second_verifier", "manager")
    answer = someone.get(address)
    assert answer.status_code == (200 if sees else 404 if name else 302)
    if sees:
        assert "no-store" in answer["Cache-Control"]
    assert someone.get("/evidence/999999/gazette.pdf").status_code == (404 if name else 302)
    assert someone.get(f"/evidence/{there.pk}/other.pdf").status_code == (404 if name else 302)
    actions.submit([entry], by=person("owner"))
    actions.verify([entry], by=person("verifier"))
    actions.publish([entry], by=person("manager"))
    answer = someone.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="gazette.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" not in answer["Cache-Control"]


def test_documents_are_attached_and_taken_off_on_the_page(entry, signed_in):
    owner = signed_in("owner")
    send = {"file": SimpleUploadedFile("../../gazette.pdf", PDF, "application/pdf")}
    assert owner.post(f"/workbench/entries/{entry.pk}/files/", send).status_code == 302
    there = EvidenceFile.objects.get()
    assert there.name == "gazette.pdf"
    assert "gazette" not in there.file.name
    assert signed_in("stranger").post(f"/workbench/files/{there.pk}/detach/").status_code == 404
    assert signed_in("stranger").post(f"/workbench/entries/{entry.pk}/files/", send).status_code == 404
    assert signed_in("verifier").post(f"/workbench/entries/{entry.pk}/files/", send).status_code == 403
    owner.post(f"/workbench/files/{there.pk}/detach/")
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize("what", ["attach", "upload"])
def test_a_full_disk_is_told_and_nothing_half_written_stays(entry, monkeypatch, settings, what):
    saved = FileSystemStorage._save

    def full(self, name, content):
        saved(self, name, ContentFile(b"half"))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    if what == "attach":
        refused("disk_full", attached, entry)
    else:
        refused("disk_full", actions.upload, csv_of([CHANGE]), name="changes.csv", by=person("owner"))
    assert not [name for _, _, names in os.walk(settings.PRIVATE_FILES) for name in names]
    assert not EvidenceFile.objects.exists()
    assert not Upload.objects.exists()


def test_a_file_whose_record_fails_is_not_left_behind(entry, monkeypatch, settings):
    from socle_web.results.actions import attaching
    monkeypatch.setattr(attaching, "record", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attached(entry)
    assert not [name for _, _, names in os.walk(settings.PRIVATE_FILES) for name in names]
