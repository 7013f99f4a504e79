"""Opening a book, whatever packaging it comes in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from socle.datasets.bounds import LARGEST_CSV
from socle.datasets.folder import read_files, read_folder
from socle.datasets.workbook import read_workbook
from socle.datasets.zipped import read_zipped, zipped_folder
from socle.errors import Finding, Unreadable
from socle.tables import NOTHING_KNOWN, PROGRAMME, Form, Known, Parsed, RawSheet, parse
from socle.vocabulary import say

Source = Path | str | bytes | IO[bytes]


def read_book(source: Source, form: Form = PROGRAMME, *, name: str | None = None, known: Known = NOTHING_KNOWN) -> Parsed:
    """Read a folder of CSV files, the same zipped, a workbook, or one CSV file; or the bytes of one of the last three, where
    ``name`` says the sheet of a CSV file (``observations.csv``).

    Every error and warning is in the result; ``Unreadable`` is raised only where there is nothing to read. For
    ``known`` see ``parse``.
    """
    sheets, findings = read_raw(source, name=name)
    return parse(form, sheets, before=findings, known=known)


def read_raw(source: Source, *, name: str | None = None) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets as they are, and what could not be read at all."""
    if isinstance(source, Path | str):
        return _read_path(Path(source))
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    if name and name.lower().endswith(".csv"):
        return _read_one_csv(name, stream)
    return _read_packed(name or "", stream)


def _read_path(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    try:
        if path.is_dir():
            return read_folder(path)
        with path.open("rb") as stream:
            return _read_one_csv(path.name, stream) if path.suffix.lower() == ".csv" else _read_packed(path.name, stream)
    except FileNotFoundError:
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path.")) from None
    except OSError as error:
        raise Unreadable(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror),
                         remedy=say("Check the path and who may read it.")) from None


def _read_packed(name: str, stream: IO[bytes]) -> tuple[list[RawSheet], list[Finding]]:
    if not name.lower().endswith(".xlsx") and zipped_folder(stream):
        return read_zipped(stream)
    return read_workbook(stream), []


def _read_one_csv(name: str, stream: IO[bytes]) -> tuple[list[RawSheet], list[Finding]]:
    return read_files([(name, stream.read(LARGEST_CSV + 1))])
