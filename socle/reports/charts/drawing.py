"""Strings of SVG: elements, escaped text, colours.

No script, no style sheet and no ``style`` attribute: a page with a strict content security policy shows these drawings as
they are. Colours are presentation attributes, so that a style sheet may still restyle the classes. Nothing has an ``id``, so
that any number of drawings share a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

INK, MUTED, LINE, PAPER = "#16222e", "#55616c", "#b9c2ca", "#ffffff"
#: One hue from light to dark, told apart without seeing colour.
SCALE = ("#d7e7f3", "#9fc8e3", "#5fa3cf", "#2a6fa8", "#0b3c6f")
ZERO, UNKNOWN = "#dfe3e6", "#fbfcfc"
#: Achieved with records; the same without records is lighter, with a broken outline.
SOLID, TINT = "#1f5f93", "#d7e7f3"
#: Steps 1, 2 and 3: three hues of three lightnesses.
STEPS = ("#e3b04b", "#2f8f9d", "#21395c")
TARGET = "#b3361f"

WIDTH = 440
FONT = "sans-serif"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def text_of(value: object) -> str:
    """``value`` as text that may stand anywhere in a document: escaped, without characters XML forbids."""
    return escape(_FORBIDDEN.sub("", str(value)), quote=True)


def tag(name: str, *children: str, **attributes: object) -> str:
    """An element. ``children`` are markup; ``attributes`` are escaped, None is left out, ``stroke_width`` is
    ``stroke-width``."""
    inside = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text_of(_plain(value))}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{inside}>{''.join(children)}</{name}>" if children else f"<{name}{inside}/>"


def write(
    x: float,
    y: float,
    words: object,
    *,
    size: float = 13,
    fill: str = INK,
    anchor: str | None = None,
    weight: str | None = None,
    class_: str | None = None,
) -> str:
    return tag("text", text_of(words), x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=weight, class_=class_)


def drawing(
    name: str, width: float, height: float, parts: Iterable[str], *, title: str, description: str = "", has_links: bool = False
) -> str:
    """A whole drawing. Links must not hide inside an image, so a drawing with links is a labelled group."""
    head = [tag("title", text_of(title)) if title else "", tag("desc", text_of(description)) if description else ""]
    return tag(
        "svg",
        *head,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width="100%",
        class_=f"chart chart-{name}",
        role="group" if has_links else "img",
        aria_label=title or None,
        font_family=FONT,
    )


def link(href: str | None, label: str, *parts: str) -> str:
    """``parts`` as a focusable link with a name, or as a plain group with a tooltip."""
    if href is None:
        return tag("g", tag("title", text_of(label)), *parts)
    return tag("a", tag("title", text_of(label)), *parts, href=href, aria_label=label, class_="chart-link")


def wrap(words: str, width: float, *, size: float = 13) -> list[str]:
    """Lines of at most ``width`` units; a word longer than a line keeps a line of its own."""
    room = max(8, int(width / (size * 0.55)))
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def legend(
    entries: Iterable[tuple[str, dict[str, object]]], y: float, *, width: float = WIDTH, size: float = 12, left: float = 0
) -> tuple[list[str], float]:
    """Swatches with their words, as many on a line as fit. Returns the parts and the y below them."""
    parts: list[str] = []
    x = left
    for words, look in entries:
        needed = 20 + len(words) * size * 0.56 + 14
        if x > left and x + needed > width:
            x, y = left, y + size + 8
        parts.append(tag("rect", x=x + 0.5, y=y + 0.5, width=13, height=13, **look))
        parts.append(write(x + 19, y + 11.5, words, size=size, fill=MUTED))
        x += needed
    return parts, y + size + 10


def without_records_look(fill: str = TINT, stroke: str = SOLID) -> dict[str, object]:
    return {"fill": fill, "stroke": stroke, "stroke_dasharray": "3 2", "stroke_width": 1}


def ticks(largest: float, about: int = 4) -> Iterator[float]:
    """Round numbers from 0 up to the first at or above ``largest``."""
    if largest <= 0:
        yield 0.0
        return
    rough = largest / about
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 1.0
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough and (power * m).is_integer())
    value = 0.0
    while value < largest:
        yield value
        value += step
    yield value


def _plain(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
