"""The programme at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from socle_web.pages import drawings
from socle_web.pages.figures import keys_of
from socle_web.pages.page import page, show
from socle_web.pages.queries.programme import glance


@page
def home(request: HttpRequest) -> HttpResponse:
    seen = glance()
    if seen.phase is None or seen.tables is None:
        return show(request, "empty")
    targets = seen.tables["targets"]
    return show(request, "home", {
        "programme": seen.programme,
        "phase": seen.phase,
        "keys": keys_of(seen.tables),
        "map": drawings.changes_map(seen.countries),
        "countries": seen.countries,
        "targets": targets,
        "progress": drawings.ambition(targets),
        "latest": seen.latest,
        "title": seen.programme.name if seen.programme else _("Results"),
    })
