"""Documents behind a row of evidence: attached, and taken off again while it is a draft."""

from __future__ import annotations

import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.results.actions.entering import touched
from socle_web.results.keeping import forget, keep, plain_name
from socle_web.results.models import Entry, EvidenceFile
from socle_web.results.permissions import may_edit, require, stood_in_for
from socle_web.results.sniffing import media_type

LARGEST = 20_000_000  # bytes
MOST = 20  # files of one entry


def attach(entry: Entry, content: bytes, *, name: str, declared: str = "", by: User) -> EvidenceFile:
    """Keep a document with an entry of ``evidence``. ``declared``: the type that whoever sent it says it has."""
    require(may(by, "attach"), _("Your role does not attach files."))
    require(entry.sheet == "evidence", _("Files are attached to evidence."), code="not_evidence",
            remedy=_("Enter the evidence first, and attach the file to it."))
    require(may_edit(by, entry), _("You cannot edit this entry now."), code="not_editable")
    require(bool(content), _("The file is empty."), code="empty", remedy=_("Choose the file again."))
    require(len(content) <= LARGEST, _("The file has more than %(n)s million bytes.") % {"n": LARGEST // 1_000_000},
            code="too_large", remedy=_("Save it smaller, or split it."))
    name = plain_name(name)
    kind = media_type(content, name=name, declared=declared)
    digest = hashlib.sha256(content).hexdigest()
    kept = keep(content, folder="evidence")
    try:
        with deed():
            there = Entry.objects.select_for_update().get(pk=entry.pk)
            require(may_edit(by, there), _("You cannot edit this entry now."), code="not_editable")
            files = list(there.files.values_list("digest", "name"))
            same = next((other for other_digest, other in files if other_digest == digest), "")
            require(not same, _("This file is attached already, as %(name)s.") % {"name": same}, code="same_file")
            require(len(files) < MOST, _("There are %(n)s files already.") % {"n": MOST}, code="too_many")
            made = EvidenceFile.objects.create(entry=there, evidence=there.key, name=name, media_type=kind, size=len(content),
                                               digest=digest, file=kept, by=by.username, at=timezone.now())
            _touch(there, by=by)
            record("attach", by=by.username, subject=("entry", str(there.pk)), summary=_told(made),
                   on_behalf_of=stood_in_for(by, there.countries, there.project))
    except BaseException:
        forget(kept)
        raise
    return made


def detach(file: EvidenceFile, *, by: User) -> None:
    """Take a document off a draft. What was submitted keeps its documents."""
    with deed():
        there = EvidenceFile.objects.select_for_update().get(pk=file.pk)
        entry = there.entry
        if entry is None or not (may(by, "attach") and may_edit(by, entry)):
            raise Refused(_("You cannot edit this entry now."), code="not_editable")
        _touch(entry, by=by)
        record("detach", by=by.username, subject=("entry", str(there.entry_id)), summary=_told(there),
               on_behalf_of=stood_in_for(by, entry.countries, entry.project))
        kept = str(there.file.name)
        there.delete()
    forget(kept)


def _touch(entry: Entry, *, by: User) -> None:
    touched(entry, by=by)
    entry.save(update_fields=["version", "changed_by", "changed_at", "typists"])


def _told(file: EvidenceFile) -> dict[str, object]:
    return {"record": f"evidence:{file.evidence}", "file": file.pk, "name": file.name, "size": file.size, "digest": file.digest}
