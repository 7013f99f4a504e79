"""The titles of what entries lead to: an observation is called by its impact."""

from __future__ import annotations

from collections.abc import Iterable

from socle_web.accounts.models import User
from socle_web.desk.wording import LEADS_TO, TELLING, Titles
from socle_web.results.forms.choices import titles
from socle_web.results.models import Entry


def titles_for(entries: Iterable[Entry], *, by: User) -> Titles:
    """As many questions however many entries."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        for name in TELLING.get(entry.sheet, ()):
            if name in LEADS_TO and entry.values.get(name):
                wanted.setdefault(LEADS_TO[name], set()).add(entry.values[name])
    return titles(wanted, by=by)
