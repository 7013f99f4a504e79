"""About this site: its sources, how to read it, its words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from socle.vocabulary import code_list
from socle_web.accounts.gate import open_to_all
from socle_web.pages.page import page, show
from socle_web.pages.queries.imprint import imprint

LISTS = (
    ("STEPS", gettext_lazy("The three steps")),
    ("IMPACT_KINDS", gettext_lazy("Kinds of impact on people")),
    ("BRANCHES", gettext_lazy("Branches of social security")),
    ("GUARANTEES", gettext_lazy("Basic social security guarantees")),
    ("PRINCIPLES", gettext_lazy("Principles of Recommendation No. 202")),
    ("MEASURES", gettext_lazy("Measures of an observation")),
    ("STATUSES", gettext_lazy("Statuses of an impact")),
    ("OUTPUT_KINDS", gettext_lazy("Kinds of output")),
    ("PARTNER_KINDS", gettext_lazy("Kinds of partner")),
    ("FUNDING_STATUSES", gettext_lazy("Statuses of funding")),
)


@page
def about(request: HttpRequest) -> HttpResponse:
    return show(request, "about", {"imprint": imprint()})


@page
def glossary(request: HttpRequest) -> HttpResponse:
    return show(request, "glossary", {"lists": [(name, title, list(code_list(name).values())) for name, title in LISTS]})


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Not for crawlers: the reasons of every figure, and files that take seconds to make."""
    closed = (f"Disallow: {language}{address}" for language in ("", "/fr", "/es")
              for address in ("/why/", "/report/*/download.", "/results."))
    return HttpResponse("\n".join(["User-agent: *", *closed, ""]), content_type="text/plain")
