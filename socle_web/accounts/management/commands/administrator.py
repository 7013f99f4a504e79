"""``socle-web administrator``: invite the first administrator."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.urls import reverse

from socle.errors import InputError
from socle_web.accounts.actions import invite_first_administrator


class Command(BaseCommand):
    help = "Invite the first administrator: prints a link that works once, for 24 hours. Refused when there is an administrator."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address the administrator will sign in with")
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="where the site is (default: %(default)s)")

    def handle(self, *args: Any, email: str, site: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise InputError(f"{email!r} is no e-mail address.", remedy="Write it like name@example.org.") from None
        _invitation, token = invite_first_administrator(email)
        self.stdout.write("Open this link within 24 hours and choose a password. It works once; a newer one replaces it.")
        self.stdout.write(f"{site.rstrip('/')}{reverse('account_invitation', args=[token])}")
