"""Where the statistical bulletin of a country is to be had."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socle_web.coverage import bulletins
from socle_web.coverage.edition_queries import Profile
from socle_web.coverage.models.rounds import Inquiry

FORMATS = (("pdf", _("PDF")), ("docx", _("Word")), ("html", _("web page (HTML)")))

register = template.Library()


@register.inclusion_tag("coverage/_bulletins.html")
def bulletins_of_country(profile: Profile) -> dict[str, Any]:
    """``{% bulletins_of_country profile %}``: of every year of a national edition; nothing of an international one."""
    edition = profile.choice.edition
    if edition is None or edition.country_id != profile.country:
        return {"years": []}
    years = bulletins.years_of([value for figure in profile.figures for value in figure.values])
    return {"years": [(year, _links("coverage-bulletin", profile.country, year, f"?edition={edition.key}")) for year in years]}


@register.inclusion_tag("coverage/_bulletins.html")
def bulletins_of_inquiry(inquiry: Inquiry) -> dict[str, Any]:
    if not bulletins.has_bulletin(inquiry):
        return {"years": []}
    year = inquiry.round.year
    return {"years": [(year, _links("inquiry-bulletin", inquiry.pk, year))], "draft": inquiry.edition_id is None}


def _links(route: str, of: object, year: int, query: str = "") -> list[tuple[str, str]]:
    return [(reverse(route, args=[of, year, form]) + query, str(label)) for form, label in FORMATS]
