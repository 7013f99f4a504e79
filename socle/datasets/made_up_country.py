"""A made-up country complete: people, economy, schemes, an inquiry, for Utania a household survey. Every figure is invented."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from socle.datasets.economy import read_economy
from socle.datasets.folder import read_files
from socle.datasets.made_up_people import folder_of, made_up_population
from socle.datasets.whole import write_files
from socle.errors import InputError
from socle.schemes import Scheme, parse
from socle.tables import INQUIRY, SEXES, Book, Economy, Population
from socle.tables import parse as parse_book
from socle.vocabulary import FACTS, Country, country, made_up_countries, say

#: Columns of the survey that are no facts: who lives together, who it is, for how many persons each stands.
KEYS = ("household", "person", "weight")

Value = float | bool | date | str | None


@dataclass(frozen=True, eq=False)
class MadeUp:
    """``survey`` holds a column for each fact (None: not known, or does not apply), one row a person; empty where there is none.

    ``inquiry`` is what the country answers to the form ``tables.INQUIRY``; None where it does not.
    ``files`` are the texts of which all is made, by path: ``economy.toml``, ``schemes/child-grant/scheme.toml`` ...
    """

    country: Country
    population: Population
    economy: Economy
    schemes: tuple[Scheme, ...]
    survey: Mapping[str, tuple[Value, ...]] = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    inquiry: Book | None = field(default=None, repr=False)

    def scheme(self, scheme: str) -> Scheme:
        """One of its schemes by its id, with or without the country: ``child-grant``, ``xut-child-grant``."""
        found = next((one for one in self.schemes if one.id in (scheme, f"{self.country.alpha3.lower()}-{scheme}")), None)
        if found is None:
            raise InputError(say("{country} has no scheme {id}.", country=self.country.name(), id=scheme), where={"value": scheme},
                             remedy=say("Use one of: {codes}.", codes=", ".join(one.id for one in self.schemes)))
        return found


def made_up(code: str) -> MadeUp:
    """The made-up country of a code or name: XUT (Utania, low income), XWE (Welkara, lower-middle), XVA (Valmoria, upper-middle)
    or XYO (Yoralia, high)."""
    found = country(code)
    if not found.made_up:
        raise InputError(say("{country} is no made-up country.", country=found.name()), where={"value": code},
                         remedy=say("Use one of: {codes}.", codes=", ".join(one.alpha3 for one in made_up_countries())))
    economy, schemes, survey, files = _read(found.alpha3)
    return MadeUp(found, made_up_population(found.alpha3), economy, schemes, survey, files, _inquiry(found.alpha3))


@cache
def _read(alpha3: str) -> tuple[Economy, tuple[Scheme, ...], Mapping[str, tuple[Value, ...]], Mapping[str, str]]:
    files = _files(folder_of(alpha3))
    economy = read_economy(files["economy.toml"].encode(), name="economy.toml").economy
    read = [parse(text, name=path).scheme for path, text in files.items() if path.endswith("/scheme.toml")]
    if economy is None or None in read:
        raise ValueError(f"the files of the made-up country {alpha3} have errors")
    return economy, tuple(one for one in read if one is not None), _survey(files.get("survey.csv", "")), files


@cache
def _inquiry(alpha3: str) -> Book | None:
    texts = {path.removeprefix("inquiry/"): text for path, text in _read(alpha3)[3].items() if path.startswith("inquiry/")}
    if not texts:
        return None
    sheets, findings = read_files((name, text.encode()) for name, text in texts.items())
    parsed = parse_book(INQUIRY, sheets, before=findings)
    if parsed.findings:
        raise ValueError(f"the inquiry of the made-up country {alpha3} has errors")
    return parsed.book


def write_made_up(code: str, folder: Path | str) -> None:
    """Write the files of a made-up country to a folder, for a tutorial: to look at, to change, to cost. ``census.csv`` counts
    the people of the first year; ``population.csv`` is the whole projection, so that the folder alone can be costed. The folder
    ``inquiry`` holds the country's answer, a file a sheet."""
    made = made_up(code)
    for path, text in {**made.files, "population.csv": _long_form(made.population)}.items():
        place = Path(folder) / path
        write_files(place.parent, {place.name: text.encode()})


def _long_form(people: Population) -> str:
    """A population as a national projection is written: a row a year, sex and age."""
    rows = [f"{people.country},{year},{sex},{age},{persons:.3f},Made up for tutorials and tests"
            for at, year in enumerate(people.years) for of_sex, sex in enumerate(SEXES)
            for age, persons in enumerate(people.persons[at, of_sex])]
    return "\n".join(["country,year,sex,age,persons,source", *rows]) + "\n"


def _files(folder: Traversable, before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            found |= _files(one, f"{before}{one.name}/")
        elif one.name.endswith((".toml", ".csv")):
            found[before + one.name] = one.read_text("utf-8")
    return found


def _survey(text: str) -> dict[str, tuple[Value, ...]]:
    header, *rows = csv.reader(text.splitlines()) if text else [[]]
    columns = zip(*rows, strict=True) if rows else iter(())
    return {name: tuple(_value(name, cell) for cell in cells) for name, cells in zip(header, columns, strict=True)}


def _value(name: str, cell: str) -> Value:
    if not cell:
        return None
    kind = "code" if name in ("household", "person") else "number" if name == "weight" else FACTS[name].type
    if kind == "truth":
        return cell == "true"
    if kind == "day":
        return date.fromisoformat(cell)
    return float(cell) if kind == "number" else cell
