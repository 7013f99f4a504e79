"""The population of the UN that comes with the product: World Population Prospects 2024, medium variant, as the package
``bokeh_sampledata`` ships it (age groups of five, every fifth year from 1950 to 2100, persons; CC BY 3.0 IGO). Nothing of bokeh is
imported: the file is read as package data."""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from socle.datasets.population_forms import Floats
from socle.demography import FIVES
from socle.errors import InputError
from socle.tables import SEXES
from socle.vocabulary import COUNTRIES, Source, country, say

VINTAGE = "WPP 2024"
SOURCE = Source("United Nations, Department of Economic and Social Affairs, Population Division: World Population Prospects 2024",
                "medium variant; CC BY 3.0 IGO; as shipped by bokeh_sampledata", "https://population.un.org/wpp/")
_PACKAGE, _FILE = "bokeh_sampledata", "_data/population.csv.gz"
_COLUMNS = b"LocID,Location,Year,Sex,AgeGrp,AgeGrpStart,Value"


@lru_cache(maxsize=256)
def shipped_counts(alpha3: str) -> tuple[tuple[int, ...], Floats]:
    """The years of a country and its persons ``[year, sex, group]``, by groups of five to 100+; no year where it has none."""
    number = COUNTRIES[alpha3].m49.lstrip("0") if alpha3 in COUNTRIES else ""
    text = _text()
    start = text.find(f"\n{number},".encode()) if number else -1
    if start < 0:
        return (), np.zeros((0, len(SEXES), len(FIVES)))
    last = text.rfind(f"\n{number},".encode())
    rows = [line.rsplit(",", 5) for line in text[start + 1:text.find(b"\n", last + 1)].decode().splitlines()]
    years = tuple(sorted({int(row[1]) for row in rows}))
    persons: npt.NDArray[np.float64] = np.full((len(years), len(SEXES), len(FIVES)), np.nan)
    for _location, year, sex, _group, first, value in rows:
        persons[years.index(int(year)), SEXES.index(sex.lower()), FIVES.index(int(first))] = float(value)
    if np.isnan(persons).any():
        raise ValueError(f"{_PACKAGE}/{_FILE} lacks age groups of {alpha3}")
    persons.flags.writeable = False
    return years, persons


def no_such_country(alpha3: str) -> InputError:
    """The refusal that says what there is."""
    return InputError(
        say("World Population Prospects 2024, as shipped, has no population of {country}.", country=country(alpha3).name()),
        where={"value": alpha3},
        remedy=say("It has {n} countries and territories: give a file for this one.", n=len(countries_shipped())))


@cache
def countries_shipped() -> tuple[str, ...]:
    """The countries and territories there are, by alpha-3 code."""
    numbers = {number.decode() for number in set(re.findall(rb"\n(\d+),", _text()))}
    return tuple(code for code, one in COUNTRIES.items() if one.m49.lstrip("0") in numbers)


@cache
def _text() -> bytes:
    packed = files(_PACKAGE).joinpath(_FILE).read_bytes()
    text = gzip.decompress(packed)
    if not text.startswith(_COLUMNS):
        raise ValueError(f"{_PACKAGE}/{_FILE} has other columns than {_COLUMNS!r}")
    return text if text.endswith(b"\n") else text + b"\n"
