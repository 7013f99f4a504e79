"""Whether the database can be used: a new one is set up, an old one is never changed without being asked; and whether anybody
looks after the accounts."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from socle.errors import InputError


def make_ready(*, trial: bool = False) -> None:
    """Set up a database that is new. Raises InputError for one that cannot be reached or is of another version.

    ``trial``: nothing may be written; in the place of a database that is new, one in memory is set up.
    """
    django.setup()
    if trial and _is_no_file_yet():
        _be_in_memory()
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
    if waiting and trial:
        _be_in_memory()
        call_command("migrate", verbosity=0)
    elif waiting:
        call_command("migrate", verbosity=0)
        print("The database was new: its tables were made.", file=sys.stderr)


def _is_no_file_yet() -> bool:
    """Whether opening the database would make its file."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:":
        return False
    file = Path(name)
    return not file.exists() or file.stat().st_size == 0


def _be_in_memory() -> None:
    connection.close()
    connections.settings[DEFAULT_DB_ALIAS] |= {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    del connections[DEFAULT_DB_ALIAS]


def ask_for_an_administrator() -> None:
    """Say which command invites the first administrator. None is ever made unasked: there is no default password."""
    users = apps.get_model("accounts", "User").objects
    if not users.filter(role="administrator", is_active=True).exists():
        print("Nobody can sign in yet. To invite an administrator: socle-web administrator name@example.org",
              file=sys.stderr, flush=True)
