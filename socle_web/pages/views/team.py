"""The team map: posts by country once they have places, by headquarters and field until then."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from socle_web.pages import drawings
from socle_web.pages.page import page, show
from socle_web.pages.queries.follow_up import team as read_team


@page
def team(request: HttpRequest) -> HttpResponse:
    seen = read_team()
    return show(request, "team", {"team": seen, "map": drawings.posts_map(seen.countries) if seen.countries else ""})
