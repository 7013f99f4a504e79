"""What was said about an entry or a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socle_web.desk.models import Comment
from socle_web.desk.queries.people import names

MOST = 200


@dataclass(frozen=True, slots=True)
class Talk:
    comments: Sequence[Comment]
    names: Mapping[str, str]


def talk(kind: str, key: str) -> Talk:
    """The remarks in order, and how those who made them are called."""
    found = list(Comment.objects.filter(kind=kind, key=key).order_by("-id")[:MOST])[::-1]
    return Talk(found, names({comment.by for comment in found} | {name for comment in found for name in comment.mentions}))
