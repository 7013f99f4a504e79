"""Editions, for everybody: which there are, what one holds, and what a later one says otherwise."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from socle_web.coverage import board_files as files
from socle_web.coverage import choosing
from socle_web.coverage import edition_differences as differing
from socle_web.coverage.choosing import Choice
from socle_web.coverage.models.editions import Value
from socle_web.coverage.showing import shown
from socle_web.schemes.views.door import public


@public
def editions(request: HttpRequest) -> HttpResponse:
    return render(request, "coverage/editions.html", {"editions": differing.listed()})


@public
def edition(request: HttpRequest, key: str) -> HttpResponse:
    choice = _choice(key)
    there = choice.editions[0]
    return render(request, "coverage/edition.html", {
        "edition": there, "contents": differing.contents(there), "others": differing.comparable(there, choosing.editions())})


@public
def edition_file(request: HttpRequest, key: str, format: str) -> HttpResponse:
    choice = _choice(key)
    if format in ("svg", "png"):
        raise Http404
    return files.answer(format, shown(Value.objects.filter(edition=choice.editions[0])), choice, name=f"coverage-{choice.pinned}")


@public
def differences(request: HttpRequest) -> HttpResponse:
    """``a`` and ``b`` in the address: the earlier and the later edition."""
    among = choosing.editions()
    asked = [request.GET.get(name, "")[:100] for name in ("a", "b")]
    first, second = (choosing.choose(key, among) if key else None for key in asked)
    if any(key and (found is None or found.edition is None) for key, found in zip(asked, (first, second), strict=True)):
        raise Http404
    told = differing.differences(first.editions[0], second.editions[0]) if first and second else None
    return render(request, "coverage/differences.html", {"editions": among, "told": told, "first": first and first.edition,
                                                         "second": second and second.edition})


def _choice(key: str) -> Choice:
    found = choosing.choose(key, choosing.editions())
    if found is None or found.edition is None:
        raise Http404
    return found
