"""The world as tiles: one a country or territory, all of one size, placed by geography. No border is drawn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from socle import vocabulary
from socle.reports.charts.drawing import INK, LINE, MUTED, SCALE, TARGET, UNKNOWN, ZERO, drawing, legend, link, tag, write
from socle.vocabulary import number, say, say_many

SIZE = 26
_LIGHT = 3  # classes of the scale that carry dark letters


@cache
def tiles() -> Mapping[str, tuple[int, int]]:
    """Column and row of every country and territory that has a tile, by alpha-3 code."""
    text = files("socle.reports").joinpath("data", "tiles.csv").read_text(encoding="utf-8")
    return {row["alpha3"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(text.splitlines())}


def classes(values: Collection[float], most: int = len(SCALE)) -> list[tuple[float, float]]:
    """Bounds (both included) of at most ``most`` classes of the positive ``values``: quantiles, none of them empty."""
    found = sorted({v for v in values if v > 0})
    if len(found) <= most:
        return [(v, v) for v in found]
    cuts = [round(i * len(found) / most) for i in range(most + 1)]
    return [(found[a], found[b - 1]) for a, b in pairwise(cuts)]


def tile_map(
    values: Mapping[str, float | None],
    *,
    title: str = "",
    label: Callable[[str, float | None], str] | None = None,
    href: Callable[[str], str | None] | None = None,
    marked: Collection[str] = (),
    marked_as: str = "",
    words: Callable[[float], str] = number,
) -> str:
    """The world coloured by ``values`` (alpha-3 to a number; None or absent: no result reported, which is not zero).

    ``label`` names a tile for those who do not see it ("Kenya: 3 changes"); ``href`` gives the page of a country;
    ``marked`` countries get a frame, explained in the legend by ``marked_as``; ``words`` writes the bounds of the legend.
    A code without a tile is drawn in a row below the map, never dropped.
    """
    label = label or changes_label
    title = title or say("World map of results")
    places = dict(tiles())
    columns = max(c for c, _ in places.values()) + 1
    bottom = max(r for _, r in places.values()) + 1
    for i, code in enumerate(sorted(k for k in (*values, *marked) if k not in places)):
        places[code] = (i % columns, bottom + 1 + i // columns)
    rows = max(r for _, r in places.values()) + 1
    bounds = classes([v for v in values.values() if v is not None])
    scale = _scale(len(bounds))

    parts = []
    for code, (column, row) in sorted(places.items(), key=lambda item: (item[1][1], item[1][0])):
        value = values.get(code)
        fill, ink = _colours(value, bounds, scale)
        x, y = column * SIZE, row * SIZE
        frame = code in marked
        parts.append(
            link(
                href(code) if href else None,
                label(code, value),
                tag(
                    "rect",
                    x=x + 1.5,
                    y=y + 1.5,
                    width=SIZE - 3,
                    height=SIZE - 3,
                    rx=3,
                    fill=fill,
                    stroke=TARGET if frame else (LINE if value is None else fill),
                    stroke_width=1.8 if frame else 0.8,
                    class_="tile",
                ),
                write(x + SIZE / 2, y + SIZE / 2 + 3.2, code, size=9, fill=ink, anchor="middle", weight="600" if value else None),
            )
        )
    entries: list[tuple[str, dict[str, object]]] = [
        (words(low) if low == high else f"{words(low)} – {words(high)}", {"fill": colour, "rx": 2})
        for (low, high), colour in zip(bounds, scale, strict=True)
    ]
    if any(v == 0 for v in values.values()):
        entries.insert(0, (words(0), {"fill": ZERO, "rx": 2}))
    entries.append((say("no result reported"), {"fill": UNKNOWN, "stroke": LINE, "rx": 2}))
    if marked and marked_as:
        entries.append((marked_as, {"fill": UNKNOWN, "stroke": TARGET, "stroke_width": 1.8, "rx": 2}))
    key, height = legend(entries, rows * SIZE + 14, width=columns * SIZE, size=14, left=4)
    with_results = sum(1 for v in values.values() if v)
    return drawing(
        "map",
        columns * SIZE,
        height,
        [*parts, *key],
        title=title,
        has_links=href is not None,
        description=say_many("{n} country with results.", "{n} countries with results.", with_results),
    )


def changes_label(code: str, value: float | None) -> str:
    """ "Kenya: 3 changes", "Kenya: no result reported"."""
    found = vocabulary.COUNTRIES.get(code)
    name = found.name() if found else code
    if value is None:
        return say("{country}: no result reported", country=name)
    return say_many("{country}: {n} change", "{country}: {n} changes", int(value), country=name)


def _scale(n: int) -> Sequence[str]:
    """``n`` colours of the scale, spread from light to dark."""
    return {0: (), 1: SCALE[3:4], 2: (SCALE[1], SCALE[3]), 3: SCALE[1:5:1][:3], 4: SCALE[1:]}.get(n, SCALE)


def _colours(value: float | None, bounds: Sequence[tuple[float, float]], scale: Sequence[str]) -> tuple[str, str]:
    if value is None:
        return UNKNOWN, MUTED
    if value <= 0:
        return ZERO, INK
    fill = next(colour for (_, high), colour in zip(bounds, scale, strict=True) if value <= high)
    return fill, INK if SCALE.index(fill) < _LIGHT else "#ffffff"
