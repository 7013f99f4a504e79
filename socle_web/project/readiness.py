"""Whether the database can be used: a new one is set up, an old one is never changed without being asked; and whether anybody
looks after the accounts."""

from __future__ import annotations

import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from socle.errors import InputError


def make_ready() -> None:
    """Set up a database that is new. Raises InputError for one that cannot be reached or is of another version."""
    django.setup()
    try:
        executor = MigrationExecutor(connection)
        applied = executor.loader.applied_migrations
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise InputError(f"The database cannot be reached: {error}".strip().rstrip(".") + ".",
                         remedy="Check DATABASE_URL, and that the server runs.") from error
    if waiting and applied:
        raise InputError(f"The database is of an earlier version: {len(waiting)} migrations wait.",
                         remedy="Make a copy of it, then run socle-web migrate.")
    if waiting:
        call_command("migrate", verbosity=0)
        print("The database was new: its tables were made.", file=sys.stderr)


def ask_for_an_administrator() -> None:
    """Say which command invites the first administrator. None is ever made unasked: there is no default password."""
    users = apps.get_model("accounts", "User").objects
    if not users.filter(role="administrator", is_active=True).exists():
        print("Nobody can sign in yet. To invite an administrator: socle-web administrator name@example.org",
              file=sys.stderr, flush=True)
