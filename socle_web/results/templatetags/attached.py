"""The documents of an entry, where its page shows them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from socle_web.accounts.permissions import may
from socle_web.results.models import Entry, EvidenceFile
from socle_web.results.permissions import may_edit

register = template.Library()


@register.simple_tag
def files_of(entry: Entry) -> list[EvidenceFile]:
    return list(entry.files.all())


@register.simple_tag(takes_context=True)
def may_attach(context: Context, entry: Entry) -> bool:
    user: Any = context["request"].user
    return entry.sheet == "evidence" and may(user, "attach") and may_edit(user, entry)
