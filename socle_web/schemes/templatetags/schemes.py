"""Schemes on pages: their names, the rooms beside each other, figures and conventions in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from socle.tables import Series
from socle.vocabulary import COUNTRIES, ECONOMY_SERIES, ECONOMY_UNITS, EXTRAPOLATIONS, number, percent
from socle_web.accounts.templatetags import moments
from socle_web.audit.deeds import in_words
from socle_web.places.models import Country
from socle_web.schemes import bridge, outcome, queries, studio
from socle_web.schemes.models import Kind, Scenario, State, Version
from socle_web.schemes.outcome import Outcome, Shown
from socle_web.schemes.permissions import works
from socle_web.schemes.studio import Chosen

FILES = (("xlsx", gettext_lazy("Workbook (XLSX)")), ("docx", gettext_lazy("Document (DOCX)")))
BETWEEN_COUNTRIES = ("average",)
#: Options that nobody asked for, where the file's own path counts.
UNASKED = (("coverage", None), ("ramp", None))

register = template.Library()
register.filter("on_day", moments.on_day)
register.filter("instant", moments.instant)
register.filter("unlocal", studio.plain)


@register.simple_tag(takes_context=True)
def scheme_rooms(context: Context) -> SafeString:
    """The pages of this room; the one that is open is marked."""
    request: HttpRequest = context["request"]
    rooms = [("schemes", _("Schemes")), ("studio", _("Costing studio")), ("scenarios", _("Scenarios"))]
    if works(request.user):
        rooms.append(("scheme-work", _("On their way")))
    listed = [(reverse(name), label) for name, label in rooms]
    nearest = max((address for address, _label in listed if request.path.startswith(address)), key=len, default="")
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', (
        (address, SafeString(' aria-current="page"') if address == request.path else
         SafeString(' aria-current="true"') if address == nearest else "", label) for address, label in listed))


@register.simple_tag
def scheme_name(version: Version) -> str:
    """The name in the reader's language, or in English; what it is called as long as it cannot be read."""
    if version.kind == Kind.ECONOMY:
        return _("Economy of %(country)s") % {"country": version.country.name}
    names: Mapping[str, str] = version.names
    return names.get(get_language() or "en") or names.get("en") or version.key or _("A scheme that cannot be read yet")


@register.simple_tag
def newer_than(version: Version) -> Version | None:
    """The latest published version of a scheme, if it came after this one."""
    latest = queries.published(version.country_id, version.key) if version.number else None
    return latest if latest is not None and latest.number > version.number else None  # type: ignore[operator]


@register.simple_tag
def state_of(version: Version) -> str:
    if version.state == State.DRAFT and version.returned_by:
        return _("returned")
    return str(State(version.state).label)


@register.filter
def made_up(alpha3: str) -> bool:
    return COUNTRIES[alpha3].made_up


@register.simple_tag
def country_link(country: Country) -> SafeString:
    """A country with the way to its page; a made-up one has none of its own."""
    if made_up(country.pk):
        return format_html('{} <span class="tag">{}</span>', country.name, _("made up, for training"))
    return format_html('<a href="{}">{}</a>', reverse("country", args=[country.pk]), country.name)


@register.simple_tag
def deed_words(deed: str) -> str:
    return in_words(deed)


@register.filter
def at(listed: Sequence[Any], place: int) -> Any:
    return listed[place] if place < len(listed) else ""


@register.filter
def following(listed: Sequence[Any], place: int) -> Any:
    """What stands at a place counted from 0, where that is after the one counted from 1."""
    return listed[place]


@register.filter
def money(amount: float) -> str:
    return outcome.figure("total", amount)


@register.filter
def factor(value: float) -> str:
    """A factor with digits enough to multiply by."""
    if value == round(value):
        return number(round(value))
    return number(value, decimals=2) if abs(value) >= 100 else number(round(value, 6 if abs(value) < 1 else 3), decimals=None)


@register.filter
def is_moved(one: Chosen) -> bool:
    return any(lever.is_moved for lever in one.levers)


@register.filter
def conventions(of: Outcome) -> list[tuple[str, str]]:
    """Every convention of the result, in words."""
    told = of.projection.options.as_dict().items()
    return [(_option(name), _said(name, value)) for name, value in told
            if name not in BETWEEN_COUNTRIES and (name, value) not in UNASKED]


def _option(name: str) -> str:
    return _words(get_language() or "en").get(name, name)


@cache
def _words(_language: str) -> Mapping[str, str]:
    return {"administration": _("Administration"), "administration_of": _("Administration is a share"), "prices": _("Prices"),
            "base_year": _("Base year"), "indexation": _("Benefits are raised"), "take_up": _("Take-up"),
            "coverage": _("Coverage of every year"), "ramp": _("Path of coverage"), "law": _("The law of a year"),
            "ramp_between": _("Between the years of a path"), "extrapolate": _("Series are carried on"), "month": _("A month is")}


