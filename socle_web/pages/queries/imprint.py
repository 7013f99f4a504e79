"""What every page says about itself: the programme, its sources, their licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from socle_web.results import queries as results
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


_imprints = results.Remembered(most=1)


def imprint() -> Imprint:
    """Read once, until the records change."""
    return _imprints.get((connection.settings_dict["NAME"], results.stamp()), _read)


def _read() -> Imprint:
    return Imprint(Programme.objects.first(), tuple(Document.objects.all()))
