"""One record: a change, an impact, a project."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from socle_web.coverage.situation import situation
from socle_web.pages import drawings
from socle_web.pages.page import page, show
from socle_web.pages.queries.records import change_file, impact_file, project_file


@page
def change(request: HttpRequest, key: str) -> HttpResponse:
    file = change_file(key)
    if file is None:
        raise Http404
    return show(request, "change", {"file": file})


@page
def impact(request: HttpRequest, key: str) -> HttpResponse:
    file = impact_file(key)
    if file is None:
        raise Http404
    of = file.history.impact
    there = situation(of.country_id)
    return show(request, "impact", {"file": file, "chart": drawings.history(file.history, of.title or of.key),
                                    "baseline": there.baseline(of.branch, file.history.begins) if there else None})


@page
def project(request: HttpRequest, key: str) -> HttpResponse:
    file = project_file(key)
    if file is None:
        raise Http404
    return show(request, "project", {"file": file})
