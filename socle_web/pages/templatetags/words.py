"""Words of the vocabulary in the language of the page: codes, countries, days and years, the mark of a step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES, Period, code_list, day, number, percent, period
from socle_web.results.models import Phase, Record

register = template.Library()

#: The plinth, from the ground up: one layer a step.
LAYERS = ("M2 21h28v6H2z", "M6 13h20v5H6z", "M10 5h12v5H10z")


@register.filter
def word(code: str | None, codes: str) -> str:
    """Label of a code; empty for none."""
    if not code:
        return ""
    known = code_list(codes).get(str(code))
    return known.label() if known else str(code)


@register.filter
def words(codes: Iterable[str] | str | None, name: str) -> str:
    """Labels of several codes, separated by commas."""
    return ", ".join(word(code, name) for code in codes or ())


@register.filter
def country(alpha3: str | None) -> str:
    return COUNTRIES[alpha3].name() if alpha3 else ""


@register.filter
def when(value: Period | date | None) -> str:
    """A period or a day, for people."""
    return period(value) if isinstance(value, Period) else day(value)


@register.filter
def dated(record: Record, column: str) -> str:
    """The day or year in a column of a record; empty: not reported."""
    return period(record.period(column))


@register.filter
def as_figure(value: Any) -> str:
    """A figure in words, without a reason to ask for; a dash for none."""
    if isinstance(value, float):
        return percent(value)
    return "–" if value is None else number(value)


@register.filter
def phase_name(phase: Phase) -> str:
    """Title of a phase, with its years unless the title has them."""
    years = f"{phase.start.year}–{phase.end.year}"
    title = phase.title or _("Phase %(phase)s") % {"phase": phase.key}
    return title if str(phase.start.year) in title else f"{title}, {years}"


@register.simple_tag
def step_mark(step: Any, *, full: bool = False) -> SafeString:
    """The plinth with as many layers as the step, and its name, or ``full``: what the step is."""
    number = int(step)
    name = word(str(step), "STEPS") if full else _("Step %(step)s") % {"step": number}
    layers = format_html_join("", '<path fill="currentColor" d="{}"{}/>',
                              ((path, "" if layer < number else SafeString(' opacity=".2"')) for layer, path in enumerate(LAYERS)))
    return format_html('<span class="step"><svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
                       "{}</svg>{}</span>",
                       layers, name)
