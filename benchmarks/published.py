"""The page of what was measured, docs/reference/benchmarks.md: each benchmark writes its own part, between its two markers."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"
#: The parts of the page by their benchmark, in the order of the page, with their headings.
PARTS = {"results": "Results", "workbench": "The workbench", "costing": "Costing", "schemes": "Schemes",
         "studio": "The costing studio", "coverage": "Coverage"}


def write(name: str, about: str, measured: str, *, page: Path = PAGE) -> None:
    """Write one part of the page anew, with the machine it was measured on; the others stay as they are.

    ``about`` is what was measured and what the run holds to; ``measured`` the table. Raises ``ValueError`` where the page has not
    exactly one pair of markers for the part: then nothing is written.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    found = re.findall(f"{re.escape(begin)}\n.*?{re.escape(end)}\n", text, flags=re.DOTALL)
    if len(found) != 1 or text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{page} has not one part between {begin} and {end}")
    machine = f"{os.cpu_count()} cores and Python {platform.python_version()}"
    told = f"What `python -m benchmarks.{name} --write` printed, on {machine}: {about}"
    part = f"{begin}\n## {PARTS[name]}\n\n{told}\n\n{measured}\n{end}\n"
    page.write_text(text.replace(found[0], part), encoding="utf-8")
