"""The lines of a large CSV file, plain, gzipped or zipped, a few megabytes at a time.

The memory holds what is asked for, never the file.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from socle.datasets.bounds import HIGHEST_RATIO, SMALL_UNPACKED, too_large
from socle.errors import Finding, Unreadable
from socle.vocabulary import say

#: Bytes unpacked: the largest file of World Population Prospects by single age has one thousand million.
LARGEST_STREAM = 6_000_000_000
_AT_A_TIME = 4_000_000
_LONGEST_LINE = 1_000_000
_GZIP = b"\x1f\x8b"
_ZIP = b"PK"

Line = tuple[int, list[str]]


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of the CSV file of this path, unpacked as they are read."""
    try:
        with path.open("rb") as stream:
            start = stream.read(2)
            stream.seek(0)
            if not start:
                raise Unreadable(say("The file is empty."), where={"sheet": path.name}, remedy=say("Download or export it again."))
            if start == _ZIP:
                with zipfile.ZipFile(stream) as parts, parts.open(_only_csv(path, parts)) as part:
                    yield part
            elif start == _GZIP:
                with gzip.open(stream) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield stream
    except FileNotFoundError:
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path.")) from None
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as damage:
        raise Unreadable(say("{file} is damaged: {reason}.", file=path.name, reason=str(damage) or type(damage).__name__),
                         where={"sheet": path.name}, remedy=say("Download it again.")) from None
    except OSError as error:
        raise Unreadable(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror or str(error)),
                         remedy=say("Check the path and who may read it.")) from None


def _only_csv(path: Path, parts: zipfile.ZipFile) -> zipfile.ZipInfo:
    found = [entry for entry in parts.infolist() if not entry.is_dir() and entry.filename.lower().endswith(".csv")
             and "__MACOSX" not in entry.filename and not PurePosixPath(entry.filename).name.startswith(".")]
    if len(found) != 1:
        names = ", ".join(entry.filename for entry in found[:5])
        raise Unreadable(say("{file} holds {n} CSV files, not one.", file=path.name, n=len(found)) + (f" {names}" if names else ""),
                         where={"sheet": path.name}, remedy=say("Unpack it and give the file that you mean."))
    if found[0].flag_bits & 1:
        raise Unreadable(say("{file} is protected by a password.", file=path.name), where={"sheet": path.name},
                         remedy=say("Remove the password."))
    return found[0]


def lines(path: Path, *, holding: bytes | None = None) -> Iterator[Line]:
    """Each line of the file with its number, its cells split; the header is line 1. With ``holding``, only the header and the lines
    where these bytes stand (a record never spans lines then)."""
    with opened(path) as stream:
        packed = path.stat().st_size
        blocks = _blocks(path, stream, packed)
        if holding is None:
            yield from _records(path, blocks)
            return
        for number, block in blocks:
            yield from _holding(path, number, block, holding)


def _holding(path: Path, number: int, block: bytes, holding: bytes) -> Iterator[Line]:
    """``number`` is that of the first line of the block."""
    place = 0
    if number == 1:
        end = block.find(b"\n") + 1 or len(block)
        yield from _parsed(path, 1, block[:end])
        place, number = end, 2
    while (found := block.find(holding, place)) >= 0:
        start = block.rfind(b"\n", 0, found) + 1
        end = block.find(b"\n", found) + 1 or len(block)
        number += block.count(b"\n", place, start)
        yield from _parsed(path, number, block[start:end])
        place, number = end, number + 1


def _parsed(path: Path, number: int, line: bytes) -> Iterator[Line]:
    for cells in csv.reader([_decoded(path, number, line)]):
        yield number, cells


def _records(path: Path, blocks: Iterator[tuple[int, bytes]]) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_LINE)
    texts = (text for number, block in blocks for text in io.StringIO(_decoded(path, number, block), newline=""))
    reader = csv.reader(texts, strict=True)
    began = 1
    try:
        for cells in reader:
            yield began, cells
            began = reader.line_num + 1
    except csv.Error as error:
        raise _not_read(path, reader.line_num, "quotes",
                        say("File {file} cannot be read in line {line}: {reason}.", file=path.name, line=reader.line_num,
                            reason=error),
                        say("Close every quotation mark, and double those inside a text.")) from None


def _decoded(path: Path, number: int, data: bytes) -> str:
    wrong = data.find(b"\0")
    if wrong < 0:
        try:
            return data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            wrong = error.start
    line = number + data.count(b"\n", 0, wrong)
    raise _not_read(path, line, "encoding",
                    say("File {file} is not UTF-8: byte {byte} in line {line}.", file=path.name, line=line,
                        byte=f"0x{data[wrong]:02x}"),
                    say("Save it as “CSV UTF-8 (comma delimited)”."))


def _blocks(path: Path, stream: IO[bytes], packed: int) -> Iterator[tuple[int, bytes]]:
    """Whole lines, some megabytes at a time, with the number of the first."""
    number, rest, read = 1, b"", 0
    while data := stream.read(_AT_A_TIME):
        read += len(data)
        if read > LARGEST_STREAM or (read > SMALL_UNPACKED and read > HIGHEST_RATIO * packed):
            raise too_large(say("File {file} unpacks to more than {n} bytes.", file=path.name, n=read), sheet=path.name)
        data = rest + data
        end = data.rfind(b"\n") + 1
        rest = data[end:]
        if len(rest) > _LONGEST_LINE:
            raise too_large(say("File {file} has a line of more than {n} characters.", file=path.name, n=_LONGEST_LINE),
                            sheet=path.name)
        if end:
            yield number, data[:end]
            number += data.count(b"\n", 0, end)
    if rest:
        yield number, rest


def _not_read(path: Path, line: int, code: str, message: str, remedy: str) -> Unreadable:
    return Unreadable(message, remedy=remedy, findings=[Finding("error", path.name, line, None, None, code, message, remedy)])
