"""A projection on a terminal and in a plain drawing: what any reader can see without a further program."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from socle.vocabulary import number, percent, say

Row = Mapping[str, Any]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 90, 20, 40, 40
#: Told apart in grey too: a dash for each line beside its colour.
COLOURS = ("#1f5f93", "#b3361f", "#2f8f9d", "#8a6d1a", "#55616c", "#6a3d7c")
DASHES = ("", "8 4", "2 3", "12 3 2 3", "5 2", "1 4")
_FIGURES = ("target", "beneficiaries", "benefit", "spending", "administration", "total")


def table_of(rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """Aligned columns; ``-`` is what cannot be said."""
    head: tuple[str, ...] = (
        say("scheme"),
        say("year"),
        say("target group"),
        say("beneficiaries"),
        say("benefit a year"),
        say("spending"),
        say("administration"),
        say("total"),
        say("% of GDP"),
        say("% of government"),
        say("currency"),
    )
    body: list[tuple[str, ...]] = [
        (
            labels.get(row["scheme"], row["scheme"]),
            str(row["year"]),
            *("-" if row[name] is None else number(row[name], decimals=2 if name == "benefit" else 0) for name in _FIGURES),
            *("-" if row[name] is None else percent(row[name], decimals=2) for name in ("share_of_gdp", "share_of_government")),
            row["currency"] or "-",
        )
        for row in rows
    ]
    several = len({row["scenario"] for row in rows}) > 1
    if several:
        head = (*head, say("scenario"))
        body = [(*cells, row["scenario"] or say("as the files say")) for cells, row in zip(body, rows, strict=True)]
    widths = [max(len(cells[i]) for cells in (head, *body)) for i in range(len(head))]
    words = {0, 10, 11}
    return "".join(
        "  ".join(
            cell.ljust(width) if i in words else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        + "\n"
        for cells in (head, *body)
    )


def chart_of(rows: Sequence[Row], labels: Mapping[str, str]) -> str:
    """Lines by year, one a scheme and scenario; a gap where a figure cannot be said. No script, no style sheet, no link."""
    measure = "share_of_gdp" if any(row["share_of_gdp"] is not None for row in rows) else "total"
    title = say("Cost as a share of GDP") if measure == "share_of_gdp" else say("Cost by year")
    years = sorted({row["year"] for row in rows})
    curves: dict[tuple[str, str], dict[int, float]] = {}
    for row in rows:
        if row[measure] is not None:
            curves.setdefault((row["scheme"], row["scenario"]), {})[row["year"]] = row[measure]
    top = max((value for curve in curves.values() for value in curve.values()), default=0.0) or 1.0
    parts = [_text(LEFT, 20, title, size=15)]
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        said = percent(value, decimals=2) if measure == "share_of_gdp" else number(value, decimals=0)
        parts += [
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#b9c2ca"/>',
            _text(LEFT - 6, y + 4, said, anchor="end"),
        ]
    every = math.ceil(len(years) / 10)
    parts += [_text(_x(year, years), HEIGHT - BOTTOM + 18, year, anchor="middle") for year in years[::every]]
    several = len({scenario for _, scenario in curves}) > 1
    for place, ((scheme, scenario), curve) in enumerate(curves.items()):
        name = " · ".join(filter(None, (labels.get(scheme, scheme), (scenario or say("as the files say")) if several else "")))
        parts.append(_curve(curve, years, top, place, name))
        parts.append(_text(LEFT + 8, TOP + 14 * (place + 1), name, fill=COLOURS[place % len(COLOURS)]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>\n"
    )


def _curve(curve: Mapping[int, float], years: Sequence[int], top: float, place: int, name: str) -> str:
    path, pen = [], "M"
    for year in years:
        if year not in curve:
            pen = "M"
            continue
        path.append(f"{pen}{_x(year, years):.1f} {_y(curve[year], top):.1f}")
        pen = "L"
    dash = f' stroke-dasharray="{DASHES[place % len(DASHES)]}"' if DASHES[place % len(DASHES)] else ""
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{COLOURS[place % len(COLOURS)]}" stroke-width="2"{dash}>'
        f"<title>{escape(name)}</title></path>"
    )


def _x(year: int, years: Sequence[int]) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * ((year - years[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.5)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _text(x: float, y: float, words: object, *, size: int = 11, anchor: str = "start", fill: str = "#16222e") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{escape(str(words))}</text>'
