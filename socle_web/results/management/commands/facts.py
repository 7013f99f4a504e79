"""``socle-web facts verify``: whether the records are what the log says they are."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from socle.vocabulary import LANGUAGES
from socle_web.results.verification import Astray, Verification, verify

BROKEN = 2


class Command(BaseCommand):
    help = "Compare the records with what the log says was loaded and published."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        sound = parser.add_subparsers(dest="way", required=True).add_parser(
            "verify", help="name every record that was added, altered or deleted beside the log")
        sound.add_argument("--format", choices=("table", "json"), default="table", help="how the answer is printed")
        sound.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: the records are what the log says; 2: they are not, or the log does not tell."""
        with translation.override(options["lang"]):
            found = verify()
            if options["format"] == "json":
                self.stdout.write(json.dumps(as_dict(found), ensure_ascii=False, indent=2))
            else:
                for one in found.astray:
                    self.stderr.write("\n".join(lines(one)))
                self.stdout.write(_("{records} records in the log, {astray} of the database are otherwise").format(
                    records=found.records, astray=len(found.astray)))
            sys.exit(0 if found.sound else BROKEN)


def lines(one: Astray) -> list[str]:
    said = {
        "missing": _("{record}: the log says it, and it is not there"),
        "added": _("{record}: it is there, and the log does not say it"),
        "altered": _("{record}: it is not what the log says"),
    }[one.what].format(record=one.record)
    return [said, *(_("  {column}: “{log}” in the log, “{there}” in the database").format(column=name, log=log, there=there)
                    for name, log, there in one.columns)]


def as_dict(found: Verification) -> dict[str, object]:
    return {
        "sound": found.sound, "records": found.records,
        "astray": [{"what": one.what, "record": one.record,
                    "columns": {name: {"log": log, "there": there} for name, log, there in one.columns}} for one in found.astray],
    }
