"""The pictures of the boards: the world as tiles, a series over the years, countries beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from socle.reports import charts
from socle.vocabulary import COUNTRIES, SEXES_AND_TOTAL, number
from socle_web.coverage.edition_queries import Side, World
from socle_web.coverage.showing import SEXES, Shown, country_name, in_words

#: Upper ends of the classes of a map, in per cent: the same in every year, so that maps can be compared.
CLASSES = (25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True)
class Tile:
    """A country or territory. ``shade`` 0: nothing is said; 1 to 4: from low to high. ``figure``: whole per cent, "" for none."""

    country: str
    column: int
    row: int
    label: str
    shade: int
    figure: str
    look: str
    address: str


@dataclass(frozen=True)
class TileMap:
    tiles: Sequence[Tile]
    legend: Sequence[tuple[int, str]]
    has_estimates: bool
    has_ranges: bool


def tile_map(world: World, addresses: dict[str, str]) -> TileMap:
    """The real world; what is made up stands in the table, apart."""
    found = {one.low.country_id: one for one in world.real}
    places = dict(charts.tiles())
    bottom = max(row for _column, row in places.values()) + 1
    places |= {code: (column, bottom) for column, code in enumerate(code for code in found if code not in places)}
    tiles = [_tile(code, column, row, found.get(code), addresses.get(code, "")) for code, (column, row) in
             sorted(places.items(), key=lambda place: (place[1][1], place[1][0]))]
    return TileMap(tiles, [(shade, words) for shade, words in enumerate(class_words(), 1)],
                   any(one.is_estimated for one in found.values()),
                   any(one.is_range for one in found.values()))


def class_words() -> list[str]:
    lows = (0.0, *CLASSES)
    return [_("%(low)s to under %(high)s") % {"low": in_words(low), "high": in_words(high)} if high < 100 else
            _("%(low)s and more") % {"low": in_words(low)} for low, high in zip(lows, CLASSES, strict=False)]


def shade_of(value: float | None) -> int:
    """1 to 4; 0 where nothing is said."""
    if value is None:
        return 0
    return next((shade for shade, high in enumerate(CLASSES, 1) if value < high), len(CLASSES))


def tile_picture(world: World) -> str:
    """The map to take along, in its own colours."""
    found = {one.low.country_id: one for one in world.real}

    def label(code: str, value: float | None) -> str:
        return tile_label(code, found.get(code))

    return charts.tile_map({code: one.number for code, one in found.items()}, title=title(world.name, world.year, world.sex),
                           label=label, words=in_words)


def tile_label(code: str, one: Shown | None) -> str:
    if one is None or not one.text:
        return _("%(country)s: nothing is said") % {"country": country_name(code)}
    told = _("%(country)s: %(value)s in %(year)s") % {"country": country_name(code), "value": one.text, "year": one.low.year}
    return _("%(figure)s, estimated") % {"figure": told} if one.is_estimated else told


def trend(figures: Sequence[Shown], name: str) -> str:
    """One series of one country in one edition: a line for each sex, a band where there are bounds."""
    years = list(range(min(one.low.year for one in figures), max(one.low.year for one in figures) + 1))
    curves = [_curve(SEXES_AND_TOTAL[sex].label(), [one for one in figures if one.low.sex == sex], years) for sex in SEXES]
    return charts.lines(years, [one for one in curves if any(value is not None for value in one.values)], title=name,
                        words=in_words)


def compared(side: Side) -> str:
    """One series, a line for each country."""
    theirs = [(code, side.of(code)) for code in side.countries]
    known = [one.low.year for _code, figures in theirs for one in figures]
    if not known:
        return ""
    years = list(range(min(known), max(known) + 1))
    return charts.lines(years, [_curve(country_name(code), figures, years) for code, figures in theirs], title=side.name,
                        words=in_words)


def groups(figures: Sequence[Shown], country: str) -> str:
    """Coverage by group: a bar for each series."""
    return charts.bars([(f"{one.name} ({one.text})" if one.is_range else one.name, {"value": one.number}) for one in figures],
                       title=_("Coverage by group: %(country)s") % {"country": COUNTRIES[country].name()},
                       series={"value": _("per cent")}, words=in_words, whole=100.0)


def title(name: str, year: int | None, sex: str) -> str:
    when = str(year) if year is not None else _("latest year")
    told = _("%(series)s, %(year)s") % {"series": name, "year": when}
    return told if sex == "total" else f"{told}, {SEXES_AND_TOTAL[sex].label().lower()}"



def _tile(code: str, column: int, row: int, one: Shown | None, address: str) -> Tile:
    value = one.number if one is not None else None
    look = "" if one is None or value is None else " ".join(filter(None, ("estimate" if one.is_estimated else "",
                                                                           "range" if one.is_range else "")))
    return Tile(code, column + 1, row + 1, tile_label(code, one), shade_of(value), "" if value is None else number(round(value)),
                look,
                address)


def _curve(label: str, figures: Sequence[Shown], years: Sequence[int]) -> charts.Curve:
    there = {one.low.year: one for one in figures}
    values = [there[year].number if year in there else None for year in years]
    if not any(one.upper is not None for one in figures):
        return charts.Curve(label, values)
    lows = [there[year].number if year in there else None for year in years]
    highs = [(there[year].upper if there[year].upper is not None else there[year].number) if year in there else None
             for year in years]
    return charts.Curve(label, values, lows, highs)
