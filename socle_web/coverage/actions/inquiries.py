"""An inquiry on its way: submitted, validated by somebody who had no hand in it, published as an edition, withdrawn."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.errors import InputError
from socle_web.accounts.deputies import deputised
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage import round_permissions as allowed
from socle_web.coverage.actions.bringing import look, subject
from socle_web.coverage.actions.releasing import Announced, release, take_back
from socle_web.coverage.models.rounds import LOCKED, Inquiry, InquiryState, Thread
from socle_web.coverage.round_permissions import require
from socle_web.places.permissions import acting_for

LONGEST_REASON = 5_000


def submit_inquiry(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Hand an inquiry to the reviewers: no errors, and something said about every warning and every query."""
    with deed():
        there = _locked(inquiry)
        require(there.state != InquiryState.PREFILLED, _("Nothing was brought yet."), code="nothing_brought",
                remedy=_("Fill in the questionnaire and bring it first."))
        require(allowed.may_submit(by, there), _("You cannot submit this inquiry now."), code="not_yours")
        look(there, at=timezone.now())  # the form may have learnt to see more since it was brought
        _refuse_errors(there)
        waiting = Thread.objects.filter(inquiry=there, state=Thread.State.OPEN).count()
        require(not waiting, ngettext("%(n)s warning or query is not answered.", "%(n)s warnings or queries are not answered.",
                                      waiting) % {"n": waiting}, code="not_answered",
                remedy=_("Answer each, or say why it is right as it is."))
        before = there.state
        there.state, there.submitted_by, there.submitted_at = InquiryState.SUBMITTED, by.username, timezone.now()
        if by.username not in there.hands:
            there.typists += f"{by.username};"
        there.save()
        record("submit_inquiry", by=by.username, subject=subject(there), summary=_said(there, before),
               on_behalf_of=acting_for(by, [there.country_id]))
    return there


def validate_inquiry(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Say that an inquiry agrees with its sources. It is locked then.

    Never by who had a hand in it; the database refuses it too.
    """
    with deed():
        there = _locked(inquiry)
        require(may(by, "verify"), _("Your role does not validate."))
        require(there.state == InquiryState.SUBMITTED, _("Only what was submitted is validated."), code="not_submitted")
        require(not allowed.had_a_hand(by, there), _("You had a hand in this inquiry."), code="four_eyes",
                remedy=_("Somebody else has to validate it."))
        _refuse_errors(there)
        before = there.state
        there.state, there.validated_by, there.validated_at = InquiryState.VALIDATED, by.username, timezone.now()
        there.save()
        record("validate_inquiry", by=by.username, subject=subject(there), summary=_said(there, before),
               on_behalf_of=deputised(by, "verify"))
    return there


def publish_inquiry(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Publish the figures of a validated inquiry as an edition, with the rows they were counted from."""
    require(may(by, "publish"), _("Your role does not publish."))
    with deed():
        there = _locked(inquiry)
        require(allowed.may_publish(by, there), _("Only what was validated is published."), code="not_validated")
        today = timezone.localdate()
        try:
            edition = release(bridge.report_of(there), Announced(
                title=_("%(country)s: %(round)s") % {"country": there.country.name, "round": there.round.title},
                source=_("Inquiry of %(year)s, validated on %(day)s") % {
                    "year": there.round.year, "day": f"{timezone.localdate(there.validated_at):%Y-%m-%d}"},
                released_on=today, key=f"inquiry-{there.pk}-{there.country_id.lower()}-{there.round.year}"),
                country=there.country_id, book=bridge.filled_book_of(there), by=by.username)
        except InputError as wrong:
            raise Refused(_("The figures cannot be worked out: %(what)s") % {"what": str(wrong)}, code="no_figures") from wrong
        before = there.state
        there.state, there.published_by, there.published_at = InquiryState.PUBLISHED, by.username, timezone.now()
        there.edition = edition
        there.save(update_fields=["state", "published_by", "published_at", "edition"])
        record("publish_inquiry", by=by.username, subject=subject(there), summary=_said(there, before) | {"edition": edition.key})
    return there


def withdraw_inquiry(inquiry: Inquiry, *, by: User, reason: str) -> Inquiry:
    """Take an inquiry back, saying why. It stays, to be read by those who worked on it, and the country may be asked again."""
    reason = reason.replace("\x00", "").strip()[:LONGEST_REASON]
    require(bool(reason), _("A reason is needed."), remedy=_("Say why it is withdrawn."), code="reason_needed")
    with deed():
        there = _locked(inquiry)
        require(allowed.may_withdraw(by, there), _("You cannot withdraw this inquiry."), code="not_yours")
        before = there.state
        there.state, there.reason = InquiryState.WITHDRAWN, reason
        there.withdrawn_by, there.withdrawn_at = by.username, timezone.now()
        there.save(update_fields=["state", "reason", "withdrawn_by", "withdrawn_at"])
        if there.edition is not None and not there.edition.withdrawn_by:
            take_back(there.edition, by=by.username, reason=reason)
        record("withdraw_inquiry", by=by.username, subject=subject(there), reason=reason, summary=_said(there, before),
               on_behalf_of="" if before in LOCKED else acting_for(by, [there.country_id]))
    return there


def _refuse_errors(inquiry: Inquiry) -> None:
    wrong = Thread.objects.filter(inquiry=inquiry, kind=Thread.Kind.ERROR).exclude(state=Thread.State.RESOLVED).count()
    require(not wrong, ngettext("%(n)s error has to be mended first.", "%(n)s errors have to be mended first.",
                                wrong) % {"n": wrong}, code="incomplete",
            remedy=_("Mend the file and bring it again."))


def _locked(inquiry: Inquiry) -> Inquiry:
    return (Inquiry.objects.select_for_update(of=("self",)).select_related("round", "country", "before__round", "edition")
            .get(pk=inquiry.pk))


def _said(inquiry: Inquiry, before: str) -> dict[str, object]:
    return {"round": inquiry.round_id, "country": inquiry.country_id, "digest": inquiry.digest[:12], "from": before,
            "to": inquiry.state}
