"""Figures of editions on pages: each with the way to why it is what it is; what cannot be said says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.tables import INQUIRY
from socle.vocabulary import BOUNDS, COUNTRIES, FIGURE_STATUSES, REGIONS, number
from socle_web.coverage import showing
from socle_web.coverage.choosing import Choice
from socle_web.coverage.models.editions import Edition, EditionKind, Family, Value
from socle_web.coverage.showing import Shown

FILES = (("csv", gettext_lazy("table (CSV)")), ("un", gettext_lazy("layout of the UN (CSV)")), ("sdmx", gettext_lazy("SDMX-CSV")),
         ("xlsx", gettext_lazy("workbook (XLSX)")), ("json", gettext_lazy("JSON")))
PICTURES = (("svg", gettext_lazy("drawing (SVG)")), ("png", gettext_lazy("picture (PNG)")))

register = template.Library()


@register.simple_tag
def shown(figure: Shown | None, choice: Choice) -> SafeString:
    """``{% shown figure choice %}``: the figure, and the link to why."""
    if figure is None:
        return format_html('<span class="unreported">{}</span>', _("nothing is said"))
    if not figure.text:
        return format_html('<a class="figure unreported" href="{}">{}<span class="hidden"> – {}</span></a>', figure.address(choice),
                           _("cannot be said"), _("why?"))
    mark = format_html(' <abbr class="mark" title="{}">{}</abbr>', _("estimated"),
                       _("e")) if figure.is_estimated else SafeString("")
    return format_html('<a class="figure" href="{}">{}<span class="hidden"> – {}</span></a>{}', figure.address(choice), figure.text,
                       _("why?"), mark)


@register.filter
def country_name(code: str) -> str:
    return showing.country_name(code)


@register.filter
def region_name(code: str) -> str:
    region = COUNTRIES[code].region
    return REGIONS[region].label() if region else ""


@register.filter
def is_made_up(code: str) -> bool:
    return COUNTRIES[code].made_up


@register.filter
def series_of(value: Value) -> str:
    return showing.series_name(value.family, value.series)


@register.filter
def parts_of(value: Value) -> str:
    return showing.part_names(value)


@register.filter
def persons(value: Decimal | None) -> str:
    return showing.persons(value)


@register.filter
def whole_number(value: int) -> str:
    return number(value)


@register.filter
def figure_of(value: Value) -> str:
    return Shown(value).text


@register.filter
def bound_name(value: Value) -> str:
    return BOUNDS[value.bound].label()


@register.filter
def status_name(value: Value) -> str:
    return FIGURE_STATUSES[value.status].label() if value.status in FIGURE_STATUSES else value.status


@register.filter
def family_name(family: str) -> str:
    return str(Family(family).label) if family in Family.values else family


@register.filter
def kind_name(edition: Edition) -> str:
    return str(EditionKind(edition.kind).label)


@register.filter
def item_in(listed: Sequence[Any], place: int) -> Any:
    return listed[place] if place < len(listed) else ""


@register.filter
def sheet_meaning(sheet: str) -> str:
    return INQUIRY[sheet].meaning if sheet in {one.name for one in INQUIRY} else ""


@register.filter
def edition_of(figure: Shown, choice: Choice) -> Edition:
    return choice.of(figure.low.edition_id)


@register.filter
def say_counts(figures: Sequence[Shown]) -> bool:
    """Whether one of them says how many persons it counts."""
    return any(one.low.numerator is not None for one in figures)


@register.simple_tag
def downloads(address: str, query: str, *, pictures: bool = True) -> SafeString:
    """The same figures as files. ``address``: of the CSV file."""
    listed = (*FILES, *PICTURES) if pictures else FILES
    stem, asked = address.removesuffix("csv"), f"?{query}" if query else ""
    links = format_html_join(" ", '<a href="{}{}{}" download>{}</a>', ((stem, form, asked, label) for form, label in listed))
    return format_html('<p class="downloads"><span class="note">{}</span> {}</p>', _("Download what is shown:"), links)


@register.simple_tag
def edition_link(edition: Edition) -> SafeString:
    tag = format_html(' <span class="tag">{}</span>', _("made up, for training")) if edition.made_up else SafeString("")
    return format_html('<a href="{}">{}</a>{}', reverse("edition", args=[edition.key]), edition.title, tag)
