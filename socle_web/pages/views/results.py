"""The results browser, and what it shows as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.views.decorators.http import require_safe

from socle_web.accounts.gate import open_to_all
from socle_web.pages import downloads
from socle_web.pages.figures import of_list
from socle_web.pages.forms import ResultsFilter
from socle_web.pages.page import exported, page, show
from socle_web.pages.queries.impacts import with_histories
from socle_web.pages.queries.results import offered
from socle_web.results import queries as recorded

A_PAGE = 25
CHANGES, IMPACTS = "changes", "impacts"


@page
def results(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    filters = form.asked
    listed = _listed(request, filters)
    changes, impacts = recorded.changes(**_given(filters)), recorded.impacts(**_given(filters))
    counts = {CHANGES: changes.count(), IMPACTS: impacts.count()}
    shown = Paginator(changes if listed == CHANGES else impacts, A_PAGE)
    shown.count = counts[listed]
    part = shown.get_page(request.GET.get("page"))
    within = slice(max(0, part.start_index() - 1), part.end_index())
    rows = list(changes[within]) if listed == CHANGES else with_histories(impacts[within])
    return show(request, "results", {
        "form": form,
        "listed": listed,
        "counts": counts,
        "listed_in_all": of_list(counts[listed], listed, **filters),
        "part": part,
        "rows": rows,
        "chips": [(label, words, _address(filters, listed, without=name)) for name, label, words in form.active],
        "tabs": [(name, _address(filters, name)) for name in (CHANGES, IMPACTS)],
        "query": _query(filters, listed),
    })


@open_to_all
@require_safe
def download(request: HttpRequest, format: str) -> HttpResponseBase:
    """What the browser shows, all its pages, with the same filters."""
    if format not in downloads.FORMATS:
        raise Http404
    filters = _form(request).asked
    listed = _listed(request, filters)
    exported(request, kind="results", key=listed, format=format, asked=request.get_full_path())
    if listed == CHANGES:
        return downloads.changes(recorded.changes(**_given(filters)), format)
    return downloads.impacts(recorded.impacts(**_given(filters)), format)


def _form(request: HttpRequest) -> ResultsFilter:
    offers = offered()
    return ResultsFilter(request.GET, countries=offers.countries, years=offers.years, partners=offers.partners)


def _given(filters: dict[str, str]) -> dict[str, Any]:
    return {name: int(value) if name == "year" else value for name, value in filters.items()}


def _listed(request: HttpRequest, filters: dict[str, str]) -> str:
    """Changes, unless impacts are asked for, or a kind of impact is."""
    wanted = request.GET.get("list")
    return wanted if wanted in (CHANGES, IMPACTS) else IMPACTS if "kind" in filters else CHANGES


def _query(filters: dict[str, str], listed: str, *, without: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in filters.items() if name != without})
    query["list"] = listed
    return query.urlencode()


def _address(filters: dict[str, str], listed: str, *, without: str = "") -> str:
    return f"?{_query(filters, listed, without=without)}"
