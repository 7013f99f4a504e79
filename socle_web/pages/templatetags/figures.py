"""``{% figure row "persons" %}``: a number that can be asked why. ``None`` is "not reported", never 0."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.vocabulary import money
from socle_web.pages import figures
from socle_web.pages.figures import Cell, Row, written
from socle_web.results.models import BudgetLine, Funding, Record

register = template.Library()


@register.simple_tag
def figure(of: Row | Cell | None, column: str = "") -> SafeString:
    """The number and the link to the rows behind it: ``{% figure row "persons" %}`` or ``{% figure cell %}``."""
    return _shown(of.cell(column) if isinstance(of, Row) else of)


@register.simple_tag
def recorded(record: Record | None, column: str) -> SafeString:
    """A number that stands in a record itself: ``{% recorded observation "women" %}``."""
    return _shown(None if record is None else figures.of_record(record, column))


@register.simple_tag
def counted(value: int | None, records: str, **filters: Any) -> SafeString:
    """How many records there are: ``{% counted row.changes "changes" country="KEN" %}``."""
    return _shown(figures.of_list(value, records, **filters))


@register.simple_tag
def amount(record: Funding | BudgetLine) -> SafeString:
    """Money of a record, in its own currency."""
    cell = figures.of_record(record, "amount")
    return unreported() if cell.value is None else _link(cell.address, money(cell.value, record.currency))


@register.simple_tag
def unreported() -> SafeString:
    return format_html('<span class="unreported">{}</span>', _("not reported"))


def _shown(cell: Cell | None) -> SafeString:
    return unreported() if cell is None or cell.value is None else _link(cell.address, written(cell.value))


def _link(address: str, number: str) -> SafeString:
    return format_html('<a class="figure" href="{}">{}<span class="hidden"> – {}</span></a>', address, number, _("why?"))
