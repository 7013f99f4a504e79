"""Write what can be drawn of the made-up countries, the same every time: ``python -m scripts.made_up``.

    socle/datasets/made_up/<ISO3>/census.csv        the people of 2020: invented births and deaths since 1900, scaled to a size
    socle/datasets/made_up/XUT/survey.csv           some two thousand persons in households (scripts/made_up_survey.py)

What they answer to the inquiry on coverage is drawn by scripts/made_up_inquiry.py. Economies, schemes and demographic assumptions
beside them are written by hand. Every figure is invented.
"""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from scripts.made_up_survey import survey
from socle.datasets.made_up_people import components, projected
from socle.demography import project_population
from socle.tables import LAST_AGE, SEXES, Population
from socle.vocabulary import Source

FOLDER = Path(__file__).resolve().parent.parent / "socle" / "datasets" / "made_up"
FIRST, BASE = 1900, 2020
SEED = 2026
SAID = "Made up for tutorials and tests"
#: Persons in 2020, and the history before: children a woman, and how many times the mortality of 2020 there was.
HISTORIES: dict[str, tuple[int, dict[str, float], dict[str, float]]] = {
    "XUT": (13_600_000, {"1900": 6.3, "1985": 6.6, "2020": 4.3}, {"1900": 4.2, "1950": 3.2, "2020": 1.0}),
    "XVA": (9_100_000, {"1900": 4.6, "1960": 2.9, "1990": 2.0, "2005": 1.4, "2020": 1.6}, {"1900": 9.0, "1950": 3.5, "2020": 1.0}),
    "XWE": (44_700_000, {"1900": 6.0, "1970": 5.8, "2000": 3.4, "2020": 2.7}, {"1900": 6.0, "1950": 4.0, "2020": 1.0}),
    "XYO": (5_200_000, {"1900": 3.6, "1935": 2.2, "1960": 2.9, "1985": 1.7, "2020": 1.55}, {"1900": 8.0, "1950": 2.5, "2020": 1.0}),
}


def people_of_2020(code: str) -> npt.NDArray[np.float64]:
    """Whole persons ``[sex, age]``: an even population of 1900 carried forward, its births a little uneven from year to year."""
    persons, births, deaths = HISTORIES[code]
    assumed: dict[str, Any] = tomllib.loads((FOLDER / code / "demography.toml").read_text(encoding="utf-8"))
    rng = np.random.default_rng([SEED, *code.encode()])
    years = range(FIRST, BASE)
    total = np.interp(years, [int(year) for year in births], list(births.values())) * np.exp(rng.normal(0, 0.03, len(years)))
    worse = np.interp(years, [int(year) for year in deaths], list(deaths.values()))
    assumed["fertility"]["total"] = dict(zip(map(str, years), total.tolist(), strict=True))
    assumed["migration"]["persons"] = 0.0
    for sex in SEXES:
        law = assumed["mortality"][sex]
        for name in ("infant", "a", "b"):
            law[name] = dict(zip(map(str, years), (law[name]["2020"] * worse).tolist(), strict=True))
    start = np.tile(1000 * np.exp(-0.035 * np.arange(LAST_AGE + 1)), (len(SEXES), 1))
    base = Population(code, (FIRST,), start[None], Source("scripts/made_up.py"))
    made = project_population(base, components(assumed, years), to=BASE).population.year(BASE)
    return np.round(made * persons / made.sum())


def census_csv(code: str) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["country", "year", "sex", "age", "persons", "source"])
    for sex, ages in zip(SEXES, people_of_2020(code), strict=True):
        for age, persons in enumerate(ages):
            lines.writerow([code, BASE, sex, f"{age}+" if age == LAST_AGE else age, int(persons), SAID])
    return text.getvalue()


def main() -> None:
    for code in HISTORIES:
        (FOLDER / code / "census.csv").write_text(census_csv(code), encoding="utf-8")
    projected.cache_clear()  # the weights of the survey follow from the population just written
    (FOLDER / "XUT" / "survey.csv").write_text(survey(SEED), encoding="utf-8")


if __name__ == "__main__":
    main()
