"""Files of people, outside the web root: kept whole or not at all, under names nobody can guess."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import PurePosixPath
from secrets import token_hex

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.audit.refusals import Refused
from socle_web.results.models.entry import private_files

FULL = (errno.ENOSPC, errno.EDQUOT)


def keep(content: bytes, *, folder: str, ending: str = "") -> str:
    """The name it is kept under. Raises ``Refused`` where the disk is full; nothing half-written stays."""
    storage = private_files()
    name = f"{folder}/{timezone.now():%Y/%m}/{token_hex(16)}{ending}"
    try:
        return storage.save(name, ContentFile(content))
    except OSError as error:
        with suppress(OSError):
            storage.delete(name)
        if error.errno in FULL:
            raise Refused(_("The disk of the server is full: the file was not kept."), code="disk_full",
                          remedy=_("Nothing was changed. Try again later, and tell the administrator.")) from None
        raise


def forget(name: str) -> None:
    """The file is gone; that it was gone already is no error."""
    with suppress(OSError):
        private_files().delete(name)


def plain_name(name: str) -> str:
    """The last part of a name somebody sent, as a word to be shown and never as a place."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable()).strip(". ")[-150:] or "file"
