"""Schemes x population x economy, asked from a form: the one place where the platform calls the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from socle import costing, datasets
from socle.costing import Options, Projection
from socle.tables import Economy, Population
from socle.vocabulary import Source, language
from socle_web.schemes.bridge.changing import Moved, moved
from socle_web.schemes.bridge.reading import read, scheme_of
from socle_web.schemes.models import Kind


@dataclass(frozen=True)
class Paper:
    """A scheme of a projection: its text, what is moved in it."""

    text: str
    moved: Moved


@lru_cache(maxsize=32)
def people_of(country: str) -> Population:
    """The people of a country, read once a process. Raises ``InputError`` where nobody counts them."""
    return datasets.read_population(None, country=country)


def economy_of(text: str | None, country: str) -> Economy | None:
    """The economy of a file; None: there is none, and what needs one cannot be said."""
    return read(text, kind=Kind.ECONOMY).economy if text else None


def project(papers: Sequence[Paper], *, country: str, economy: str | None, years: tuple[int, int], options: Options,
            scenario: str = "") -> Projection:
    """The same question is answered once. Raises ``InputError`` with what is wrong with the files, or with what is asked."""
    return _project(tuple(papers), country, economy, years, options, scenario, language())


@lru_cache(maxsize=64)
def _project(papers: tuple[Paper, ...], country: str, economy: str | None, years: tuple[int, int], options: Options, scenario: str,
             _language: str) -> Projection:
    by = Source(_("Moved in the costing studio"))
    schemes = [moved(scheme_of(paper.text), paper.moved, first=years[0], last=years[1], by=by) for paper in papers]
    return costing.project(schemes, people_of(country), economy_of(economy, country), years=range(years[0], years[1] + 1),
                           options=options, scenario=scenario)
