"""Scenarios side by side: what was moved, what each costs in the first and the last year, and over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from socle.costing import Line
from socle_web.schemes import outcome
from socle_web.schemes.models import Scenario
from socle_web.schemes.outcome import Drawing, Outcome


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Beside:
    """``by_year``: a table a measure. ``drawings`` only where the scenarios can be drawn on one scale."""

    scenarios: Sequence[Scenario]
    summary: Sequence[Row]
    by_year: Sequence[tuple[str, Sequence[Row]]]
    drawings: Sequence[Drawing]


def side_by_side(answers: Sequence[tuple[Scenario, Outcome]]) -> Beside | None:
    if not answers:
        return None
    scenarios = [one for one, _answer in answers]
    lines = [outcome.in_order(one.projection)[0] for _scenario, one in answers]
    years = [one.projection.years for _scenario, one in answers]
    everything = sorted({year for some in years for year in some})
    first = max(some[0] for some in years)
    last = min(some[-1] for some in years)
    ends = [year for year in dict.fromkeys((first, last)) if first <= last]
    one_currency = len({line.currency for line in lines}) == 1
    summary = [Row(f"{outcome.heading(name, None)}, {year}", [_cell(line, some, name, year, currency=name in ("total", "benefit"))
                                                              for line, some in zip(lines, years, strict=True)])
               for name in ("beneficiaries", "benefit", "total", "share_of_gdp", "share_of_government") for year in ends]
    by_year = [(outcome.heading(name, lines[0].currency if one_currency and name == "total" else None),
                [Row(str(year), [_cell(line, some, name, year) for line, some in zip(lines, years, strict=True)])
                 for year in everything])
               for name in ("total", "share_of_gdp", "beneficiaries")]
    return Beside(scenarios, summary, by_year, _drawings(scenarios, lines, years, everything, one_currency=one_currency))


def _cell(line: Line, years: Sequence[int], name: str, year: int, *, currency: bool = False) -> str:
    if year not in years:
        return ""
    said = outcome.figure(name, outcome.value(getattr(line, name), list(years).index(year)))
    return f"{line.currency} {said}" if said and currency and line.currency else said


def _drawings(scenarios: Sequence[Scenario], lines: Sequence[Line], years: Sequence[Sequence[int]], everything: Sequence[int], *,
              one_currency: bool) -> list[Drawing]:
    def series(name: str) -> list[tuple[str, list[float]]]:
        return [(scenario.name, [float(getattr(line, name)[list(some).index(year)]) if year in some else float("nan")
                                 for year in everything])
                for scenario, line, some in zip(scenarios, lines, years, strict=True)]

    in_gdp = all(any(outcome.value(line.share_of_gdp, place) is not None for place in range(len(some)))
                 for line, some in zip(lines, years, strict=True))
    drawn = []
    if in_gdp:
        drawn.append(outcome.drawing(_("Cost, % of GDP"), everything, series("share_of_gdp"), words=outcome.share))
    elif one_currency:
        drawn.append(outcome.drawing(_("Cost, %(currency)s") % {"currency": lines[0].currency or ""}, everything, series("total"),
                                     words=outcome.brief))
    drawn.append(outcome.drawing(_("Who is reached"), everything, series("beneficiaries"), words=outcome.brief))
    return drawn
