"""The programme at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from socle_web.pages import drawings
from socle_web.pages.figures import keys_of
from socle_web.pages.page import page, show
from socle_web.pages.queries.programme import glance


@page
def home(request: HttpRequest) -> HttpResponse:
    seen = glance()
    if seen.phase is None or seen.tables is None:
        return show(request, "empty")
    return show(request, "home", {
        "programme": seen.programme,
        "phase": seen.phase,
        "keys": keys_of(seen.tables),
        "map": drawings.changes_map(seen.countries),
        "countries": seen.countries,
        "progress": drawings.ambition(seen.tables["targets"]),
        "latest": seen.latest,
    })
