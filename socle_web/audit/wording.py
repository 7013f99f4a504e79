"""An event as people read it: from what to what, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from socle_web.audit.chain import canonical
from socle_web.audit.deeds import in_words
from socle_web.audit.models import Event
from socle_web.audit.queries import Step

MOST = 5      # things of a list that are named
A_LINE = 90   # letters


@dataclass(frozen=True)
class Difference:
    """One value: what it was and what it became; an empty text where there was none."""

    name: str
    was: str
    became: str


@dataclass(frozen=True)
class Told:
    """An event and what it did. ``facts`` are what it says besides, ``address`` where the history of the record is."""

    event: Event
    differences: Sequence[Difference]
    facts: Sequence[tuple[str, str]]
    address: str

    @property
    def deed(self) -> str:
        return in_words(self.event.deed)

    @property
    def is_brief(self) -> bool:
        """Whether the facts fit on a line."""
        return bool(self.facts) and not self.event.attachment and sum(len(name) + len(value) for name, value in self.facts) < A_LINE


def told(step: Step) -> Told:
    event = step.event
    return Told(event, differences(step.before, step.after), [(name, written(value)) for name, value in event.summary.items()],
                address(event.subject_kind, event.subject_key))


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Difference]:
    """The values that differ; those of a record that was not there, or is no longer, are all of them that say something."""
    was, became = before or {}, after or {}
    return [Difference(name, written(was.get(name)), written(became.get(name)))
            for name in dict.fromkeys((*was, *became)) if was.get(name) != became.get(name)]


def written(value: Any) -> str:
    """A value of JSON as words."""
    if value is None:
        return ""
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {written(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        named = ", ".join(written(one) for one in value[:MOST])
        return named if len(value) <= MOST else _("{named} and {n} more").format(named=named, n=len(value) - MOST)
    return value if isinstance(value, str) else canonical(value)


def address(kind: str, key: str) -> str:
    """Where the history of a record is; none for what has no key."""
    try:
        return reverse("audit-record", args=(kind, key))
    except NoReverseMatch:
        return ""
