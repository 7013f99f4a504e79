"""The workbench on every page: its rooms, words of entries, and what may be done beside a published record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES
from socle_web.accounts.permissions import Person, may
from socle_web.accounts.templatetags import moments
from socle_web.places.permissions import countries_of
from socle_web.results.models import Entry, State
from socle_web.results.permissions import ENTERED, in_scope
from socle_web.results.scope import scope_of
from socle_web.results.wording import sheet_name

register = template.Library()
register.filter("on_day", moments.on_day)
register.filter("instant", moments.instant)


@register.simple_tag(takes_context=True)
def work_rooms(context: Context) -> SafeString:
    """The pages of the workbench this person may open; the one that is open is marked."""
    request: HttpRequest = context["request"]
    here = request.path
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', (
        (address, SafeString(' aria-current="page"') if here == address else "", label) for address, label in _rooms(request.user)))


def _rooms(user: Person) -> Iterator[tuple[str, str]]:
    for name, label, allowed in (("work", _("Entries"), True), ("work-adopt", _("Imported records"), may(user, "adopt")),
                                 ("work-locks", _("Locked periods"), True)):
        if allowed:
            yield reverse(name), label


def _address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def sheet_words(sheet: str) -> str:
    return sheet_name(sheet)


@register.simple_tag
def country_words(code: str) -> str:
    return COUNTRIES[code].name() if code in COUNTRIES else code


@register.simple_tag
def state_words(entry: Entry) -> str:
    if entry.state == State.DRAFT and entry.returned_by:
        return _("returned")
    return str(State(entry.state).label)


@register.simple_tag
def record_page(fact: Any) -> SafeString:
    """A link to the page of a fact, where facts of its kind have one."""
    names = {"changes": "change", "impacts": "impact", "projects": "project", "partners": "partner"}
    address = _address(names[fact.sheet], fact.key) if fact.sheet in names else ""
    return format_html('<a href="{}">{}</a>', address, _("its page")) if address else SafeString("")


@register.inclusion_tag("results/_record_links.html", takes_context=True)
def record_links(context: Context, record: Any, *, told: bool = False) -> dict[str, object]:
    """What a person may do about a published record (a change, an impact, a project), or a country. Nothing for readers
    (``told``: they are told so).

    Where a page is the same for everybody (and kept by caches), put ``record_door`` instead: it leads to these.
    """
    request = context.get("request")
    user: Person = request.user if request is not None else AnonymousUser()
    return {"links": list(_links(user, record)) if may(user, "enter") else [], "told": told}


@register.simple_tag
def record_door(record: Any) -> SafeString:
    """The same link for everybody beside a published record, or on the page of a country: it leads to ``record_links``."""
    sheet, key = getattr(record, "sheet", "countries"), getattr(record, "key", None) or getattr(record, "alpha3", record)
    return format_html('<a class="door" rel="nofollow" href="{}">{}</a>', reverse("work-beside", args=[sheet, key]),
                       _("Enter or correct") if sheet == "countries" else _("Correct or add to this"))


def _links(user: Person, record: Any) -> Iterator[tuple[str, str]]:
    own = countries_of(user)
    sheet = getattr(record, "sheet", "countries")
    if sheet == "countries":
        code = getattr(record, "alpha3", record)
        if own is None or code in own:
            yield _new("changes", country=code), _("Enter a change")
            yield _new("impacts", country=code), _("Enter an impact")
            yield _new("outputs", country=code), _("Enter an output")
        return
    if not in_scope(user, sheet, scope_of(sheet, record.key)):
        return
    country = getattr(record, "country_id", None)
    if sheet in ENTERED and sheet != "observations":
        yield reverse("record-change", args=[sheet, record.key]), _("Correct this")
    if sheet == "impacts":
        yield _new("observations", impact=record.key), _("Add an observation")
    elif sheet == "changes":
        yield _new("impacts", change=record.key, country=country), _("Enter an impact of this change")
        yield _new("contributions", change=record.key), _("Enter the share of a project")
    elif sheet == "projects":
        yield _new("outputs", project=record.key), _("Enter an output")
        yield _new("funding", project=record.key), _("Enter funding")
    elif sheet == "observations":
        yield reverse("record-change", args=[sheet, record.key]), _("Correct this")
    if sheet in ("impacts", "changes", "projects"):
        yield _new("evidence", record=record.name_of_record), _("Add evidence")


@register.inclusion_tag("results/_record_links.html", takes_context=True)
def entry_links(context: Context, entry: Entry) -> dict[str, object]:
    """What goes with an entry, entered from here: the number of an impact, the shares of a change, the evidence."""
    user = context["request"].user
    if not (may(user, "enter") and entry.is_open and entry.key):
        return {"links": []}
    links = []
    if entry.sheet == "changes":
        links = [(_new("impacts", change=entry.key, country=entry.values.get("country")), _("Enter an impact of this change")),
                 (_new("contributions", change=entry.key), _("Enter the share of a project"))]
    elif entry.sheet == "impacts":
        links = [(_new("observations", impact=entry.key), _("Add an observation"))]
    if entry.sheet != "evidence":
        links.append((_new("evidence", record=entry.name_of_record), _("Add evidence")))
    return {"links": links}


def _new(sheet: str, **known: str | None) -> str:
    return f"{reverse('work-new', args=[sheet])}?{urlencode({name: value for name, value in known.items() if value})}"
