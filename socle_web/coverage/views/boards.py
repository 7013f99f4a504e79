"""The boards, for everybody: the world, a country, several countries, and why a figure is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from socle.vocabulary import COUNTRIES, made_up_countries
from socle_web.coverage import board_drawings as drawings
from socle_web.coverage import board_files as files
from socle_web.coverage import board_money as money
from socle_web.coverage import edition_queries as queries
from socle_web.coverage.averaging import averages, beside_country
from socle_web.coverage.choosing import Choice
from socle_web.coverage.edition_queries import Asked, Profile, Side, World
from socle_web.coverage.models.editions import Family
from socle_web.coverage.showing import PARTS, SEXES, Shown, legal_route, part_name, series_name
from socle_web.schemes.views.door import public

MOST = 6  # countries side by side
CHARTS = 12  # pictures of a country's page


@public
def world(request: HttpRequest) -> HttpResponse:
    asked = _world(request)
    picture = drawings.tile_map(asked, {one.low.country_id: _country(one.low.country_id, asked.choice.of(one.low.edition_id).key)
                                        for one in asked.real})
    return render(request, "coverage/world.html", {
        "world": asked, "map": picture, "rows": asked.real, "made_up": asked.made_up, "choice": asked.choice,
        "averages": averages(asked.real, asked.choice) if asked.year is not None else (), "sexes": _sexes(),
        "query": _query(_of_world(asked)), "canonical": _permanent(request, reverse("coverage"), _of_world(asked)),
        "title": drawings.title(asked.name, asked.year, asked.sex)})


@public
def world_file(request: HttpRequest, format: str) -> HttpResponse:
    asked = _world(request)
    name = f"coverage-{_name(asked.series)}-{asked.year or 'latest'}-{asked.choice.pinned}"
    return files.answer(format, asked.figures, asked.choice, name=name, draw=lambda: drawings.tile_picture(asked))


@public
def country(request: HttpRequest, alpha3: str) -> HttpResponse:
    if alpha3 != alpha3.upper():
        return redirect("coverage-country", alpha3.upper())
    there = _profile(request, alpha3)
    latest, legal = latest_by_sex(there.of(Family.SDG)), latest_by_sex(there.of(Family.LEGAL))
    spent = there.of(Family.SPENDING, whole=False)
    told = {"edition": there.choice.pinned}
    return render(request, "coverage/country.html", {
        "profile": there, "place": COUNTRIES[alpha3], "choice": there.choice, "edition": there.choice.editions[0],
        "groups": latest, "drawing": drawings.groups([row.total for row in latest if row.total is not None], alpha3) if latest
        else "",
        "trends": [Trend(figures, drawings.trend(figures, series_name(Family.SDG, series)) if place < CHARTS else "")
                   for place, (series, figures) in enumerate(there.by_series(Family.SDG).items())],
        "contributors": latest_by_sex(there.of(Family.CONTRIBUTORS)), "health": latest_by_sex(there.of(Family.HEALTH)),
        "legal": [row for row in legal if not legal_route(row.series)], "routes": [row for row in legal if legal_route(row.series)],
        "spending": money.spending_tables(spent, money.names_of(there.choice.editions[0])), "of_gdp": money.of_gdp(spent),
        "adequacy": money.adequacy_tables(there.of(Family.ADEQUACY, whole=False)),
        "parts": there.of(Family.SDG, Family.CONTRIBUTORS, Family.HEALTH, whole=False), "compared": beside_country(there),
        "query": urlencode(told), "canonical": _permanent(request, reverse("coverage-country", args=[alpha3]), told)})


@public
def country_file(request: HttpRequest, alpha3: str, format: str) -> HttpResponse:
    there = _profile(request, alpha3)
    series = request.GET.get("series", "")

    def draw() -> str:
        if series:
            chosen = [one for one in there.of(Family.SDG) if one.low.series == series]
            return drawings.trend(chosen, series_name(Family.SDG, series)) if chosen else ""
        latest = [row.total for row in latest_by_sex(there.of(Family.SDG)) if row.total is not None]
        return drawings.groups(latest, alpha3) if latest else ""

    return files.answer(format, there.figures, there.choice, name=f"coverage-{alpha3}-{there.choice.pinned}{_name(series, '-')}",
                        draw=draw)


@public
def compare(request: HttpRequest) -> HttpResponse:
    side, too_many = _side(request)
    return render(request, "coverage/compare.html", {
        "side": side, "choice": side.choice, "too_many": too_many, "most": MOST, "sexes": _sexes(),
        "drawing": drawings.compared(side), "table": _over_years(side), "beside": _beside(side),
        "query": _query(_of_side(side)), "canonical": _permanent(request, reverse("coverage-compare"), _of_side(side)),
        "title": drawings.title(side.name, None, side.sex) if side.countries else ""})


@public
def compare_file(request: HttpRequest, format: str) -> HttpResponse:
    side, _too_many = _side(request)
    if not side.countries:
        raise Http404
    name = f"coverage-{'-'.join(side.countries)}-{side.choice.pinned}"
    return files.answer(format, side.figures, side.choice, name=name, draw=lambda: drawings.compared(side))


@public
def why(request: HttpRequest, alpha3: str) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:100] for name in ("edition", "family", "series", "year", *PARTS)}
    found = queries.explain(alpha3, asked.get("edition", ""), asked) if "\x00" not in "".join(asked.values()) else None
    if found is None:
        raise Http404
    return render(request, "coverage/why.html", {"why": found, "value": found.figure.low, "place": COUNTRIES[alpha3],
                                                 "choice": Choice(found.edition.key, found.edition.key, (found.edition,))})


@dataclass(frozen=True)
class Group:
    """The last year of a series, for each sex."""

    family: str
    series: str
    year: int
    by_sex: Mapping[str, Shown]

    @property
    def name(self) -> str:
        return series_name(self.family, self.series)

    @property
    def total(self) -> Shown | None:
        return self.by_sex.get("total")

    @property
    def cells(self) -> list[Shown | None]:
        return [self.by_sex.get(sex) for sex in SEXES]


@dataclass(frozen=True)
class Trend:
    figures: Sequence[Shown]
    drawing: str

    @property
    def name(self) -> str:
        return self.figures[0].name

    @property
    def series(self) -> str:
        return self.figures[0].low.series

    @property
    def rows(self) -> list[tuple[int, list[Shown | None]]]:
        """By year, the latest first; a cell for each sex."""
        years = sorted({one.low.year for one in self.figures}, reverse=True)
        found = {(one.low.year, one.low.sex): one for one in self.figures}
        return [(year, [found.get((year, sex)) for sex in SEXES]) for year in years]


def latest_by_sex(figures: Sequence[Shown]) -> list[Group]:
    """Of each series the last year in which the whole can be said; where it never can, the last year."""
    by_series: dict[tuple[str, str], list[Shown]] = {}
    for one in figures:
        by_series.setdefault((one.low.family, one.low.series), []).append(one)
    groups = []
    for (family, series), found in by_series.items():
        said = [one.low.year for one in found if one.is_said and one.low.sex == "total"]
        year = max(said or [one.low.year for one in found])
        groups.append(Group(family, series, year, {one.low.sex: one for one in found if one.low.year == year}))
    return groups


def _world(request: HttpRequest) -> World:
    found = queries.world(_asked(request))
    if found is None:
        raise Http404
    return found


def _profile(request: HttpRequest, alpha3: str) -> Profile:
    asked = request.GET.get("edition", "")[:100]
    found = queries.profile(alpha3, asked) if alpha3 in _known() and "\x00" not in asked else None
    if found is None:
        raise Http404
    return found


def _side(request: HttpRequest) -> tuple[Side, bool]:
    wanted = [one[:3].upper() for one in request.GET.getlist("c") if one and "\x00" not in one]
    found = queries.side_by_side(wanted[:100], _asked(request), most=MOST)
    if found is None:
        raise Http404
    return found, len(set(wanted)) > MOST


def _known() -> frozenset[str]:
    return frozenset(COUNTRIES) | frozenset(one.alpha3 for one in made_up_countries())


def _asked(request: HttpRequest) -> Asked:
    told = [request.GET.get(name, "")[:100] for name in ("edition", "series", "year", "sex")]
    if "\x00" in "".join(told):
        raise Http404
    return Asked(*told)


def _of_world(asked: World) -> list[tuple[str, Any]]:
    if not asked.series:
        return []
    return [("edition", asked.choice.pinned), ("series", asked.series), ("year", asked.year or "latest"), ("sex", asked.sex)]


def _of_side(side: Side) -> list[tuple[str, Any]]:
    if not side.series:
        return []
    return [*(("c", code) for code in side.countries), ("edition", side.choice.pinned), ("series", side.series), ("sex", side.sex)]


def _query(told: Sequence[tuple[str, Any]]) -> str:
    return urlencode(told)


def _permanent(request: HttpRequest, path: str, told: Any) -> str:
    """The address that shows the same for good: the edition is in it."""
    return request.build_absolute_uri(f"{path}?{urlencode(told)}" if told else path)


def _country(alpha3: str, edition: str) -> str:
    return f"{reverse('coverage-country', args=[alpha3])}?{urlencode({'edition': edition})}"


def _sexes() -> list[tuple[str, str]]:
    return [(sex, part_name("sex", sex)) for sex in SEXES]


def _over_years(side: Side) -> list[tuple[int, list[Shown | None]]]:
    """By year, the latest first; a cell for each country."""
    found = {(one.low.year, one.low.country_id): one for code in side.countries for one in side.of(code)}
    years = sorted({year for year, _code in found}, reverse=True)
    return [(year, [found.get((year, code)) for code in side.countries]) for year in years]


def _beside(side: Side) -> list[tuple[str, list[Shown | None]]]:
    """Every series with the last figure of each country."""
    rows = []
    for family, series in side.options.years_of:
        cells = [next(iter(queries.latest(side.of(code, series)).values()), None) for code in side.countries]
        if any(cells) and not (family == Family.LEGAL and legal_route(series)):
            rows.append((series_name(family, series), cells))
    return rows


def _name(series: str, before: str = "") -> str:
    """A part of the name of a file."""
    kept = "".join(sign for sign in series if sign.isalnum() or sign in "_-")
    return f"{before}{kept}" if kept else ""
