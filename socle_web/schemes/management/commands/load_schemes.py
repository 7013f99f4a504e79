"""``socle-web load_schemes PATH``: publish the schemes of a catalogue, marked as imported."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from socle import datasets
from socle.errors import InputError
from socle.vocabulary import LANGUAGES, SEVERITIES, number, say, speaking
from socle_web.schemes.actions import load
from socle_web.schemes.actions.loading import Brought
from socle_web.schemes.models import Kind

#: How a file of a catalogue is called, and what kind it is. The worked cases of a scheme stand beside it.
NAMES = {"scheme.toml": Kind.SCHEME, "economy.toml": Kind.ECONOMY}
CASES = "cases.toml"


class Command(BaseCommand):
    help = "Publish every scheme of a folder, marked as imported: all of them, or nothing if one has an error."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder: every scheme.toml and economy.toml below it")
        parser.add_argument("--made-up", default="", metavar="XUT",
                            help="also the schemes and the economy of a made-up country, for training")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
        parser.add_argument("--by", default="", help="who is responsible (default: the user of this computer)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: clean; 1: warnings; 2: errors, nothing written."""
        with speaking(options["lang"]):
            sys.exit(self._load(options["path"], options["by"] or getpass.getuser(), made_up=options["made_up"],
                                remarks=options["verbosity"] > 1))

    def _load(self, folder: Path, by: str, *, made_up: str, remarks: bool) -> int:
        """What is only remarkable stands on the page of each scheme; it is printed when asked for (``--verbosity 2``)."""
        try:
            outcome = load([*_brought(folder), *(_made_up(made_up) if made_up else ())], by=by, source=folder.resolve().name)
        except InputError as error:
            self.stderr.write(str(error))
            return 2
        for finding in (one for one in outcome.findings if remarks or one.severity == "error"):
            self.stderr.write(f"{SEVERITIES[finding.severity].label()}: {finding}")
        if outcome.refused:
            self.stderr.write(say("Nothing was written."))
        else:
            self.stdout.write(say("{new} new, {unchanged} unchanged.", new=number(len(outcome.new)),
                                  unchanged=number(len(outcome.unchanged))))
        return 2 if outcome.refused else int(bool(outcome.findings))


def _brought(folder: Path) -> Iterator[Brought]:
    if not folder.is_dir():
        raise InputError(say("There is no {path}.", path=folder), remedy=say("Give the folder of a catalogue of schemes."))
    for path in sorted(folder.rglob("*.toml")):
        if path.name in NAMES:
            beside = path.with_name(CASES)
            cases = _text(beside) if NAMES[path.name] == Kind.SCHEME and beside.is_file() else ""
            yield Brought(path.relative_to(folder).as_posix(), _text(path), cases, NAMES[path.name])


def _made_up(country: str) -> Iterator[Brought]:
    """The schemes and the economy of a made-up country, as the library ships them."""
    files = datasets.made_up(country).files
    for path, text in files.items():
        folder, _slash, name = path.rpartition("/")
        if name in NAMES:
            yield Brought(path, text, files.get(f"{folder}/{CASES}", "") if NAMES[name] == Kind.SCHEME else "", NAMES[name])


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(say("{path} cannot be read: {reason}.", path=path, reason=error),
                         remedy=say("Save it as text in UTF-8.")) from None