def _said(name: str, value: Any) -> str:
    if name == "indexation" and isinstance(value, int | float):
        return _("by %(rate)s a year") % {"rate": percent(value, decimals=2)}
    if isinstance(value, float):
        return percent(value, decimals=0 if round(value * 100, 6) % 1 == 0 else 2)
    if name == "month":
        return _("365/12 days")
    if name == "base_year":
        return str(value) if value is not None else _("the first year")
    return dict(_choices(name)).get(value or "", str(value if value is not None else _("as the file says")))


@register.simple_tag
def options_of(name: str, choices: Mapping[str, str]) -> SafeString:
    """The choices of a convention; the one that is asked is selected."""
    asked = choices.get(name, "")
    return format_html_join("", '<option value="{}"{}>{}</option>', (
        (value, SafeString(" selected") if value == asked else "", label) for value, label in _choices(name)))


def _choices(name: str) -> Sequence[tuple[str, str]]:
    return _known_choices(get_language() or "en").get(name, ())


@cache
def _known_choices(_language: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    as_file = ("", _("as the file says"))
    return {
        "administration_of": [as_file, ("benefits", _("of the benefits paid")),
                              ("total", _("of the total cost")), ("none", _("left out"))],
        "extrapolate": [("", _("as the economy's file asks")),
                        *((code, one.label()) for code, one in EXTRAPOLATIONS.items())],
        "ramp_between": [("step", _("it stays")), ("linear", _("it rises evenly"))],
        "law": [("mid_year", _("that of 1 July")), ("pro_rata", _("that of each day"))],
        "prices": [("current", _("of each year (current)")), ("constant", _("of the first year (constant)"))],
        "indexation": [as_file, ("none", _("not at all")), ("prices", _("with prices")), ("wages", _("with wages")),
                       ("gdp_per_capita", _("with GDP per head")), ("fixed", _("at a fixed rate"))],
    }


@register.simple_tag
def downloads_of(address: str, scenario: Any = None) -> SafeString:
    """Links to the same figures as files, of the studio or of a scenario."""
    return format_html_join(" ", '<a href="{}">{}</a>', (
        (reverse("scenario-file", args=[scenario.key, form]) if scenario else f"{reverse('studio-file', args=[form])}?{address}",
         label) for form, label in FILES))


@register.simple_tag
def downloads_of_several(scenarios: Sequence[Scenario]) -> SafeString:
    keys = QueryDict(mutable=True)
    keys.setlist("c", [one.key for one in scenarios])
    return format_html_join(" ", '<a href="{}?{}">{}</a>', (
        (reverse("scenarios-file", args=[form]), keys.urlencode(), label) for form, label in FILES))


@register.simple_tag
def cost_rows(line: Shown, address: str, scenario: Any = None) -> SafeString:
    """A row a year. (By hand: a table of many years is half the time of an answer where a template writes it.)"""
    of = QueryDict(mutable=True)
    of["of"] = line.scheme
    why = escape(f"{reverse('studio-why')}?{f'scenario={scenario.key}' if scenario else address}&{of.urlencode()}&year=")
    asked, silent = escape(_("why?")), f'<span class="unreported">{escape(_("cannot be said"))}</span>'
    cells = [f'<td class="number" data-label="{escape(column)}">' for column in line.columns]
    return SafeString("\n".join(
        f'<tr><th scope="row"><a class="figure" href="{why}{year.year}">{year.year}'
        f'<span class="hidden"> – {asked}</span></a></th>'
        + "".join(f"{cell}{escape(text) if text else silent}</td>" for cell, text in zip(cells, year.figures, strict=True))
        + "</tr>" for year in line.years))


@register.inclusion_tag("schemes/_costed.html", takes_context=True)
def costed_options(context: Context, country: str) -> dict[str, object]:
    """On the page of a country: its published schemes, and the scenarios that were shared."""
    return {"schemes": list(queries.current_schemes().filter(country=country)), "scenarios": list(queries.shared(country)[:20]),
            "country": country, "english": context.get("english", ""), "economy": queries.current_economy(country)}


@register.simple_tag
def series_of(version: Version) -> list[tuple[str, str, Series, str]]:
    """Every series of an economy: its name, its unit, itself, and the figure of the last year that its source states."""
    economy = bridge.economy_of(version.text, version.country_id)
    return [] if economy is None else [
        (ECONOMY_SERIES[name].label(), economy.currency if one.unit == "currency" else ECONOMY_UNITS[one.unit].label(), one,
         _of_last(one))
        for name, one in economy.series.items() if one.last is not None]


def _of_last(one: Series) -> str:
    value = one.values[one.last]  # type: ignore[index]
    return percent(value, decimals=2) if one.unit in ("share", "growth") else number(value)
