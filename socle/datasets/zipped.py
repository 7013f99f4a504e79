"""A folder of CSV files, zipped: the bounds of a workbook and those of a folder hold for it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from socle.datasets.bounds import LARGEST_CSV, MOST_SHEETS, too_large
from socle.datasets.folder import read_files
from socle.datasets.workbook import DAMAGE, damaged, refuse_unless_honest
from socle.errors import Finding
from socle.tables import RawSheet
from socle.vocabulary import say


def zipped_folder(stream: IO[bytes]) -> bool:
    """Whether it is a zip of CSV files (a workbook is a zip too, of other things)."""
    try:
        with zipfile.ZipFile(stream) as parts:
            return bool(_csv_parts(parts))
    except DAMAGE:
        return False
    finally:
        stream.seek(0)


def read_zipped(stream: IO[bytes]) -> tuple[list[RawSheet], list[Finding]]:
    """Nothing is unpacked to a disk: a name says the sheet, never a place."""
    try:
        with zipfile.ZipFile(stream) as parts:
            refuse_unless_honest(parts.infolist())
            entries = _csv_parts(parts)
            if len(entries) > MOST_SHEETS:
                raise too_large(say("There are {n} CSV files.", n=len(entries)))
            return read_files(_contents(parts, entries))
    except DAMAGE as damage:
        raise damaged(damage) from None


def _csv_parts(parts: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The CSV files by name; hidden files, and what one system adds beside them, are nobody's data."""
    paths = ((PurePosixPath(entry.filename.replace("\\", "/")), entry) for entry in parts.infolist() if not entry.is_dir())
    return [entry for path, entry in sorted(paths, key=lambda found: found[0])
            if path.suffix.lower() == ".csv" and not path.name.startswith((".", "~")) and "__MACOSX" not in path.parts]


def _contents(parts: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        with parts.open(entry) as part:
            yield PurePosixPath(entry.filename.replace("\\", "/")).name, part.read(LARGEST_CSV + 1)
