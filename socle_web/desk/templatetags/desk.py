"""Words of the desk in templates; the remarks under an entry; how many news there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle import vocabulary
from socle.vocabulary import COUNTRIES, code_list
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.desk import addresses, wording
from socle_web.desk.actions.comments import MENTION
from socle_web.desk.models import Comment
from socle_web.desk.permissions import may_see_subject
from socle_web.desk.queries.comments import talk
from socle_web.desk.queries.news import how_many
from socle_web.results.models import Entry

register = template.Library()
register.filter("sheet", wording.sheet_name)
register.filter("not_yet", wording.not_yet)


@register.filter
def titled(entry: Entry, titles: wording.Titles) -> str:
    return wording.title_of(entry.sheet, entry.values, entry.key, titles)


@register.filter
def address(entry: Entry) -> str:
    return addresses.entry(entry.pk)


@register.filter
def subject_address(comment: Comment) -> str:
    return addresses.subject(comment.kind, comment.key)


@register.filter
def called(username: str, names: Mapping[str, str]) -> str:
    """What colleagues call a person."""
    return names.get(username, username)


@register.filter
def country_name(code: str) -> str:
    return COUNTRIES[code].name() if code in COUNTRIES else code


@register.filter
def status_name(code: str) -> str:
    return _label("ACTION_STATUSES", code)


@register.filter
def response_name(code: str) -> str:
    return _label("RESPONSES", code)


def _label(codes: str, code: str) -> str:
    known = code_list(codes)
    return known[code].label() if code in known else code


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f}"


@register.filter
def day(moment: date | datetime | None) -> str:
    """31 December 2023."""
    return vocabulary.day(_date(moment)) if moment else ""


@register.filter
def ago(moment: date | datetime | None) -> str:
    """``3 days ago``, ``5 months ago``; nothing where nothing was."""
    if moment is None:
        return ""
    days = (timezone.localdate() - _date(moment)).days
    if days <= 0:
        return _("today")
    if days < 60:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    months = days // 30
    if months < 24:
        return ngettext("%(n)s month ago", "%(n)s months ago", months) % {"n": months}
    return ngettext("%(n)s year ago", "%(n)s years ago", days // 365) % {"n": days // 365}


def _date(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


@register.filter
def ahead(due: date | None, on: date | None = None) -> str:
    """``in 3 days``, ``today``, ``3 days late``."""
    if due is None:
        return ""
    days = (due - (on or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


@register.filter
def is_past(due: date | None) -> bool:
    return due is not None and due < timezone.localdate()


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


@register.simple_tag(takes_context=True)
def news_count(context: Context) -> int:
    """How many news the reader has not read; 0 for who is not signed in. One question to the database."""
    request: HttpRequest | None = context.get("request")
    return how_many(request.user) if request is not None and isinstance(request.user, User) else 0


@register.simple_tag(takes_context=True)
def may_read(context: Context, kind: str, key: str) -> bool:
    """Whether the reader may see what was said about a record."""
    return may_see_subject(context["request"].user, kind, key)


@register.inclusion_tag("desk/_comments.html", takes_context=True)
def comments(context: Context, kind: str, key: Any) -> dict[str, Any]:
    """What was said about an entry or a record, and the form to say something: ``{% comments "entry" entry.pk %}``.

    The page has made sure that the reader may see it.
    """
    request: HttpRequest = context["request"]
    return {"talk": talk(kind, str(key)), "kind": kind, "key": key, "request": request, "user": request.user,
            "may_comment": may(request.user, "comment"), "back": request.get_full_path(), "csrf_token": context.get("csrf_token")}


@register.filter
def said(comment: Comment, names: Mapping[str, str]) -> SafeString:
    """The text with its links and the people it mentions; everything else is escaped."""
    linked = urlize(comment.text, nofollow=True, autoescape=True)
    told = {name: names.get(name, name) for name in comment.mentions}
    if told:
        linked = MENTION.sub(lambda found: _mention(found, told), linked)
    return linebreaksbr(SafeString(linked), autoescape=False)


def _mention(found: re.Match[str], told: Mapping[str, str]) -> str:
    name = found[1].rstrip(".-+")
    if name not in told:
        return found[0]
    return format_html('<b class="mention" title="{}">@{}</b>{}', told[name], name, found[1][len(name):])


@register.simple_tag(takes_context=True)
def sorting(context: Context, name: str, words: str, number: bool = False) -> SafeString:
    """The heading of a column that the table can be sorted by; choosing it again turns the order."""
    board = context["board"]
    here = board.sort == name
    down = not board.down if here else name not in ("country", "complete")
    order = format_html(' aria-sort="{}"', "descending" if board.down else "ascending") if here else ""
    return format_html('<th scope="col"{}{}><a href="?sort={}&amp;down={}">{}{}</a></th>', order,
                       SafeString(' class="number"') if number else "", name, int(down), words,
                       format_html(' <span aria-hidden="true">{}</span>', "↓" if board.down else "↑") if here else "")
