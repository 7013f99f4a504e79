"""The report as a file, in the language of the page."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from socle import reports
from socle.results import Report
from socle_web.pages.figures import in_the_language_spoken
from socle_web.results import queries as results

TYPES = {
    "html": ("html", "text/html; charset=utf-8"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("json", "application/json"),
    "csv": ("zip", "application/zip"),
}


#: Seconds of work for a large programme: the last few are kept until the records change.
SLOW = ("docx", "pdf", "xlsx")
_made = results.Remembered(most=12)


def report_file(form: str, *, phase: str, year: int | None, as_of: date | None) -> HttpResponse:
    """``form`` is a key of TYPES; csv is a zip of one file a table."""

    def made() -> bytes:
        return _content(form, in_the_language_spoken(results.report(phase=phase, year=year, as_of=as_of)))

    asked = (connection.settings_dict["NAME"], results.stamp(), get_language(), form, phase, year, as_of)
    content = _made.get(asked, made) if form in SLOW else made()
    return _file(form, content, name="-".join(["report", phase, *([str(year)] if year else [])]))


def standing_file(form: str, report: Report, *, name: str) -> HttpResponse:
    """A report that is no longer the one of now."""
    return _file(form, _content(form, in_the_language_spoken(report)), name=name)


def _file(form: str, content: bytes, *, name: str) -> HttpResponse:
    suffix, kind = TYPES[form]
    disposition = content_disposition_header(True, f"{name}.{suffix}") or "attachment"  # a phase may be called anything
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _content(form: str, report: Report) -> bytes:
    if form == "json":
        return json.dumps(report.as_dict(), ensure_ascii=False).encode()
    if form == "csv":
        return _zipped(reports.tables_csv(report))
    if form == "xlsx":
        return reports.workbook(report)
    return reports.render(reports.document(report, report.scope.chain), form)


def _zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
