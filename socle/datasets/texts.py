"""Small text files that people write: presets, measures, assumptions, coverage."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from socle.costing import COVERAGE
from socle.datasets.reading import read_raw
from socle.errors import Finding, Unreadable
from socle.tables import Parsed, RawSheet, parse
from socle.vocabulary import say

#: Bytes of a file that a person wrote by hand.
LARGEST_TEXT = 4_000_000
#: The coverage of the made-up countries.
SHIPPED = "coverage-utania"


def text_of(path: Path | str) -> str:
    """The text of a UTF-8 file. ``Unreadable`` says what it is instead: missing, a folder, too large, in another encoding."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_TEXT + 1)
    except FileNotFoundError:
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path.")) from None
    except OSError as error:
        raise Unreadable(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror),
                         remedy=say("Check the path and who may read it.")) from None
    if len(content) > LARGEST_TEXT:
        raise Unreadable(say("{name} is larger than any such file.", name=path.name), where={"sheet": path.name},
                         remedy=say("Check that it is the right one."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise _encoding(path.name, row) from None
    if "\0" in text:
        raise _encoding(path.name, text.count("\n", 0, text.index("\0")) + 1)
    return text


def _encoding(name: str, row: int) -> Unreadable:
    what, remedy = say("{name} is not UTF-8 text.", name=name), say("Save it as UTF-8.")
    return Unreadable(what, remedy=remedy, findings=[Finding("error", name, row, None, None, "encoding", what, remedy)])


def read_coverage(path: Path | str) -> Parsed:
    """Who is covered today: a CSV file, the sheet ``coverage`` of a workbook, or ``coverage-utania``, which is shipped and made up.

    Every fault at once, in the result.
    """
    path = Path(path)
    if str(path) == SHIPPED:
        sheets, findings = read_raw(files("socle.costing").joinpath("presets", f"{SHIPPED}.csv").read_bytes(), name="coverage.csv")
    else:
        sheets, findings = read_raw(path)
    if path.suffix.lower() == ".csv":
        sheets = [RawSheet("coverage", sheet.header, sheet.rows, sheet.numbers) for sheet in sheets]
    return parse(COVERAGE, sheets, before=findings)
