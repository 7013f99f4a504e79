"""The addresses of version 1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import URLPattern, path, re_path
from ninja.renderers import JSONRenderer

from socle_web.api.described import Interface
from socle_web.api.public import public
from socle_web.api.reference import reference
from socle_web.api.refusing import not_found, teach
from socle_web.api.v1 import (
    about,
    aggregates,
    changes,
    countries,
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
    vocabulary,
    why,
)

app_name = "api-v1"
ENDPOINTS = (about, phases, countries, changes, impacts, observations, outputs, projects, partners, funding, aggregates,
             ratifications, recommendations, report, why, records, sheets, vocabulary)


class Json(JSONRenderer):
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False, "allow_nan": False}


api = Interface(
    title="Socle",
    version="1",
    description="Results of a social protection programme: records, figures, and why each figure is what it is. Read only, "
                "without a key. Figures come with a notice and citations (/about) that go wherever the figures go.",
    docs_url=None,
    urls_namespace=app_name,
    renderer=Json(),
)
teach(api)
for endpoint in ENDPOINTS:
    api.add_router("", endpoint.router, tags=[endpoint.__name__.rpartition(".")[2]])


def _public(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern), public(pattern.callback), name=pattern.name)


urlpatterns = [
    path("", public(partial(reference, interface=api)), name="api-root"),
    *(_public(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern) and str(pattern.pattern)),
    re_path("", public(not_found)),
]
