"""``{% figure row "persons" %}``: a number that can be asked why. ``None`` is "not reported", never 0."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.vocabulary import money
from socle.vocabulary import number as write
from socle_web.pages.figures import Cell, Row, written

register = template.Library()


@register.simple_tag
def figure(of: Row | Cell | None, column: str = "") -> SafeString:
    """The number and the link to the rows behind it: ``{% figure row "persons" %}`` or ``{% figure cell %}``."""
    cell = of.cell(column) if isinstance(of, Row) else of
    if cell is None or cell.value is None:
        return unreported()
    return _link(cell.address, written(cell.value), _("why?"))


@register.simple_tag
def recorded(value: Any, address: str = "") -> SafeString:
    """A number that stands in a record itself, linked to that record."""
    if value is None:
        return unreported()
    if not address:
        return format_html("{}", written(value))
    return _link(address, written(value), _("the record"))


@register.simple_tag
def unreported() -> SafeString:
    return format_html('<span class="unreported">{}</span>', _("not reported"))


@register.simple_tag
def amount(value: Decimal | None, currency: str) -> SafeString:
    """Money in its own currency."""
    return unreported() if value is None else format_html("{}", money(value, currency) if currency else write(value))


def _link(address: str, number: str, leads_to: str) -> SafeString:
    return format_html('<a class="figure" href="{}">{}<span class="hidden"> – {}</span></a>', address, number, leads_to)
