"""The frame of every page: rooms, languages, imprint."""

from __future__ import annotations

import re

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may
from socle_web.pages.queries.imprint import Imprint
from socle_web.pages.queries.imprint import imprint as read_imprint

register = template.Library()

ROOMS = (
    ("results", gettext_lazy("Results")),
    ("countries", gettext_lazy("Countries")),
    ("themes", gettext_lazy("Themes")),
    ("schemes", gettext_lazy("Schemes")),
    ("coverage", gettext_lazy("Coverage")),
    ("partners", gettext_lazy("Partners")),
    ("reports", gettext_lazy("Annual report")),
    ("evaluation", gettext_lazy("Evaluation")),
    ("team", gettext_lazy("Team")),
    ("about", gettext_lazy("About")),
)
WORKING = ("enter", "verify", "publish", "respond", "update_action")
#: Address, label, and the deeds of which one opens the room; none: open to whoever is signed in.
WORKBENCH = (
    ("desk", gettext_lazy("My desk"), WORKING),
    ("work", gettext_lazy("Entries"), WORKING),
    ("work-choose", gettext_lazy("Enter something"), ("enter", "respond", "update_action")),
    ("uploads", gettext_lazy("Workbooks"), ("import",)),
    ("scheme-work", gettext_lazy("Schemes"), ("enter", "verify", "publish")),
    ("rounds", gettext_lazy("Inquiries"), ("enter", "verify", "publish")),
    ("audit", gettext_lazy("The log"), ("see_audit",)),
    ("people", gettext_lazy("People"), ("invite",)),
    ("me", gettext_lazy("My account"), ()),
)
TONGUES = (("en", "English"), ("fr", "Français"), ("es", "Español"))


@register.simple_tag(takes_context=True)
def rooms(context: Context) -> SafeString:
    """The main navigation; the room one is in is marked."""
    here = _path(context)
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', (
        (address, SafeString(' aria-current="page"') if here == address else
         SafeString(' aria-current="true"') if here.startswith(address) else "", label)
        for address, label in ((reverse(name), label) for name, label in ROOMS)
    ))


@register.simple_tag(takes_context=True)
def workbench(context: Context) -> SafeString:
    """The rooms of the workbench that are open to whoever is signed in; nothing for everybody else."""
    user: Person = getattr(context.get("request"), "user", None) or AnonymousUser()
    if not isinstance(user, User) or user.is_client:
        return SafeString("")
    here = _path(context)
    rooms = [(reverse(name), label) for name, label, deeds in WORKBENCH if not deeds or any(may(user, deed) for deed in deeds)]
    nearest = max((address for address, _label in rooms if here.startswith(address)), key=len, default="")
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', (
        (address, SafeString(' aria-current="page"') if here == address else
         SafeString(' aria-current="true"') if address == nearest else "", label) for address, label in rooms
    ))


@register.simple_tag(takes_context=True)
def tongues(context: Context) -> SafeString:
    """The same page in the other languages."""
    request: HttpRequest | None = context.get("request")
    path = request.get_full_path() if request else "/"
    current = get_language()
    return format_html_join("\n", '<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>', (
        (in_language(path, code), code, code, SafeString(' aria-current="true"') if code == current else "", name)
        for code, name in TONGUES
    ))


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> SafeString:
    """Where search engines find the page in each language."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return SafeString("")
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', (
        (code, request.build_absolute_uri(in_language(request.get_full_path(), code))) for code, _name in TONGUES))


@register.inclusion_tag("pages/_imprint.html", takes_context=True)
def imprint(context: Context) -> dict[str, object]:
    """What every page says about its sources."""
    return {"imprint": context.get("imprint") or read_imprint(), "english": context.get("english", "")}


@register.filter
def web(address: str) -> bool:
    """An address of the web, which may be a link; anything else in a record stays text (``javascript:`` and the like)."""
    return address.lower().startswith(("https://", "http://"))


INFERRED = "inferred:"


@register.filter
def is_inferred(source: str) -> bool:
    """A source that does not print the figure: whoever recorded it worked it out."""
    return source.startswith(INFERRED)


@register.filter
def stated(source: str) -> str:
    """The source without the word that marks an inference."""
    return source.removeprefix(INFERRED).strip()


@register.simple_tag(takes_context=True)
def cite(context: Context, source: str) -> SafeString:
    """The source of a record, each document it names linked to its full title. ``source`` is in the language of the records."""
    known: Imprint | None = context.get("imprint")
    text = escape(source)
    if not source or known is None or not known.sources:
        return text
    about = reverse("about")
    names = re.compile(r"\b(" + "|".join(re.escape(key) for key in sorted(known.titles, key=len, reverse=True)) + r")\b")
    linked = names.sub(lambda found: format_html('<a href="{}#source-{}" title="{}">{}</a>', about, found[1],
                                                 known.titles.get(found[1], ""), found[1]), text)
    return format_html("<span{}>{}</span>", context.get("english", ""), SafeString(linked))


def in_language(path: str, language: str) -> str:
    """The address of ``path`` in another language: English has no prefix, the others have theirs."""
    for code, _name in TONGUES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path.removeprefix(f"/{code}") or "/"
            break
    path = f"/{path.lstrip('/')}"  # two slashes would lead to another site
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else ""
