"""Averages of regions and of the world beside the figures of countries. Worked out when somebody looks, never stored; made-up
countries are in none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from socle import coverage
from socle.vocabulary import COUNTRIES, INCOME_GROUPS, REGIONS
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.choosing import Choice
from socle_web.coverage.edition_queries import Profile, latest
from socle_web.coverage.models.editions import Family, Value
from socle_web.coverage.showing import Shown, in_words, is_whole

GROUPINGS = ("world", "ilo_region", "income_group")


@dataclass(frozen=True)
class Average:
    """Of a region in a year. ``text`` is empty where it is withheld; ``why`` then says for what reason."""

    label: str
    text: str
    countries: int
    weight_covered: str
    why: str = ""


@dataclass(frozen=True)
class Beside:
    """A country's last figure of a series, with the averages of its region and of its income group in that year."""

    figure: Shown
    region: Average | None
    income: Average | None


def averages(figures: Sequence[Shown], choice: Choice) -> list[Average]:
    """Of the world, of the regions, of the income groups: of one series in one year for one sex, weighted by its own denominator."""
    values = [one.low for one in figures if _counts(one.low)]
    return [_average(row) for by in GROUPINGS for row in _aggregated(values, choice, by)] if values else []


def beside_country(profile: Profile) -> list[Beside]:
    """Coverage by group of a country beside its region and its income group."""
    place = COUNTRIES[profile.country]
    if place.made_up:
        return []
    values = [one for one in profile.beside if _counts(one)]
    found = {by: {(row["region"], row["series"], row["year"]): row for row in _aggregated(values, profile.compared_with, by)}
             for by in ("ilo_region", "income_group")} if values else {}
    rows = []
    for figure in latest([one for one in profile.of(Family.SDG) if one.low.sex == "total"], by_series=True).values():
        of = (figure.low.series, figure.low.year)
        region, income = (found.get(by, {}).get((code, *of)) for by, code in (("ilo_region", place.region), ("income_group", place.income_group)))
        rows.append(Beside(figure, _average(region) if region else None, _average(income) if income else None))
    return rows


def _counts(value: Value) -> bool:
    """Exact figures of real countries, as a whole."""
    return (value.value is not None and value.bound == "exact" and is_whole(value) and not COUNTRIES[value.country_id].made_up)


def _aggregated(values: Sequence[Value], choice: Choice, by: str) -> list[Mapping[str, Any]]:
    table = bridge.to_values(values, dict.fromkeys(choice.ids, choice.pinned))
    if not hasattr(coverage, "aggregate"):
        return []
    return [row.as_row() for row in coverage.aggregate(table, by=by).rows]


def _average(row: Mapping[str, Any]) -> Average:
    value, weight = row["value"], row["weight_covered"]
    return Average(_label(row["region"]), "" if value is None else in_words(value), row["countries"],
                   "" if weight is None else in_words(weight * 100),
                   "" if value is not None else _("the weights of its countries are not known") if weight is None
                   else _("too little of its weight is covered"))


def _label(code: str) -> str:
    for listed in (REGIONS, INCOME_GROUPS):
        if code in listed:
            return listed[code].label()
    return _("World") if code == "world" else code
