"""``socle-web load PATH``: bring the records of a folder or workbook into the database."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from socle import datasets
from socle.errors import InputError
from socle.tables import NOTHING_KNOWN, Known, Parsed
from socle.vocabulary import LANGUAGES, SEVERITIES, number, say, speaking
from socle_web.results import bridge
from socle_web.results.actions import LoadResult, load


class Command(BaseCommand):
    help = "Load a folder of CSV files or a workbook: all of it, or nothing if there is an error. A second load changes nothing."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder of CSV files or the workbook")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how the outcome is printed")
        parser.add_argument("--by", default="", help="who is responsible (default: the user of this computer)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0: clean; 1: warnings; 2: errors, nothing written."""
        with speaking(options["lang"]):
            sys.exit(self._load(options))

    def _load(self, options: dict[str, Any]) -> int:
        path: Path = options["path"]
        try:
            parsed, known = _read(path)
            outcome = load(
                parsed,
                known=known,
                by=options["by"] or getpass.getuser(),
                source=path.resolve().name,
                dry_run=options["dry_run"],
                progress=self._progress,
            )
        except InputError as error:
            outcome = LoadResult(findings=error.findings)
        for finding in outcome.findings:
            self.stderr.write(f"{SEVERITIES[finding.severity].label()}: {finding}")
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_dict(outcome), ensure_ascii=False, indent=2))
        elif outcome.refused:
            self.stderr.write(say("Nothing was written."))
        else:
            self.stdout.write("\n".join(lines(outcome, dry_run=options["dry_run"])))
        return 2 if outcome.refused else int(bool(outcome.findings))

    def _progress(self, sheet: str, done: int, of: int) -> None:
        if of > 1000:
            self.stderr.write(say("{sheet}: {done} of {all}", sheet=sheet, done=number(done), all=number(of)))


def _read(path: Path) -> tuple[Parsed, Known]:
    """The file; a partial one, whose rows refer to records of the database, is read in their light."""
    parsed = datasets.read_book(path)
    if not any(finding.code == "unknown_reference" for finding in parsed.findings):
        return parsed, NOTHING_KNOWN
    known = bridge.known_of(datasets.read_raw(path)[0], facts_only=True)
    return datasets.read_book(path, known=known), known


def as_dict(outcome: LoadResult) -> dict[str, object]:
    return {
        "new": dict(outcome.new),
        "changed": {sheet: list(keys) for sheet, keys in outcome.changed.items()},
        "unchanged": dict(outcome.unchanged),
        "absent": {sheet: list(keys) for sheet, keys in outcome.absent.items()},
        "findings": [finding.as_dict() for finding in outcome.findings],
    }


def lines(outcome: LoadResult, *, dry_run: bool) -> list[str]:
    """The outcome, a line a sheet, then what changed and what the file no longer mentions."""
    words = (say("sheet"), say("new"), say("changed"), say("unchanged"), say("absent"))
    touched = list(dict.fromkeys((*outcome.new, *outcome.changed, *outcome.unchanged, *outcome.absent)))
    rows = [words, *(
        (sheet, *map(number, (outcome.new.get(sheet, 0), len(outcome.changed.get(sheet, ())),
                              outcome.unchanged.get(sheet, 0), len(outcome.absent.get(sheet, ())))))
        for sheet in touched
    )]
    first = max(len(row[0]) for row in rows)
    text = [row[0].ljust(first) + "".join(f"{cell:>12}" for cell in row[1:]) for row in rows]
    for word, keys_by_sheet in ((say("changed"), outcome.changed), (say("absent"), outcome.absent)):
        text += [f"{word}: {sheet}:{key}" for sheet, keys in keys_by_sheet.items() for key in keys]
    if dry_run:
        text.append(say("A trial: nothing was written."))
    elif not outcome.changes_something:
        text.append(say("Everything was already there."))
    return text
