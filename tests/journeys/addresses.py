"""Every public address with an example, generated from the lists of addresses: one without an example fails the tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import get_resolver
from django.utils import translation

API = "api/v1/"

#: Addresses that exist in the catalogue, for each route that has parameters.
EXAMPLES = {
    "results.<str:format>": ["results.csv", "results.json", "results.xlsx"],
    "countries/<str:alpha3>/": ["countries/VNM/"],
    "themes/<str:code>/": ["themes/old_age_pensions/"],
    "partners/<str:key>/": ["partners/EU/"],
    "projects/<str:key>/": ["projects/MUL/"],
    "changes/<str:key>/": ["changes/VNM-2024-2/"],
    "impacts/<str:key>/": ["impacts/VNM-legal-oa-workers/"],
    "report/<str:phase>/": ["report/2/"],
    "report/<str:phase>/<int:year>/": ["report/2/2024/"],
    "report/<str:phase>/download.<str:format>": ["report/2/download.json"],
    "report/<str:phase>/<int:year>/download.<str:format>": [
        f"report/2/2024/download.{form}" for form in ("html", "docx", "pdf", "xlsx", "json", "csv")],
    "schemes/scenarios/": ["schemes/scenarios/?c=a-scenario-of-tests"],
    "schemes/scenarios/<str:key>/": ["schemes/scenarios/a-scenario-of-tests/"],
    "schemes/scenarios/costing.<str:format>": ["schemes/scenarios/costing.xlsx?c=a-scenario-of-tests"],
    "schemes/scenarios/<str:key>/costing.<str:format>": [f"schemes/scenarios/a-scenario-of-tests/costing.{form}" for form in ("xlsx", "docx")],
    "schemes/studio/costing.<str:format>": ["schemes/studio/costing.xlsx?country=KEN&s=test-child-grant&start=2025&end=2030"],
    "schemes/studio/why/": ["schemes/studio/why/?scenario=a-scenario-of-tests&of=test-child-grant&year=2026"],
    "schemes/<str:country>/<str:key>/": ["schemes/KEN/test-child-grant/"],
    "schemes/<str:country>/<str:key>/<int:number>/": ["schemes/KEN/test-child-grant/1/"],
    "schemes/<str:country>/<str:key>/<int:number>/scheme.toml": ["schemes/KEN/test-child-grant/1/scheme.toml"],
    "schemes/<str:country>/<str:key>/<int:number>/cases.toml": ["schemes/KEN/test-child-grant/1/cases.toml"],
    "schemes/<str:country>/<str:key>/<int:before>/to/<int:after>/": ["schemes/KEN/test-child-grant/1/to/2/"],
    "coverage/measures/<int:pk>/": ["coverage/measures/1/"],
    "coverage/": ["coverage/", "coverage/?edition=national&series=SI_COV_BENFTS&year=latest&sex=total"],
    "coverage/download.<str:format>": [f"coverage/download.{form}" for form in ("csv", "un", "sdmx", "xlsx", "json", "svg", "png")],
    "coverage/compare/": ["coverage/compare/", "coverage/compare/?edition=national&series=SI_COV_PENSN&c=XUT&c=XWE&c=XVA"],
    "coverage/compare/download.<str:format>": ["coverage/compare/download.csv?c=KEN&c=NPL"],
    "coverage/editions/differences/": ["coverage/editions/differences/?a=un-2024&b=un-2025"],
    "coverage/editions/<slug:key>/": ["coverage/editions/un-2025/"],
    "coverage/editions/<slug:key>/download.<str:format>": ["coverage/editions/un-2025/download.un"],
    "coverage/<iso3:alpha3>/": ["coverage/KEN/", "coverage/XUT/"],
    "coverage/<iso3:alpha3>/download.<str:format>": ["coverage/KEN/download.csv"],
    "coverage/<iso3:alpha3>/bulletin/<int:year>/download.<str:format>": [
        f"coverage/XUT/bulletin/2024/download.{form}" for form in ("html", "docx", "pdf")],
    "coverage/<iso3:alpha3>/why/": ["coverage/KEN/why/?edition=un-2025&family=sdg&series=SI_COV_PENSN&year=2020&sex=total",
                                    "coverage/XUT/why/?edition=xut-2025-03-01&family=sdg&series=SI_COV_PENSN&year=2024&sex=total"],
    "why/": ["why/?table=impacts&row=all/all&column=persons&phase=2&year=2024",
             "why/?record=observations:VNM-legal-oa-workers-2024&column=persons", "why/?list=changes&country=VNM"],
    "search/": ["search/?q=pension"],
    "api/v1/countries/<country>": ["api/v1/countries/VNM"],
    "api/v1/projects/<project>": ["api/v1/projects/MUL"],
    "api/v1/partners/<partner>": ["api/v1/partners/EU"],
    "api/v1/why": ["api/v1/why?table=impacts&row=all/all&column=persons&phase=2&year=2024"],
    "api/v1/records/<path:record>": ["api/v1/records/changes:VNM-2024-2"],
    "api/v1/sheets/<sheet>": ["api/v1/sheets/changes"],
    "api/v1/vocabulary/<name>": ["api/v1/vocabulary/STEPS"],
    "api/v1/values": ["api/v1/values?edition=un-2025&series=SI_COV_PENSN"],
}
#: For those who sign in: tests/unit of their rooms, and the permission matrix.
INSIDE = ("accounts/", "audit/", "desk/", "workbench/", "evidence/", "report/as-it-stood/", "schemes/work/", "coverage/work/")
#: For other systems: tests/contracts/test_api_write.py.
BY_TOKEN = ("api/v1/entries", "api/v1/check", "api/v1/records/<sheet_name:sheet>/")
FILES = ("results.", "download.", "robots.txt", ".toml", "costing.", ".csv")


def routes() -> list[str]:
    """Every route of the site, without the prefix of a language."""
    with translation.override("en"):
        return list(dict.fromkeys(_routes(get_resolver().url_patterns)))


def published() -> list[str]:
    """Routes of what is open to all and the same for everybody."""
    return [route for route in routes() if not route.startswith((*INSIDE, *BY_TOKEN))]


def _routes(patterns, prefix: str = "") -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern).removeprefix("^")
        if hasattr(one, "url_patterns"):
            yield from _routes(one.url_patterns, route)
        else:
            yield route


def examples(route: str) -> list[str]:
    """Addresses to try a route with. A route with parameters and without an example is not tested, which is an error."""
    if route in EXAMPLES:
        return [f"/{address}" for address in EXAMPLES[route]]
    if "<" in route or "(" in route:
        raise LookupError(f"Give an example of {route!r} in {__name__}.EXAMPLES.")
    return [f"/{route}"]


def pages() -> list[str]:
    """What a person reads in a browser."""
    read = (route for route in published() if (route == API or not route.startswith(API)) and not any(word in route for word in FILES))
    return [address for route in read for address in examples(route)]


def everything() -> list[str]:
    return [address for route in published() for address in examples(route)]
