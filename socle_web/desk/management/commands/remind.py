"""``socle-web remind``: the mails of the day."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from socle.errors import InputError
from socle_web.desk.actions import remind

FAILED = 2


class Command(BaseCommand):
    help = "Mail everybody what is due, late, returned or waiting: one mail a person and day. Run it every morning."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="http://127.0.0.1:8000",
                            help="where people reach the site (default: %(default)s)")
        parser.add_argument("--on", default="", help="the day, as 2026-01-31 (default: today)")
        parser.add_argument("--dry-run", action="store_true", help="print the mails and send none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 2: a mail could not be sent; the next run tries again."""
        done = remind(on=_day(options["on"]), site=options["site"].rstrip("/"), dry_run=options["dry_run"])
        if options["dry_run"]:
            for mail in done.sent:
                self.stdout.write(f"To: {mail.person.email}\nSubject: {mail.subject}\n\n{mail.text}\n")
        what = "would be sent" if options["dry_run"] else "sent"
        self.stdout.write(f"{len(done.sent)} {what}, {done.already} had theirs already.")
        if done.failed:
            self.stderr.write(f"Not sent: {', '.join(done.failed)}.")
            raise SystemExit(FAILED)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise InputError(f"{text!r} is not a day.", remedy="Write it as 2026-01-31.") from None
