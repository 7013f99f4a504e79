"""A draft of a change, when what it changes has become something else meanwhile."""

from __future__ import annotations

from django.utils.translation import gettext as _

from socle.tables import PROGRAMME
from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.results import bridge
from socle_web.results.actions.entering import named, subject, touched
from socle_web.results.models import Entry
from socle_web.results.permissions import may_edit, require, stood_in_for


def catch_up(entry: Entry, *, by: User) -> Entry:
    """Begin the change anew from the fact as it is now: what was typed stays, what was not touched follows the fact."""
    with deed():
        there = Entry.objects.select_for_update().get(pk=entry.pk)
        require(may_edit(by, there), _("You cannot edit this entry now."), code="not_editable")
        fact = bridge.facts({there.sheet: [there.key]}).get((there.sheet, there.key)) if there.before is not None else None
        require(fact is not None, _("There is no such record."), code="unknown")
        old, typed, now = there.before or {}, there.values, fact or {}
        if old == now:
            return there
        merged = {}
        for name in PROGRAMME[there.sheet].names:
            source = now if typed.get(name, "") == old.get(name, "") else typed
            if source.get(name):
                merged[name] = source[name]
        there.values, there.before = merged, fact
        touched(there, by=by)
        there.save()
        record("catch_up", by=by.username, subject=subject(there), before=typed, after=merged, summary=named(there),
               on_behalf_of=stood_in_for(by, there.countries, there.project))
    return there
