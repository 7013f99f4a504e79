"""Lines over years: what several things cost or cover, each with a name at its end and a look of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from socle.reports.charts.drawing import INK, LINE, MUTED, SOLID, STEPS, TARGET, WIDTH, drawing, legend, tag, write
from socle.vocabulary import number, say

Words = Callable[[float], str]
_TOP, _HEIGHT = 14.0, 190.0
#: Told apart without colour: by lightness, and by the breaks of the line.
LOOKS: tuple[tuple[str, str | None], ...] = (
    (SOLID, None), (TARGET, "7 3"), (STEPS[1], "2 3"), ("#7b4b94", "10 3 2 3"), (STEPS[0], "5 5"), ("#8aa3b5", "1 4"),
    ("#5c7a29", "12 4"), ("#a0522d", "3 6"),
)


@dataclass(frozen=True, slots=True)
class Curve:
    """Values by year; None or NaN is not known and leaves a gap. ``low`` and ``high`` draw a band about it; what is the sum of the
    others is drawn heavier."""

    label: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    is_sum: bool = False


def lines(
    years: Sequence[int],
    curves: Sequence[Curve],
    *,
    title: str,
    words: Words = number,
    description: str = "",
    marks: Mapping[str, float] | None = None,
) -> str:
    """One line a curve, from zero up; ``marks`` are level lines with their words, such as a budget that is to be kept."""
    marks = marks or {}
    known = [v for curve in curves for series in (curve.values, curve.low, curve.high) for v in series
             if v is not None and math.isfinite(v)]
    if not known or not years:
        return drawing("lines", WIDTH, 30, [write(0, 18, say("not reported"), fill=MUTED)], title=title, description=description)
    lowest = min(0.0, *known, *marks.values())
    steps = _steps(lowest, max([*known, *marks.values()]))
    left = 12 + 6.4 * max(len(words(step)) for step in steps)
    room = WIDTH - left - 24

    def across(at: int) -> float:
        return left + 6 + (room * at / (len(years) - 1) if len(years) > 1 else room / 2)

    def up(value: float) -> float:
        return _TOP + _HEIGHT - (value - steps[0]) / ((steps[-1] - steps[0]) or 1.0) * _HEIGHT

    parts = []
    for step in steps:
        parts.append(tag("line", x1=left, x2=WIDTH, y1=up(step), y2=up(step), stroke=LINE, stroke_width=0.6 if step else 1))
        parts.append(write(left - 6, up(step) + 4, words(step), size=11, fill=MUTED, anchor="end"))
    for label, level in marks.items():
        parts.append(tag("line", x1=left, x2=WIDTH, y1=up(level), y2=up(level), stroke=TARGET, stroke_dasharray="2 4"))
        parts.append(write(WIDTH, up(level) - 5, label, size=11, fill=TARGET, anchor="end"))
    for at in range(0, len(years), -(-len(years) // 8)):
        parts.append(tag("line", x1=across(at), x2=across(at), y1=up(steps[0]), y2=up(steps[0]) + 5, stroke=LINE))
        parts.append(write(across(at), up(steps[0]) + 18, years[at], size=12, anchor="middle"))
    for place, curve in enumerate(curves):
        colour, dashes = _look(place, curve)
        parts += _band(curve, across, up, colour)
        parts += _line(curve, across, up, colour, dashes)
    y = _TOP + _HEIGHT + 32
    if len(curves) > 1:
        entries: list[tuple[str, dict[str, object]]] = [(c.label, {"fill": _look(i, c)[0]}) for i, c in enumerate(curves)]
        key, y = legend(entries, y)
        parts += key
    return drawing("lines", WIDTH, y, parts, title=title, description=description or _told(years, curves, words))


def _look(place: int, curve: Curve) -> tuple[str, str | None]:
    return (INK, None) if curve.is_sum else LOOKS[place % len(LOOKS)]


def _line(curve: Curve, across: Callable[[int], float], up: Callable[[float], float], colour: str,
          dashes: str | None) -> list[str]:
    parts = []
    for first, run in _runs(curve.values):
        if len(run) == 1:
            parts.append(tag("circle", cx=across(first), cy=up(run[0]), r=2.6, fill=colour))
            continue
        path = "L".join(f"{across(first + i):.1f} {up(value):.1f}" for i, value in enumerate(run))
        parts.append(tag("path", d=f"M{path}", fill="none", stroke=colour, stroke_linejoin="round",
                         stroke_width=3 if curve.is_sum else 2, stroke_dasharray=dashes))
    return parts


def _band(curve: Curve, across: Callable[[int], float], up: Callable[[float], float], colour: str) -> list[str]:
    edges = [(i, low, high) for i, (low, high) in enumerate(zip(curve.low, curve.high, strict=False))
             if low is not None and high is not None and math.isfinite(low) and math.isfinite(high)]
    if len(edges) < 2:
        return []
    over = [f"{across(i):.1f} {up(high):.1f}" for i, _, high in edges]
    under = [f"{across(i):.1f} {up(low):.1f}" for i, low, _ in reversed(edges)]
    return [tag("path", d=f"M{'L'.join([*over, *under])}Z", fill=colour, fill_opacity=0.16)]


def _runs(values: Sequence[float | None]) -> list[tuple[int, list[float]]]:
    """Stretches of known values, each with its first place."""
    found: list[tuple[int, list[float]]] = []
    before = False
    for at, value in enumerate(values):
        if value is None or not math.isfinite(value):
            before = False
            continue
        if not before:
            found.append((at, []))
        found[-1][1].append(value)
        before = True
    return found


def _steps(lowest: float, highest: float, about: int = 4) -> list[float]:
    """Round numbers that hold both ends; of any size, so that a thousandth of GDP has its marks too."""
    span = (highest - lowest) or abs(highest) or 1.0
    power = 10.0 ** math.floor(math.log10(span / about))
    step = next(power * m for m in (1, 2, 5, 10) if power * m * about >= span * 0.999)
    first = math.floor(lowest / step + 1e-9)
    last = max(first + 1, math.ceil(highest / step - 1e-9))
    return [round(step * i, 12) for i in range(first, last + 1)]


def _told(years: Sequence[int], curves: Sequence[Curve], words: Words) -> str:
    """The first and the last known value of each curve, for those who do not see the drawing."""
    told = []
    for curve in curves:
        known = [(years[at + i], value) for at, run in _runs(curve.values) for i, value in enumerate(run)]
        if known:
            (first, begun), (last, ended) = known[0], known[-1]
            told.append(say("{label}: {begun} in {first}, {ended} in {last}", label=curve.label, begun=words(begun), first=first,
                            ended=words(ended), last=last))
    return "; ".join(told)
