"""Averages of regions and of the world beside the figures of countries. Worked out when somebody looks, never stored; made-up
countries are in none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from socle import coverage
from socle.tables import Values
from socle.vocabulary import COUNTRIES, INCOME_GROUPS, REGIONS
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.choosing import Choice
from socle_web.coverage.edition_queries import Profile, latest
from socle_web.coverage.models.editions import Family, Value
from socle_web.coverage.showing import Shown, in_words

GROUPINGS = ("world", "ilo_region", "income_group")


@dataclass(frozen=True)
class Average:
    """Of a region in a year. ``text`` is empty where it is withheld; ``why`` then says for what reason. ``countries`` with a
    figure and a weight, ``of`` all that there are."""

    label: str
    text: str
    countries: int
    of: int
    weight_covered: str
    why: str = ""


@dataclass(frozen=True)
class Beside:
    """A country's last figure of a series, with the averages of its region and of its income group in that year."""

    figure: Shown
    region: Average | None
    income: Average | None


def averages(figures: Sequence[Shown], choice: Choice) -> list[Average]:
    """Of the world, of the regions, of the income groups: of one series in one year for one sex, weighted by its own
    denominator."""
    values = [one.low for one in figures if not COUNTRIES[one.low.country_id].made_up]
    return [average for by in GROUPINGS for average in _aggregated(values, choice, by).values()] if values else []


def beside_country(profile: Profile) -> list[Beside]:
    """Coverage by group of a country beside its region and its income group."""
    place = COUNTRIES[profile.country]
    values = [one for one in profile.beside if not COUNTRIES[one.country_id].made_up]
    if place.made_up or not values:
        return []
    region, income = (_aggregated(values, profile.compared_with, by) for by in ("ilo_region", "income_group"))
    rows = []
    for figure in latest([one for one in profile.of(Family.SDG) if one.low.sex == "total"], by_series=True).values():
        of = (figure.low.series, figure.low.year)
        rows.append(Beside(figure, region.get((place.region, *of)), income.get((place.income_group, *of))))
    return rows


def _aggregated(values: Sequence[Value], choice: Choice, by: str) -> dict[tuple[str | None, str, int], Average]:
    """By region, series and year. A bound is no figure, but its country has a weight."""
    rows = {(one.country_id, one.series, one.year): {
        "series": one.series, "country": one.country_id, "year": one.year, "sex": one.sex, "weight": bridge.weight_of(one),
        "value": one.value if one.bound == "exact" else None} for one in values}
    found = coverage.aggregate(Values.of(rows.values(), vintage=choice.pinned), by=by)
    weighed: dict[tuple[str, int], set[str]] = {}
    for (country, series, year), row in rows.items():
        if row["weight"] is not None:
            weighed.setdefault((series, year), set()).add(country)
    return {(row["region"], row["series"], row["year"]): _average(
        row, len(found.regions[row["region"]]),
        len(weighed.get((row["series"], row["year"]), set()) & {*found.regions[row["region"]]}))
        for row in found.rows()}


def _average(row: Mapping[str, Any], countries: int, weighed: int) -> Average:
    """Withheld, too, where the weight of most countries of the region is not known: then nobody can say how much is covered."""
    value, covered = row["value"], row["weight_covered"]
    known = weighed * 2 >= countries
    why = "" if value is not None and known else _("the persons of most of its countries are not known") if not known \
        else _("too little of its weight is covered")
    return Average(_label(row["region"]), "" if why else in_words(value), row["countries"], countries,
                   "" if covered is None or not known else in_words(covered * 100), why)


def _label(code: str) -> str:
    for listed in (REGIONS, INCOME_GROUPS):
        if code in listed:
            return listed[code].label()
    return _("World") if code == "world" else code
