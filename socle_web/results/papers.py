"""Files that the workbench hands out: a workbook with its errors marked, the findings as a list, a template that is filled in."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from socle import datasets
from socle.tables import PROGRAMME, Book, Form, Table, escaped
from socle_web.results import bridge, uploads
from socle_web.results.models import BY_SHEET, Errand, Upload

#: What a country's template holds, in the order of the form.
OF_A_COUNTRY = ("projects", "funding", "outputs", "changes", "impacts", "observations", "evidence", "ratifications")
HEADER = ("severity", "sheet", "row", "column", "value", "code", "what", "remedy")


def stem(upload: Upload) -> str:
    return PurePosixPath(upload.name).stem or "file"


def findings_list(found: Upload | Errand) -> bytes:
    """Every finding as CSV, as no spreadsheet takes it for a formula."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEADER)
    for row in found.findings:
        lines.writerow(["" if value is None else escaped(value) if isinstance(value, str) else value for value in row])
    return text.getvalue().encode("utf-8-sig")


def marked_copy(upload: Upload) -> bytes:
    """The workbook that was brought (of CSV files: one made of them) with the cells marked that a finding speaks of."""
    ending = PurePosixPath(str(upload.file.name)).suffix
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{stem(upload).strip().casefold()}.csv" if ending == ".csv" else f"brought{ending}")
        with upload.file.open("rb") as stream:
            path.write_bytes(stream.read())
        out = Path(folder, "marked.xlsx")
        datasets.marked_workbook(path, uploads.findings(upload), out)
        return out.read_bytes()


def template(country: str, name: str) -> tuple[bytes, int]:
    """The workbook with the records of a country as they are now, and how many those are."""
    tables: dict[str, Table] = {}
    for sheet in OF_A_COUNTRY:
        model: Any = BY_SHEET[sheet]
        borne_out = [f"{name}:{key}" for name, table in tables.items() for key in table.keys]
        where = {"record__in": borne_out} if sheet == "evidence" else {uploads.PLACES[sheet]: country}
        there = model.objects.filter(**where).order_by("id").values_list("key", flat=True)
        tables[sheet] = bridge.few(sheet, there)
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.xlsx")
        form = Form("template", tuple(PROGRAMME[sheet] for sheet in OF_A_COUNTRY))
        datasets.write_template(path, form, book=Book(PROGRAMME, tables), explained=_explained(name))
        return path.read_bytes(), sum(map(len, tables.values()))


def _explained(name: str) -> list[str]:
    return [
        _("The records of %(country)s as they are now") % {"country": name},
        _("Change rows, add rows below the last one, and bring the workbook back. First you see what it would do."),
        _("A row that you leave alone stays as it is. A row that you delete stays too: a record is never removed by a file."),
        _("Each sheet is one kind of record. Point at the name of a column to read what it means; on a coloured ground: required."),
        _("The first column identifies the record: keep it as it is. A new row has a short name of your own, without spaces."),
        _("An observation is never changed. Add a row that names it under “supersedes”, and say why under “reason”."),
        _("Write a day as 2024-06-30, a year as 2024, a country by its name or its three letters."),
    ]
