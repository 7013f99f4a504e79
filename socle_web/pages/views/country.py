"""Countries: the index, and one country's page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from socle.vocabulary import REGIONS
from socle.vocabulary import country as find
from socle_web.coverage.situation import situation
from socle_web.pages import drawings
from socle_web.pages.figures import keys_of
from socle_web.pages.page import page, show
from socle_web.pages.queries import countries as asked

CHARTS = 24


@page
def countries(request: HttpRequest) -> HttpResponse:
    by_region = asked.index()
    regions = [(REGIONS[code].label() if code else "", by_region[code]) for code in (*REGIONS, "") if code in by_region]
    return show(request, "countries", {"regions": regions, "total": sum(len(rows) for _label, rows in regions)})


@page
def country(request: HttpRequest, alpha3: str) -> HttpResponse:
    dossier = asked.dossier(alpha3, today=timezone.localdate())
    if dossier is None:
        return redirect("country", find(alpha3).alpha3)
    if dossier.place.made_up and dossier.is_empty:
        raise Http404
    there = situation(alpha3)
    return show(request, "country", {
        "dossier": dossier,
        "situation": there,
        "figures": [(phase, tables, keys_of(tables)) for phase, tables in dossier.figures],
        "impacts": [(history, drawings.history(history, history.impact.title or dossier.place.name())
                     if history.observations and place < CHARTS else "",
                     there.baseline(history.impact.branch, history.begins) if there else None)
                    for place, history in enumerate(dossier.impacts)],
    })
