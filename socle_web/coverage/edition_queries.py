"""Questions to editions: the world in a year, a country, several countries, what two editions say differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet

from socle.vocabulary import COUNTRIES, fold
from socle_web.coverage import choosing
from socle_web.coverage.choosing import Choice
from socle_web.coverage.models.editions import Edition, Family, Line, Value
from socle_web.coverage.showing import SEXES, Shown, country_name, is_series, is_whole, series_name, series_order, shown

#: What a map and a comparison show: so many per cent of a group.
OF_PERSONS = (Family.SDG, Family.CONTRIBUTORS, Family.HEALTH, Family.LEGAL)
FIRST = "SI_COV_BENFTS"
_YEAR = re.compile(r"[0-9]{4}")
WHOLE = {"age_group": "total", "disability": "total", "area": "total", "item": ""}


@dataclass(frozen=True)
class Asked:
    """What an address asks for, unread: an empty text is no wish."""

    edition: str = ""
    series: str = ""
    year: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Options:
    """What can be asked of an edition: its series with their years, each with the family it is of."""

    years_of: dict[tuple[str, str], tuple[int, ...]]

    @property
    def by_family(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(code, name) of every series, by what they are about; 1.3.1 first."""
        return [(family, [(series, series_name(family, series)) for _family, series in keys])
                for family, keys in groupby(self.years_of, key=lambda key: key[0])]

    def find(self, asked: str) -> tuple[str, str] | None:
        """The family and code of a series; without a wish the first, which is "at least one benefit" where there is one."""
        if not asked:
            return next(iter(self.years_of), None)
        return next((key for key in self.years_of if key[1] == asked), None)


@dataclass(frozen=True)
class World:
    """One series in one year for one sex. ``year`` None: of each country the last one. ``missed``: the edition does not have what
    was asked for, and this is something else of it."""

    choice: Choice
    editions: Sequence[Edition]
    options: Options
    family: str
    series: str
    year: int | None
    sex: str
    figures: Sequence[Shown]
    missed: bool = False

    @property
    def name(self) -> str:
        return series_name(self.family, self.series)

    @property
    def years(self) -> tuple[int, ...]:
        return self.options.years_of.get((self.family, self.series), ())

    @cached_property
    def real(self) -> list[Shown]:
        return [one for one in self.figures if not COUNTRIES[one.low.country_id].made_up]

    @cached_property
    def made_up(self) -> list[Shown]:
        return [one for one in self.figures if COUNTRIES[one.low.country_id].made_up]


@dataclass(frozen=True)
class Profile:
    """A country in one edition. ``figures`` are all; ``beside``: what the countries of its region and income group have, from
    ``compared_with``. ``editions``: all that speak of it."""

    country: str
    choice: Choice
    editions: Sequence[Edition]
    figures: Sequence[Shown]
    compared_with: Choice
    beside: Sequence[Value]

    def of(self, *families: str, whole: bool = True) -> list[Shown]:
        return [one for one in self.figures if one.low.family in families and is_whole(one.low) == whole]

    def by_series(self, *families: str) -> dict[str, list[Shown]]:
        """The figures of each series, by year and sex."""
        found: dict[str, list[Shown]] = {}
        for one in self.of(*families):
            found.setdefault(one.low.series, []).append(one)
        return found


@dataclass(frozen=True)
class Side:
    """Several countries in one edition, or each in its latest national one."""

    choice: Choice
    editions: Sequence[Edition]
    options: Options
    countries: tuple[str, ...]
    offered: Sequence[tuple[str, str]]
    family: str
    series: str
    sex: str
    figures: Sequence[Shown]
    missed: bool = False

    @property
    def name(self) -> str:
        return series_name(self.family, self.series)

    def of(self, country: str, series: str | None = None) -> list[Shown]:
        """Its figures of a series (the one that is asked), by year."""
        return [one for one in self.figures if one.low.country_id == country and one.low.series == (series or self.series)]


@dataclass(frozen=True)
class Why:
    """One figure and the rows of the inquiry it was counted from, by sheet. Of an international edition there are none."""

    figure: Shown
    edition: Edition
    lines: Sequence[tuple[str, Sequence[Line]]]
    missing: Sequence[str]


def world(asked: Asked) -> World | None:
    """None: there is no such edition, series, year or sex."""
    among = choosing.editions()
    choice = choosing.choose(asked.edition, among)
    if choice is None or asked.sex not in ("", *SEXES):
        return None
    options, sex = _options(choice), asked.sex or "total"
    key = options.find(asked.series) or (options.find("") if is_series(asked.series) else None)
    if key is None:
        return None if asked.series and not is_series(asked.series) else World(choice, among, options, "", "", None, sex, ())
    years = options.years_of[key]
    if asked.year not in ("", "latest") and not _YEAR.fullmatch(asked.year):
        return None
    wished = int(asked.year) if asked.year not in ("", "latest") else None
    missed = bool(asked.series and key[1] != asked.series) or (wished is not None and wished not in years)
    values = Value.objects.filter(edition__in=choice.ids, family=key[0], series=key[1], sex=sex, **WHOLE)
    year = None if asked.year == "latest" else wished if wished in years else _fullest(values) or years[-1]
    figures = shown(values if year is None else values.filter(year=year))
    if year is None:
        figures = list(latest(figures).values())
    figures = sorted(figures, key=lambda one: fold(country_name(one.low.country_id)))
    return World(choice, among, options, key[0], key[1], year, sex, figures, missed)


