"""Documents behind evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from socle_web.api.asking import Asked
from socle_web.api.private import caller, too_large
from socle_web.api.typed import Number, found
from socle_web.results import actions
from socle_web.results.actions.attaching import LARGEST

router = Router()


class Attached(BaseModel):
    """A document that is kept with an entry of `evidence`."""

    file: int
    entry: int
    name: str
    media_type: str
    size: int = Field(description="bytes")
    digest: str = Field(description="SHA-256 of the content")


@router.post("/entries/{entry}/files", response={201: Attached}, summary="Attach a document")
def attach(request: HttpRequest, entry: Number, asked: Query[Asked], file: File[UploadedFile]) -> Any:
    """Keep a document (PDF, PNG, JPEG, DOCX, XLSX, CSV or TXT, up to 20 million bytes) with a draft of `evidence`."""
    there = found(request, entry)
    if (file.size or 0) > LARGEST:
        return too_large()
    made = actions.attach(there, file.read(), name=file.name or "", declared=file.content_type or "", by=caller(request))
    return Status(201, {"file": made.pk, "entry": there.pk, "name": made.name, "media_type": made.media_type, "size": made.size,
                        "digest": made.digest})
