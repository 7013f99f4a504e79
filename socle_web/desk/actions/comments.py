"""Remarks under an entry or a record. They are not changed: who was wrong says so below, or takes the remark back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.desk.models import Comment
from socle_web.desk.permissions import may_comment, may_see_subject, on_behalf_of

MENTION = re.compile(r"(?<![\w@./])@([A-Za-z0-9_][A-Za-z0-9_.+-]*)")
LONGEST = 5_000      # characters
MOST_MENTIONS = 10


@dataclass(frozen=True, slots=True)
class Said:
    """``not_told``: names that were mentioned and are nobody's who may see what it is about."""

    comment: Comment
    not_told: tuple[str, ...]


def comment(kind: str, key: str, text: str, *, by: User) -> Said:
    """Say something about an entry or a record. ``@username`` tells a colleague who may see it."""
    if not may_comment(by, kind, key):
        raise Refused(_("There is nothing here that you can comment on."), code="unknown")
    said = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not said:
        raise Refused(_("The comment is empty."), remedy=_("Write something first."), code="empty")
    if len(said) > LONGEST:
        raise Refused(_("A comment has at most %(n)s characters.") % {"n": LONGEST}, remedy=_("Shorten it."), code="too_long")
    named = mentioned(said)
    if len(named) > MOST_MENTIONS:
        raise Refused(_("A comment mentions at most %(n)s people.") % {"n": MOST_MENTIONS}, code="too_many")
    with deed():
        told = [user.username for user in User.objects.filter(username__in=named) if may_see_subject(user, kind, key)]
        told = [name for name in named if name in told and name != by.username]
        there = Comment.objects.create(kind=kind, key=key, by=by.username, at=timezone.now(), text=said,
                                       mentions=cast("Any", tuple(told)))
        record("comment", by=by.username, subject=(kind, key), summary={"comment": there.pk, "mentions": told},
               on_behalf_of=on_behalf_of(by, kind, key))
    return Said(there, tuple(name for name in named if name not in told and name != by.username))


def retract(there: Comment, *, by: User, note: str = "") -> Comment:
    """Take one's own remark back: it is hidden, and that it was is seen."""
    if there.by != by.username:
        raise Refused(_("Only who wrote a comment takes it back."), code="not_yours")
    with deed():
        there = Comment.objects.select_for_update().get(pk=there.pk)
        if there.retracted_at is not None:
            raise Refused(_("This comment was taken back already."), code="retracted")
        there.retracted_at, there.retraction = timezone.now(), note.replace("\x00", "").strip()[:500]
        there.save(update_fields=["retracted_at", "retraction"])
        record("retract", by=by.username, subject=(there.kind, there.key), reason=there.retraction, summary={"comment": there.pk},
               on_behalf_of=on_behalf_of(by, there.kind, there.key))
    return there


def mentioned(text: str) -> list[str]:
    """The names after an ``@``, each once, in order."""
    return list(dict.fromkeys(name.rstrip(".-+") for name in MENTION.findall(text)))
