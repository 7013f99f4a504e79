"""``socle-web load_coverage FILE``: publish the values of an international source as an edition."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from socle import coverage, datasets
from socle.errors import InputError
from socle.vocabulary import LANGUAGES, SEVERITIES, number, say, speaking
from socle_web.audit.refusals import Refused
from socle_web.coverage.actions import releasing
from socle_web.coverage.actions.releasing import Announced

SHOWN = 20  # findings that are printed, unless more is asked for


class Command(BaseCommand):
    help = "Publish the values of an international source (a file of the UN's SDG database, say) as an edition."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="?", metavar="FILE", help="the values: CSV or XLSX")
        parser.add_argument("--edition", default="", metavar="KEY",
                            help="what the edition is called in addresses, for good: un-2025-07")
        parser.add_argument("--title", default="", help="what it is called on pages")
        parser.add_argument("--released", type=date.fromisoformat, default=None, metavar="DAY", help="when the source released it")
        parser.add_argument("--source", default="", help="who says so, and where (default: the title)")
        parser.add_argument("--notice", default="", help="the licence of the source, and what it asks to be said")
        parser.add_argument("--made-up", action="append", default=[], metavar="XUT",
                            help="also what a made-up country answers to the inquiry, for training; may be given again")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
        parser.add_argument("--by", default="", help="who is responsible (default: the user of this computer)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: clean; 1: warnings; 2: errors, nothing written."""
        if options["path"] is None and not options["made_up"]:
            raise CommandError("Give a FILE of values, or --made-up XUT.")
        if options["path"] is not None and not (options["edition"] and options["title"] and options["released"]):
            raise CommandError("An edition has a key, a title and a day: --edition un-2025-07 --title ... --released 2025-07-10.")
        by = options["by"] or getpass.getuser()
        with speaking(options["lang"]):
            codes = [self._made_up(options["made_up"], by)] if options["made_up"] else []
            if options["path"] is not None:
                announced = Announced(options["title"], options["source"] or options["title"], options["released"],
                                      options["edition"],
                                      options["notice"])
                codes.append(self._load(options["path"], announced, by, everything=options["verbosity"] > 1))
            sys.exit(max(codes))

    def _load(self, path: Path, announced: Announced, by: str, *, everything: bool) -> int:
        try:
            reading = datasets.read_values(path, vintage=announced.key)
            findings = reading.findings
            for finding in findings if everything else findings[:SHOWN]:
                self.stderr.write(f"{SEVERITIES[finding.severity].label()}: {finding}")
            if len(findings) > SHOWN and not everything:
                self.stderr.write(say("... and {n} more findings (--verbosity 2 shows them).", n=number(len(findings) - SHOWN)))
            if reading.values is None:
                self.stderr.write(say("Nothing was written."))
                return 2
            loaded = releasing.load(reading.values, announced, by=by)
        except (InputError, Refused) as error:
            self.stderr.write(str(error))
            return 2
        self.stdout.write(self._told(loaded))
        return int(bool(findings))

    def _made_up(self, codes: Sequence[str], by: str) -> int:
        """Each made-up country an edition of its own, as an inquiry that is published would be."""
        for code in codes:
            try:
                made = datasets.made_up(code)
                if made.inquiry is None:
                    raise InputError(say("{country} answers no inquiry.", country=made.country.name()))
                with speaking("en"):  # what an edition keeps for good
                    report = coverage.report(made.inquiry, country=made.country.alpha3, economy=made.economy,
                                             population=made.population)
                last = max(one.year for one in report.figures)
                announced = Announced(f"Inquiry of {made.country.name('en')}, made up for training",
                                      "Made up for tutorials and tests",
                                      date(last + 1, 6, 30))
                there = releasing.released(report, country=made.country.alpha3)
                if there is not None:
                    self.stdout.write(say("{edition}: unchanged.", edition=there.key))
                    continue
                loaded = releasing.release(report, announced, country=made.country.alpha3, book=made.inquiry, by=by)
            except (InputError, Refused) as error:
                self.stderr.write(str(error))
                return 2
            self.stdout.write(say("{edition}: {n} values.", edition=loaded.key, n=number(loaded.values.count())))
        return 0

    @staticmethod
    def _told(loaded: releasing.Loaded) -> str:
        if not loaded.is_new:
            return say("{edition}: unchanged.", edition=loaded.edition.key)
        elsewhere = sum(loaded.elsewhere.values())
        return say("{edition}: {n} values; {left} of areas that are no country are left out.", edition=loaded.edition.key,
                   n=number(loaded.values), left=number(elsewhere))
