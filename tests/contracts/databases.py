"""A database of its own for a test that kills, fills or restarts it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def another(folder: Path, config) -> Iterator[str]:
    """The DATABASE_URL of an empty database of the kind the tests run on."""
    if config.getoption("database") == "sqlite":
        yield f"sqlite:///{folder}/fault.sqlite3"
        return
    import psycopg

    server, name = os.environ["SOCLE_TEST_DATABASE_URL"], f"fault_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield server.replace("/socle?", f"/{name}?")
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
