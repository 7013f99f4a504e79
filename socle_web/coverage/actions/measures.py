"""Deeds to the register of policy measures; each is one event of the log."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from socle import vocabulary
from socle.errors import Finding
from socle.tables import Table
from socle.vocabulary import Period
from socle_web.accounts.deputies import deputised
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.coverage import measure_permissions as allowed
from socle_web.coverage.models.measures import DIMENSIONS, Measure, MeasureState
from socle_web.places.models import Country
from socle_web.places.permissions import acting_for

LONGEST_REASON = 5_000


@dataclass(frozen=True)
class Announced:
    """What somebody typed of a measure; codes of the six dimensions among it."""

    country: str
    announced_on: str
    title: str
    scheme_type: str
    component: str
    function: str
    direction: str
    kind: str
    measure_type: str
    source: str
    summary: str = ""
    scheme: str = ""
    url: str = ""


class StaleMeasure(Refused):
    """Somebody saved the measure since it was read. ``mine`` and ``theirs`` are both there."""

    def __init__(self, theirs: Measure, mine: Announced) -> None:
        super().__init__(_("%(who)s saved this measure while you were typing.") % {"who": theirs.changed_by}, code="stale",
                         remedy=_("Both are below: keep what is right, and save again."))
        self.theirs, self.mine = theirs, mine


def enter_measure(typed: Announced, *, by: User) -> Measure:
    """Enter an announced measure. It is seen by those who act for the country until it is published."""
    with deed():
        measure = _entered(typed, by=by)
        record("enter_measure", by=by.username, subject=subject(measure), after=asdict(typed),
               on_behalf_of=acting_for(by, [typed.country]))
    return measure


def import_measures(rows: Table, *, by: User) -> int:
    """Enter all measures of a checked file, or none: one deed. Raises ``Refused`` for a country that ``by`` does not act for."""
    with deed():
        typed = [_of_row(row) for row in rows.rows()]
        made = [_entered(one, by=by) for one in typed]
        record("import_measures", by=by.username, subject=("measures", str(made[0].pk) if made else ""),
               summary={"measures": len(made), "countries": sorted({one.country for one in typed})},
               rows=([["measure", str(one.pk), None, asdict(told)] for one, told in zip(made, typed, strict=True)]),
               on_behalf_of=acting_for(by, {one.country for one in typed}))
    return len(made)


def save_measure(measure: Measure, typed: Announced, *, saves: int, by: User) -> Measure:
    """Save over the save that was read. Raises ``StaleMeasure`` when that is no longer the one that is there."""
    with deed():
        there = _locked(measure)
        _require(allowed.may_edit_measure(by, there), _("You cannot edit this measure now."), code="not_editable")
        _require(allowed.may_enter_measure(by, typed.country), _("You do not act for this country."), code="out_of_scope")
        if there.saves != saves:
            raise StaleMeasure(there, typed)
        before = asdict(told(there))
        _write(there, typed)
        there.saves += 1
        there.changed_by, there.changed_at = by.username, timezone.now()
        if by.username not in there.hands:
            there.typists += f"{by.username};"
        there.save()
        record("save_measure", by=by.username, subject=subject(there), before=before, after=asdict(typed),
               on_behalf_of=acting_for(by, [typed.country]))
    return there


def verify_measure(measure: Measure, *, by: User) -> Measure:
    """Say that the measure agrees with what was announced. Never by somebody who typed it; the database refuses it too."""
    with deed():
        there = _locked(measure)
        _require(may(by, "verify"), _("Your role does not verify."), code="forbidden")
        _require(there.state == MeasureState.ENTERED, _("Only what was entered is verified."), code="not_entered")
        _require(by.username not in there.hands, _("You typed this measure yourself."), code="four_eyes",
                 remedy=_("Somebody else has to verify it."))
        there.state, there.verified_by, there.verified_at = MeasureState.VERIFIED, by.username, timezone.now()
        there.save()
        record("verify_measure", by=by.username, subject=subject(there), summary=_said(there), on_behalf_of=deputised(by, "verify"))
    return there


def publish_measure(measure: Measure, *, by: User) -> Measure:
    with deed():
        there = _locked(measure)
        _require(allowed.may_publish_measure(by, there), _("Only what was verified is published, by who may publish."),
                 code="not_verified")
        there.state, there.published_by, there.published_at = MeasureState.PUBLISHED, by.username, timezone.now()
        there.save()
        record("publish_measure", by=by.username, subject=subject(there), summary=_said(there))
    return there


def withdraw_measure(measure: Measure, *, by: User, reason: str) -> Measure:
    """Take a measure out of the register, saying why. It stays, to be read by those who work on it."""
    _require(bool(reason.strip()), _("A reason is needed."), code="reason_needed", remedy=_("Say why it is withdrawn."))
    with deed():
        there = _locked(measure)
        _require(allowed.may_withdraw_measure(by, there), _("You cannot withdraw this measure."), code="not_yours")
        before = there.state
        there.state, there.reason = MeasureState.WITHDRAWN, reason.strip()[:LONGEST_REASON]
        there.save()
        record("withdraw_measure", by=by.username, subject=subject(there), reason=there.reason,
               summary=_said(there) | {"from": before}, on_behalf_of=acting_for(by, [there.country_id]))
    return there


def told(measure: Measure) -> Announced:
    """A measure as it was typed."""
    return Announced(measure.country_id, measure.announced_on, measure.title, measure.scheme_type, measure.component,
                     measure.function, measure.direction, measure.kind, measure.measure_type, measure.source, measure.summary,
                     measure.scheme, measure.url)


def wrong_with(rows: Table) -> list[Finding]:
    """What a file of measures contradicts: types and directions that do not belong together."""
    found = []
    for place, (kind, direction) in enumerate(zip(rows["measure_type"], rows["direction"], strict=True)):
        group = vocabulary.MEASURE_TYPES[kind].group
        if group != direction:
            found.append(Finding("error", rows.sheet.name, rows.numbers[place], "measure_type", kind, "direction",
                                 _("The type %(type)s belongs to the direction %(group)s.") % {"type": kind, "group": group},
                                 _("Correct the type or the direction.")))
    return found


def subject(measure: Measure) -> tuple[str, str]:
    return "measure", str(measure.pk)


def _entered(typed: Announced, *, by: User) -> Measure:
    _require(allowed.may_enter_measure(by), _("Your role does not enter policy measures."), code="forbidden")
    _require(Country.objects.filter(pk=typed.country).exists(), _("There is no such country."), code="unknown_country")
    _require(allowed.may_enter_measure(by, typed.country), _("You do not act for this country."), code="out_of_scope",
             remedy=_("Ask the administrator for a mandate."))
    now = timezone.now()
    measure = Measure(typists=f";{by.username};", entered_by=by.username, entered_at=now, changed_by=by.username, changed_at=now)
    _write(measure, typed)
    measure.save()
    return measure


def _write(measure: Measure, typed: Announced) -> None:
    unknown = [name for name in DIMENSIONS if getattr(typed, name) not in DIMENSIONS[name]]
    _require(not unknown, _("Some dimensions have no such code: %(names)s.") % {"names": ", ".join(unknown)}, code="unknown_code")
    group = vocabulary.MEASURE_TYPES[typed.measure_type].group
    _require(group == typed.direction, _("The type of measure belongs to the other direction."), code="direction",
             remedy=_("Correct the type or the direction."))
    for name, value in asdict(typed).items():
        setattr(measure, "country_id" if name == "country" else name, value)
    measure.year = Period.parse(typed.announced_on).start.year


def _of_row(row: dict[str, object]) -> Announced:
    """A row of the form ``MONITOR``."""
    on = row["announced_on"]
    plain = {name: str(row[name] or "") for name in Announced.__dataclass_fields__ if name != "announced_on"}
    return Announced(announced_on=on.text if isinstance(on, Period) else str(on), **plain)


def _locked(measure: Measure) -> Measure:
    return Measure.objects.select_for_update().get(pk=measure.pk)


def _said(measure: Measure) -> dict[str, object]:
    return {"title": measure.title, "country": measure.country_id, "announced_on": measure.announced_on}


def _require(holds: bool, what: str, *, code: str, remedy: str = "") -> None:
    if not holds:
        raise Refused(what, remedy=remedy, code=code)
