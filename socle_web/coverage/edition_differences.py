"""Two editions beside each other: what the later one restates, adds and leaves out. Nothing joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from socle_web.coverage.edition_bridge import IDENTITY
from socle_web.coverage.models.editions import Edition, Value
from socle_web.coverage.showing import series_name, series_order

MOST = 300  # rows that a page shows of each


@dataclass(frozen=True)
class Contents:
    """What an edition holds of a series."""

    family: str
    series: str
    values: int
    countries: int
    first: int
    last: int

    @property
    def name(self) -> str:
        return series_name(self.family, self.series)


@dataclass(frozen=True)
class Restated:
    before: Value
    after: Value


@dataclass(frozen=True)
class Differences:
    """``same``: how many figures both say alike. The lists hold the first ``MOST``; the numbers count all."""

    first: Edition
    second: Edition
    same: int
    restated: Sequence[Restated]
    restated_in_all: int
    added: Sequence[Value]
    added_in_all: int
    gone: Sequence[Value]
    gone_in_all: int

    @property
    def most(self) -> int:
        return MOST


def listed() -> list[tuple[Edition, int, int]]:
    """Every public edition, how many figures it has, of how many countries."""
    found = Edition.objects.public().select_related("country").annotate(
        figures=Count("values"), countries=Count("values__country", distinct=True)).order_by("-released_on", "-pk")
    return [(one, vars(one)["figures"], vars(one)["countries"]) for one in found]


def contents(edition: Edition) -> list[Contents]:
    counted = (Value.objects.filter(edition=edition).order_by().values_list("family", "series")
               .annotate(Count("pk"), Count("country", distinct=True), Min("year"), Max("year")))
    return sorted((Contents(*row) for row in counted), key=lambda one: series_order(one.family, one.series))


def comparable(edition: Edition, among: Sequence[Edition]) -> list[Edition]:
    """The other editions of the same kind: of a national one those of its country."""
    return [one for one in among if one.pk != edition.pk and one.kind == edition.kind and one.country_id == edition.country_id]


def differences(first: Edition, second: Edition) -> Differences:
    """Figure by figure. A figure differs when its value does, or when one of them cannot be said."""
    before, after = (dict(_figures(one)) for one in (first, second))
    changed = [key for key, (_pk, value) in before.items() if key in after and after[key][1] != value]
    added, gone = [key for key in after if key not in before], [key for key in before if key not in after]
    wanted = [*(before[key][0] for key in changed[:MOST]), *(after[key][0] for key in changed[:MOST]),
              *(after[key][0] for key in added[:MOST]), *(before[key][0] for key in gone[:MOST])]
    rows = Value.objects.in_bulk(wanted)
    return Differences(
        first, second, len(before) - len(changed) - len(gone),
        [Restated(rows[before[key][0]], rows[after[key][0]]) for key in changed[:MOST]], len(changed),
        [rows[after[key][0]] for key in added[:MOST]], len(added), [rows[before[key][0]] for key in gone[:MOST]], len(gone))


def _figures(edition: Edition) -> list[tuple[tuple[object, ...], tuple[int, object]]]:
    found = Value.objects.filter(edition=edition).order_by(*IDENTITY).values_list(*IDENTITY, "pk", "value")
    return [(row[:-2], row[-2:]) for row in found]
