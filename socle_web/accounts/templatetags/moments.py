"""Days and instants as every page of the platform writes them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.timezone import localtime

from socle.vocabulary import day

register = template.Library()


@register.filter
def on_day(value: date | datetime | None) -> str:
    """20 November 2026."""
    return day(localtime(value).date() if isinstance(value, datetime) else value) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """20 November 2026, 14:03."""
    return f"{on_day(value)}, {localtime(value):%H:%M}" if value else ""
