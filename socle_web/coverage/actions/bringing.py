"""A file that somebody brings for an inquiry: kept whatever its errors, checked, taken over unless somebody saved in between."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import Finding, InputError
from socle.tables import INQUIRY, RawSheet
from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage.models.rounds import Delivery, Inquiry, InquiryState, Thread
from socle_web.coverage.round_permissions import may_bring, require
from socle_web.places.permissions import acting_for

LARGEST = 10_000_000  # bytes
MOST_FINDINGS = 2_000  # that have threads
MOST_UNREAD = 50
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # what no database keeps


class Stale(Refused):
    """A colleague saved the inquiry since it was read. What was brought is kept as ``delivery``; nothing is taken over."""

    def __init__(self, inquiry: Inquiry, delivery: Delivery) -> None:
        super().__init__(_("%(who)s brought a file for this inquiry in the meantime.") % {"who": inquiry.changed_by}, code="stale",
                         remedy=_("Yours is kept. Look at what differs, and take over what is right."))
        self.inquiry, self.delivery = inquiry, delivery


@dataclass(frozen=True)
class Taken:
    """A delivery that was taken over, and how many errors and warnings are open now."""

    delivery: Delivery
    errors: int
    warnings: int


def bring_inquiry(inquiry: Inquiry, content: bytes, *, name: str, saves: int, by: User) -> Taken:
    """Bring a workbook, a zipped folder or the CSV file of a sheet. Its sheets stand in the place of those that were there; sheets
    that are not in the file stay. Raises ``Stale`` where ``saves`` is no longer the last save, ``Refused`` and ``InputError`` where
    there is nothing to keep."""
    name = _UNKEPT.sub("", name).replace("\\", "/").rpartition("/")[2].strip()[:200] or "file"
    require(may_bring(by, inquiry), _("You cannot bring a file for this inquiry now."), code="not_editable")
    require(bool(content), _("The file is empty."), code="empty", remedy=_("Choose the file again."))
    require(len(content) <= LARGEST, _("The file has more than %(n)s million bytes.") % {"n": LARGEST // 1_000_000},
            code="too_large", remedy=_("Bring the sheets of the form, without the registers they were counted from."))
    _refuse_unnamed(content, name)
    brought = bridge.read(content, name=name)
    sheets = [_keepable(sheet) for sheet in brought.sheets if sheet.name in INQUIRY]
    if not sheets and not brought.unread:
        raise InputError(_("There is no sheet of the form in the file."),
                         remedy=_("Name the sheets as in the questionnaire: %(names)s.")
                         % {"names": ", ".join(sheet.name for sheet in INQUIRY)})
    unread = [*brought.unread, *_strangers(brought.sheets)][:MOST_UNREAD]
    with deed():
        there = _locked(inquiry)
        require(may_bring(by, there), _("You cannot bring a file for this inquiry now."), code="not_editable")
        now = timezone.now()
        stale = there.saves != saves
        delivery = Delivery.objects.create(
            inquiry=there, name=name, size=len(content), digest=hashlib.sha256(content).hexdigest(), over=saves,
            save_number=None if stale else there.saves + 1, unread=[list(astuple(one)) for one in unread], by=by.username, at=now)
        bridge.kept(delivery, sheets)
        told = _told(delivery, [sheet.name for sheet in sheets])
        if not stale:
            taken = _take(there, delivery, by=by, at=now)
            told |= {"errors": taken.errors, "warnings": taken.warnings}
        record("bring_inquiry", by=by.username, subject=subject(there), summary=told | {"taken_over": not stale},
               on_behalf_of=acting_for(by, [there.country_id]))
    if stale:
        raise Stale(there, delivery)
    return taken


def take_over(delivery: Delivery, *, saves: int, by: User) -> Taken:
    """Take over a delivery that was kept apart because a colleague had saved. Raises ``Stale`` when somebody did again."""
    with deed():
        there = _locked(delivery.inquiry)
        mine = Delivery.objects.select_for_update().get(pk=delivery.pk)
        require(may_bring(by, there) and mine.by == by.username, _("You cannot take this file over."), code="not_editable")
        require(mine.save_number is None, _("This file was taken over already."), code="taken_over")
        if there.saves != saves:
            raise Stale(there, mine)
        mine.save_number = there.saves + 1
        mine.save(update_fields=["save_number"])
        taken = _take(there, mine, by=by, at=timezone.now())
        record("take_over_inquiry", by=by.username, subject=subject(there), on_behalf_of=acting_for(by, [there.country_id]),
               summary=_told(mine, list(mine.sheets.values_list("name", flat=True)))
               | {"errors": taken.errors, "warnings": taken.warnings})
    return taken


def look(inquiry: Inquiry, *, at: datetime) -> tuple[int, int]:
    """Check the inquiry as it is now, and bring its threads in step: a finding that is gone is resolved, one that is back or says
    something else is open. How many errors and warnings there are."""
    sheets = [bridge.raw(sheet) for sheet in bridge.sheets_now(inquiry).values()]
    before = bridge.book_of(inquiry.before).book if inquiry.before is not None else None
    found = bridge.check(sheets, unread=bridge.unread_now(inquiry), before=before,
                         schemes=bridge.schemes_of(inquiry.country_id)).findings
    ordered = sorted(found, key=lambda one: one.severity != "error") if len(found) > MOST_FINDINGS else found
    _in_step(inquiry, ordered[:MOST_FINDINGS], bridge.keys_of(sheets), at=at)
    errors = sum(one.severity == "error" for one in found)
    return errors, len(found) - errors


def subject(inquiry: Inquiry) -> tuple[str, str]:
    return "inquiry", str(inquiry.pk)


def _take(there: Inquiry, delivery: Delivery, *, by: User, at: datetime) -> Taken:
    there.saves += 1
    there.changed_by, there.changed_at = by.username, at
    if by.username not in there.hands:
        there.typists += f"{by.username};"
    if there.state == InquiryState.PREFILLED:
        there.state = InquiryState.DRAFT
    there.digest = bridge.digest_of(bridge.raw(sheet) for sheet in bridge.sheets_now(there).values())
    there.save()
    return Taken(delivery, *look(there, at=at))


def _in_step(inquiry: Inquiry, found: Sequence[Finding], rows: dict[str, dict[int, str]], *, at: datetime) -> None:
    threads = {one.mark: one for one in Thread.objects.filter(inquiry=inquiry).exclude(kind=Thread.Kind.QUERY)}
    seen: dict[str, int] = {}
    new, changed = [], []
    for finding in found:
        mark = bridge.mark_of(finding, rows, seen)
        there = threads.pop(mark, None)
        if there is None:
            new.append(_written(Thread(inquiry=inquiry, mark=mark, opened_at=at), finding))
        elif _differs(there, finding):
            if there.state == Thread.State.RESOLVED or (there.value, there.message) != (finding.value or "", finding.message):
                there.state, there.closed_by, there.closed_at, there.reason = Thread.State.OPEN, "", None, ""
            changed.append(_written(there, finding))
    for gone in threads.values():
        if gone.state != Thread.State.RESOLVED:
            gone.state, gone.closed_by, gone.closed_at = Thread.State.RESOLVED, "", at
            changed.append(gone)
    Thread.objects.bulk_create(new, batch_size=500)
    Thread.objects.bulk_update(changed, ["kind", "row", "value", "message", "remedy", "state", "reason", "closed_by", "closed_at"],
                               batch_size=100)


def _differs(thread: Thread, finding: Finding) -> bool:
    return thread.state == Thread.State.RESOLVED or (thread.kind, thread.row, thread.value, thread.message, thread.remedy) != (
        finding.severity, finding.row, finding.value or "", finding.message, finding.remedy)


def _written(thread: Thread, finding: Finding) -> Thread:
    thread.kind, thread.code, thread.sheet, thread.row = finding.severity, finding.code, (finding.sheet or "")[:100], finding.row
    thread.column, thread.value = (finding.column or "")[:100], _UNKEPT.sub("\ufffd", finding.value or "")
    thread.message, thread.remedy = _UNKEPT.sub("\ufffd", finding.message), _UNKEPT.sub("\ufffd", finding.remedy)
    return thread


def _keepable(sheet: RawSheet) -> RawSheet:
    def kept(cells: Iterable[object]) -> list[str]:
        return [_UNKEPT.sub("\ufffd", str(cell)) for cell in cells]

    return RawSheet(sheet.name, kept(sheet.header), [kept(row) for row in sheet.rows], list(sheet.numbers))


def _strangers(sheets: Sequence[RawSheet]) -> list[Finding]:
    """Sheets that are not of the form: said, and not kept."""
    return [Finding("warning", _UNKEPT.sub("\ufffd", one.name), None, None, None, "unknown_sheet",
                    _("The sheet “%(name)s” is not in the form and is not read.") % {"name": one.name},
                    _("Rename the sheet, or leave it out.")) for one in sheets if one.name not in INQUIRY]


def _refuse_unnamed(content: bytes, name: str) -> None:
    """The name of a CSV file says its sheet."""
    if content.startswith(b"PK") or name.lower().endswith(".xlsx"):
        return
    stem = name.rpartition(".")[0].strip().casefold()
    if not name.lower().endswith(".csv") or stem not in INQUIRY:
        raise Refused(_("The name of a CSV file says its sheet, and “%(name)s” is none.") % {"name": name}, code="unknown_sheet",
                      remedy=_("Name it after its sheet, for example recipients.csv, or bring the workbook."))


def _told(delivery: Delivery, sheets: list[str]) -> dict[str, object]:
    return {"name": delivery.name, "size": delivery.size, "digest": delivery.digest[:12], "sheets": sheets}


def _locked(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).select_related("round", "before__round").get(pk=inquiry.pk)
