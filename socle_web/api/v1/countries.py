"""Countries and territories of the programme."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle.errors import UnknownCountry
from socle.vocabulary import COUNTRIES, INCOME_GROUPS, REGIONS, SUBREGIONS, CodeList
from socle.vocabulary import country as country_of
from socle_web.api.asking import REGION, Asked, Paged, Phase, Region, narrow
from socle_web.api.refusing import Missing
from socle_web.api.rows import Page, here, page_of, row_of, tell
from socle_web.places.models import Country
from socle_web.results.models import Change, Impact, Output, PhaseCountry, Ratification

router = Router()
Ratified = row_of("ratifications")


class Role(BaseModel):
    phase: str
    role: str | None
    role_label: str | None


class CountryRow(BaseModel):
    """A country or territory with what is recorded about it."""

    country: str = Field(description="ISO 3166-1 alpha-3")
    country_name: str
    iso2: str = Field(description="ISO 3166-1 alpha-2")
    m49: str | None = Field(description="UN M49, three digits as text; null: none")
    region: str | None = Field(description="ILO region; a code of REGIONS")
    region_label: str | None
    subregion: str | None = Field(description="ILO broad subregion; a code of SUBREGIONS")
    subregion_label: str | None
    income_group: str | None = Field(description="World Bank income group; a code of INCOME_GROUPS; null: it names none")
    income_group_label: str | None
    income_year: int | None = Field(description="the group is that of the fiscal year that starts in July of this year")
    phases: list[Role] = Field(description="phases that list the country, and its role")
    changes: int = Field(description="institutional changes recorded")
    changes_step1: int
    changes_step2: int
    changes_step3: int
    impacts: int = Field(description="impacts on people recorded")


class CountryLinks(BaseModel):
    changes: str
    impacts: str
    observations: str
    outputs: str
    projects: str
    report: str


class CountryDetail(CountryRow):
    ratifications: list[Ratified]  # type: ignore[valid-type]
    links: CountryLinks = Field(description="addresses of what is recorded about the country")


class Filters(Paged):
    region: Region | None = REGION
    phase: Phase | None = narrow("countries that this phase lists")


@router.get("/countries", response=Page[CountryRow], summary="Countries")
def countries(request: HttpRequest, asked: Query[Filters]) -> Any:
    """Countries and territories that a phase lists or about which something is recorded, by code."""
    found = _recorded()
    if asked.region:
        found = found.filter(region=asked.region)
    if asked.phase:
        found = found.filter(phases__phase__key=asked.phase)
    return page_of(request, asked, found, _told)


@router.get("/countries/{country}", response=CountryDetail, summary="One country")
def country(request: HttpRequest, country: str, asked: Query[Asked]) -> Any:
    """A country or territory by its ISO 3166-1 code or its name, with its ratifications and the addresses of what is recorded."""
    try:
        alpha3 = country_of(country[:200]).alpha3
    except UnknownCountry as unknown:
        raise Missing(str(unknown)) from unknown
    found = list(_recorded().filter(pk=alpha3))
    if not found:
        raise Missing(_("Nothing is recorded about {country}.").format(country=COUNTRIES[alpha3].name()))
    ratified = Ratification.objects.filter(country=alpha3).order_by("id")
    links = {name: f"{here(request)}{name}?country={alpha3}" for name in CountryLinks.model_fields}
    return _told(found)[0] | {"ratifications": tell("ratifications", ratified), "links": links}


def _recorded() -> QuerySet[Country]:
    of_country = Q()
    for model in (PhaseCountry, Change, Impact, Output, Ratification):
        of_country |= Q(Exists(model.objects.filter(country=OuterRef("pk"))))
    return Country.objects.filter(of_country).order_by("alpha3")


def _told(found: list[Country]) -> list[dict[str, Any]]:
    codes = [country.pk for country in found]
    steps: Counter[tuple[str, str]] = Counter({
        (code, step): number for code, step, number in
        Change.objects.filter(country__in=codes).order_by().values_list("country", "step").annotate(Count("pk"))})
    impacts = dict(Impact.objects.filter(country__in=codes).order_by().values_list("country").annotate(Count("pk")))
    roles: dict[str, list[dict[str, Any]]] = {code: [] for code in codes}
    listed = PhaseCountry.objects.filter(country__in=codes).select_related("phase").order_by("phase__start", "id")
    for row, told in zip(listed, tell("countries", listed), strict=True):
        roles[row.country_id].append({name: told[name] for name in Role.model_fields})
    return [_place(code) | {
        "phases": roles[code],
        "changes": sum(steps[code, step] for step in "123"),
        **{f"changes_step{step}": steps[code, step] for step in "123"},
        "impacts": impacts.get(code, 0),
    } for code in codes]


def _place(alpha3: str) -> dict[str, Any]:
    place = COUNTRIES[alpha3]
    return {
        "country": alpha3, "country_name": place.name(), "iso2": place.alpha2, "m49": place.m49 or None,
        "region": place.region, "region_label": _label(REGIONS, place.region),
        "subregion": place.subregion, "subregion_label": _label(SUBREGIONS, place.subregion),
        "income_group": place.income_group, "income_group_label": _label(INCOME_GROUPS, place.income_group),
        "income_year": place.income_year,
    }


def _label(codes: CodeList, code: str | None) -> str | None:
    return codes[code].label() if code else None
