"""The catalogue's programme as plain rows of text: these tests read the files as a person would, without the library."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

PROGRAMME = Path(__file__).parents[2] / "catalogue" / "programmes" / "building-spf-for-all"


@cache
def rows(sheet: str) -> list[dict[str, str]]:
    with (PROGRAMME / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheets() -> list[str]:
    return sorted(path.stem for path in PROGRAMME.glob("*.csv"))
