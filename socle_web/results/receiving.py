"""Receiving files: what is larger than any file this site takes is not kept while it arrives."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from socle_web.audit.refusals import Refused

MOST = 26_000_000  # bytes of all files of one request


class Bounded(FileUploadHandler):
    """The first of the handlers (see the settings): beyond ``MOST`` the rest of a request is let go by."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def received(request: HttpRequest, *, largest: int, remedy: str) -> UploadedFile[Any]:
    """The file of a form. Raises ``Refused`` where there is none, or too much of it."""
    sent = request.FILES.get("file")
    if sent is None and int(request.META.get("CONTENT_LENGTH") or 0) <= MOST:
        raise Refused(_("No file was chosen."), remedy=_("Choose one, and send it again."), code="no_file")
    if sent is None or (sent.size or 0) > largest:
        raise Refused(_("The file has more than %(n)s million bytes.") % {"n": largest // 1_000_000},
                      code="too_large", remedy=remedy)
    return sent
