"""The pages' charts: records as ``socle.reports.charts`` wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import ngettext

from socle.reports import charts
from socle.vocabulary import COUNTRIES, INDICATORS, TARGET_COUNTS, number
from socle_web.pages.figures import Row
from socle_web.pages.queries.impacts import ImpactHistory
from socle_web.pages.queries.programme import CountryRow

CLASSES = 4
#: Shades of one to four classes, as far apart as they can be.
SHADES = ((), (3,), (2, 4), (1, 3, 4), (1, 2, 3, 4))


@dataclass(frozen=True)
class Tile:
    """One country or territory: a square as large as any other. ``shade`` 0: not reported; 1 to 4: from few to many."""

    country: str
    column: int
    row: int
    label: str
    shade: int


@dataclass(frozen=True)
class TileMap:
    """``legend``: a shade and the values it stands for."""

    tiles: Sequence[Tile]
    legend: Sequence[tuple[int, str]]


def changes_map(countries: Iterable[CountryRow]) -> TileMap:
    return _map({row.country: row.cell.value for row in countries}, charts.changes_label)


def posts_map(posts: Mapping[str, int]) -> TileMap:
    def label(country: str, value: float | None) -> str:
        told = ngettext("%(country)s: %(n)s post", "%(country)s: %(n)s posts", int(value or 0))
        return told % {"country": COUNTRIES[country].name(), "n": number(int(value or 0))}

    return _map(posts, label)


def _map(values: Mapping[str, int], label: Callable[[str, float | None], str]) -> TileMap:
    """Every country and territory where ``charts.tiles`` puts it; a country without a place there stands in the last row."""
    places = dict(charts.tiles())
    bottom = max(row for _column, row in places.values()) + 1
    places |= {code: (column, bottom) for column, code in enumerate(code for code in values if code not in places)}
    bounds = _bounds(sorted(set(values.values())))
    shades = SHADES[len(bounds)]
    shade_of = {value: shade for shade, (low, high) in zip(shades, bounds, strict=True) for value in range(low, high + 1)}
    return TileMap(
        tiles=[Tile(code, column + 1, row + 1, label(code, values[code]) if code in values else COUNTRIES[code].name(),
                    shade_of.get(values.get(code, -1), 0))
               for code, (column, row) in sorted(places.items(), key=lambda place: (place[1][1], place[1][0]))],
        legend=[(shade, number(low) if low == high else f"{number(low)}–{number(high)}")
                for shade, (low, high) in zip(shades, bounds, strict=True)],
    )


def _bounds(values: Sequence[int]) -> list[tuple[int, int]]:
    """At most four classes that hold about as many different values each."""
    cuts = [round(place * len(values) / CLASSES) for place in range(CLASSES + 1)]
    if len(values) <= CLASSES:
        return [(value, value) for value in values]
    return [(values[first], values[last - 1]) for first, last in pairwise(cuts)]


@dataclass(frozen=True)
class Bar:
    """One target: widths in thousandths of the longer of total and target. The bar may pass its target."""

    row: Row
    label: str
    records: int
    published: int
    target: int


def ambition(targets: Iterable[Row]) -> list[tuple[str, list[Bar]]]:
    """Targets by what they count: persons, changes, countries. One without an ambition or a total has an empty bar."""
    groups: dict[str, list[Bar]] = {}
    for row in targets:
        records, published, target = (max(0, row[name] or 0) for name in ("achieved", "without_records", "target"))
        longest = max(records + published, target) or 1
        groups.setdefault(row["counts"], []).append(Bar(
            row, INDICATORS[row["indicator"]].label(), *(round(part / longest * 1000) for part in (records, published, target))))
    return [(TARGET_COUNTS[counts].label(), groups[counts]) for counts in ("persons", "changes", "countries") if counts in groups]


def history(of: ImpactHistory, title: str) -> str:
    """What was observed, in force; what was corrected is in the table beside it."""
    impact = of.impact
    observed = [
        charts.Observed(on=on, measure=one.measure, persons=one.persons, status=one.status or "achieved",
                        unit=one.unit or "persons")
        for one in of.in_force if (on := one.period("on"))
    ]
    return charts.history(observed, title=title, expected=impact.expected, expected_on=impact.period("expected_on"))