def profile(country: str, asked: str) -> Profile | None:
    """None: no edition that is public says anything of the country under that key."""
    among = choosing.editions()
    speaking = set(Value.objects.filter(country=country, edition__withdrawn_by="").order_by().values_list("edition",
                                                                                                          flat=True).distinct())
    choice = choosing.choose_for(country, asked, among, international=tuple(speaking))
    if choice is None or not choice.editions or choice.editions[0].pk not in speaking:
        return None
    figures = shown(Value.objects.filter(edition__in=choice.ids, country=country))
    beside = choosing.national_beside(choice, among)
    years = {one.low.year for one in latest([one for one in figures if _compared(one)], by_series=True).values()}
    peers = Value.objects.filter(edition__in=beside.ids, country__in=peers_of(country), family=Family.SDG, sex="total",
                                 year__in=years,
                                 **WHOLE) if years else ()
    return Profile(country, choice, [one for one in among if one.pk in speaking], figures, beside, list(peers))


def side_by_side(countries: Sequence[str], asked: Asked, *, most: int) -> Side | None:
    among = choosing.editions()
    choice = choosing.choose(asked.edition, among)
    if choice is None or asked.sex not in ("", *SEXES):
        return None
    options, sex = _options(choice), asked.sex or "total"
    key = options.find(asked.series) or (options.find("") if is_series(asked.series) else None)
    if key is None and asked.series and not is_series(asked.series):
        return None
    there = Value.objects.filter(edition__in=choice.ids).order_by().values_list("country", flat=True).distinct()
    offered = sorted(((code, country_name(code)) for code in there), key=lambda one: fold(one[1]))
    chosen = tuple(code for code in dict.fromkeys(countries) if code in {code for code, _name in offered})[:most]
    values = Value.objects.filter(edition__in=choice.ids, country__in=chosen, family__in=OF_PERSONS, sex=sex, **WHOLE)
    figures = shown(values) if chosen else []
    return Side(choice, among, options, chosen, offered, *(key or ("", "")), sex, figures,
                bool(asked.series and key and key[1] != asked.series))


def explain(country: str, edition: str, asked: dict[str, str]) -> Why | None:
    """The figure of an address, whole where it says nothing of a part."""
    there = next((one for one in choosing.editions() if one.key == edition), None)
    year = asked.get("year", "")
    if there is None or not year.isascii() or not year.isdecimal() or len(year) > 4:
        return None
    parts = {name: asked.get(name, "") or default for name, default in {"sex": "total", **WHOLE}.items()}
    found = shown(Value.objects.filter(edition=there, country=country, family=asked.get("family") or Family.SDG,
                                       series=asked.get("series", ""),
                                       year=int(year), **parts))
    if not found:
        return None
    named = [record.partition(":")[::2] for value in found[0].values for record in value.records]
    keys = {sheet: [key for of, key in named if of == sheet] for sheet, _key in named}
    lines = list(Line.objects.filter(edition=there, sheet__in=keys, key__in=[key for _sheet, key in named])) if named else []
    chosen = {(line.sheet, line.key): line for line in lines}
    by_sheet = [(sheet, [chosen[sheet, key] for key in dict.fromkeys(of) if (sheet, key) in chosen]) for sheet, of in keys.items()]
    missing = [f"{sheet}:{key}" for sheet, key in dict.fromkeys(named) if (sheet, key) not in chosen]
    return Why(found[0], there, [(sheet, rows) for sheet, rows in by_sheet if rows], missing)


def latest(figures: Iterable[Shown], *, by_series: bool = False) -> dict[object, Shown]:
    """Of each country (or each series) the figure of its last year that can be said."""
    found: dict[object, Shown] = {}
    for one in figures:
        key = one.low.series if by_series else one.low.country_id
        if one.is_said and (key not in found or one.low.year > found[key].low.year):
            found[key] = one
    return found


def peers_of(country: str) -> list[str]:
    """The countries of its region or of its income group, itself among them. A made-up country has none."""
    place = COUNTRIES[country]
    if place.made_up:
        return []
    return [code for code, one in COUNTRIES.items() if code == country or (place.region and one.region == place.region)
            or (place.income_group and one.income_group == place.income_group)]


def _compared(one: Shown) -> bool:
    return one.low.family == Family.SDG and one.low.sex == "total" and is_whole(one.low)


def _options(choice: Choice) -> Options:
    found: dict[tuple[str, str], list[int]] = {}
    for family, series, year in (Value.objects.filter(edition__in=choice.ids, family__in=OF_PERSONS, **WHOLE).order_by()
                                 .values_list("family", "series", "year").distinct()):
        found.setdefault((family, series), []).append(year)
    return Options({key: tuple(sorted(found[key])) for key in sorted(found, key=lambda key: series_order(*key))})


def _fullest(values: QuerySet[Value]) -> int | None:
    """The year of which most countries say something; of several the last."""
    counted: dict[int, set[str]] = {}
    for year, country in values.order_by().values_list("year", "country").distinct():
        counted.setdefault(year, set()).add(country)
    return max(counted, key=lambda year: (len(counted[year]), year), default=None)

