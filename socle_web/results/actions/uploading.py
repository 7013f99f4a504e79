"""A file that somebody brings: kept, read, taken over as drafts, or thrown away."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from threading import Event as Signal
from threading import Thread
from typing import Any, cast

from django.db import connection
from django.db.models import Q
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import InputError
from socle.tables import PROGRAMME
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.results import bridge, uploads
from socle_web.results.actions.loading import contradictions
from socle_web.results.keeping import forget, keep, plain_name
from socle_web.results.models import Entry, Upload
from socle_web.results.permissions import deputises_only_for, require, stood_in_for
from socle_web.results.scope import Scope

LARGEST = 25_000_000  # bytes
EVERY = 5.0  # seconds between two signs of life of a job
AT_ONCE = 500
#: How other files begin; a CSV file is none of them.
OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf",
         b"<!DOCTYPE", b"<!doctype", b"<html", b"<svg", b"<?xml", b"{\\rtf")

Stage = Upload.Stage


def upload(content: bytes, *, name: str, by: User) -> Upload:
    """Keep a file to be read. What it is says its content; only the sheet of a CSV file is said by its name."""
    require(may(by, "import"), _("Your role does not import files."))
    name = plain_name(name)
    ending = kind_of(content, name)
    kept = keep(content, folder="uploads", ending=ending)
    try:
        with deed():
            now = timezone.now()
            made = Upload.objects.create(
                name=name, file=kept, size=len(content), digest=hashlib.sha256(content).hexdigest(), by=by.username, at=now,
                beat_at=now,
            )
            record("upload", by=by.username, subject=("upload", str(made.pk)),
                   summary={"name": name, "size": made.size, "digest": made.digest}, on_behalf_of=deputises_only_for(by))
    except BaseException:
        forget(kept)
        raise
    return made


def kind_of(content: bytes, name: str) -> str:
    """How the file's name should end. Raises ``Refused`` for what is no workbook, zipped folder or CSV file of a sheet."""
    require(bool(content), _("The file is empty."), code="empty", remedy=_("Choose the file again."))
    require(len(content) <= LARGEST, _("The file has more than %(n)s million bytes.") % {"n": LARGEST // 1_000_000},
            code="too_large", remedy=_("Split it: a sheet a file, or a country a file."))
    if content.startswith(b"PK"):
        with suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError), zipfile.ZipFile(BytesIO(content)) as parts:
            return ".xlsx" if "[Content_Types].xml" in parts.namelist() else ".zip"
    if name.lower().endswith(".xlsx"):
        raise Refused(_("The file is called a workbook, and cannot be read as one."), code="unreadable",
                      remedy=_("Open it in a spreadsheet program and save it again as XLSX."))
    if content.startswith((b"PK", *OTHER)):
        raise Refused(_("The file is no workbook, no zipped folder of CSV files and no CSV file."), code="unreadable",
                      remedy=_("Save it as XLSX, or as CSV UTF-8."))
    if _sheet_of(name) not in PROGRAMME:
        raise Refused(_("The name of a CSV file says its sheet, and “%(name)s” is none.") % {"name": name}, code="unknown_sheet",
                      remedy=_("Name it after its sheet, for example observations.csv, or send the workbook."))
    return ".csv"


def is_long(upload: Upload, content: bytes) -> bool:
    """Whether reading takes longer than somebody would wait for a page: about 1,500 rows."""
    if str(upload.file.name).endswith(".csv"):
        return content.count(b"\n") > 1_500
    with suppress(zipfile.BadZipFile, ValueError), zipfile.ZipFile(BytesIO(content)) as parts:
        a_row = 300 if str(upload.file.name).endswith(".xlsx") else 110
        return sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".csv"))) > 1_500 * a_row
    return False


def read_upload(pk: int) -> None:
    """Read a file that waits, and write down what is in it. Nobody waits for this but who brought it."""
    if not _claimed(pk, Stage.READING, Q(stage=Stage.WAITING)):
        return
    with _beating(pk):
        there = Upload.objects.get(pk=pk)
        by = User.objects.get(username=there.by)
        try:
            brought = _read(there)
            with bridge.one_moment():
                rows = bridge.differences(brought.book)
                found = uploads.plan(rows, (*brought.findings, *contradictions(brought.book, [])), by=by)
                seen = uploads.preview(brought, rows, found, by=by) | {"on_behalf_of": _absent(found, by=by)}
        except InputError as error:
            _left(pk, Stage.FAILED, refusal=str(error), findings=uploads.packed(error.findings))
        except BaseException:
            _left(pk, Stage.FAILED, refusal=_("The file could not be read, and that is our fault. It was written down."))
            raise
        else:
            total = sum(brought.counts.values())
            _left(pk, Stage.READY, preview=seen, findings=uploads.packed(found.findings), done=total, total=total)


def begin_to_accept(upload: Upload, *, by: User) -> None:
    """From now on the good rows are being taken over, and nobody else begins to. Raises ``Refused`` unless it is ready."""
    require(may(by, "import") and upload.by == by.username, _("Only who brought a file takes its rows over."))
    ready = Q(stage=Stage.READY) | (Q(stage=Stage.TAKING) & uploads.late())
    require(_claimed(upload.pk, Stage.TAKING, ready, refusal=""), _("This file is not waiting to be taken over."),
            code="not_ready", remedy=_("Look at it again."))


