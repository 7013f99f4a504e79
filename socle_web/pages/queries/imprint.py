"""What every page says about itself: the programme, its sources, their licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socle_web.results.models import Document, Programme


@dataclass(frozen=True)
class Imprint:
    programme: Programme | None
    sources: Sequence[Document]

    @property
    def notice(self) -> str:
        return self.programme.notice if self.programme else ""

    @property
    def cited(self) -> list[Document]:
        """Sources whose licence or disclaimer must stand on every page, then the others."""
        return sorted(self.sources, key=lambda source: not source.disclaimer)


def imprint() -> Imprint:
    return Imprint(Programme.objects.first(), tuple(Document.objects.all()))
