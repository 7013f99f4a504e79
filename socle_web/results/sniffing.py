"""What a document is: said alike by its name, by who sent it and by its content, or it is not taken."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from socle_web.audit.refusals import Refused

OFFICE = "application/vnd.openxmlformats-officedocument"
#: By the ending of the name: the type it is served as, and others a browser may say for it.
TYPES: dict[str, tuple[str, ...]] = {
    ".pdf": ("application/pdf", "application/x-pdf"),
    ".png": ("image/png",),
    ".jpg": ("image/jpeg", "image/pjpeg"),
    ".jpeg": ("image/jpeg", "image/pjpeg"),
    ".docx": (f"{OFFICE}.wordprocessingml.document",),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet",),
    ".csv": ("text/csv", "application/csv", "application/vnd.ms-excel", "text/plain", "text/x-csv"),
    ".txt": ("text/plain",),
}
UNSAID = ("", "application/octet-stream")  # what a browser says that does not know
LARGEST_UNPACKED = 400_000_000  # bytes of an office document
HIGHEST_RATIO = 150
MARKUP = (b"<script", b"<html", b"<svg", b"<!doctype", b"<iframe", b"<object", b"javascript:")
BEGINNING = 1024


def media_type(content: bytes, *, name: str, declared: str) -> str:
    """The type it is served as. Raises ``Refused`` where name, declaration and content do not agree."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in TYPES:
        raise Refused(_("Files of this kind are not taken."), code="kind_of_file",
                      remedy=_("Attach a PDF, PNG, JPEG, DOCX, XLSX, CSV or TXT file."))
    types = TYPES[ending]
    said = declared.partition(";")[0].strip().lower()
    if said not in (*types, *UNSAID) or not READS[ending](content):
        raise Refused(_("The file is not what its name says."), code="polyglot",
                      remedy=_("Open it, save it again in its own format, and attach that."))
    return types[0]


def is_pdf(content: bytes) -> bool:
    """From its first byte to its last: nothing in front of it, no archive behind it, no page of the web in its beginning."""
    return (content.startswith(b"%PDF-") and b"%%EOF" in content[-BEGINNING:]
            and not _is_archive(content) and not _marked_up(content))


def is_png(content: bytes) -> bool:
    """Chunk after chunk up to the last, with nothing behind it."""
    place = 8
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return False
    while place + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        place += 12 + length
        if kind == b"IEND":
            return bool(place == len(content))
    return False


def is_jpeg(content: bytes) -> bool:
    return (content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9")
            and not _is_archive(content) and not _marked_up(content))


def is_office(part: str) -> Callable[[bytes], bool]:
    """An archive from its first byte to its last, with a ``part`` of an office document and no macro."""

    def reads(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06":
            return False
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return False
        names = {entry.filename for entry in parts}
        unpacked = sum(entry.file_size for entry in parts)
        return bool(min(entry.header_offset for entry in parts) == 0 and "[Content_Types].xml" in names
                and any(name.startswith(part) for name in names)
                and not any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".html", ".htm", ".svg")) for name in names)
                and unpacked <= min(LARGEST_UNPACKED, max(20_000_000, HIGHEST_RATIO * len(content))))

    return reads


def is_text(content: bytes) -> bool:
    """UTF-8 without anything a browser, or a reader of another format, would take for its own."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    plain = all(letter.isprintable() or letter in "\r\n\t\u2028\u2029\xa0" or letter.isspace() for letter in text)
    return (bool(content) and plain and not text.lstrip().startswith("<") and b"%PDF-" not in content[:BEGINNING]
            and not any(mark in content.lower() for mark in MARKUP) and not _is_archive(content))


def _is_archive(content: bytes) -> bool:
    return zipfile.is_zipfile(BytesIO(content))


def _marked_up(content: bytes) -> bool:
    return any(mark in content[:BEGINNING].lower() for mark in MARKUP)


READS: dict[str, Callable[[bytes], bool]] = {
    ".pdf": is_pdf, ".png": is_png, ".jpg": is_jpeg, ".jpeg": is_jpeg, ".docx": is_office("word/"), ".xlsx": is_office("xl/"),
    ".csv": is_text, ".txt": is_text,
}
