"""Pages by typst: PDF, and pictures of charts for documents that cannot draw.

Typst compiles markup held in memory in a few milliseconds to tagged PDF; drawings are handed over as bytes, so no file is written.
"""

from __future__ import annotations

from functools import cache

import typst

from socle.reports.charts.drawing import FONT

#: Families tried in order; the last of each list is inside typst, so that a machine without fonts prints too.
SERIF = ("Libertinus Serif",)
SANS = ("Source Sans 3", "Inter", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
ARABIC = ("Amiri", "Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans")


@cache
def families(*wanted: str) -> tuple[str, ...]:
    """Those of the families that this machine has."""
    here = set(typst.Fonts().families())
    return tuple(family for family in wanted if family in here)


def string(words: object) -> str:
    """A typst string literal. Text always passes as a string, where no markup is read."""
    plain = "".join(c for c in str(words) if c in "\n\t" or ord(c) >= 32)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def drawn(svg: str) -> str:
    """A drawing in letters this machine has."""
    return svg.replace(f'font-family="{FONT}"', f'font-family="{families(*SANS)[0]}"', 1)


def picture(svg: str, *, width_cm: float = 16, ppi: float = 200) -> bytes:
    """A drawing as PNG."""
    page = f"#set page(width: {width_cm}cm, height: auto, margin: 0pt, fill: white)"
    return compiled(f"{page}\n#image(bytes({string(drawn(svg))}), width: 100%)", format="png", ppi=ppi)


def compiled(source: str, *, format: str, **options: object) -> bytes:
    out: bytes | list[bytes] = typst.compile(source.encode(), format=format, **options)  # type: ignore[call-overload]
    return out[0] if isinstance(out, list) else out
