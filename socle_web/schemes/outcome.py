"""What a costing says, ready for a page: figures as people write them, drawings, and what cannot be said and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from socle.costing import Line, Projection
from socle.errors import Finding, InputError
from socle.reports import charts
from socle.vocabulary import number
from socle_web.schemes import bridge
from socle_web.schemes.studio import Question

#: The columns of a cost row that a page shows, and how each is written.
FIGURES = ("target", "beneficiaries", "benefit", "spending", "administration", "total", "share_of_gdp", "share_of_government")


@dataclass(frozen=True)
class Year:
    """One year of a line: a text for each column, empty where it cannot be said."""

    year: int
    figures: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """One scheme, or all of them together (``scheme`` is empty)."""

    scheme: str
    label: str
    currency: str
    columns: Sequence[str]
    years: Sequence[Year]


@dataclass(frozen=True)
class Key:
    """A figure at the head of the page."""

    label: str
    text: str
    year: int
    of: str = ""


@dataclass(frozen=True)
class Drawing:
    title: str
    svg: str


@dataclass(frozen=True)
class Outcome:
    projection: Projection
    lines: Sequence[Shown]
    keys: Sequence[Key]
    drawings: Sequence[Drawing]
    warnings: Sequence[Finding]

    @property
    def together(self) -> Shown:
        return self.lines[0]

    @property
    def single(self) -> Sequence[Shown]:
        """The schemes one by one, where there are several."""
        return self.lines[1:]


def answer(asked: Question, *, scenario: str = "") -> Outcome:
    """Raises ``InputError`` where nothing can be answered."""
    if not asked.chosen:
        raise InputError(_("No scheme is chosen."), remedy=_("Choose at least one."))
    projection = project(asked, scenario=scenario)
    lines = in_order(projection)
    shown = [_shown(line, projection.years) for line in lines]
    keys, drawings = list(_keys(lines[0], projection.years)), list(_drawings(projection, lines))
    return Outcome(projection, shown, keys, drawings, _once(projection.warnings))


def project(asked: Question, *, scenario: str = "") -> Projection:
    return bridge.project(asked.papers, country=asked.country, economy=asked.economy_text, years=(asked.start, asked.end),
                          options=asked.options, scenario=scenario)


def in_order(projection: Projection) -> list[Line]:
    """All together first; of one scheme only that one."""
    single = [line for line in projection.lines if line.scheme]
    if len(single) == 1:
        return single
    return [*(line for line in projection.lines if not line.scheme), *single]


def value(series: Any, place: int) -> float | None:
    found = float(series[place])
    return None if math.isnan(found) else found


def heading(name: str, currency: str | None) -> str:
    money = f" ({currency})" if currency else ""
    return {
        "target": _("May claim"), "beneficiaries": _("Reached"), "benefit": _("Paid to each a year") + money,
        "spending": _("Benefits") + money, "administration": _("Administration") + money, "total": _("Total") + money,
        "share_of_gdp": _("% of GDP"), "share_of_government": _("% of government expenditure"),
    }[name]


def figure(name: str, of: float | None) -> str:
    """A figure as people write it; empty where it cannot be said."""
    if of is None or math.isnan(of):
        return ""
    if name in ("share_of_gdp", "share_of_government"):
        return share(of)
    return number(round(of), decimals=0) if abs(of) >= 1_000 or name in ("target", "beneficiaries") else number(of, decimals=2)


def share(of: float) -> str:
    """A share as per cent without the sign, with digits enough to say something."""
    percent = of * 100
    decimals = 2 if abs(percent) >= 0.1 or percent == 0 else 4
    return number(Decimal(str(percent)), decimals=decimals)


def brief(of: float) -> str:
    """A large figure in words a person keeps: 1.25 million."""
    for size, words in ((1e12, _("%(n)s trillion")), (1e9, _("%(n)s billion")), (1e6, _("%(n)s million"))):
        if abs(of) >= size:
            return words % {"n": number(round(of / size, 2 if abs(of) / size < 100 else 0))}
    return number(round(of))


def _said(line: Line, name: str) -> bool:
    """Whether something can be said of a year."""
    return any(not math.isnan(found) for found in getattr(line, name))


def _shown(line: Line, years: Sequence[int]) -> Shown:
    """Without the columns of which nothing can be said in any year."""
    names = [name for name in FIGURES if _said(line, name)]
    return Shown(line.scheme, line.label, line.currency or "", [heading(name, line.currency) for name in names], [
        Year(year, [figure(name, value(getattr(line, name), place)) for name in names]) for place, year in enumerate(years)])


def _keys(line: Line, years: Sequence[int]) -> Iterator[Key]:
    for place in dict.fromkeys((0, len(years) - 1)):
        year = years[place]
        total, reached, gdp = (value(getattr(line, name), place) for name in ("total", "beneficiaries", "share_of_gdp"))
        cost = "" if total is None else f"{line.currency or ''} {brief(total)}".strip()
        yield Key(_("Cost in %(year)s") % {"year": year}, cost, year, line.scheme)
        yield Key(_("of GDP in %(year)s") % {"year": year}, "" if gdp is None else f"{share(gdp)}%", year, line.scheme)
        if line.scheme:  # of several schemes nobody knows: one person may have several benefits
            yield Key(_("Reached in %(year)s") % {"year": year}, "" if reached is None else brief(reached), year, line.scheme)


def _drawings(projection: Projection, lines: Sequence[Line]) -> Iterator[Drawing]:
    """The cost over the years (as a share of GDP where that can be said), and who is reached."""
    years, money = projection.years, lines[0].currency or ""
    in_gdp = any(value(lines[0].share_of_gdp, place) is not None for place in range(len(years)))
    yield drawing(_("Cost, % of GDP") if in_gdp else _("Cost, %(currency)s") % {"currency": money}, years,
                  [(line.label or _("All together"), line.share_of_gdp if in_gdp else line.total) for line in lines],
                  words=share if in_gdp else brief)
    yield drawing(_("Who is reached"), years, [(line.label, line.beneficiaries) for line in lines if line.scheme], words=brief)


def drawing(title: str, years: Sequence[int], curves: Sequence[tuple[str, Any]], *, words: Callable[[float], str]) -> Drawing:
    curves = [(label, series) for label, series in curves if any(not math.isnan(one) for one in series)]
    drawn = [charts.Curve(label, [value(series, place) for place in range(len(years))]) for label, series in curves]
    return Drawing(title, charts.lines(years, drawn, title=title, words=words))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Each thing to know once, however many years; with the remedy of the platform where the engine names an option."""
    once = {(finding.code, finding.message): finding for finding in findings}.values()
    bring = _("The economy of a country is a file that is published like a scheme.")
    return [replace(finding, remedy=bring) if finding.code == "economy_missing" else finding for finding in once]
