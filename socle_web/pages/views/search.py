"""Search over countries, themes and records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES, IMPACT_KINDS, PARTNER_KINDS, PROJECT_KINDS, period
from socle_web.pages.page import page, show
from socle_web.pages.queries.search import Found
from socle_web.pages.queries.search import search as find

LONGEST = 200


@page
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = find(asked)
    return show(request, "search", {"q": asked, "total": found.total, "groups": [
        {"label": label, "hits": hits} for label, hits in _groups(found) if hits]})


def _groups(found: Found) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (_("Countries"), [_hit(place.name(), "country", place.alpha3, "", english=False) for place in found.countries]),
        (_("Themes"), [_hit(theme.label(), "theme", theme.code, "", english=False) for theme in found.themes]),
        (_("Institutional changes"), [_hit(one.title or one.key, "change", one.key,
                                           f"{COUNTRIES[one.country_id].name()}, {period(one.period('on'))}") for one in found.changes]),
        (_("Impacts on people"), [_hit(one.title or one.scheme or one.key, "impact", one.key,
                                       f"{COUNTRIES[one.country_id].name()}, {IMPACT_KINDS[one.kind].label()}") for one in found.impacts]),
        (_("Projects"), [_hit(one.title or one.key, "project", one.key, PROJECT_KINDS[one.kind].label() if one.kind else "")
                         for one in found.projects]),
        (_("Partners"), [_hit(one.name or one.key, "partner", one.key, PARTNER_KINDS[one.kind].label() if one.kind else "")
                         for one in found.partners]),
    ]


def _hit(title: str, page_name: str, key: str, detail: str, *, english: bool = True) -> dict[str, Any]:
    return {"title": title, "address": reverse(page_name, args=[key]), "detail": detail, "in_english": english}
