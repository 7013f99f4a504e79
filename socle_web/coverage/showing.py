"""Figures as people read them: bounds as ranges, estimates marked, what cannot be said never as zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.vocabulary import (
    AREAS,
    BRANCHES,
    COUNTRIES,
    COVERAGE_GROUPS,
    COVERAGE_SERIES,
    DISABILITY_STATUSES,
    LEGAL_ROUTES,
    SEXES_AND_TOTAL,
    money,
    number,
    percent,
)
from socle_web.coverage.choosing import Choice
from socle_web.coverage.models.editions import Family, Value

SEXES = ("total", "female", "male")
PARTS = ("sex", "age_group", "disability", "area", "item")
ORDER = {code: place for place, code in enumerate(COVERAGE_SERIES)}
FAMILIES = tuple(Family.values)
#: Series that have no word in the vocabulary.
SERIES: Mapping[str, str | Promise] = {
    "active_contributors_labour_force": gettext_lazy("Active contributors among the labour force"),
    "active_contributors_working_age": gettext_lazy("Active contributors among the working-age population"),
    "health_affiliation": gettext_lazy("Persons affiliated to health protection"),
    "expenditure": gettext_lazy("Expenditure"), "expenditure_of_gdp": gettext_lazy("Expenditure, of GDP"),
    "expenditure_of_government": gettext_lazy("Expenditure, of government expenditure"),
    "expenditure_per_recipient": gettext_lazy("Expenditure on benefits per recipient"),
    "administration_share": gettext_lazy("Share of administration"),
    "receipts": gettext_lazy("Receipts"), "receipts_of_gdp": gettext_lazy("Receipts, of GDP"),
    "receipts_of_government": gettext_lazy("Receipts, of government expenditure"),
    "receipts_of_receipts": gettext_lazy("Share of all receipts"),
    "average_per_month": gettext_lazy("Average benefit a month"), "average_per_year": gettext_lazy("Average benefit a year"),
    "minimum_per_month": gettext_lazy("Lowest benefit a month"), "maximum_per_month": gettext_lazy("Highest benefit a month"),
    "average_of_poverty_line": gettext_lazy("Average benefit, of the poverty line"),
    "average_of_minimum_wage": gettext_lazy("Average benefit, of the minimum wage"),
    "average_of_average_wage": gettext_lazy("Average benefit, of the average wage"),
}
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Shown:
    """A figure: one value, or the lower and the upper bound of one."""

    low: Value
    high: Value | None = None

    @property
    def is_range(self) -> bool:
        return self.high is not None or self.low.bound != "exact"

    @property
    def is_said(self) -> bool:
        return self.low.value is not None or (self.high is not None and self.high.value is not None) or bool(self.low.printed)

    @property
    def is_estimated(self) -> bool:
        return self.low.is_estimated or (self.high is not None and self.high.is_estimated)

    @property
    def number(self) -> float | None:
        """What a picture draws: the figure, or the lower of its bounds."""
        drawn = self.low.value if self.low.value is not None else self.high.value if self.high is not None else None
        return None if drawn is None else float(drawn)

    @property
    def upper(self) -> float | None:
        return None if self.high is None or self.high.value is None else float(self.high.value)

    @property
    def text(self) -> str:
        """Empty where it cannot be said."""
        if self.high is not None and self.low.value is not None and self.high.value is not None:
            if self.low.value == self.high.value:
                return _one(self.low)
            return f"{_low(self.low)}–{_one(self.high)}"
        if self.low.value is None:
            return self.low.printed
        if self.low.bound == "lower":
            return _("at least %(value)s") % {"value": _one(self.low)}
        if self.low.bound == "upper":
            return _("at most %(value)s") % {"value": _one(self.low)}
        return _one(self.low)

    @property
    def name(self) -> str:
        return series_name(self.low.family, self.low.series)

    @property
    def values(self) -> tuple[Value, ...]:
        return (self.low,) if self.high is None else (self.low, self.high)

    def address(self, choice: Choice) -> str:
        """Where it is said why."""
        return why(self.low, choice.of(self.low.edition_id).key)


def why(value: Value, edition: str) -> str:
    told = {"edition": edition, "family": value.family, "series": value.series, "year": value.year, "sex": value.sex,
            "age_group": value.age_group, "disability": value.disability, "area": value.area, "item": value.item}
    kept = {name: text for name, text in told.items() if text not in ("", "total") or name in ("family", "sex")}
    return f"{reverse('coverage-why', args=[value.country_id])}?{urlencode(kept)}"


def shown(values: Iterable[Value]) -> list[Shown]:
    """Bounds of one figure together, in the order of the series."""
    found: dict[tuple[object, ...], dict[str, Value]] = {}
    for one in values:
        key = (one.edition_id, one.country_id, one.family, one.series, one.item, one.year, one.sex, one.age_group, one.disability,
               one.area)
        found.setdefault(key, {})[one.bound] = one
    figures = []
    for bounds in found.values():
        exact = bounds.get("exact")
        both = [bounds[name] for name in ("lower", "upper") if name in bounds]
        figures.append(Shown(exact) if exact is not None else Shown(*both))
    return sorted(figures, key=lambda one: (one.low.country_id, *series_order(one.low.family, one.low.series), one.low.item,
                                            one.low.year, SEXES.index(one.low.sex), one.low.age_group, one.low.disability,
                                            one.low.area))


def is_whole(value: Value) -> bool:
    """Of all ages and areas, with and without disability."""
    return value.age_group == value.disability == value.area == "total" and not value.item


def is_series(code: str) -> bool:
    """Whether some edition could have it."""
    return code in COVERAGE_SERIES or code in SERIES or bool(_legal(code)[0])


def series_name(family: str, series: str) -> str:
    if series in COVERAGE_SERIES:
        return COVERAGE_SERIES[series].label()
    if series in SERIES:
        return str(SERIES[series])
    return _legal_name(series) if family == Family.LEGAL else series


def legal_route(series: str) -> str:
    """By which kind of scheme the law covers; "" by any."""
    return _legal(series)[1]


def _legal(series: str) -> tuple[str, str, str]:
    """``legal_old_age_non_contributory_of_older_persons``: the branch, the route, the group."""
    told, _of, group = series.removeprefix("legal_").partition("_of_")
    branch = max((code for code in BRANCHES if told == code or told.startswith(f"{code}_")), key=len, default="")
    return branch, told.removeprefix(branch).strip("_"), group


def _legal_name(series: str) -> str:
    branch, route, group = _legal(series)
    if not branch or (route and route not in LEGAL_ROUTES) or (group and group not in COVERAGE_GROUPS):
        return series
    words = [BRANCHES[branch].label()]
    words += [LEGAL_ROUTES[route].label().lower()] if route else []
    words += [COVERAGE_GROUPS[group].label().lower()] if group else []
    return _("Covered by law: %(what)s") % {"what": ", ".join(words)}


def series_order(family: str, series: str) -> tuple[int, int, str]:
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), ORDER.get(series, len(ORDER)), series


def part_name(part: str, code: str) -> str:
    """A sex, an age group, an area in words."""
    lists = {"sex": SEXES_AND_TOTAL, "disability": DISABILITY_STATUSES, "area": AREAS}
    if part in lists and code in lists[part]:
        return lists[part][code].label()
    return _("All ages") if part == "age_group" and code == "total" else code


def part_names(value: Value, parts: Sequence[str] = PARTS) -> str:
    """What a figure is of, beyond its country, series and year: the parts that are not the whole."""
    return ", ".join(part_name(part, getattr(value, part)) for part in parts if getattr(value, part) not in ("", "total"))


def country_name(code: str) -> str:
    return COUNTRIES[code].name()


def in_words(value: float | Decimal) -> str:
    """So many per cent."""
    return percent(Decimal(str(value)) / _HUNDRED, decimals=1)


def persons(value: Decimal | None) -> str:
    return "" if value is None else number(round(value))


def _low(value: Value) -> str:
    """The lower end of a range, whose unit stands at the upper end."""
    return number(value.value, decimals=1) if value.unit == "percent" else _one(value)


def _one(value: Value) -> str:
    if value.value is None:
        return value.printed
    if value.unit == "percent":
        return in_words(value.value)
    return money(round(value.value, 2), value.unit) if len(value.unit) == 3 and value.unit.isupper() else number(value.value,
                                                                                                                 decimals=2)
