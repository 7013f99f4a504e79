"""Files that the workbench hands out: a workbook with its errors marked, the findings as a list, a template that is filled in."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from socle import datasets
from socle.tables import PROGRAMME, escaped, text_of
from socle_web.results import uploads
from socle_web.results.models import Upload

HEADER = ("severity", "sheet", "row", "column", "value", "code", "what", "remedy")


def stem(upload: Upload) -> str:
    return PurePosixPath(upload.name).stem or "file"


def findings_list(upload: Upload) -> bytes:
    """Every finding as CSV, as no spreadsheet takes it for a formula."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEADER)
    for row in upload.findings:
        lines.writerow(["" if value is None else escaped(value) if isinstance(value, str) else value for value in row])
    return text.getvalue().encode("utf-8-sig")


def marked_copy(upload: Upload) -> bytes:
    """The workbook that was brought (of CSV files: one made of them) with the cells marked that a finding speaks of."""
    ending = PurePosixPath(upload.file.name).suffix
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{stem(upload).strip().casefold()}.csv" if ending == ".csv" else f"brought{ending}")
        with upload.file.open("rb") as stream:
            path.write_bytes(stream.read())
        out = Path(folder, "marked.xlsx")
        datasets.marked_workbook(_unzipped(path) if ending == ".zip" else path, uploads.findings(upload), out)
        return out.read_bytes()


def _unzipped(path: Path) -> Path:
    """A folder of the sheets of a zip. Only the names of the form become names of files."""
    folder = path.parent / "sheets"
    folder.mkdir()
    for sheet in datasets.read_raw(path)[0]:
        name = sheet.name.strip().casefold()
        if name in PROGRAMME:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                lines = csv.writer(stream, lineterminator="\n")
                lines.writerow(map(text_of, sheet.header))
                lines.writerows(map(text_of, row) for row in sheet.rows)
    return folder
