"""Bars: amounts beside each other, by year, and against an ambition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from socle.reports.charts.drawing import (
    INK,
    LINE,
    MUTED,
    SOLID,
    STEPS,
    TARGET,
    TINT,
    WIDTH,
    drawing,
    legend,
    tag,
    ticks,
    without_records_look,
    wrap,
    write,
)
from socle.vocabulary import number, percent, say

Figure = float | None
#: Name of the series that is drawn as published without records.
WITHOUT_RECORDS = "without_records"
Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Progress:
    """``achieved`` is what has records, ``without_records`` what was published without them; None is not reported."""

    label: str
    achieved: Figure
    target: Figure
    without_records: Figure = None
    unit: str = ""

    @property
    def total(self) -> Figure:
        known = [v for v in (self.achieved, self.without_records) if v is not None]
        return sum(known) if known else None


def bars(
    rows: Sequence[tuple[str, Mapping[str, Figure]]],
    *,
    title: str,
    series: Mapping[str, str],
    stacked: bool = True,
    words: Words = number,
    description: str = "",
    whole: float = 0.0,
) -> str:
    """Horizontal bars: one a row, its parts by ``series`` (name to label) stacked or below each other.

    The part ``without_records`` is lighter with a broken outline. A row of nothing but None says "not reported". The longest bar is
    the largest value, or ``whole`` (100 per cent, say) where that is more.
    """
    looks = _looks(series)
    together = sum if stacked else max
    largest = max((whole, *(together(_known(row, series)) for _, row in rows if _known(row, series)))) or 1.0
    parts: list[str] = []
    y = 4.0
    for label, row in rows:
        known = _known(row, series)
        told = " · ".join(words(v) for v in ([sum(known)] if stacked else known)) if known else say("not reported")
        lines = wrap(label, WIDTH - 12 - len(told) * 7)
        for i, line in enumerate(lines):
            parts.append(write(0, y + 12 + 16 * i, line))
        parts.append(write(WIDTH, y + 12, told, anchor="end", fill=INK if known else MUTED, weight="600" if known else None))
        y += 16 * len(lines) + 2
        x = 0.0
        for name in series:
            value = row.get(name)
            width = max(0.0, value or 0) / largest * WIDTH
            if width:
                parts.append(
                    tag("rect", x=x + 0.5, y=y + 0.5, width=max(width - 1, 0.8), height=11 if stacked else 8, **looks[name])
                )
            if stacked:
                x += width
            elif value is not None:
                y += 10
        if not known or not any(known):
            parts.append(tag("line", x1=0.5, x2=0.5, y1=y, y2=y + 12, stroke=LINE))
        y += 24 if stacked else 12
    if len(series) > 1:
        key, y = legend([(series[name], looks[name]) for name in series], y)
        parts += key
    return drawing("bars", WIDTH, y, parts, title=title, description=description)


def columns(
    values: Mapping[str, Mapping[str, Figure]],
    *,
    title: str,
    series: Mapping[str, str],
    words: Words = number,
    description: str = "",
) -> str:
    """Upright stacked bars, one a period: ``values`` is period to series to figure. Absent is not drawn, and says so."""
    looks = _looks(series)
    largest = max((sum(_known(row, series)) for row in values.values() if _known(row, series)), default=0.0)
    marks = list(ticks(largest))
    top, height, left = 18.0, 170.0, 12.0 + 7.0 * max(len(words(m)) for m in marks)
    parts = []

    def place(value: float) -> float:
        return top + height - (value / marks[-1] * height if marks[-1] else 0)

    for mark in marks:
        parts.append(tag("line", x1=left, x2=WIDTH, y1=place(mark), y2=place(mark), stroke=LINE, stroke_width=0.6 if mark else 1))
        parts.append(write(left - 6, place(mark) + 4, words(mark), size=11, fill=MUTED, anchor="end"))
    room = (WIDTH - left) / max(1, len(values))
    for i, (period, row) in enumerate(values.items()):
        width = min(48.0, room * 0.62)
        x = left + i * room + (room - width) / 2
        level = 0.0
        for name in series:
            value = max(0.0, row.get(name) or 0)
            if value:
                y = place(level + value)
                parts.append(tag("rect", x=x, y=y, width=width, height=max(place(level) - y - 0.6, 0.6), **looks[name]))
                level += value
        known = _known(row, series)
        parts.append(
            write(
                x + width / 2,
                place(level) - 4,
                words(sum(known)) if known else "–",
                size=11,
                anchor="middle",
                fill=INK if known else MUTED,
                weight="600" if known else None,
            )
        )
        parts.append(write(x + width / 2, top + height + 16, period, size=12, anchor="middle"))
    y = top + height + 30
    if len(series) > 1:
        key, y = legend([(series[name], looks[name]) for name in series], y)
        parts += key
    return drawing("columns", WIDTH, y, parts, title=title, description=description)


def progress(rows: Sequence[Progress], *, title: str, words: Words = number, description: str = "") -> str:
    """Each row against its own target (the upright line). What passes the target is drawn passing it."""
    parts: list[str] = []
    y = 4.0
    for row in rows:
        total, target = row.total, row.target
        share = percent(total / target) if total is not None and target else ""
        for line in wrap(row.label, WIDTH - 70):
            parts.append(write(0, y + 12, line, weight="600"))
            y += 16
        parts.append(write(WIDTH, y - 4, share, anchor="end", weight="600"))
        y += 2
        full = max(total or 0, target or 0) or 1.0
        if target:
            parts.append(tag("rect", x=0, y=y + 3, width=target / full * WIDTH, height=8, fill="#eceff1"))
        x = 0.0
        for value, look in ((row.achieved, {"fill": SOLID}), (row.without_records, without_records_look())):
            width = max(0.0, value or 0) / full * WIDTH
            if width:
                parts.append(tag("rect", x=x + 0.5, y=y + 0.5, width=max(width - 1, 0.8), height=13, **look))
                x += width
        if target:
            at = min(target / full * WIDTH, WIDTH - 1)
            parts.append(tag("line", x1=at, x2=at, y1=y - 3, y2=y + 17, stroke=TARGET, stroke_width=2))
        y += 18
        for line in wrap(_against(row, words), WIDTH, size=12):
            parts.append(write(0, y + 12, line, size=12, fill=MUTED))
            y += 15
        y += 14
    entries: list[tuple[str, dict[str, object]]] = [(say("achieved, with records"), {"fill": SOLID})]
    if any(row.without_records for row in rows):
        entries.append((say("published without records"), without_records_look()))
    if any(row.target for row in rows):
        entries.append((say("ambition"), {"fill": TARGET}))
    key, y = legend(entries, y)
    return drawing("progress", WIDTH, y, [*parts, *key], title=title, description=description)


def _against(row: Progress, words: Words) -> str:
    if row.total is None:
        if row.target is None:
            return say("not reported")
        return say("not reported; ambition: {target} {unit}", target=words(row.target), unit=row.unit).rstrip()
    if row.target is None:
        return say("{total} {unit} (no ambition reported)", total=words(row.total), unit=row.unit).replace("  ", " ")
    return say("{total} of {target} {unit}", total=words(row.total), target=words(row.target), unit=row.unit).rstrip()


def _looks(series: Mapping[str, str]) -> dict[str, dict[str, object]]:
    plain = [name for name in series if name != WITHOUT_RECORDS]
    colours = (SOLID,) if len(plain) == 1 else (*STEPS, "#8aa3b5", "#7b4b94")
    looks: dict[str, dict[str, object]] = {name: {"fill": colours[i % len(colours)]} for i, name in enumerate(plain)}
    looks[WITHOUT_RECORDS] = without_records_look(TINT)
    return looks


def _known(row: Mapping[str, Figure], series: Mapping[str, str]) -> list[float]:
    return [value for name in series if (value := row.get(name)) is not None]
