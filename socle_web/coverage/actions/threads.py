"""What is said about a finding or a query: answered, accepted with a reason, settled, asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

from django.utils import timezone
from django.utils.translation import gettext as _

from socle.tables import INQUIRY
from socle_web.accounts.deputies import deputised
from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.coverage import round_permissions as allowed
from socle_web.coverage.models.rounds import Inquiry, InquiryState, Remark, Thread
from socle_web.coverage.round_permissions import require
from socle_web.places.permissions import acting_for

LONGEST = 5_000
HIGHEST_ROW = 2_000_000
QUERY = "query"


@dataclass(frozen=True)
class Question:
    """What a reviewer asks about a cell; without a sheet about the whole inquiry, without a row about the sheet."""

    text: str
    sheet: str = ""
    row: int | None = None
    column: str = ""


def say(thread: Thread, text: str, *, by: User) -> Remark:
    """Say something in a thread. Who answers for the country has answered a warning or a query with that; an error stays open until
    the file is mended."""
    text = _text(text, _("Write something first."))
    with deed():
        there, inquiry = _locked(thread)
        require(allowed.may_speak(by, inquiry), _("Nothing more is said about this inquiry."), code="not_open")
        said = Remark.objects.create(thread=there, by=by.username, at=timezone.now(), text=text)
        if (there.state == Thread.State.OPEN and there.kind != Thread.Kind.ERROR and allowed.fills(by, inquiry)
                and there.opened_by != by.username):
            there.state = Thread.State.ANSWERED
            there.save(update_fields=["state"])
        _done("answer_finding", there, by=by)
    return said


def accept(thread: Thread, reason: str, *, by: User, alike: bool = False) -> Thread:
    """Say why a warning is right as it is (``alike``: every open one of its code in its sheet). An error is never accepted."""
    reason = _text(reason, _("Say why it is right as it is."))
    with deed():
        there, inquiry = _locked(thread)
        require(there.kind != Thread.Kind.ERROR, _("An error is not accepted."), remedy=_("Mend the file and bring it again."),
                code="an_error")
        require(allowed.may_accept(by, inquiry, there), _("You cannot accept this now."), code="not_open")
        others = inquiry.threads.filter(kind=Thread.Kind.WARNING, code=there.code, sheet=there.sheet, state=Thread.State.OPEN)
        these = [there, *(others.select_for_update().exclude(pk=there.pk) if alike else ())]
        now = timezone.now()
        for one in these:
            one.state, one.reason, one.closed_by, one.closed_at = Thread.State.ACCEPTED, reason, by.username, now
        Thread.objects.bulk_update(these, ["state", "reason", "closed_by", "closed_at"], batch_size=200)
        Remark.objects.bulk_create((Remark(thread=one, by=by.username, at=now, text=reason) for one in these), batch_size=500)
        _done("accept_finding", there, by=by, reason=reason, **({"findings": len(these)} if alike else {}))
    return there


def settle(thread: Thread, *, by: User) -> Thread:
    """A reviewer is content with the answer to a query."""
    with deed():
        there, inquiry = _locked(thread)
        require(allowed.may_settle(by, inquiry, there), _("You cannot settle this query."), code="not_open")
        there.state, there.closed_by, there.closed_at = Thread.State.RESOLVED, by.username, timezone.now()
        there.save()
        _done("settle_query", there, by=by)
    return there


def ask_again(thread: Thread, text: str, *, by: User) -> Thread:
    """A reviewer is not content with an answer or an acceptance: the thread is open again, and so is the inquiry."""
    text = _text(text, _("Say what is still not clear."))
    with deed():
        there, inquiry = _locked(thread)
        require(allowed.may_ask_again(by, inquiry, there), _("You cannot ask this again."), code="not_open")
        there.state, there.reason, there.closed_by, there.closed_at = Thread.State.OPEN, "", "", None
        there.save()
        Remark.objects.create(thread=there, by=by.username, at=timezone.now(), text=text)
        hand_back(inquiry, by=by)
        _done("ask_again", there, by=by, reason=text)
    return there


def query_inquiry(inquiry: Inquiry, questions: Sequence[Question], *, by: User) -> Inquiry:
    """Ask about cells of a submitted inquiry, and hand it back to the country."""
    asked = [Question(_text(one.text, _("Write what you ask.")), *_place(one)) for one in questions]
    require(bool(asked), _("Nothing was asked."), remedy=_("Write what you ask."), code="nothing_said")
    with deed():
        there = Inquiry.objects.select_for_update(of=("self",)).select_related("round").get(pk=inquiry.pk)
        require(allowed.may_query(by, there), _("Only what was submitted is queried."), code="not_submitted")
        now = timezone.now()
        for one in asked:
            Thread.objects.create(
                inquiry=there, kind=Thread.Kind.QUERY, code=QUERY, sheet=one.sheet, row=one.row, column=one.column,
                message=one.text, mark=sha256(token_hex(16).encode()).hexdigest(), opened_by=by.username, opened_at=now)
        hand_back(there, by=by)
        record("query_inquiry", by=by.username, subject=("inquiry", str(there.pk)), reason="\n".join(one.text for one in asked),
               summary={"cells": [_called(one.sheet, one.row, one.column) for one in asked]}, on_behalf_of=deputised(by, "return"))
    return there


def hand_back(inquiry: Inquiry, *, by: User) -> None:
    """It is the country's again, until it is submitted again."""
    inquiry.state, inquiry.queried_by, inquiry.queried_at = InquiryState.QUERIED, by.username, timezone.now()
    inquiry.save(update_fields=["state", "queried_by", "queried_at"])


def _place(question: Question) -> tuple[str, int | None, str]:
    require(not question.sheet or question.sheet in INQUIRY, _("There is no such sheet."), code="unknown_cell")
    known = not question.column or (question.sheet != "" and question.column in INQUIRY[question.sheet].names)
    require(known, _("The sheet has no such column."), code="unknown_cell")
    require(question.row is None or (question.sheet != "" and 1 <= question.row <= HIGHEST_ROW), _("There is no such row."),
            code="unknown_cell")
    return question.sheet, question.row, question.column


def _text(text: str, remedy: str) -> str:
    said = text.replace("\x00", "").replace("\r\n", "\n").strip()
    require(bool(said), _("Nothing was written."), remedy=remedy, code="nothing_said")
    require(len(said) <= LONGEST, _("A remark has at most %(n)s characters.") % {"n": LONGEST}, remedy=_("Shorten it."),
            code="too_long")
    return said


def _locked(thread: Thread) -> tuple[Thread, Inquiry]:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("round").get(pk=thread.inquiry_id)
    return Thread.objects.select_for_update().get(pk=thread.pk), inquiry


def _called(sheet: str, row: int | None, column: str) -> str:
    return ":".join(part for part in (sheet, str(row or ""), column) if part) or "inquiry"


def _done(name: str, thread: Thread, *, by: User, reason: str = "", **more: object) -> None:
    summary = {"thread": thread.pk, "code": thread.code, "cell": _called(thread.sheet, thread.row, thread.column),
               "state": thread.state} | more
    record(name, by=by.username, subject=("inquiry", str(thread.inquiry_id)), reason=reason, summary=summary,
           on_behalf_of=acting_for(by, [thread.inquiry.country_id]))
