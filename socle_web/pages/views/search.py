"""Search over countries, themes and records."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES, IMPACT_KINDS, PARTNER_KINDS, PROJECT_KINDS, Code, period
from socle_web.pages.page import page, show
from socle_web.pages.queries.search import Found
from socle_web.pages.queries.search import search as find
from socle_web.results.models import Change, Impact

Hit = dict[str, Any]
LONGEST = 200


@page
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = find(asked)
    return show(request, "search", {"q": asked, "total": found.total, "groups": [
        {"label": label, "hits": hits} for label, hits in _groups(found) if hits]})


def _groups(found: Found) -> list[tuple[str, list[Hit]]]:
    return [
        (_("Countries"), [_hit("country", place.alpha3, place.name(), english=False) for place in found.countries]),
        (_("Themes"), [_hit("theme", theme.code, theme.label(), english=False) for theme in found.themes]),
        (_("Who is covered"), [_of_series(one) for one in found.series]),
        (_("Institutional changes"), [_hit("change", one.key, one.title, f"{_name(one)}, {period(one.period('on'))}")
                                      for one in found.changes]),
        (_("Impacts on people"), [
            _hit("impact", one.key, one.title or one.scheme, f"{_name(one)}, {IMPACT_KINDS[one.kind].label()}")
            for one in found.impacts]),
        (_("Projects"), [_hit("project", one.key, one.title, PROJECT_KINDS[one.kind].label() if one.kind else "")
                         for one in found.projects]),
        (_("Partners"), [_hit("partner", one.key, one.name, PARTNER_KINDS[one.kind].label() if one.kind else "")
                         for one in found.partners]),
    ]


def _of_series(series: Code) -> Hit:
    address = f"{reverse('coverage')}?{urlencode({'series': series.code})}"
    return {"title": series.label(), "address": address, "detail": series.code, "in_english": False}


def _name(record: Change | Impact) -> str:
    return COUNTRIES[record.country_id].name()


def _hit(page_name: str, key: str, title: str, detail: str = "", *, english: bool = True) -> Hit:
    return {"title": title or key, "address": reverse(page_name, args=[key]), "detail": detail, "in_english": english}
