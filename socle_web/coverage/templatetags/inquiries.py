"""Figures of an inquiry on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template

from socle.vocabulary import number, percent

register = template.Library()


@register.filter
def figure(value: int | Decimal) -> str:
    """1,234,567; decimals only where there are some."""
    return number(value, decimals=0 if value == int(value) else 2)


@register.filter
def change(share: float) -> str:
    """+12.5%"""
    return f"{'+' if share > 0 else ''}{percent(share, decimals=1)}"
