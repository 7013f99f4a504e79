"""What went wrong because the server is short of something: nobody did anything wrong, and nothing was done."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import Enum

FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED = 13, 5, 6
STATE_FULL = frozenset({"53100"})  # SQLSTATE of PostgreSQL: disk_full
STATE_BUSY = frozenset({"40001", "40P01", "55P03"})  # serialization_failure, deadlock_detected, lock_not_available


class Shortage(Enum):
    ROOM = 507
    TURN = 503


def shortage(error: BaseException | None) -> Shortage | None:
    """What was lacking: room on the disk, or the turn at the database; None where ``error`` is another matter."""
    for one in _causes(error):
        code = (getattr(one, "sqlite_errorcode", None) or 0) & 0xFF  # the rest of the number is detail
        state = getattr(one, "sqlstate", None)
        if code == SQLITE_FULL or state in STATE_FULL or (isinstance(one, OSError) and one.errno in FULL_DISK):
            return Shortage.ROOM
        if code in (SQLITE_BUSY, SQLITE_LOCKED) or state in STATE_BUSY:
            return Shortage.TURN
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came of: Django's errors of a database come of the driver's."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
