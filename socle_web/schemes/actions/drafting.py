"""A draft is begun, saved and withdrawn. Whatever was typed is kept, broken or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.places.models import Country
from socle_web.places.permissions import acting_for
from socle_web.schemes import bridge
from socle_web.schemes.models import LARGEST, OPEN, Kind, State, Version
from socle_web.schemes.permissions import may_edit, may_withdraw, may_write, require

LONGEST_REASON = 5_000


@dataclass(frozen=True)
class Typed:
    """What somebody typed or brought: a file, and the worked cases beside it."""

    text: str
    cases: str = ""
    note: str = ""


class Stale(Refused):
    """Somebody saved the draft since it was read. ``mine`` and ``version`` (theirs) are both there; neither is lost."""

    def __init__(self, version: Version, mine: Typed) -> None:
        super().__init__(_("%(who)s saved this draft while you were typing.") % {"who": version.changed_by}, code="stale",
                         remedy=_("Both texts are below: keep what is right, and save again."))
        self.version = version
        self.mine = mine


def enter(typed: Typed, *, country: str, by: User, kind: str = Kind.SCHEME) -> Version:
    """Begin a draft for a country."""
    require(may_write(by), _("Your role does not write schemes."))
    with deed():
        require(Country.objects.filter(pk=country).exists(), _("There is no such country."), code="unknown_country")
        require(may_write(by, country), _("You do not act for this country."), code="out_of_scope",
                remedy=_("Ask the administrator for a mandate."))
        now = timezone.now()
        version = Version(kind=kind, country_id=country, typists=f";{by.username};", entered_by=by.username, entered_at=now,
                          changed_by=by.username, changed_at=now)
        _write(version, typed)
        version.save()
        record("enter", by=by.username, subject=subject(version), summary=said(version), on_behalf_of=acting_for(by, [country]))
    return version


def change(published: Version, *, by: User) -> Version:
    """Begin a new version of a published file. What is published stays until the new one is."""
    require(published.state == State.PUBLISHED, _("Only what is published is changed; a draft is edited."), code="not_published")
    return enter(Typed(published.text, published.cases), country=published.country_id, by=by, kind=published.kind)


def save(version: Version, typed: Typed, *, saves: int, by: User) -> Version:
    """Save what was typed over the save that was read. Raises ``Stale`` when that is no longer the one that is there."""
    with deed():
        there = Version.objects.select_for_update().get(pk=version.pk)
        require(may_edit(by, there), _("You cannot edit this draft now."), code="not_editable")
        if there.saves != saves:
            raise Stale(there, typed)
        before = there.digest
        if (typed.text, typed.cases, typed.note) == (there.text, there.cases, there.note):
            return there
        _write(there, typed)
        there.saves += 1
        there.changed_by, there.changed_at = by.username, timezone.now()
        if by.username not in there.hands:
            there.typists += f"{by.username};"
        there.save()
        record("save", by=by.username, subject=subject(there), summary=said(there) | {"from": before[:12], "to": there.digest[:12]},
               on_behalf_of=acting_for(by, [there.country_id]))
    return there


def withdraw(version: Version, *, by: User, reason: str = "") -> Version:
    """Take a version back: it stays, to be read by those who worked on it."""
    with deed():
        there = Version.objects.select_for_update().get(pk=version.pk)
        require(may_withdraw(by, there), _("You cannot withdraw this version."), code="not_yours")
        require(there.state not in (State.VERIFIED, State.PUBLISHED) or bool(reason.strip()), _("A reason is needed."),
                code="reason_needed", remedy=_("It was verified already: say why it is withdrawn."))
        before = there.state
        if before != State.PUBLISHED:
            there.verified_by, there.verified_at = "", None
        there.state = State.WITHDRAWN
        there.save()
        record("withdraw_scheme" if before == State.PUBLISHED else "withdraw", by=by.username, subject=subject(there),
               reason=reason.strip()[:LONGEST_REASON],
               summary=said(there) | {"from": before, "to": there.state}, on_behalf_of=acting_for(by, [there.country_id]))
    return there


def _write(version: Version, typed: Typed) -> None:
    """What the text says of itself, as far as it can be read. Raises ``Refused`` for texts beyond all bounds."""
    for text in (typed.text, typed.cases):
        if len(text.encode()) > LARGEST:
            raise Refused(_("The file has more than one million bytes."), code="too_large",
                          remedy=_("A scheme is a page or two of text: see whether this is the right file."))
        if "\x00" in text:
            raise Refused(_("This is not a text file."), code="not_text", remedy=_("Choose a scheme file (TOML)."))
    require(bool(typed.text.strip()), _("There is no text."), code="no_text", remedy=_("Choose a file, or paste its text."))
    version.text, version.cases, version.note = typed.text, typed.cases, typed.note.strip()[:LONGEST_REASON]
    version.digest = bridge.digest_of(typed.text)
    told = bridge.read(version.text, kind=version.kind)
    version.key, version.names = told.key, dict(told.names)
    _refuse_a_second(version)


def _refuse_a_second(version: Version) -> None:
    same = Version.objects.filter(kind=version.kind, country=version.country_id, key=version.key, state__in=OPEN)
    other = same.exclude(pk=version.pk).first() if version.key else None
    if other is not None:
        raise Refused(_("%(file)s is already being worked on.") % {"file": version.name_of_file}, code="open_already",
                      remedy=_("Open draft %(n)s instead.") % {"n": other.pk})


def subject(version: Version) -> tuple[str, str]:
    return version.kind, str(version.pk)


def said(version: Version) -> dict[str, object]:
    """What an event says of the version it speaks of."""
    return {"file": version.name_of_file, "digest": version.digest[:12], "save": version.saves}
