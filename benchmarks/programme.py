"""A made-up programme of any size, written as a folder of CSV files. The same seed gives the same programme."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from socle import vocabulary

OBSERVATION = ("observation", "impact", "on", "measure", "persons", "women", "unit", "status", "recorded_on", "supersedes",
               "reason")
KINDS = ("legal_coverage", "effective_coverage", "adequacy", "comprehensiveness", "access")
BRANCHES = ("medical_care", "old_age", "family", "maternity", "invalidity", "social_assistance", "several")


def write(folder: Path, *, projects: int, changes: int, impacts: int, observations: int, seed: int = 1) -> Path:
    """Phase P, 2021 to 2025. Of the impacts a tenth share a population; of the observations 5% are potential, 1% households, 2%
    corrections; half report women."""
    draw = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    themes = tuple(vocabulary.THEMES)
    countries = sorted(key for key, c in vocabulary.COUNTRIES.items() if c.region and not c.made_up)[:150]

    def sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)

    def some(words: Sequence[str], size: int) -> list[str]:
        return [words[n] for n in draw.integers(0, len(words), size)]

    sheet("phases", ("phase", "title", "start", "end"), [("P", "Phase", 2021, 2025)])
    sheet("targets", ("phase", "indicator", "counts", "target"),
          [("P", "steps", "changes", changes), ("P", "people", "persons", 10**9)])
    sheet("partners", ("partner", "name", "kind"), [(f"D{n}", f"Partner {n}", "bilateral") for n in range(50)])
    sheet("projects", ("project", "title", "kind", "start", "end", "countries", "themes"),
          ((f"P{n}", f"Project {n}", "development_cooperation", 2021, 2025, country, theme)
           for n, (country, theme) in enumerate(zip(some(countries, projects), some(themes, projects), strict=True))))
    sheet("funding", ("project", "partner", "on", "amount", "currency", "status"),
          ((f"P{n}", f"D{n % 50}", 2021 + n % 5, 1000 + n, "USD", "committed") for n in range(projects)))
    sheet("changes", ("change", "country", "year", "step", "branches", "themes", "projects", "title"),
          ((f"C{n}", country, year, step, branch, theme, f"P{project}", f"Change {n}")
           for n, (country, year, step, branch, theme, project) in enumerate(zip(
               some(countries, changes), some(("2021", "2022", "2023", "2024", "2025"), changes), some(("1", "2", "3"), changes),
               some(BRANCHES, changes), some(themes, changes), draw.integers(0, projects, changes), strict=True))))
    shared = draw.random(impacts) < 0.1
    sheet("impacts", ("impact", "country", "change", "kind", "branch", "population"),
          ((f"I{n}", country, f"C{n % changes}", kind, branch, f"people{n // 20}" if shared[n] else "")
           for n, (country, kind, branch) in enumerate(
               zip(some(countries, impacts), some(KINDS, impacts), some(BRANCHES, impacts), strict=True))))
    sheet("observations", OBSERVATION, _observations(draw, impacts, observations))
    return folder


def _observations(draw: np.random.Generator, impacts: int, observations: int) -> Iterable[Sequence[object]]:
    each = max(1, observations // impacts)
    potential = draw.random(impacts) < 0.05
    chance = draw.random((3, observations))
    households, correction, women = chance[0] < 0.01, chance[1] < 0.02, chance[2] < 0.5
    figures, months = draw.integers(1, 5000, observations), draw.integers(1, 13, observations)
    for n in range(observations):
        impact, place = n // each % impacts, n % each
        measure = "baseline" if place == 0 else "level" if place % 2 else "increase"
        persons = int(figures[n]) + (place * 5000 if measure != "increase" else 0)
        corrects = f"O{n - 1}" if correction[n] and place > 1 else ""
        yield (f"O{n}", f"I{impact}", f"{2021 + place % 5}-{months[n]:02d}-15", measure, persons, persons // 2 if women[n] else "",
               "households" if households[n] else "persons", "potential" if potential[impact] else "achieved",
               "2025-06-30" if corrects else "", corrects, "counted twice" if corrects else "")
