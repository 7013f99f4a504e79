"""Coverage on pages: the rooms beside each other."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle_web.coverage.measure_permissions import works_on_measures

register = template.Library()


@register.simple_tag(takes_context=True)
def coverage_rooms(context: Context) -> SafeString:
    """The pages of this room; the one that is open is marked."""
    request: HttpRequest = context["request"]
    rooms = [("coverage", _("Who is covered")), ("coverage-compare", _("Compare countries")), ("measures", _("Policy measures"))]
    if works_on_measures(request.user):
        rooms += [("rounds", _("Inquiry rounds")), ("measures-work", _("Measures on their way"))]
    listed = [(address, label) for name, label in rooms if (address := _address(name))]
    nearest = max((address for address, _label in listed if request.path.startswith(address)), key=len, default="")
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', (
        (address, SafeString(' aria-current="page"') if address == request.path else
         SafeString(' aria-current="true"') if address == nearest else "", label) for address, label in listed))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
