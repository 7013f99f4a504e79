"""``socle-web audit``: verify the log, list it, take a copy of it."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from socle.errors import InputError
from socle_web.audit import copies
from socle_web.audit.actions import deed, record
from socle_web.audit.queries import log
from socle_web.audit.verification import Verification, verify

BROKEN = 2


class Command(BaseCommand):
    help = "Verify the log of what was done, list it, or take a copy of it."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        sound = ways.add_parser("verify", help="say whether anything was removed, altered, inserted or reordered")
        sound.add_argument("--head", default="", help="the digest that an earlier verification ended with")
        sound.add_argument("--count", type=int, help="the number of events that an earlier verification counted")
        listed = ways.add_parser("list", help="the events, newest first")
        listed.add_argument("--subject", default="", help="what it was done to: a kind, or kind:key")
        listed.add_argument("--by", default="", help="who did it")
        listed.add_argument("--since", default="", help="a day or an instant, as 2026-01-31 or 2026-01-31T12:00")
        listed.add_argument("--most", type=int, default=100, help="how many (default: %(default)s; 0: all)")
        copy = ways.add_parser("export", help="every event into a file; the export is itself an event")
        copy.add_argument("-o", "--output", type=Path, required=True, help="ends in .jsonl (can be verified elsewhere) or .csv")
        copy.add_argument("--by", default="", help="who is responsible (default: the user of this computer)")
        for way in (sound, listed):
            way.add_argument("--format", choices=("table", "json"), default="table", help="how the answer is printed")
        for way in (sound, listed, copy):
            way.add_argument("--lang", choices=("en", "fr", "es"), default="en", help="language of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: sound; 2: broken, or what was asked makes no sense."""
        with translation.override(options["lang"]):
            getattr(self, f"_{options['way']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        found = verify(head=options["head"], count=options["count"], progress=self._progress)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_dict(found), ensure_ascii=False, indent=2))
        else:
            for broken in found.breaks:
                self.stderr.write(f"{broken.what}: {broken.says}")
            self.stdout.write(_("{events} events, head {head}").format(events=found.events, head=found.head or "-"))
            if found.sound:
                self.stdout.write(_("The chain is whole. Note the line above elsewhere: with it, a later verification shows "
                                    "whether the newest events are still there."))
        sys.exit(0 if found.sound else BROKEN)

    def _list(self, options: dict[str, Any]) -> None:
        kind, _colon, key = options["subject"].partition(":")
        found = log(by=options["by"], kind=kind, key=key, since=_instant(options["since"]))
        for event in (found[: options["most"]] if options["most"] else found).iterator(chunk_size=2_000):
            self.stdout.write(copies.line(event) if options["format"] == "json" else copies.sentence(event))

    def _export(self, options: dict[str, Any]) -> None:
        path: Path = options["output"]
        write = {".jsonl": copies.lines, ".csv": copies.table}.get(path.suffix)
        if write is None:
            raise InputError(_("A copy of the log ends in .jsonl or .csv, not as {name}.").format(name=path.name))
        with deed():
            event = record("export", by=options["by"] or getpass.getuser(), subject=("log", path.suffix[1:]))
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(write(log().filter(id__lte=event.id)))
        self.stdout.write(_("The log was written up to event {id}.").format(id=event.id))

    def _progress(self, events: int) -> None:
        self.stderr.write(_("{events} events").format(events=events))


def as_dict(found: Verification) -> dict[str, object]:
    return {
        "sound": found.sound, "events": found.events, "last": found.last, "head": found.head,
        "breaks": [{"what": one.what, "event": one.event, "says": one.says} for one in found.breaks],
    }


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        day = parse_date(text)
        at = datetime(day.year, day.month, day.day) if day else parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        raise InputError(_("“{text}” is neither a day nor an instant.").format(text=text),
                         remedy=_("Write 2026-01-31 or 2026-01-31T12:00."))
    return make_aware(at) if is_naive(at) else at
