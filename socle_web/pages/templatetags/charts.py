"""Drawings of ``socle.reports.charts`` in a page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def chart(svg: str) -> SafeString:
    """The library escapes what it draws."""
    return format_html('<div class="drawing">{}</div>', mark_safe(svg))  # noqa: S308
