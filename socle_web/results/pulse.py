"""How far long work has come, and that it lives: a small file beside the files of people.

While a deed is being written nobody else writes to SQLite, and what a transaction writes nobody sees before its end. A file tells
it on both databases to whoever shares the folder, as server and worker do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event as Signal
from threading import Thread

from django.utils import timezone

from socle_web.results.models.entry import private_files

EVERY = 1.0  # seconds between two beats

#: Called with the share of the work that is behind: 0 to 1.
Heard = Callable[[float], None]


def nobody(_share: float) -> None:
    """For work that nobody watches."""


def part(heard: Heard, start: float, end: float) -> Heard:
    """For the part of the work that is between these shares of the whole."""
    return lambda share: heard(start + (end - start) * share)


@dataclass(frozen=True)
class Beat:
    share: float
    at: datetime


@contextmanager
def beating(name: str) -> Iterator[Heard]:
    """While the block runs, the file says every second how far it has come; afterwards there is none."""
    ended, share = Signal(), [0.0]

    def beat() -> None:
        while True:
            _tell(name, share[0])
            if ended.wait(EVERY):
                return

    heart = Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield lambda done: share.__setitem__(0, done)
    finally:
        ended.set()
        heart.join()
        with suppress(OSError):
            _place(name).unlink()


def heard_of(name: str) -> Beat | None:
    try:
        share, at = _place(name).read_text().split()
        return Beat(float(share), datetime.fromisoformat(at))
    except (OSError, ValueError):
        return None


def _tell(name: str, share: float) -> None:
    place = _place(name)
    with suppress(OSError):  # a full disk keeps nobody from working
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = place.with_suffix(".new")
        fresh.write_text(f"{share:.3f} {timezone.now().isoformat()}")
        os.replace(fresh, place)


def _place(name: str) -> Path:
    return Path(private_files().path(f"pulse/{name}"))