def accept_upload(pk: int, *, by: User) -> int:
    """Make drafts of the good rows, all or none; how many. What was seen in the preview is looked at again."""
    with _beating(pk):
        try:
            there = Upload.objects.get(pk=pk)
            brought = _read(there)
            with deed():
                return _taken_over(pk, brought, by=by)
        except BaseException as error:
            told = str(error) if isinstance(error, Refused) else ""
            Upload.objects.filter(pk=pk, stage=Stage.TAKING).update(stage=Stage.READY, refusal=told)
            raise


def discard_upload(upload: Upload, *, by: User) -> None:
    """Throw the file away. That it was brought stays in the log."""
    with deed():
        there = Upload.objects.select_for_update().get(pk=upload.pk)
        require(there.by == by.username and may(by, "import"), _("Only who brought a file throws it away."))
        require(there.stage in (Stage.WAITING, Stage.READY, Stage.FAILED) or uploads.has_died(there),
                _("This file cannot be thrown away now."), code="not_ready")
        there.stage, there.preview, there.findings = Stage.DISCARDED, {}, []
        there.save(update_fields=["stage", "preview", "findings"])
        record("discard_upload", by=by.username, subject=("upload", str(there.pk)), summary={"name": there.name})
    forget(str(there.file.name))


def take_up_again(upload: Upload) -> bool:
    """A job that has died waits again (reading), or is ready again (taking over: nothing was done). Whether it has to be read."""
    dead = uploads.dead().filter(pk=upload.pk)
    dead.filter(stage=Stage.TAKING).update(stage=Stage.READY)
    waiting = dead.filter(stage__in=(Stage.WAITING, Stage.READING))
    return bool(waiting.update(stage=Stage.WAITING, done=0, beat_at=timezone.now()))


def _read(there: Upload) -> bridge.Brought:
    def heard(done: int, total: int) -> None:
        Upload.objects.filter(pk=there.pk).update(done=done, total=total, beat_at=timezone.now())

    with there.file.open("rb") as stream:
        content = stream.read()
    kept = str(there.file.name)
    name = f"{_sheet_of(there.name)}.csv" if kept.endswith(".csv") else PurePosixPath(kept).name
    return bridge.read_file(content, name=name, heard=heard)


def _taken_over(pk: int, brought: bridge.Brought, *, by: User) -> int:
    there = Upload.objects.select_for_update().get(pk=pk)
    require(there.stage == Stage.TAKING and there.by == by.username, _("This file is not waiting to be taken over."),
            code="not_ready")
    rows = bridge.differences(brought.book)
    found = uploads.plan(rows, (*brought.findings, *contradictions(brought.book, [])), by=by)
    require(bool(found.good), _("There is no row to take over."), code="nothing_to_accept",
            remedy=_("Correct the rows in error and bring the file again."))
    now = timezone.now()
    drafts = [_draft(row, scope, there, by=by, at=now) for row, scope in found.good]
    drafts = Entry.objects.bulk_create(drafts, batch_size=AT_ONCE)
    there.stage, there.findings = Stage.TAKEN, uploads.packed(found.findings)
    absent = _absent(found, by=by)
    there.preview = uploads.preview(brought, rows, found, by=by) | {"on_behalf_of": absent}
    there.save(update_fields=["stage", "findings", "preview"])
    record("accept_upload", by=by.username, subject=("upload", str(pk)), on_behalf_of=absent,
           summary={"name": there.name, "digest": there.digest, "entries": len(found.good), "errors": there.preview["errors"],
                    "sheets": dict(Counter(row.sheet for row, _scope in found.good))},
           rows=(["entry", str(draft.pk), draft.before, draft.values] for draft in drafts))
    return len(found.good)


def _absent(found: uploads.Plan, *, by: User) -> str:
    """The colleague on whose behalf ``by`` brings the good rows, or some of them."""
    projects = sorted({scope.project for _row, scope in found.good})
    return stood_in_for(by, {code for _row, scope in found.good for code in scope.countries}, projects[-1] if projects else "")


def _draft(row: bridge.Row, scope: Scope, there: Upload, *, by: User, at: datetime) -> Entry:
    countries, typists = cast("Any", scope.countries), cast("Any", (by.username,))
    return Entry(
        sheet=row.sheet, key=row.key, values=row.values, before=row.before, countries=countries, project=scope.project, on=scope.on,
        upload=there, typists=typists, entered_by=by.username, entered_at=at, changed_by=by.username, changed_at=at,
    )


def _claimed(pk: int, stage: str, waiting: Q, **told: Any) -> bool:
    return bool(Upload.objects.filter(waiting, pk=pk).update(stage=stage, beat_at=timezone.now(), **told))


def _left(pk: int, stage: str, **told: Any) -> None:
    Upload.objects.filter(pk=pk, stage=Stage.READING).update(stage=stage, beat_at=timezone.now(), **told)


def _sheet_of(name: str) -> str:
    return PurePosixPath(name).stem.strip().casefold()


@contextmanager
def _beating(pk: int) -> Iterator[None]:
    """While the block runs, the upload says every few seconds that somebody works on it."""
    ended = Signal()

    def beat() -> None:
        while not ended.wait(EVERY):
            with suppress(DatabaseError):  # the database is busy with the very job: it beats again later
                Upload.objects.filter(pk=pk, stage__in=uploads.BUSY).update(beat_at=timezone.now())
        connection.close()

    heart = Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
