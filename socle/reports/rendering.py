"""A document in the format somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from socle.reports.document import Document
from socle.reports.docx import docx
from socle.reports.html import page
from socle.reports.pdf import pdf


def _html(document: Document) -> bytes:
    return page(document).encode()


FORMATS: Mapping[str, Callable[[Document], bytes]] = {"html": _html, "docx": docx, "pdf": pdf}


def render(document: Document, format: str) -> bytes:
    """The document as ``html``, ``docx`` or ``pdf``."""
    return FORMATS[format](document)
