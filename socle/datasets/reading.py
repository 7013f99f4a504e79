"""Opening a book, whatever packaging it comes in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from socle.datasets.folder import NotRead, read_csv, read_folder
from socle.datasets.workbook import read_workbook
from socle.errors import Finding, Unreadable
from socle.tables import PROGRAMME, Form, Parsed, RawSheet, parse
from socle.vocabulary import say

Source = Path | str | bytes | IO[bytes]


def read_book(source: Source, form: Form = PROGRAMME, *, name: str | None = None) -> Parsed:
    """Read a folder of CSV files, a workbook, or one CSV file; or the bytes of one of the last two (``name`` says which).

    Every error and warning is in the result; ``Unreadable`` is raised only where there is nothing to read.
    """
    sheets, findings = read_raw(source, name=name)
    return parse(form, sheets, before=findings)


def read_raw(source: Source, *, name: str | None = None) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets as they are, and what could not be read at all."""
    if isinstance(source, Path | str):
        return _read_path(Path(source))
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    if name and name.lower().endswith(".csv"):
        return _read_one_csv(Path(name).stem, stream.read())
    return read_workbook(stream), []


def _read_path(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    try:
        if path.is_dir():
            return read_folder(path)
        if path.suffix.lower() == ".csv":
            return _read_one_csv(path.stem, path.read_bytes())
        with path.open("rb") as stream:
            return read_workbook(stream), []
    except FileNotFoundError:
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path.")) from None
    except OSError as error:
        raise Unreadable(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror),
                         remedy=say("Check the path and who may read it.")) from None


def _read_one_csv(name: str, data: bytes) -> tuple[list[RawSheet], list[Finding]]:
    try:
        return [read_csv(name, data)], []
    except NotRead as refusal:
        return [], [refusal.finding]
