"""The situation of a country on the pages of a programme: coverage by group from one edition, and what an impact begins from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from socle_web.coverage import choosing
from socle_web.coverage.choosing import Choice
from socle_web.coverage.edition_queries import WHOLE, latest
from socle_web.coverage.models.editions import Edition, Family, Value
from socle_web.coverage.showing import Shown, series_order, shown

#: The series that an impact in a branch would move.
SERIES_OF: Mapping[str, str] = {
    "old_age": "SI_COV_PENSN", "family": "SI_COV_CHLD", "maternity": "SI_COV_MATNL", "invalidity": "SI_COV_DISAB",
    "unemployment": "SI_COV_UEMP", "employment_injury": "SI_COV_WKINJRY", "social_assistance": "SI_COV_VULN",
    "medical_care": "health_affiliation", "several": "SI_COV_BENFTS",
}
WIDE, HIGH = 100.0, 24.0  # of a sparkline


@dataclass(frozen=True)
class Trend:
    """A series over the years, up to the last figure that can be said. ``path``: a line of SVG, empty for a single year."""

    figures: Sequence[Shown]
    latest: Shown
    choice: Choice

    @property
    def path(self) -> str:
        points = [(one.low.year, one.number) for one in self.figures if one.number is not None]
        if len(points) < 2:
            return ""
        first, last = points[0][0], points[-1][0]
        highest = max(value for _year, value in points) or 1.0
        return "M" + "L".join(f"{(year - first) / (last - first) * WIDE:.1f} {HIGH - 2 - value / highest * (HIGH - 4):.1f}"
                              for year, value in points)

    @property
    def since(self) -> int:
        return next(one.low.year for one in self.figures if one.number is not None)

    @property
    def address(self) -> str:
        return self.latest.address(self.choice)


@dataclass(frozen=True)
class Baseline:
    """The figure of the branch's series nearest to the year an impact begins in. All of one edition."""

    figure: Shown
    choice: Choice

    @property
    def edition(self) -> Edition:
        return self.choice.editions[0]

    @property
    def address(self) -> str:
        return self.figure.address(self.choice)


@dataclass(frozen=True)
class Situation:
    country: str
    choice: Choice
    trends: Sequence[Trend]
    figures: Sequence[Shown]

    @property
    def edition(self) -> Edition:
        return self.choice.editions[0]

    def baseline(self, branch: str, year: int | None) -> Baseline | None:
        """None: the branch has no series, the year is not known, or nothing can be said."""
        series = SERIES_OF.get(branch)
        found = [one for one in self.figures if one.low.series == series and one.is_said]
        if not found or year is None:
            return None
        return Baseline(min(found, key=lambda one: (abs(one.low.year - year), one.low.year)), self.choice)


def situation(country: str) -> Situation | None:
    """From the country's own latest edition, or the latest international one that speaks of it; None: nobody does. Three
    questions."""
    among = choosing.editions()
    speaking = (Value.objects.filter(country=country, edition__withdrawn_by="").order_by()
                .values_list("edition", flat=True).distinct() if among else ())
    choice = choosing.choose_for(country, "", among, international=tuple(speaking))
    if choice is None:
        return None
    values = Value.objects.filter(edition__in=choice.ids, country=country, family__in=(Family.SDG, Family.HEALTH), sex="total",
                                  **WHOLE)
    figures = shown(values)
    return Situation(country, choice, _trends([one for one in figures if one.low.family == Family.SDG], choice), figures)


def _trends(figures: Iterable[Shown], choice: Choice) -> list[Trend]:
    by_series: dict[str, list[Shown]] = {}
    for one in figures:
        by_series.setdefault(one.low.series, []).append(one)
    found = [(theirs, next(iter(latest(theirs).values()), None)) for theirs in by_series.values()]
    trends = [Trend(theirs, last, choice) for theirs, last in found if last is not None]
    return sorted(trends, key=lambda one: series_order(one.latest.low.family, one.latest.low.series))
