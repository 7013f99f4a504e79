"""Themes: the index in two groups, and one theme's results."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from socle.vocabulary import THEME_GROUPS, THEMES
from socle_web.pages.page import page, show
from socle_web.pages.queries.records import changes_by_theme, theme_file


@page
def themes(request: HttpRequest) -> HttpResponse:
    counts = changes_by_theme()
    return show(request, "themes", {"groups": [
        (group, [(theme, counts.get(theme.code, 0)) for theme in THEMES.values() if theme.group == group.code])
        for group in THEME_GROUPS.values()
    ]})


@page
def theme(request: HttpRequest, code: str) -> HttpResponse:
    if code not in THEMES:
        raise Http404
    found = THEMES[code]
    return show(request, "theme", {"theme": found, "group": THEME_GROUPS[found.group or ""], "file": theme_file(code)})
