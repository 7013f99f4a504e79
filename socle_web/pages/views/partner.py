"""Partners: the index by kind, and what one partner's money contributed to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from socle_web.pages.figures import keys_of
from socle_web.pages.page import page, show
from socle_web.pages.queries.records import partner_file
from socle_web.pages.queries.records import partners as list_partners


@page
def partners(request: HttpRequest) -> HttpResponse:
    return show(request, "partners", {"kinds": list_partners()})


@page
def partner(request: HttpRequest, key: str) -> HttpResponse:
    file = partner_file(key)
    if file is None:
        raise Http404
    return show(request, "partner", {
        "file": file, "figures": [(phase, tables, keys_of(tables, of_partner=True)) for phase, tables in file.figures]})
