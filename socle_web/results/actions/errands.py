"""A deed done to all entries of a file: begun by who asks, done at once or by the worker, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed as whole
from socle_web.audit.refusals import Refused
from socle_web.results import errands, pulse, uploads
from socle_web.results.actions.workflow import Incomplete, in_order, publish, reason_said, send_back, submit, verify
from socle_web.results.models import Entry, Errand, Upload
from socle_web.results.permissions import require

Stage = Errand.Stage
DEEDS: dict[str, Callable[[Sequence[Entry], User, str, pulse.Heard], list[Entry]]] = {
    Errand.Deed.SUBMIT: lambda those, by, _reason, heard: submit(those, by=by, heard=heard),
    Errand.Deed.VERIFY: lambda those, by, _reason, heard: verify(those, by=by, heard=heard),
    Errand.Deed.RETURN: lambda those, by, reason, heard: send_back(those, by=by, reason=reason, heard=heard),
    Errand.Deed.PUBLISH: lambda those, by, _reason, heard: publish(those, by=by, heard=heard),
}


def begin_errand(upload: Upload, deed: str, *, by: User, reason: str = "") -> Errand:
    """From now on ``deed`` is asked for, and nobody else asks anything of the file. What has died makes room."""
    require(may(by, deed), _("Your role does not do this."))
    reason = reason_said(reason) if deed == Errand.Deed.RETURN else ""
    errand = Errand(upload=upload, deed=deed, by=by.username, at=timezone.now(), reason=reason)
    errand.total = errands.entries(errand).count()
    require(bool(errand.total), _("No entry is chosen."), code="nothing_chosen", remedy=_("Look at it again."))
    there = errands.on_its_way(upload)
    if there and errands.has_died(there):
        stop_errand(there)
    try:
        with transaction.atomic():
            errand.save()
    except IntegrityError:
        raise Refused(_("Something is being done to all entries of this file already."), code="busy",
                      remedy=_("Wait until it has ended, and look at it again.")) from None
    return errand


def run_errand(pk: int) -> None:
    """Do what was asked for, if nobody else does. That it is done is part of the deed; a refusal is kept for who asked."""
    if not _moved(pk, Stage.WAITING, Stage.DOING, begun_at=timezone.now()):
        return
    there = Errand.objects.select_related("upload").get(pk=pk)
    those: list[Entry] = []
    try:
        by = User.objects.get(username=there.by)
        with pulse.beating(errands.pulse_of(there)) as heard, whole():
            require(uploads.uploads_of(by).filter(pk=there.upload_id).exists(), _("This file is no longer yours to decide on."))
            those = in_order(errands.entries(there))
            number = len(DEEDS[there.deed](those, by, there.reason, heard))
            still = _moved(pk, Stage.DOING, Stage.DONE, ended_at=timezone.now(), total=number)
            require(still, _("This was given up in the meantime."), code="given_up")
    except Incomplete as refused:
        _moved(pk, Stage.DOING, Stage.REFUSED, ended_at=timezone.now(), refusal=refused.what,
               findings=uploads.packed([_of_entry(finding, those) for finding in refused.findings]))
    except Refused as refused:
        _moved(pk, Stage.DOING, Stage.REFUSED, ended_at=timezone.now(), refusal=str(refused))
    except BaseException:
        stop_errand(there)
        raise


def stop_errand(errand: Errand) -> bool:
    """What has died was not done, and can be asked for again. Whoever still worked on it finds it given up, and undoes it."""
    return any(_moved(errand.pk, stage, Stage.STOPPED, ended_at=timezone.now()) for stage in errands.OPEN)


def _of_entry(finding: Finding, those: Sequence[Entry]) -> Finding:
    """What was said of a place among the entries, said of the entry."""
    return finding if finding.row is None else replace(finding, row=those[finding.row - 1].pk)


def _moved(pk: int, before: str, after: str, **told: Any) -> bool:
    return bool(Errand.objects.filter(pk=pk, stage=before).update(stage=after, **told))
