"""The addresses of version 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.urls import URLPattern, path, re_path
from ninja.renderers import JSONRenderer

from socle_web.api.described import Interface
from socle_web.api.private import Reading, Token, private
from socle_web.api.public import public
from socle_web.api.reference import reference
from socle_web.api.refusing import not_found, teach
from socle_web.api.v1 import (
    about,
    aggregates,
    change,
    changes,
    check,
    countries,
    editions,
    entries,
    entry,
    files,
    funding,
    impacts,
    observations,
    outputs,
    partners,
    phases,
    projects,
    ratifications,
    recommendations,
    records,
    report,
    sheets,
    submit,
    values,
    vocabulary,
    why,
    withdraw,
)

app_name = "api-v1"
ENDPOINTS = (about, phases, countries, changes, impacts, observations, outputs, projects, partners, funding, aggregates,
             ratifications, recommendations, report, why, records, sheets, vocabulary, editions, values)
BY_TOKEN = (entries, entry, submit, withdraw, files, change, check)


class Json(JSONRenderer):
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False, "allow_nan": False}


api = Interface(
    title="Socle",
    version="1",
    description="Results of a social protection programme: records, figures, and why each figure is what it is. What is published "
                "is read without a key. Other systems enter records with a token, as people do, and nothing is published that "
                "nobody else verified. Figures come with a notice and citations (/about) that go wherever the figures go.",
    docs_url=None,
    urls_namespace=app_name,
    renderer=Json(),
    parser=Reading(),
)
teach(api)
for endpoint in ENDPOINTS:
    api.add_router("", endpoint.router, tags=[endpoint.__name__.rpartition(".")[2]])
for endpoint in BY_TOKEN:
    api.add_router("", endpoint.router, tags=[endpoint.__name__.rpartition(".")[2]], auth=Token())


def _addresses() -> Iterator[URLPattern]:
    """Those that ask for a token stand first: `records/` followed by anything is public, `records/changes/C1/change` is not."""
    views = [view for endpoint in BY_TOKEN for view in endpoint.router.path_operations.values()]
    by_token = {one.view_func.__name__: view.operations for view in views for one in view.operations}
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and str(pattern.pattern)]
    for pattern in sorted(patterns, key=lambda pattern: pattern.name not in by_token):
        operations = by_token.get(pattern.name or "")
        view = public(pattern.callback) if operations is None else private(
            pattern.callback, methods={method for one in operations for method in one.methods},
            operations={one.view_func.__name__ for one in operations})
        yield path(str(pattern.pattern), view, name=pattern.name)


urlpatterns = [
    path("", public(partial(reference, interface=api)), name="api-root"),
    *_addresses(),
    re_path("", public(not_found)),
]
