"""What every page says about itself: the programme, its sources, their licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socle_web.pages.queries.remembering import remembered
from socle_web.results.models import Document, Programme


@dataclass(frozen=True)
class Imprint:
    programme: Programme | None
    sources: Sequence[Document]

    @property
    def notice(self) -> str:
        return self.programme.notice if self.programme else ""

    @property
    def titles(self) -> dict[str, str]:
        return {source.key: source.title or source.key for source in self.sources}


@remembered
def imprint() -> Imprint:
    return Imprint(Programme.objects.first(), tuple(Document.objects.all()))
