"""Words of the desk in templates; the remarks under an entry; how many news there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.vocabulary import COUNTRIES
from socle_web.desk import addresses, wording
from socle_web.results.models import Entry

register = template.Library()
register.filter("sheet", wording.sheet_name)


@register.filter
def titled(entry: Entry) -> str:
    return wording.title_of(entry.sheet, entry.values, entry.key)


@register.filter
def address(entry: Entry) -> str:
    return addresses.entry(entry.pk)


@register.filter
def called(username: str, names: Mapping[str, str]) -> str:
    """What colleagues call a person."""
    return names.get(username, username)


@register.filter
def country_name(code: str) -> str:
    return COUNTRIES[code].name() if code in COUNTRIES else code


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f}"


@register.filter
def ago(moment: date | datetime | None) -> str:
    """``3 days ago``; nothing where nothing was."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


@register.filter
def ahead(day: date | None) -> str:
    """``in 3 days``, ``today``, ``3 days late``."""
    if day is None:
        return ""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


@register.filter
def is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


@register.simple_tag
def form_of(sheet: str, **prefilled: Any) -> str:
    """The address of the form of a new record, with what is known filled in."""
    return addresses.new(sheet, **{name: str(value) for name, value in prefilled.items()})


@register.simple_tag
def entries(**asked: Any) -> str:
    return addresses.entries(**{name: str(value) for name, value in asked.items()})


@register.simple_tag
def change_of(sheet: str, key: str) -> str:
    return addresses.change(sheet, key)
