"""From draft to what everybody reads: submitted, verified by somebody else, published; or returned with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle_web.accounts.deputies import deputised
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.places.permissions import acting_for
from socle_web.schemes import bridge
from socle_web.schemes.actions.drafting import LONGEST_REASON, said, subject
from socle_web.schemes.models import State, Version
from socle_web.schemes.permissions import may_publish, may_return, may_submit, require, wrote


class Incomplete(Refused):
    """The file has errors, or a worked case fails: ``findings``."""

    def __init__(self, what: str, findings: Iterable[Finding], *, code: str = "incomplete") -> None:
        self.findings = tuple(findings)
        super().__init__(what, remedy=" ".join(f"{f.message} {f.remedy}".strip() for f in self.findings[:5]), code=code)


def submit(version: Version, *, by: User) -> Version:
    """Hand a draft to the verifier. Raises ``Incomplete`` with everything that is wrong with it."""
    with deed():
        there = _locked(version)
        require(may_submit(by, there), _("You cannot submit this draft."), code="not_yours")
        _refuse_what_is_wrong(there)
        there.state, there.submitted_by, there.submitted_at = State.SUBMITTED, by.username, timezone.now()
        there.save()
        return _done("submit", there, State.DRAFT, by=by, on_behalf_of=acting_for(by, [there.country_id]))


def send_back(version: Version, *, by: User, reason: str) -> Version:
    """Return a version to whoever wrote it, saying why."""
    require(bool(reason.strip()), _("A reason is needed."), code="reason_needed",
            remedy=_("Say what should be corrected, and why."))
    reason = reason.strip()[:LONGEST_REASON]
    with deed():
        there = _locked(version)
        require(may_return(by, there), _("Only what was submitted is returned."), code="not_submitted")
        before = there.state
        there.state, there.verified_by, there.verified_at = State.DRAFT, "", None
        there.returned_by, there.returned_at, there.returned_reason = by.username, timezone.now(), reason
        there.save()
        return _done("return", there, before, by=by, reason=reason, on_behalf_of=deputised(by, "return"))


def verify(version: Version, *, by: User) -> Version:
    """Say that the file agrees with the law and its sources. Never by somebody who wrote it; the database refuses it too."""
    with deed():
        there = _locked(version)
        require(may(by, "verify"), _("Your role does not verify."))
        require(there.state == State.SUBMITTED, _("Only what was submitted is verified."), code="not_submitted")
        require(not wrote(by, there), _("You wrote this version yourself."), code="four_eyes",
                remedy=_("Somebody else has to verify it."))
        there.state, there.verified_by, there.verified_at = State.VERIFIED, by.username, timezone.now()
        there.save()
        return _done("verify", there, State.SUBMITTED, by=by, on_behalf_of=deputised(by, "verify"))


def publish(version: Version, *, by: User) -> Version:
    """Let everybody read a verified version, under the next number of its file."""
    with deed():
        there = _locked(version)
        require(may_publish(by, there), _("Only what was verified is published, by who may publish."), code="not_verified")
        _refuse_what_is_wrong(there)
        before = there.state
        there.state, there.published_by, there.published_at = State.PUBLISHED, by.username, timezone.now()
        there.number = next_number(there)
        there.save()
        return _done("publish", there, before, by=by)


def next_number(version: Version) -> int:
    same = Version.objects.filter(kind=version.kind, country=version.country_id, key=version.key)
    return int(same.aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse_what_is_wrong(version: Version) -> None:
    told = bridge.read(version.text, kind=version.kind)
    wrong = [finding for finding in told.findings if finding.severity == "error"]
    if not wrong and told.country and told.country != version.country_id:
        wrong = [Finding("error", None, None, "country", told.country, "another_country",
                         _("The file is of another country than the draft."), _("Write the country of the draft into the file."))]
    if not wrong and version.cases.strip():
        tried = bridge.cases(version.text, version.cases)
        wrong = [*tried.findings, *(case.finding for case in tried.cases if case.finding is not None)]
    if wrong:
        raise Incomplete(_("This has to be put right first."), wrong)


def _locked(version: Version) -> Version:
    return Version.objects.select_for_update().get(pk=version.pk)


def _done(name: str, version: Version, before: str, *, by: User, reason: str = "", on_behalf_of: str = "") -> Version:
    record(name, by=by.username, subject=subject(version), reason=reason, on_behalf_of=on_behalf_of,
           summary=said(version) | {"from": before, "to": version.state})
    return version
