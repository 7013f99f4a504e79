"""Things over time: an impact as it was observed, changes as they were achieved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from socle.reports.charts.drawing import (
    INK,
    LINE,
    MUTED,
    PAPER,
    SOLID,
    STEPS,
    TARGET,
    WIDTH,
    drawing,
    link,
    tag,
    ticks,
    write,
)
from socle.results import MEASURE_ORDER
from socle.vocabulary import Period, day, number, say

_TOP, _HEIGHT = 22.0, 170.0


@dataclass(frozen=True, slots=True)
class Observed:
    """One dated observation in force: ``measure`` is baseline, level or increase; ``persons`` None is not reported."""

    on: Period
    measure: str
    persons: int | None
    status: str = "achieved"
    unit: str = "persons"


@dataclass(frozen=True, slots=True)
class Event:
    """One institutional change."""

    on: Period
    step: str
    label: str
    href: str | None = None


def levels(observations: Sequence[Observed]) -> list[tuple[Observed, int]]:
    """The level after each observation that says a number, oldest first: a level or a baseline sets it, an increase adds."""
    found: list[tuple[Observed, int]] = []
    level = 0
    for seen in sorted(observations, key=lambda o: (o.on.end, MEASURE_ORDER[o.measure])):
        if seen.persons is not None:
            level = level + seen.persons if seen.measure == "increase" else seen.persons
            found.append((seen, level))
    return found


def history(
    observations: Sequence[Observed],
    *,
    title: str,
    expected: int | None = None,
    expected_on: Period | None = None,
    description: str = "",
) -> str:
    """A step line through what was observed: baselines hollow squares, levels circles, increases triangles. What is
    potential is a line of its own, broken and hollow; it never joins what is achieved. ``expected`` is a flag to reach."""
    achieved = levels([o for o in observations if o.status != "potential"])
    potential = levels([o for o in observations if o.status == "potential"])
    days = [o.on.end for o, _ in (*achieved, *potential)] + ([expected_on.end] if expected_on else [])
    if not days:
        return drawing("history", WIDTH, 30, [write(0, 18, say("not reported"), fill=MUTED)], title=title, description=description)
    first, last = date(min(days).year, 1, 1).toordinal(), date(max(days).year, 12, 31).toordinal()
    marks = list(ticks(max([level for _, level in (*achieved, *potential)] + [expected or 0])))
    left = 12 + 7.0 * len(number(marks[-1]))

    def across(on: date) -> float:
        return left + 10 + (on.toordinal() - first) / (last - first) * (WIDTH - left - 20)

    def up(level: float) -> float:
        return _TOP + _HEIGHT - (level / marks[-1] * _HEIGHT if marks[-1] else 0)

    parts = []
    for mark in marks:
        parts.append(tag("line", x1=left, x2=WIDTH, y1=up(mark), y2=up(mark), stroke=LINE, stroke_width=0.6 if mark else 1))
        parts.append(write(left - 6, up(mark) + 4, number(mark), size=11, fill=MUTED, anchor="end"))
    years = range(min(days).year, max(days).year + 1)
    every = -(-len(years) // 10)
    for year in years[::every]:
        start, end = across(date(year, 1, 1)), across(date(year, 12, 31))
        parts.append(tag("line", x1=start, x2=start, y1=up(0), y2=up(0) + 5, stroke=LINE))
        parts.append(write((start + end) / 2, up(0) + 18, year, size=12, anchor="middle"))
    if expected is not None:
        at = across(expected_on.end) if expected_on else WIDTH - 10
        parts.append(tag("line", x1=left, x2=at, y1=up(expected), y2=up(expected), stroke=TARGET, stroke_dasharray="2 4"))
        parts.append(tag("path", d=f"M{at:.1f} {up(expected):.1f}v-12l-9 4l9 4", fill=TARGET, stroke=TARGET))
        parts.append(
            write(
                at - 14 if at > left + 150 else at + 6,
                up(expected) - 6,
                say("{n} expected", n=number(expected)),
                size=11,
                fill=TARGET,
                anchor="end" if at > left + 150 else None,
            )
        )
    parts += _line(achieved, across, up, hollow=False)
    parts += _line(potential, across, up, hollow=True)
    y = up(0) + 34
    for measure, words in (("baseline", say("baseline")), ("level", say("level")), ("increase", say("increase"))):
        if any(o.measure == measure for o, _ in (*achieved, *potential)):
            parts += [_mark(measure, 8, y + 6, hollow=measure == "baseline"), write(19, y + 10.5, words, size=12, fill=MUTED)]
            y += 18
    if potential:
        parts += [
            tag("line", x1=0, x2=16, y1=y + 6, y2=y + 6, stroke=SOLID, stroke_dasharray="4 3"),
            _mark("level", 8, y + 6, hollow=True),
            write(24, y + 10.5, say("potential, not achieved"), size=12, fill=MUTED),
        ]
        y += 18
    return drawing("history", WIDTH, y + 4, parts, title=title, description=description or _in_words(achieved, potential))


def timeline(events: Sequence[Event], *, title: str, description: str = "") -> str:
    """Changes by year (across) and step (down), a mark each; a mark with ``href`` is a link named by ``label``."""
    if not events:
        return drawing("timeline", WIDTH, 30, [write(0, 18, say("no result reported"), fill=MUTED)], title=title)
    years = range(min(e.on.end.year for e in events), max(e.on.end.year for e in events) + 1)
    steps = sorted({e.step for e in events} | {"1", "2", "3"})
    left, room = 64.0, (WIDTH - 64.0) / len(years)
    side = 18.0
    fit = max(1, int((room - 4) // (side + 4)))
    parts, y = [], 4.0
    has_links = any(e.href for e in events)
    for n, step in enumerate(steps):
        cells = {year: [e for e in events if e.step == step and e.on.end.year == year] for year in years}
        height = max(1, *(-(-len(found) // fit) for found in cells.values())) * (side + 4) + 10
        parts.append(write(0, y + 19, say("Step {n}", n=step), size=12, weight="600"))
        parts.append(tag("line", x1=left, x2=WIDTH, y1=y + height, y2=y + height, stroke=LINE, stroke_width=0.6))
        for i, year in enumerate(years):
            for k, event in enumerate(cells[year]):
                x, top = left + i * room + 4 + (k % fit) * (side + 4), y + 6 + (k // fit) * (side + 4)
                fill = STEPS[n % len(STEPS)]
                parts.append(
                    link(
                        event.href,
                        event.label,
                        tag("rect", x=x, y=top, width=side, height=side, rx=4, fill=fill),
                        write(x + side / 2, top + 13, step, size=11, anchor="middle", fill=INK if n == 0 else PAPER),
                    )
                )
        y += height
    every = -(-len(years) // 8)
    for i, year in enumerate(years):
        if i % every == 0:
            parts.append(write(left + i * room + 4, y + 18, year, size=12, fill=MUTED))
    return drawing("timeline", WIDTH, y + 28, parts, title=title, description=description, has_links=has_links)


def _line(seen: Sequence[tuple[Observed, int]], across: object, up: object, *, hollow: bool) -> list[str]:
    if not seen:
        return []
    points = [(across(o.on.end), up(level)) for o, level in seen]  # type: ignore[operator]
    start = points[0][1] if seen[0][0].measure == "baseline" else up(0)  # type: ignore[operator]
    path = f"M{points[0][0]:.1f} {start:.1f}V{points[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in points[1:])
    parts = [tag("path", d=path, fill="none", stroke=SOLID, stroke_width=2, stroke_dasharray="5 4" if hollow else None)]
    for (o, level), (x, y) in zip(seen, points, strict=True):
        told = say("{day}: {n}", day=_when(o.on), n=number(level))
        parts.append(tag("g", tag("title", told), _mark(o.measure, x, y, hollow=hollow or o.measure == "baseline")))
    for index in dict.fromkeys((0, len(points) - 1)):
        x, y = points[index]
        parts.append(
            tag(
                "text",
                number(seen[index][1]),
                x=x + 3 if x > WIDTH / 2 else x - 3,
                y=y - 10,
                font_size=12,
                font_weight="600",
                fill=INK,
                text_anchor="end" if x > WIDTH / 2 else "start",
                stroke=PAPER,
                stroke_width=4,
                paint_order="stroke",
            )
        )
    return parts


def _mark(measure: str, x: float, y: float, *, hollow: bool) -> str:
    look = {"fill": PAPER if hollow else SOLID, "stroke": SOLID, "stroke_width": 2, "class_": f"mark mark-{measure}"}
    if measure == "baseline":
        return tag("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **look)
    if measure == "increase":
        return tag("path", d=f"M{x:.1f} {y - 5.5:.1f}l5.2 9.5h-10.4z", **look)
    return tag("circle", cx=x, cy=y, r=4.8, **look)


def _when(on: Period) -> str:
    return day(on.end) if on.start == on.end else on.text


def _in_words(achieved: Sequence[tuple[Observed, int]], potential: Sequence[tuple[Observed, int]]) -> str:
    told = [say("{day}: {n}", day=_when(o.on), n=number(level)) for o, level in achieved]
    told += [say("{day}: {n}, potential", day=_when(o.on), n=number(level)) for o, level in potential]
    return "; ".join(told)
