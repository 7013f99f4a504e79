"""Which countries a region holds: of the ILO, of the reports on the SDGs, of the World Bank, the world, or one's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from socle.errors import Finding, InputError, UnknownCountry
from socle.vocabulary import COUNTRIES, INCOME_GROUPS, REGIONS, SUBREGIONS, UN_REGIONS, Country, country, made_up_countries, say

#: Ways to group countries that need no file.
GROUPINGS = ("ilo_region", "ilo_subregion", "un_region", "income_group", "world")
WORLD = "world"
_CODES = {"ilo_region": REGIONS, "ilo_subregion": SUBREGIONS, "un_region": UN_REGIONS, "income_group": INCOME_GROUPS}


def regions_of(by: str | Mapping[str, Iterable[str]], *, present: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The countries (alpha-3) of each region, in the order of the vocabulary or of the mapping.

    ``present`` are the countries that are spoken of: a made-up one is in its region where it is among them, and real ones are left
    out where all of them are made up. Raises ``InputError`` for an unknown grouping, and with every unknown country of a mapping.
    """
    if not isinstance(by, str):
        return _own(by)
    if by not in GROUPINGS:
        raise InputError(say("“{value}” is no way to group countries.", value=by), where={"column": "by", "value": by},
                         remedy=say("Use one of: {codes}; or a file with the columns region and country.",
                                    codes=", ".join(GROUPINGS)))
    invented = [entry for entry in made_up_countries() if entry.alpha3 in present]
    real = [] if invented and set(present) <= {entry.alpha3 for entry in invented} else list(COUNTRIES.values())
    found: dict[str, list[str]] = {WORLD: []} if by == WORLD else {code: [] for code in _CODES[by]}
    for entry in (*real, *invented):
        region = _region(entry, by)
        if region is not None:
            found[region].append(entry.alpha3)
    return MappingProxyType({region: tuple(codes) for region, codes in found.items()})


def label_of(by: str | Mapping[str, Iterable[str]], region: str) -> str:
    """What a region is called in the language of the moment."""
    if isinstance(by, str) and by in _CODES and region in _CODES[by]:
        return _CODES[by][region].label()
    return say("World") if region == WORLD else region


def _region(entry: Country, by: str) -> str | None:
    return {"ilo_region": entry.region, "ilo_subregion": entry.subregion, "un_region": entry.un_region,
            "income_group": entry.income_group, WORLD: WORLD}[by]


def _own(by: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for region, names in by.items():
        codes: dict[str, None] = {}
        for name in (names,) if isinstance(names, str) else names:
            try:
                codes[country(name).alpha3] = None
            except UnknownCountry as unknown:
                findings += unknown.findings
        found[region] = tuple(codes)
    if findings or not found:
        raise InputError(findings[0].message if findings else say("There is no region."), findings=findings,
                         where={"column": "by"}, remedy=say("Name at least one region and its countries."))
    return MappingProxyType(found)
