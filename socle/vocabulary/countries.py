"""Countries and territories: codes, names in three languages, ILO region, income group.

Matching is exact after folding (case, accents, punctuation, spaces, "the" at either end). What does not match is refused with
suggestions for a person to choose from; nothing is guessed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from socle.errors import UnknownCountry
from socle.vocabulary.codes import code_list
from socle.vocabulary.language import LANGUAGES, language, say

SOURCES: Mapping[str, str] = MappingProxyType({
    "codes": "ISO 3166-1; UN M49 for the numeric code",
    "names": "UNTERM short names, and UN M49 for territories (OCHA Countries & Territories Taxonomy); aliases also CLDR",
    "region": "ILOSTAT, country groupings, as in OWID regions.yml",
    "un_region": "UN Statistics Division, regions of the SDG reports (unicef-drp/Country-and-Region-Metadata, output/UNSDG)",
    "income_group": "World Bank, groups of fiscal year 2026, from July 2025 (ONE Data, bblocks-places concordance)",
})
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory.

    ``region`` and ``subregion`` are codes of REGIONS and SUBREGIONS, None where the ILO lists none; ``un_region`` is one of
    UN_REGIONS, which are drawn otherwise (Sudan, Israel and Cyprus are neighbours there). ``income_group`` is the
    World Bank's for the fiscal year that starts in July of ``income_year``, None where it names none. A ``made_up`` country is
    for tests and tutorials; its codes are user-assigned in ISO 3166-1 and it has no M49 code.
    """

    alpha3: str
    alpha2: str
    m49: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    region: str | None
    subregion: str | None
    un_region: str | None
    income_group: str | None
    income_year: int | None
    sources: Mapping[str, str]
    verified: bool
    made_up: bool

    def name(self, lang: str | None = None) -> str:
        return self.names.get(lang or language()) or self.names["en"]

    def __str__(self) -> str:
        return self.alpha3


class Countries(Mapping[str, Country]):
    """Countries by alpha-3 code, in English alphabetical order. Made-up ones can be looked up, never listed or counted."""

    def __getitem__(self, alpha3: str) -> Country:
        return _table()[alpha3]

    def __iter__(self) -> Iterator[str]:
        return iter(_real())

    def __len__(self) -> int:
        return len(_real())

    def __repr__(self) -> str:
        return "<COUNTRIES>"


COUNTRIES: Mapping[str, Country] = Countries()


def country(text: str) -> Country:
    """The country of a code (alpha-2, alpha-3), a name in English, French or Spanish, or an alias.

    Raises ``UnknownCountry`` with suggestions for anything else, also for a name that two countries share ("Korea").
    """
    known = _table().get(text)
    if known is not None:
        return known
    key = fold(text)
    alpha3 = _index().get(key)
    if alpha3 is not None:
        return _table()[alpha3]
    near = tuple(_table()[code].name() for code in _suggestions(key))
    raise UnknownCountry(
        say("“{value}” is not the name or code of a country.", value=text),
        remedy=say("Did you mean {near}? Write the three-letter code.", near=", ".join(near)) if near
        else say("Write the three-letter code of ISO 3166-1 or the name used by the United Nations."),
        suggestions=near,
        value=text,
    )


def made_up_countries() -> tuple[Country, ...]:
    """The invented countries of tests and tutorials."""
    return tuple(entry for entry in _table().values() if entry.made_up)


def fold(text: str) -> str:
    """What matching compares: no accents, case, punctuation or spaces, no "the" at either end, "&" read as "and"."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = _NOT_A_LETTER.sub(" ", plain.replace("'", "").replace("’", "")).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1 and words[-1] == "the":
        del words[-1]
    return "".join(words)


@lru_cache(maxsize=1024)
def _suggestions(key: str) -> tuple[str, ...]:
    """Codes of the countries whose names are near, the nearest first; made-up ones never."""
    shared = _shared().get(key)
    if shared:
        return shared
    names = {name: code for name, code in _index().items() if len(name) > 3 and not _table()[code].made_up}
    near = get_close_matches(key, names, n=6, cutoff=0.72)
    if len(key) > 3:
        near += [name for name in names if key in name or name in key]
    return tuple(dict.fromkeys(names[name] for name in near))[:5]


@cache
def _table() -> Mapping[str, Country]:
    region_of = {code.code: code.group for code in code_list("SUBREGIONS").values()}
    table = {}
    for row in _rows("countries.csv"):
        table[row["alpha3"]] = Country(
            alpha3=row["alpha3"],
            alpha2=row["alpha2"],
            m49=row["m49"],
            names=MappingProxyType({lang: row[lang] for lang in LANGUAGES}),
            aliases=tuple(filter(None, row["aliases"].split(";"))),
            region=region_of.get(row["subregion"]),
            subregion=row["subregion"] or None,
            un_region=row["un_region"] or None,
            income_group=row["income_group"] or None,
            income_year=int(row["income_year"]) if row["income_year"] else None,
            sources={} if row["made_up"] else SOURCES,
            verified=not row["made_up"],
            made_up=bool(row["made_up"]),
        )
    return MappingProxyType(table)


@cache
def _real() -> tuple[str, ...]:
    return tuple(code for code, entry in _table().items() if not entry.made_up)


@cache
def _index() -> Mapping[str, str]:
    index = {}
    for code, entry in _table().items():
        for text in (code, entry.alpha2, *entry.names.values(), *entry.aliases):
            index[fold(text)] = code
    return index


@cache
def _shared() -> Mapping[str, tuple[str, ...]]:
    return {fold(row["name"]): tuple(row["countries"].split(";")) for row in _rows("shared_names.csv")}


def _rows(file: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(files("socle.vocabulary").joinpath("data", file).read_text("utf-8").splitlines())
